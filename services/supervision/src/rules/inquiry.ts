import { hasRole, type Viewer } from '@anjie/access';
import type { LocalDate } from '@anjie/calendar';
import { ACCOUNTABILITY_GROUNDS } from './accountability';
import { isOfficeText } from './assigned-date';
import { divisionLine } from './back-trace';
import { isAboveDivision, isOfDivisionOrAbove, mayReview } from './close-reviewers';
import { inquiryRefusals as no, type InquiryRefusal } from './inquiry-refusals';

/** OPEN: found and recorded. REPLYING: sent to those concerned. PROPOSED, CONCLUDED by two persons. APPEALED once, then FINAL. */
export type InquiryState = 'OPEN' | 'REPLYING' | 'PROPOSED' | 'CONCLUDED' | 'APPEALED' | 'FINAL';
export type InquiryResult = 'NO_FAULT' | 'FAULT';
export type Responsibility = 'UNIT' | 'DIRECT' | 'PRINCIPAL_LEADER' | 'IMPORTANT_LEADER';

export const CONCLUSION_DUTY = 'INQUIRY_CONCLUSION';
export const APPEAL_DUTY = 'INQUIRY_APPEAL';

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
  readonly conductingDivisionCode: string;
  /** The office that owes the decision; null where none was known. */
  readonly appealUnitId: string | null;
  readonly appealDivisionCode: string | null;
}

/** 申诉由其上级联席办决定: where to look for the office, the nearest above the one that inquired first; at the top another one beside it. */
export const appealLine = (conductingDivisionCode: string): string[] => {
  const [own = conductingDivisionCode, ...above] = divisionLine(conductingDivisionCode);
  return [...above, own];
};

/** An appeal is decided by others: other persons of the office that owes it, or of one above that. */
export function appealJudgeObjection(viewer: Viewer, facts: AppealJudgeFacts): InquiryRefusal | null {
  if (!mayReview(viewer, 'DECIDE_BACK_TRACE')) return no.notPermitted();
  const recused = recusal(viewer, facts);
  if (recused) return recused;
  if (viewer.unitId === facts.conductingUnitId || facts.involvedIds.includes(viewer.subject)) return no.samePerson();
  return isAppealOffice(viewer, facts) ? null : no.notPermitted();
}

/** Never below the office that inquired, whatever the traced unit's division; as wide as that office only where none wider owes the decision. */
function isAppealOffice(viewer: Viewer, { conductingDivisionCode, appealUnitId, appealDivisionCode }: AppealJudgeFacts): boolean {
  if (!isOfDivisionOrAbove(viewer, conductingDivisionCode)) return false;
  return appealUnitId === null || appealDivisionCode === null || viewer.unitId === appealUnitId || isAboveDivision(viewer, appealDivisionCode);
}

export interface FindingWish {
  readonly ground: string;
  readonly text: string;
  readonly evidenceRef: string;
  readonly responsibility: Responsibility;
  readonly officialId?: string | null | undefined;
  readonly occurredOn: LocalDate;
}

/** A responsibility of a unit names no official, every other one names one. */
export function findingObjection(wish: FindingWish, today: LocalDate): InquiryRefusal | null {
  if (!Object.hasOwn(ACCOUNTABILITY_GROUNDS, wish.ground)) return no.groundUnknown();
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
  /** Codes of kinds of instruments that may be proposed. */
  readonly instrumentKinds: readonly string[];
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
  const isNamed = wish.instrumentKind != null && facts.instrumentKinds.includes(wish.instrumentKind);
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

/** Joint offices oversee; whether they see the case decides which. */
export const isOversight = (viewer: Viewer): boolean => viewer.kind === 'OFFICIAL' && hasRole(viewer, 'JOINT_OFFICE') && viewer.unitId !== null;
