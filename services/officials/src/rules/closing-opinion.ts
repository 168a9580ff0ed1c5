import { caseIsSealed, refuse, type Refusal } from '@anjie/contracts';
import { isExcluded, type Candidate } from './assignment';

export type ClosingCapacity = 'SPONSOR' | 'UNIT_HEAD';
export type ClosingOpinionRefusalCode =
  | 'NOT_FOUND' | 'NOT_THE_SIGNER' | 'NOT_IN_OFFICE' | 'SIGNER_EXCLUDED' | 'OFFICIAL_RECUSED' | 'ALREADY_SIGNED' | 'ALREADY_WITHDRAWN' | 'REPORT_MISSING' | 'TEXT_NOT_ACCEPTABLE' | 'CASE_SEALED';
export type ClosingOpinionRefusal = Refusal<ClosingOpinionRefusalCode>;

const BASIS = '专项工作方案：包案领导对责任单位的办结报告签署书面意见';

export const closingRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  sealed: caseIsSealed,
  notTheSigner: () =>
    refuse('NOT_THE_SIGNER', '书面意见由包案领导本人签署；没有包案领导的，由责任单位主要负责人本人签署。', 'The sponsor signs in person; where the case has none, the head of its lead unit does.', BASIS),
  notInOffice: () => refuse('NOT_IN_OFFICE', '签署人须在职。', 'Who signs must be in office.'),
  excluded: () => refuse('SIGNER_EXCLUDED', '该干部或其单位应当回避此事项。', 'The official or their unit must stay out of this case.', '《信访工作条例》第三十条第三款'),
  recused: () => refuse('OFFICIAL_RECUSED', '该干部已被决定回避此事项。', 'The official is recused from this case.', '《信访工作条例》第二十八条'),
  alreadySigned: () => refuse('ALREADY_SIGNED', '已有签署的意见；如需更改，请先撤回。', 'An opinion stands; withdraw it before signing another.'),
  alreadyWithdrawn: () => refuse('ALREADY_WITHDRAWN', '该意见已撤回。', 'The opinion has been withdrawn.'),
  reportMissing: () => refuse('REPORT_MISSING', '须注明所针对的办结报告。', 'Say on which closing report the opinion is given.', BASIS),
  badText: () => refuse('TEXT_NOT_ACCEPTABLE', '文字为空、过长或含控制字符。', 'A text is empty, too long or holds control characters.'),
} satisfies Record<string, () => ClosingOpinionRefusal>;

export interface SignerFacts {
  readonly subject: string;
  readonly sponsorId: string | null;
  /** The head of the lead unit today. */
  readonly leadUnitHeadId: string | null;
}

/** In what capacity this person signs: a sponsor comes before every head; no role of the system replaces either. */
export function capacityOf({ subject, sponsorId, leadUnitHeadId }: SignerFacts): ClosingCapacity | null {
  if (sponsorId !== null) return subject === sponsorId ? 'SPONSOR' : null;
  return subject === leadUnitHeadId ? 'UNIT_HEAD' : null;
}

export interface Signing extends SignerFacts {
  readonly candidate: Candidate | undefined;
  readonly excluded: ReadonlySet<string>;
  readonly recused?: ReadonlySet<string> | undefined;
  readonly hasStanding: boolean;
}

/** Why this person may not sign; null when nothing speaks against it. */
export function signingObjection(facts: Signing): ClosingOpinionRefusal | null {
  if (capacityOf(facts) === null) return closingRefusals.notTheSigner();
  if (!facts.candidate || facts.candidate.unitId === null) return closingRefusals.notInOffice();
  if (facts.recused?.has(facts.candidate.officialId)) return closingRefusals.recused();
  if (isExcluded(facts.candidate, facts.excluded)) return closingRefusals.excluded();
  return facts.hasStanding ? closingRefusals.alreadySigned() : null;
}

/** Control characters but newline and tab: they break letters and logs, and no opinion needs them. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;
const fits = (text: string | null | undefined, least: number, most: number): boolean => {
  const length = [...(text ?? '').trim()].length;
  return length >= least && length <= most && !CONTROL.test(text ?? '');
};

export interface OpinionText {
  readonly opinion: string;
  readonly onReport?: string | null | undefined;
  readonly reportDocumentId?: string | null | undefined;
}

export function textObjection({ opinion, onReport, reportDocumentId }: OpinionText): ClosingOpinionRefusal | null {
  if (!fits(opinion, 1, 4_000) || !fits(onReport, 0, 200)) return closingRefusals.badText();
  return onReport?.trim() || reportDocumentId ? null : closingRefusals.reportMissing();
}

export const isWithdrawalReason = (text: string): boolean => fits(text, 1, 500);
