import { hasRole, type Viewer } from '@anjie/access';
import type { LocalDate } from '@anjie/calendar';
import { isOfficeText } from './assigned-date';
import { isOfDivisionOrAbove, mayReview } from './close-reviewers';
import { inquiryRefusals as no, type InquiryRefusal } from './inquiry-refusals';

/** OPEN: found and recorded. REPLYING: sent to those concerned. PROPOSED, CONCLUDED by two persons. APPEALED once, then FINAL. */
export type InquiryState = 'OPEN' | 'REPLYING' | 'PROPOSED' | 'CONCLUDED' | 'APPEALED' | 'FINAL';
export type InquiryResult = 'NO_FAULT' | 'FAULT';
export type Responsibility = 'UNIT' | 'DIRECT' | 'PRINCIPAL_LEADER' | 'IMPORTANT_LEADER';

export const CONCLUSION_DUTY = 'INQUIRY_CONCLUSION';
export const APPEAL_DUTY = 'INQUIRY_APPEAL';

/** Articles of 《信访工作条例》 that a finding rests on. */
export const INQUIRY_GROUNDS = {
  ABUSE_OF_POWER: '第四十二条第一项', FAILURE_TO_ACT: '第四十二条第二项', WRONG_LAW_OR_PROCEDURE: '第四十二条第三项', OPINION_NOT_EXECUTED: '第四十二条第四项',
  NOT_FORWARDED_OR_SUPERVISED: '第四十三条', NOT_REGISTERED: '第四十四条第一项', NOT_ACCEPTED: '第四十四条第二项', NOT_TOLD_IN_TIME: '第四十四条第三项',
  SHIRKED_OR_DELAYED: '第四十五条第一项', JUST_CLAIM_NOT_SUPPORTED: '第四十五条第二项', SUGGESTION_NEGLECTED: '第四十五条第三项', ROUGH_CONDUCT: '第四十六条第一项',
  PRIVATE_GAIN: '第四十六条第二项', MAJOR_MATTER_MISHANDLED: '第四十六条第三项', MAJOR_INFORMATION_CONCEALED: '第四十六条第四项', ACCUSATION_LEAKED: '第四十六条第五项',
  RETALIATION: '第四十六条第六项', OTHER_BREACH: '第四十六条第七项',
} as const;
export type InquiryGround = keyof typeof INQUIRY_GROUNDS;
export const groundBasis = (ground: InquiryGround): string => `《信访工作条例》${INQUIRY_GROUNDS[ground]}`;

export interface InquirerFacts {
  readonly divisionCode: string;
  readonly conductingUnitId: string;
  readonly isOfTracedUnit: boolean;
  readonly hasPartInCase: boolean;
}

/** Who inquires: people of the joint office that ordered it, none of them of the unit that is traced, none with a part in the case (第二十八条). */
export function inquirerObjection(viewer: Viewer, facts: InquirerFacts): InquiryRefusal | null {
  if (!mayReview(viewer, 'DECIDE_BACK_TRACE') || viewer.unitId !== facts.conductingUnitId) return no.notPermitted();
  return recusal(viewer, facts);
}

function recusal(viewer: Viewer, facts: Omit<InquirerFacts, 'conductingUnitId'>): InquiryRefusal | null {
  if (!isOfDivisionOrAbove(viewer, facts.divisionCode)) return no.outsideDivision();
  if (facts.isOfTracedUnit) return no.ofTracedUnit();
  return facts.hasPartInCase ? no.partInCase() : null;
}

export interface AppealJudgeFacts extends InquirerFacts {
  /** Whoever recorded, proposed or confirmed. */
  readonly involvedIds: readonly string[];
}

/** An appeal is decided by others: other persons of another office. */
export function appealJudgeObjection(viewer: Viewer, facts: AppealJudgeFacts): InquiryRefusal | null {
  if (!mayReview(viewer, 'DECIDE_BACK_TRACE')) return no.notPermitted();
  return recusal(viewer, facts) ?? (viewer.unitId === facts.conductingUnitId || facts.involvedIds.includes(viewer.subject) ? no.samePerson() : null);
}

export interface FindingWish {
  readonly text: string;
  readonly evidenceRef: string;
  readonly responsibility: Responsibility;
  readonly officialId?: string | null | undefined;
  readonly occurredOn: LocalDate;
}

/** A responsibility of a unit names no official, every other one names one. */
export function findingObjection(wish: FindingWish, today: LocalDate): InquiryRefusal | null {
  if (!isOfficeText(wish.text, { most: 4_000 }) || !isOfficeText(wish.evidenceRef, { most: 200 })) return no.badText();
  if ((wish.responsibility === 'UNIT') !== (wish.officialId == null)) return no.partyUnknown();
  return wish.occurredOn > today ? no.badDate() : null;
}

export interface JudgedFinding {
  readonly id: string;
  readonly officialId: string | null;
  readonly responsibility: Responsibility;
  readonly occurredOn: LocalDate;
  readonly repliedOn: LocalDate | null;
}
export interface RecordedObjection {
  readonly officialId: string;
  readonly objectedOn: LocalDate;
}

const LEADERSHIP: readonly Responsibility[] = ['PRINCIPAL_LEADER', 'IMPORTANT_LEADER'];

/** 《信访工作责任制实施办法》: an official who explicitly objected, by the day of the act, bears no leadership liability; for what they did themselves they answer. */
export const isExempt = ({ officialId, responsibility, occurredOn }: Pick<JudgedFinding, 'officialId' | 'responsibility' | 'occurredOn'>, objections: readonly RecordedObjection[]): boolean =>
  LEADERSHIP.includes(responsibility) && objections.some((one) => one.officialId === officialId && one.objectedOn <= occurredOn);

export interface ConclusionWish {
  readonly result: InquiryResult;
  readonly text: string;
  readonly instrumentKind?: string | null | undefined;
  readonly judgements: readonly { readonly findingId: string; readonly stands: boolean }[];
}

export interface ConclusionFacts {
  readonly state: InquiryState;
  readonly findings: readonly JudgedFinding[];
  readonly objections: readonly RecordedObjection[];
  readonly replyUntil: LocalDate | null;
  readonly today: LocalDate;
}

/** Why a conclusion cannot be proposed as it is worded; null when it can. */
export function conclusionObjection(wish: ConclusionWish, facts: ConclusionFacts): InquiryRefusal | null {
  const { findings, state } = facts;
  if (state !== (findings.length === 0 ? 'OPEN' : 'REPLYING')) return no.wrongState();
  if (!isOfficeText(wish.text, { most: 10_000 })) return no.badText();
  if (isReplyPending(facts)) return no.replyPending();
  const judged = new Set(wish.judgements.map((one) => one.findingId));
  const isEachOnce = wish.judgements.length === findings.length && judged.size === findings.length && findings.every((one) => judged.has(one.id));
  const standing = findings.filter((one) => wish.judgements.some(({ findingId, stands }) => findingId === one.id && stands));
  if (!isEachOnce || (wish.result === 'FAULT') !== standing.length > 0) return no.contradiction();
  if (standing.some((one) => isExempt(one, facts.objections))) return no.objectionExempts();
  const isNamed = /^[A-Z][A-Z0-9_]{0,47}$/.test(wish.instrumentKind ?? '');
  return (wish.result === 'FAULT' ? isNamed : wish.instrumentKind == null) ? null : no.instrumentNeeded();
}

const isReplyPending = ({ findings, replyUntil, today }: ConclusionFacts): boolean =>
  findings.some((one) => one.repliedOn === null) && (replyUntil === null || today <= replyUntil);

/** Once, and up to the last day. */
export const mayReply = (finding: Pick<JudgedFinding, 'repliedOn'>, { state, replyUntil, today }: Pick<ConclusionFacts, 'state' | 'replyUntil' | 'today'>): boolean =>
  state === 'REPLYING' && finding.repliedOn === null && replyUntil !== null && today <= replyUntil;

/** Against fault only, once, up to the last day. */
export const mayAppeal = (inquiry: { readonly state: InquiryState; readonly result: InquiryResult | null; readonly appealUntil: LocalDate | null }, today: LocalDate): boolean =>
  inquiry.state === 'CONCLUDED' && inquiry.result === 'FAULT' && inquiry.appealUntil !== null && today <= inquiry.appealUntil;

export const isInquiryText = (text: string | null | undefined, least = 1): boolean => isOfficeText(text, { least, most: 10_000 });

/** A joint office other than the traced unit's own people; they see it as those concerned. */
export const isOversight = (viewer: Viewer): boolean => viewer.kind === 'OFFICIAL' && hasRole(viewer, 'JOINT_OFFICE') && viewer.unitId !== null;
