import { hasRole, type Viewer } from '@anjie/access';
import type { LocalDate } from '@anjie/calendar';
import { caseIsSealed, refuse, type Refusal } from '@anjie/contracts';
import { isOfficeText } from './assigned-date';
import { isOfDivisionOrAbove } from './close-reviewers';

export type MeetingState = 'CALLED' | 'HELD' | 'CALLED_OFF';
/** NOTED: recorded under a kind whose decisions bind nobody. */
export type DecisionState = 'NOTED' | 'OPEN' | 'REPORTED' | 'CONFIRMED' | 'WITHDRAWN';
export type FollowUp = 'CONFIRM' | 'RETURN' | 'WITHDRAW';
export type MeetingRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'KIND_NOT_USABLE' | 'CASE_NEEDED' | 'CASE_SEALED' | 'CASE_ON_AGENDA' | 'CANDIDATE_NOT_ACCEPTABLE' | 'PARTY_UNKNOWN' | 'PARTY_NAMED'
  | 'DATE_NOT_ACCEPTABLE' | 'OBLIGOR_NOT_ACCEPTABLE' | 'TOO_MANY' | 'WRONG_STATE' | 'TEXT_NOT_ACCEPTABLE';
export type MeetingRefusal = Refusal<MeetingRefusalCode>;

export const DECISION_DUTY = 'MEETING_DECISION';
export const MINUTES_DUTY = 'MEETING_MINUTES';
const SECRECY = '《信访工作条例》第三十条第三款';

/** What a kind of meeting says that its life reads. */
export interface MeetingRules {
  readonly mayCall: readonly ('JOINT_OFFICE' | 'UNIT')[];
  readonly needsCase: boolean;
  readonly takesCandidates: boolean;
  readonly decisionsBecomeObligations: boolean;
}

export const meetingRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: () => refuse('NOT_PERMITTED', '您的岗位或单位无权进行此操作。', 'Your role or unit may not do this.'),
  badKind: () => refuse('KIND_NOT_USABLE', '没有此会议种类，或已停用。', 'There is no such kind of meeting, or it is retired.'),
  caseNeeded: () => refuse('CASE_NEEDED', '此种会议的议程须有信访事项。', 'A meeting of this kind has at least one case on its agenda.'),
  sealed: () => caseIsSealed(),
  onAgenda: () => refuse('CASE_ON_AGENDA', '该信访事项已在议程中。', 'The case is on the agenda already.'),
  badCandidate: () => refuse('CANDIDATE_NOT_ACCEPTABLE', '协调议题不在待议状态、不属此信访事项，或此种会议不受理协调议题。', 'The matter for coordination does not wait, belongs to another case, or this kind of meeting takes none.', '《信访工作条例》第二十四条第一款'),
  partyUnknown: () => refuse('PARTY_UNKNOWN', '单位或干部不存在、已撤并或不在参会名单中。', 'A unit or an official is unknown, closed, or not among those called.'),
  partyNamed: () => refuse('PARTY_NAMED', '被检举、控告的单位或人员不得参加该事项的会议，也不得承担其议定事项。', 'Whom the report names neither attends on this case nor is given its decisions.', SECRECY),
  badDate: () => refuse('DATE_NOT_ACCEPTABLE', '日期无效：召开日期应在通知之后、今日之前（含当日）；落实期限应晚于今日且不超过一年。', 'The date does not fit: a meeting is held from its calling to today; a decision is due later than today and within a year.'),
  badObligor: () => refuse('OBLIGOR_NOT_ACCEPTABLE', '议定事项须有且仅有一个责任单位或责任干部。', 'A decision binds exactly one unit or one official.'),
  tooMany: () => refuse('TOO_MANY', '议程、参会方或议定事项过多（各不超过50、100、100）。', 'Too many points (50), attendees (100) or decisions (100).'),
  wrongState: () => refuse('WRONG_STATE', '会议或议定事项的当前状态不允许此操作。', 'The meeting or the decision is not in a state that allows this.'),
  badText: () => refuse('TEXT_NOT_ACCEPTABLE', '文字为空、过长、含控制字符，或记有对信访人的管控内容。', 'A text is empty, too long, holds control characters, or speaks of watching people who petition.'),
} satisfies Record<string, () => MeetingRefusal>;

/** Joint offices for their divisions, units for themselves, as the kind allows. */
export function mayCall(viewer: Viewer, { mayCall: callers }: Pick<MeetingRules, 'mayCall'>): boolean {
  if (viewer.kind !== 'OFFICIAL' || viewer.unitId === null) return false;
  const asOffice = callers.includes('JOINT_OFFICE') && hasRole(viewer, 'JOINT_OFFICE') && viewer.divisionCode !== null;
  return asOffice || (callers.includes('UNIT') && hasRole(viewer, 'UNIT_HANDLER'));
}

/** Whoever works in the unit that called it, under the same conditions. */
export const mayRun = (viewer: Viewer, kind: Pick<MeetingRules, 'mayCall'>, callingUnitId: string): boolean => viewer.unitId === callingUnitId && mayCall(viewer, kind);

/** An office deals with the cases of its division: a part in one of another county shows it and commands nothing. A unit brings what it handles. */
export const mayBring = (viewer: Viewer, { mayCall: callers }: Pick<MeetingRules, 'mayCall'>, divisionCode: string): boolean =>
  (callers.includes('UNIT') && hasRole(viewer, 'UNIT_HANDLER')) || isOfDivisionOrAbove(viewer, divisionCode);

const MOST = { points: 50, parties: 100, decisions: 100 } as const;
export const isTooMany = (what: keyof typeof MOST, count: number): boolean => count > MOST[what];

export const isTitle = (text: string): boolean => isOfficeText(text, { most: 200 });
export const isRecord = (text: string | null | undefined, least = 0): boolean => isOfficeText(text, { least, most: 20_000 });
export const isDecisionText = (text: string): boolean => isOfficeText(text, { most: 2_000 });
export const isReport = (text: string): boolean => isOfficeText(text, { most: 4_000 });

/** Held between its calling and today. */
export const isHeldDay = (heldOn: LocalDate, { calledOn, today }: { readonly calledOn: LocalDate; readonly today: LocalDate }): boolean => calledOn <= heldOn && heldOn <= today;

export interface DecisionWish {
  readonly text: string;
  readonly obligorUnitId?: string | null | undefined;
  readonly obligorOfficialId?: string | null | undefined;
  readonly dueOn?: LocalDate | null | undefined;
}

/** Why a decision cannot stand as it is worded; its due date is looked at where it is counted. */
export function decisionObjection(wish: DecisionWish, { decisionsBecomeObligations }: Pick<MeetingRules, 'decisionsBecomeObligations'>): MeetingRefusal | null {
  if (!isDecisionText(wish.text)) return meetingRefusals.badText();
  const obligors = [wish.obligorUnitId, wish.obligorOfficialId].filter((id) => id != null).length;
  if (decisionsBecomeObligations ? obligors !== 1 : obligors > 1) return meetingRefusals.badObligor();
  return !decisionsBecomeObligations && wish.dueOn != null ? meetingRefusals.badDate() : null;
}

const MOVES: Readonly<Record<'REPORT' | FollowUp, readonly DecisionState[]>> = { REPORT: ['OPEN'], CONFIRM: ['REPORTED'], RETURN: ['REPORTED'], WITHDRAW: ['OPEN', 'REPORTED'] };
const AFTER = { REPORT: 'REPORTED', CONFIRM: 'CONFIRMED', RETURN: 'OPEN', WITHDRAW: 'WITHDRAWN' } as const;

/** The state after an act on a decision; null when the act is not its turn. */
export const decisionAfter = (state: DecisionState, act: 'REPORT' | FollowUp): DecisionState | null => (MOVES[act].includes(state) ? AFTER[act] : null);
