import type { Viewer } from '@anjie/access';
import type { LocalDate } from '@anjie/calendar';
import { divisionPrefix, refuse, type Refusal } from '@anjie/contracts';
import { basisOf, dueFor, selectRule, type Due } from '@anjie/rulebook';
import { isOfDivisionOrAbove, mayReview } from './close-reviewers';
import type { ExplanationSources } from './deadline-explanation';
import { isPlainText } from './plain-text';

export type BackTraceState = 'REQUESTED' | 'INQUIRY_ORDERED' | 'NOT_PURSUED';
export type BackTraceDecision = Exclude<BackTraceState, 'REQUESTED'>;
export type BackTraceRefusalCode = 'NOT_FOUND' | 'NOT_PERMITTED' | 'OUTSIDE_DIVISION' | 'OF_TRACED_UNIT' | 'PART_IN_CASE' | 'WRONG_STATE' | 'TEXT_NOT_ACCEPTABLE';
export type BackTraceRefusal = Refusal<BackTraceRefusalCode>;

export const BACK_TRACE_DUTY = 'BACK_TRACE';
const RECUSAL = '《信访工作条例》第二十八条';

export const backTraceRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: () => refuse('NOT_PERMITTED', '责任倒查请求由信访联席办决定。', 'A joint office decides on a back-trace request.'),
  outsideDivision: () => refuse('OUTSIDE_DIVISION', '须由被倒查单位所在辖区或其上级的联席办决定。', "Only the joint office of the unit's division or one above may decide."),
  ofTracedUnit: () => refuse('OF_TRACED_UNIT', '被倒查单位及其下属单位的人员应当回避。', 'Nobody of the traced unit or a unit below it may decide.', RECUSAL),
  partInCase: () => refuse('PART_IN_CASE', '包案领导和专班成员应当回避。', 'Whoever sponsored the case or sat in its task force may not decide.', RECUSAL),
  wrongState: () => refuse('WRONG_STATE', '该请求已有决定。', 'The request has been decided.'),
  badText: () => refuse('TEXT_NOT_ACCEPTABLE', '理由不能为空、不超过4000字、不含控制字符。', 'The reason must not be empty, longer than 4,000 characters or hold control characters.'),
} satisfies Record<string, () => BackTraceRefusal>;

export interface BackTraceFacts {
  readonly divisionCode: string;
  readonly state: BackTraceState;
  readonly isOfTracedUnit: boolean;
  readonly hasPartInCase: boolean;
}

/** Why this viewer may not decide on the request; null when nothing speaks against it. */
export function backTraceObjection(viewer: Viewer, facts: BackTraceFacts): BackTraceRefusal | null {
  if (!mayReview(viewer, 'DECIDE_BACK_TRACE')) return backTraceRefusals.notPermitted();
  if (!isOfDivisionOrAbove(viewer, facts.divisionCode)) return backTraceRefusals.outsideDivision();
  if (facts.isOfTracedUnit) return backTraceRefusals.ofTracedUnit();
  if (facts.hasPartInCase) return backTraceRefusals.partInCase();
  return facts.state === 'REQUESTED' ? null : backTraceRefusals.wrongState();
}

export const isReason = (text: string): boolean => isPlainText(text, { most: 4_000 });

/** The division and those above it, the nearest first: where to look for the office that supervises a unit. */
export function divisionLine(code: string): string[] {
  const prefix = divisionPrefix(code);
  return [12, 9, 6, 4, 2].filter((length) => length <= prefix.length).map((length) => prefix.slice(0, length).padEnd(6, '0'));
}

/** When a decision on the request is due; practice, counted from the day of the request. */
export function backTraceDue(requestedOn: LocalDate, jurisdictionCode: string, { rules, calendar }: ExplanationSources): { due: Due; basis: string } {
  const rule = selectRule(rules, { code: BACK_TRACE_DUTY, jurisdictionCode, on: requestedOn });
  if (!rule) throw new Error(`no rule ${BACK_TRACE_DUTY}`);
  const due = dueFor({ rule, startOn: requestedOn, calendar, unpublishedYears: 'PROVISIONAL' });
  if (due.kind !== 'DUE') throw new Error(`rule ${BACK_TRACE_DUTY} gives no date`);
  return { due, basis: basisOf(rule) };
}
