import { caseIsSealed, divisionLevel, refuse, type Refusal } from '@anjie/contracts';
import { crewObjection, isPlausibleDay, reachObjection, type Candidate, type CrewRefusalCode, type Reach } from './assignment';
import { areMembersFit, type Seat } from './task-force-members';

export type TaskForceRefusalCode =
  | CrewRefusalCode | 'NOT_FOUND' | 'NOT_PERMITTED' | 'ALREADY_FORMED' | 'ALREADY_DISSOLVED' | 'MEMBERS_NOT_FIT' | 'DATE_OUT_OF_RANGE' | 'LEVEL_NOT_FIT' | 'CASE_SEALED';
export type TaskForceLevel = 'CENTRAL' | 'PROVINCE' | 'CITY';
export type TaskForceRefusal = Refusal<TaskForceRefusalCode>;

export const taskForceRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  forbidden: () => refuse('NOT_PERMITTED', '仅辖区包含该事项的信访联席办可办理。', 'Only the joint office of a division that contains the case may do this.'),
  sealed: caseIsSealed,
  alreadyFormed: () => refuse('ALREADY_FORMED', '该事项已有工作专班。', 'The case has a task force.'),
  levelNotFit: () => refuse('LEVEL_NOT_FIT', '上级专班由该级或更高级的信访联席办登记。', 'A task force of an upper level is recorded by the joint office of that level or above.'),
  alreadyDissolved: () => refuse('ALREADY_DISSOLVED', '该工作专班已解散。', 'The task force has been dissolved.'),
  membersNotFit: () => refuse('MEMBERS_NOT_FIT', '成员须为 1–50 名不同干部，且仅有一名组长。', 'There must be 1–50 different officials, exactly one of them the leader.'),
  dateOutOfRange: () => refuse('DATE_OUT_OF_RANGE', '日期在今天之后，或早于前一时段。', 'The day lies in the future, or before what went before.'),
};

export interface MemberFacts {
  readonly candidates: ReadonlyMap<string, Candidate>;
  readonly excluded: ReadonlySet<string>;
  readonly recused?: ReadonlySet<string> | undefined;
  readonly reach: Reach;
}

/** 工作专班: are the wanted members fit, and may those who join sit in this case's task force? */
export function membersObjection({ candidates, excluded, recused, reach }: MemberFacts, wanted: readonly Seat[], joining: readonly Seat[]): TaskForceRefusal | null {
  if (!areMembersFit(wanted)) return taskForceRefusals.membersNotFit();
  for (const seat of joining) {
    const candidate = candidates.get(seat.officialId);
    const objection = crewObjection(candidate, excluded, recused) ?? (candidate ? reachObjection(candidate, reach) : null);
    if (objection) return objection;
  }
  return null;
}

export interface FormingFacts extends MemberFacts {
  readonly today: string;
  readonly hasTaskForce: boolean;
  readonly lastDissolvedOn: string | null;
}

/** 工作专班: one at a time, and none before the last one ended. */
export function formingObjection(facts: FormingFacts, { formedOn, members, level = null, endsOn = null }: { formedOn: string; members: readonly Seat[]; level?: TaskForceLevel | null; endsOn?: string | null }): TaskForceRefusal | null {
  if (facts.hasTaskForce) return taskForceRefusals.alreadyFormed();
  const unfit = levelObjection(level, facts.reach.officeDivision);
  if (unfit) return unfit;
  if (endsOn !== null && endsOn <= formedOn) return taskForceRefusals.dateOutOfRange();
  if (!isPlausibleDay(formedOn, { today: facts.today, notBefore: facts.lastDissolvedOn })) return taskForceRefusals.dateOutOfRange();
  return membersObjection(facts, members, members);
}

/** 国家、中央层面的专班由省级记录: the highest joint office here is a province's. */
const OFFICES: Readonly<Record<TaskForceLevel, readonly string[]>> = { CENTRAL: ['PROVINCE'], PROVINCE: ['PROVINCE'], CITY: ['PROVINCE', 'CITY'] };

/** 上级专班: recorded, changed and dissolved by the joint office of its level or above; the case's own has no level. */
export const levelObjection = (level: TaskForceLevel | null, officeDivision: string | null): TaskForceRefusal | null =>
  level === null || (officeDivision !== null && OFFICES[level].includes(divisionLevel(officeDivision))) ? null : taskForceRefusals.levelNotFit();
