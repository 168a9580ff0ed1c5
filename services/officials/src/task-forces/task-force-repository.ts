import { notExcluded, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { insertRows, newId, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { TODAY } from '../directory/business-day';
import type { Candidate } from '../rules/assignment';
import type { TaskForceLevel } from '../rules/task-force-forming';
import type { Seat, TaskForceDuty } from '../rules/task-force-members';

export interface TaskForceRow {
  readonly id: string;
  readonly caseId: string;
  readonly name: string;
  readonly purpose: string;
  readonly formedOn: string;
  readonly dissolvedOn: string | null;
  /** 上级专班: the level that formed it; null for the case's own. */
  readonly level: TaskForceLevel | null;
  readonly endsOn: string | null;
  /** 0, 1, or null without a planned end */
  readonly isPastEnd: number | null;
  readonly version: number;
}

export interface TaskForceMemberRow {
  readonly id: string;
  readonly taskForceId: string;
  readonly officialId: string;
  readonly duty: TaskForceDuty;
  readonly homeUnitId: string | null;
  readonly joinedOn: string;
  readonly leftOn: string | null;
}

const COLUMNS = `tf.id, tf.case_id AS caseId, tf.name, tf.purpose, tf.formed_on AS formedOn, tf.dissolved_on AS dissolvedOn, tf.level, tf.ends_on AS endsOn,
  (tf.dissolved_on IS NULL AND tf.ends_on <= ${TODAY}) AS isPastEnd, tf.version`;
const MEMBER_COLUMNS = `m.id, m.task_force_id AS taskForceId, m.official_id AS officialId, m.duty, m.home_unit_id AS homeUnitId,
  m.joined_on AS joinedOn, m.left_on AS leftOn`;

/** The case is visible, or the viewer sits in the task force now and is not kept out of the case. */
function visibleTaskForces(viewer: Viewer): SqlPredicate {
  const cases = visibleCases(viewer, { ...scopeColumns('s'), caseId: 'tf.case_id' });
  const kept = notExcluded(viewer, { caseId: 'tf.case_id' });
  return {
    sql: `((${cases.sql}) OR (EXISTS (SELECT 1 FROM task_force_members vm WHERE vm.task_force_id = tf.id AND vm.active_official_id = ?)
        AND COALESCE(s.is_sealed, 0) = 0 AND ${kept.sql}))`,
    params: [...cases.params, viewer.subject, ...kept.params],
  };
}

export const taskForcesByIds = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<TaskForceRow[]> => {
  const seen = visibleTaskForces(viewer);
  return selectIn<TaskForceRow>(
    sql, `SELECT ${COLUMNS} FROM task_forces tf LEFT JOIN case_scopes s ON s.case_id = tf.case_id WHERE tf.id IN (?) AND ${seen.sql}`, ids, seen.params,
  );
};

/** The active task force of each case; the caller has checked that the cases are visible. */
export const activeTaskForces = (sql: Sql, caseIds: readonly string[]): Promise<TaskForceRow[]> =>
  selectIn<TaskForceRow>(sql, `SELECT ${COLUMNS} FROM task_forces tf WHERE tf.active_case_id IN (?)`, caseIds);

/** The active task force of an upper level for each case; the caller has checked that the cases are visible. */
export const activeUpperTaskForces = (sql: Sql, caseIds: readonly string[]): Promise<TaskForceRow[]> =>
  selectIn<TaskForceRow>(sql, `SELECT ${COLUMNS} FROM task_forces tf WHERE tf.upper_case_id IN (?)`, caseIds);

export const membersOf = (sql: Sql, taskForceIds: readonly string[]): Promise<TaskForceMemberRow[]> =>
  selectIn<TaskForceMemberRow>(
    sql, `SELECT ${MEMBER_COLUMNS} FROM task_force_members m WHERE m.task_force_id IN (?) ORDER BY m.duty, m.joined_on, m.id`, taskForceIds,
  );

export const presentSeats = (tx: Sql, taskForceId: string): Promise<Seat[]> =>
  selectIn<Seat>(tx, 'SELECT m.official_id AS officialId, m.duty FROM task_force_members m WHERE m.task_force_id IN (?) AND m.active_official_id IS NOT NULL', [taskForceId]);

export const insertTaskForce = (tx: Sql, force: Omit<TaskForceRow, 'dissolvedOn' | 'isPastEnd' | 'version'>): Promise<void> =>
  insertRows(tx, 'task_forces', [{
    id: force.id, case_id: force.caseId, active_case_id: force.level === null ? force.caseId : null, upper_case_id: force.level === null ? null : force.caseId,
    name: force.name, purpose: force.purpose, formed_on: force.formedOn, level: force.level, ends_on: force.endsOn,
  }]);

export interface Joining {
  readonly taskForceId: string;
  readonly on: string;
  readonly candidates: ReadonlyMap<string, Candidate>;
}

export const joinMembers = (tx: Sql, { taskForceId, on, candidates }: Joining, seats: readonly Seat[]): Promise<void> =>
  insertRows(tx, 'task_force_members', seats.map((seat) => ({
    id: newId(), task_force_id: taskForceId, official_id: seat.officialId, active_official_id: seat.officialId, duty: seat.duty,
    home_unit_id: candidates.get(seat.officialId)?.unitId ?? null, joined_on: on,
  })));

/** Ends seats of these officials, or of everyone. */
export async function leaveMembers(tx: Sql, taskForceId: string, { on, officialIds }: { on: string; officialIds: readonly string[] | 'ALL' }): Promise<void> {
  if (officialIds !== 'ALL' && officialIds.length === 0) return;
  const some = officialIds === 'ALL' ? { sql: '', params: [] } : { sql: ' AND active_official_id IN (?)', params: [officialIds] };
  await write(
    tx,
    `UPDATE task_force_members SET active_official_id = NULL, left_on = GREATEST(joined_on, ?) WHERE task_force_id = ? AND active_official_id IS NOT NULL${some.sql}`,
    [on, taskForceId, ...some.params],
  );
}
