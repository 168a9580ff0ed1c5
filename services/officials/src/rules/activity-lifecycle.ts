import { addDays } from '@anjie/calendar';
import { caseIsSealed, refuse, type Refusal } from '@anjie/contracts';
import type { CrewRefusalCode } from './assignment';
import type { WordsRefusalCode } from './words';

export type ActivityState = 'PLANNED' | 'HELD' | 'CALLED_OFF';
export type ActivityPart = 'LEADER' | 'PARTICIPANT';
export type ContactAnswer = 'ACCEPTED' | 'DECLINED' | 'NO_ANSWER';
export type ActivityRefusalCode =
  | CrewRefusalCode | WordsRefusalCode | 'NOT_FOUND' | 'NOT_PERMITTED' | 'KIND_UNKNOWN' | 'UNIT_UNKNOWN' | 'PARTICIPANTS_NOT_FIT' | 'CASES_NOT_FIT' | 'DATE_OUT_OF_RANGE'
  | 'TIME_NOT_FIT' | 'ILLEGAL_STATE' | 'NOT_PUBLISHABLE' | 'CONTACT_NOT_FIT' | 'PROMISE_NOT_FIT' | 'CASE_SEALED';
export type ActivityRefusal = Refusal<ActivityRefusalCode>;

/** What a kind says about its form; a row of kinds/activities.yaml. */
export interface ActivityRules {
  readonly needsCase: boolean;
  readonly needsOutcome: boolean;
  readonly mayPublish: boolean;
  readonly offersContact: boolean;
}

const ART_18 = '《信访工作条例》第十八条';

export const activityRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  forbidden: () => refuse('NOT_PERMITTED', '仅本单位人员、参加人，或者辖区包含该单位的信访联席办可办理。', 'Only staff of the unit, a participant or the joint office above may do this.'),
  sealed: caseIsSealed,
  kindUnknown: () => refuse('KIND_UNKNOWN', '没有这一种类，或者已经停用。', 'There is no such kind, or it is retired.'),
  unitUnknown: () => refuse('UNIT_UNKNOWN', '单位不存在或已撤并。', 'The unit is unknown or closed.'),
  participantsNotFit: () => refuse('PARTICIPANTS_NOT_FIT', '参加人须为1–50名不同干部，其中至少一名牵头领导。', 'There must be 1–50 different officials, at least one of them a leader.'),
  casesNotFit: () => refuse('CASES_NOT_FIT', '该种类须有信访事项，且至多50件。', 'The kind needs a case, and at most 50 may be named.'),
  dateOutOfRange: () => refuse('DATE_OUT_OF_RANGE', '日期在允许的范围之外。', 'The day lies outside what is possible.'),
  timeNotFit: () => refuse('TIME_NOT_FIT', '时间应为24小时制HH:MM，且结束晚于起始。', 'Times are HH:MM in 24 hours, and the end lies after the start.'),
  illegalState: () => refuse('ILLEGAL_STATE', '活动的当前状态不能进行此操作。', 'The activity is in a state that does not allow this.'),
  notPublishable: () => refuse('NOT_PUBLISHABLE', '该种类不公布，或者缺少地点、时间。', 'The kind is not published, or place or time is missing.', ART_18),
  contactNotFit: () => refuse('CONTACT_NOT_FIT', '须记录是否提出联系；提出的，记录答复，未提出的，没有答复。', 'Say whether contact was offered; an answer goes with an offer and only with it.'),
  promiseNotFit: () => refuse('PROMISE_NOT_FIT', '承诺须有且仅有一个义务单位或者在职干部，所涉事项须属于该活动。', 'A promise is owed by exactly one unit or official in office, about a case of this activity if any.'),
} satisfies Record<string, () => ActivityRefusal>;

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const YEAR = 366;
const MAX = { participants: 50, cases: 50, promises: 20 } as const;

export interface ActivityPlan {
  readonly kind: ActivityRules | undefined;
  readonly plannedOn: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly participants: readonly { readonly officialId: string; readonly part: ActivityPart }[];
  readonly caseCount: number;
}

/** 第十八条: may this be planned? Null when nothing speaks against it. */
export function planObjection(plan: ActivityPlan, today: string): ActivityRefusal | null {
  if (!plan.kind) return activityRefusals.kindUnknown();
  if (plan.plannedOn < addDays(today, -YEAR) || plan.plannedOn > addDays(today, YEAR)) return activityRefusals.dateOutOfRange();
  if (!areTimesFit(plan)) return activityRefusals.timeNotFit();
  const { participants } = plan;
  const areDifferent = new Set(participants.map((one) => one.officialId)).size === participants.length;
  const hasLeader = participants.some((one) => one.part === 'LEADER');
  if (!areDifferent || !hasLeader || participants.length > MAX.participants) return activityRefusals.participantsNotFit();
  const areCasesFit = plan.caseCount <= MAX.cases && (!plan.kind.needsCase || plan.caseCount > 0);
  return areCasesFit ? null : activityRefusals.casesNotFit();
}

function areTimesFit({ startsAt, endsAt }: Pick<ActivityPlan, 'startsAt' | 'endsAt'>): boolean {
  if (startsAt !== null && !TIME.test(startsAt)) return false;
  return endsAt === null || (startsAt !== null && TIME.test(endsAt) && endsAt > startsAt);
}

/** Whoever comes needs to know where and when. */
export function publishObjection(kind: ActivityRules, { state, place, startsAt, plannedOn }: { state: ActivityState; place: string | null; startsAt: string | null; plannedOn: string }, today: string): ActivityRefusal | null {
  if (state !== 'PLANNED') return activityRefusals.illegalState();
  if (!kind.mayPublish || place === null || startsAt === null) return activityRefusals.notPublishable();
  return plannedOn >= today ? null : activityRefusals.dateOutOfRange();
}

export interface ActivityRecord {
  readonly heldOn: string;
  readonly contactOffered: boolean | null;
  readonly contactAnswer: ContactAnswer | null;
  readonly promises: number;
}

/** May this be recorded? An activity is held once; an outcome that was missing comes later, and changes nothing else. */
export function recordObjection(kind: ActivityRules, { state, hasOutcome }: { state: ActivityState; hasOutcome: boolean }, { record, today }: { record: ActivityRecord; today: string }): ActivityRefusal | null {
  if (state === 'CALLED_OFF' || (state === 'HELD' && hasOutcome)) return activityRefusals.illegalState();
  if (record.promises > MAX.promises) return activityRefusals.promiseNotFit();
  if (state === 'HELD') return null;
  if (record.heldOn > today || record.heldOn < addDays(today, -YEAR)) return activityRefusals.dateOutOfRange();
  const isAsked = !kind.offersContact || record.contactOffered !== null;
  const isAnswerFit = (record.contactAnswer !== null) === (record.contactOffered === true);
  return isAsked && isAnswerFit ? null : activityRefusals.contactNotFit();
}

export const callOffObjection = (state: ActivityState): ActivityRefusal | null => (state === 'PLANNED' ? null : activityRefusals.illegalState());

export interface PromiseTerms {
  readonly obligorUnitId: string | null;
  readonly obligorOfficialId: string | null;
  readonly dueOn: string;
  readonly caseId: string | null;
}

/** One obligor, in office; a case of the activity; a day that is not over. */
export function promiseObjection(terms: PromiseTerms, { today, caseIds }: { today: string; caseIds: ReadonlySet<string> }): ActivityRefusal | null {
  const hasOneObligor = (terms.obligorUnitId === null) !== (terms.obligorOfficialId === null);
  if (!hasOneObligor || (terms.caseId !== null && !caseIds.has(terms.caseId))) return activityRefusals.promiseNotFit();
  return terms.dueOn >= today && terms.dueOn <= addDays(today, 5 * YEAR) ? null : activityRefusals.dateOutOfRange();
}

/** Two outcomes with the same key say the same, but for digits, blanks and points: what a form filled in by rote looks like. */
export const plainWords = (outcome: string): string => outcome.normalize('NFKC').toLowerCase().replace(/[^\p{L}]/gu, '');
