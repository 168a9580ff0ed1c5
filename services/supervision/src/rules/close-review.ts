import { addDays, type LocalDate } from '@anjie/calendar';
import { basisOf, dueFor, selectRule, type Due } from '@anjie/rulebook';
import { CHECKLIST, checklistItem, REASON_CODES, type ChecklistCode, type ProposedEnd, type ReasonCode, type Track } from './close-checklist';
import { closeReviewRefusals as no, type CloseReviewRefusal } from './close-review-refusals';
import type { ExplanationSources } from './deadline-explanation';
import { isPlainText } from './plain-text';

export type CloseReviewState = 'SUBMITTED' | 'EXAMINED' | 'PASSED' | 'RETURNED';
export type Proposal = 'PASS' | 'RETURN';
export type Verdict = 'CONFIRM' | 'OVERRULE';
export type FindingValue = 'MET' | 'NOT_MET' | 'NOT_APPLICABLE';

/** One act each: a file is examined once, decided once, and never decided without an examination. */
const FROM: Readonly<Record<'EXAMINE' | 'DECIDE', CloseReviewState>> = { EXAMINE: 'SUBMITTED', DECIDE: 'EXAMINED' };
export const canAct = (state: CloseReviewState, action: 'EXAMINE' | 'DECIDE'): boolean => FROM[action] === state;

export const RECTIFICATION_DUTY = 'RECTIFICATION';
const MAX_NOTE = 4_000;
const MAX_SHORT = 500;
const MAX_RECTIFY_DAYS = 366;

/** What the file says by itself. The reservations (三个不结案) are not among it: they inform, they do not decide. */
export interface FileFacts {
  readonly track: Track;
  readonly proposedEnd: ProposedEnd;
  readonly hasAbsentMaterial: boolean;
}

export interface Finding {
  readonly item: ChecklistCode;
  readonly finding: FindingValue;
  readonly note?: string | null | undefined;
}

export interface Examination {
  readonly findings: readonly Finding[];
  readonly proposal: Proposal;
  readonly note?: string | null | undefined;
  /** A ground that no item covers. */
  readonly otherReason?: string | null | undefined;
}

const isShort = (text: string | null | undefined): boolean => isPlainText(text, { least: 0, most: MAX_SHORT });
const isNote = (text: string | null | undefined): boolean => isPlainText(text, { least: 0, most: MAX_NOTE });

/** Why this examination cannot stand; null when it can. */
export function examinationObjection(file: FileFacts, made: Examination): CloseReviewRefusal | null {
  if (![...made.findings.map((one) => one.note), made.otherReason].every(isShort) || !isNote(made.note)) return no.badText();
  const codes = new Set(made.findings.map((one) => one.item));
  if (made.findings.length !== CHECKLIST.length || codes.size !== CHECKLIST.length) return no.findingsIncomplete();
  if (made.findings.some((one) => one.finding === 'NOT_APPLICABLE' && !checklistItem(one.item)?.inapplicableOn.includes(file.track))) return no.notApplicable();
  if (made.findings.some((one) => needsNote(one, file) && !one.note?.trim())) return no.noteRequired();
  const isFaulty = reasonsOf(made).length > 0;
  if (isFaulty !== (made.proposal === 'RETURN')) return no.contradiction();
  return made.proposal === 'PASS' && isProcedureAsResult(file) ? no.procedureIsNoResult() : null;
}

const needsNote = ({ item, finding }: Finding, file: FileFacts): boolean =>
  finding === 'NOT_MET' || (item === 'MATERIALS_COMPLETE' && finding === 'MET' && file.hasAbsentMaterial);

/** 防止以程序性办结代替实际问题解决: what ended by procedure is archived, never counted as resolved. */
const isProcedureAsResult = ({ track, proposedEnd }: FileFacts): boolean => track === 'PROCEDURAL' && proposedEnd === 'RESOLVED';

/** The grounds on which a file goes back, in the order of the checklist. */
export function reasonsOf({ findings, otherReason }: Pick<Examination, 'findings' | 'otherReason'>): ReasonCode[] {
  const failed = new Set(findings.filter((one) => one.finding === 'NOT_MET').map((one) => one.item));
  return [...CHECKLIST.filter((item) => failed.has(item.code)).map((item) => item.reason), ...(otherReason?.trim() ? (['OTHER'] as const) : [])];
}

export interface Examined extends FileFacts {
  readonly proposal: Proposal;
  readonly reasonCodes: readonly ReasonCode[];
}

export interface DecisionWish {
  readonly verdict: Verdict;
  readonly reason?: string | null | undefined;
  readonly reasonCodes?: readonly ReasonCode[] | null | undefined;
  readonly otherReason?: string | null | undefined;
  readonly rectifyBy?: LocalDate | null | undefined;
}

export interface Decision {
  readonly decision: 'PASSED' | 'RETURNED';
  readonly isOverruled: boolean;
  readonly reasonCodes: readonly ReasonCode[];
}

/** What the second reviewer's verdict makes of the examination, or why it cannot stand. */
export function decisionOn(examined: Examined, wish: DecisionWish): Decision | CloseReviewRefusal {
  if (!isNote(wish.reason) || !isShort(wish.otherReason)) return no.badText();
  const isOverruled = wish.verdict === 'OVERRULE';
  if (isOverruled && !wish.reason?.trim()) return no.reasonRequired();
  const isPass = (examined.proposal === 'PASS') !== isOverruled;
  return isPass ? passing(examined, wish) : returning(examined, wish);
}

function passing(examined: Examined, wish: DecisionWish): Decision | CloseReviewRefusal {
  if (wish.reasonCodes?.length || wish.otherReason?.trim()) return no.contradiction();
  if (wish.rectifyBy != null) return no.badRectifyDate();
  if (isProcedureAsResult(examined)) return no.procedureIsNoResult();
  if (examined.reasonCodes.includes('UNDERTAKING_DEMANDED')) return no.undertakingBars();
  return { decision: 'PASSED', isOverruled: wish.verdict === 'OVERRULE', reasonCodes: [] };
}

function returning(examined: Examined, wish: DecisionWish): Decision | CloseReviewRefusal {
  const given = new Set<ReasonCode>([...examined.reasonCodes, ...(wish.reasonCodes ?? [])]);
  if (wish.otherReason?.trim()) given.add('OTHER');
  if (given.size === 0) return no.reasonRequired();
  if (given.has('OTHER') && !examined.reasonCodes.includes('OTHER') && !wish.otherReason?.trim()) return no.reasonRequired();
  return { decision: 'RETURNED', isOverruled: wish.verdict === 'OVERRULE', reasonCodes: REASON_CODES.filter((code) => given.has(code)) };
}

export interface RectificationTerms {
  readonly decidedOn: LocalDate;
  readonly rectifyBy: LocalDate | null;
  readonly jurisdictionCode: string;
}

/** 退回整改: the date that the return names, a later day within a year. */
export function rectificationDue({ decidedOn, rectifyBy, jurisdictionCode }: RectificationTerms, { rules, calendar }: ExplanationSources): { due: Due; basis: string } | CloseReviewRefusal {
  if (rectifyBy === null || rectifyBy <= decidedOn || rectifyBy > addDays(decidedOn, MAX_RECTIFY_DAYS)) return no.badRectifyDate();
  const rule = selectRule(rules, { code: RECTIFICATION_DUTY, jurisdictionCode, on: decidedOn });
  if (!rule) throw new Error(`no rule ${RECTIFICATION_DUTY}`);
  const due = dueFor({ rule, startOn: decidedOn, calendar, unpublishedYears: 'PROVISIONAL', assignedOn: rectifyBy });
  return due.kind === 'DUE' ? { due, basis: basisOf(rule) } : no.badRectifyDate();
}
