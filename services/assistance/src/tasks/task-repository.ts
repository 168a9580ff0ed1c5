import { besideCase, hasRole, inDivision, inOwnUnits, scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import { businessTime, select, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import { AppError, DIVISION_CODE } from '@anjie/contracts';
import type { AssistanceTaskFilter, AssistanceTaskKind, AssistanceWorkloadFilter } from '../generated/graphql';

export interface TaskRow {
  readonly kind: AssistanceTaskKind;
  readonly id: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly officialId: string | null;
  readonly dueOn: string | null;
  readonly state: string;
  readonly flagCode: string | null;
  readonly version: number;
}

/** Tables of tasks: where each kind's row is, who has it, and when it is open. Constants of our own. */
export const TASK_TABLES = {
  REFERRAL: { table: 'referrals', unit: 'to_unit_id', official: 'assigned_official_id', open: `state IN ('DELIVERED', 'SIGNED', 'ACCEPTED', 'RETURN_REQUESTED')` },
  CO_HANDLING: { table: 'referral_co_handlings', unit: 'unit_id', official: 'assigned_official_id', open: `state IN ('ASKED', 'SIGNED')` },
  VISIT: { table: 'follow_up_visits', unit: 'unit_id', official: 'official_id', open: `state = 'PLANNED'` },
  AGENCY: { table: 'agency_tasks', unit: 'unit_id', official: 'agent_official_id', open: `state IN ('OFFERED', 'AUTHORISED', 'UNDER_WAY')` },
} as const satisfies Readonly<Record<AssistanceTaskKind, { table: string; unit: string; official: string; open: string }>>;

const DUE: Readonly<Record<AssistanceTaskKind, string>> = {
  REFERRAL: `IF(state = 'ACCEPTED', complete_by, sign_due_on)`,
  CO_HANDLING: `IF(state = 'ASKED', sign_due_on, complete_by)`,
  VISIT: 'planned_on',
  AGENCY: 'COALESCE(finish_by, authority_until)',
};
const FLAG: Readonly<Record<AssistanceTaskKind, string>> = { REFERRAL: 'flag_code', CO_HANDLING: 'NULL', VISIT: 'flag_code', AGENCY: 'flag_code' };
const KINDS = Object.keys(TASK_TABLES) as AssistanceTaskKind[];

const openOf = (kind: AssistanceTaskKind): string => {
  const { table, unit, official, open } = TASK_TABLES[kind];
  return `SELECT '${kind}' AS kind, id, case_id, ${unit} AS unit_id, ${official} AS official_id, ${DUE[kind]} AS due_on, state, ${FLAG[kind]} AS flag_code, version FROM ${table} WHERE ${open}`;
};
const fromOpen = (arms: readonly string[], how: 'UNION ALL' | 'UNION' = 'UNION ALL'): string => `(${arms.join(` ${how} `)}) t JOIN case_scopes s ON s.case_id = t.case_id`;
const FROM = fromOpen(KINDS.map(openOf));
const COLUMNS = `t.kind, t.id, t.case_id AS caseId, t.unit_id AS unitId, t.official_id AS officialId, t.due_on AS dueOn, t.state, t.flag_code AS flagCode, t.version`;
const NEAREST_FIRST = [{ column: `COALESCE(t.due_on, '9999-12-31')` }, { column: 't.id' }];

/** The viewer's units' own and the viewer's own; whoever may see the case sees who works on it. */
function visibleTasks(viewer: Viewer): SqlPart {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const own = inOwnUnits(viewer, 't.unit_id');
  const seen = visibleCases(viewer, scopeColumns('s'));
  const deny = besideCase(viewer, scopeColumns('s'));
  return { sql: `((${own.sql}) OR t.official_id = ? OR (${seen.sql})) AND ${deny.sql}`, params: [...own.params, viewer.subject, ...seen.params, ...deny.params] };
}

const isWanted = (column: string, wanted: boolean | null | undefined): SqlPart | null => (wanted == null ? null : { sql: `${column} IS ${wanted ? 'NOT ' : ''}NULL`, params: [] });

function filtered(viewer: Viewer, filter: AssistanceTaskFilter | null | undefined): SqlPart {
  const wanted = ([['t.case_id', filter?.caseId], ['t.unit_id', filter?.unitId], ['t.official_id', filter?.officialId]] as const).filter(([, value]) => value != null);
  const kinds = filter?.kinds?.length ? { sql: 't.kind IN (?)', params: [filter.kinds] } : null;
  const unassigned = isWanted('t.official_id', filter?.isUnassigned == null ? null : !filter.isUnassigned);
  const parts = [visibleTasks(viewer), ...wanted.map(([column, value]) => ({ sql: `${column} = ?`, params: [value] })), kinds, unassigned, isWanted('t.flag_code', filter?.isFlagged)]
    .filter((part) => part !== null);
  return { sql: parts.map(({ sql }) => `(${sql})`).join(' AND '), params: parts.flatMap(({ params }) => params) };
}

export interface TaskListArgs extends PageArgs {
  readonly filter?: AssistanceTaskFilter | null | undefined;
}

/** Of the viewer's own units and the viewer's own, as a work list is: each arm finds its rows by a key. */
export function listTasks(sql: Sql, viewer: Viewer, args: TaskListArgs): Promise<Connection<TaskRow>> {
  const units = viewer.unitId && hasRole(viewer, 'UNIT_HANDLER', 'JOINT_OFFICE', 'WINDOW_CLERK') ? [viewer.unitId] : [];
  const arms = KINDS.flatMap((kind): SqlPart[] => [
    ...units.map((unitId) => ({ sql: `${openOf(kind)} AND ${TASK_TABLES[kind].unit} IN (SELECT o.descendant_id FROM unit_closure o WHERE o.ancestor_id = ?)`, params: [unitId] })),
    { sql: `${openOf(kind)} AND ${TASK_TABLES[kind].official} = ?`, params: [viewer.subject] },
  ]);
  const where = filtered(viewer, args.filter);
  // the parameters of the arms stand before those of the condition
  const all = { sql: where.sql, params: [...arms.flatMap(({ params }) => params), ...where.params] };
  return listConnection<TaskRow>(sql, { columns: COLUMNS, from: fromOpen(arms.map((arm) => arm.sql), 'UNION'), where: all, sort: NEAREST_FIRST }, args);
}

export const tasksUnder = (sql: Sql, viewer: Viewer, parent: 't.unit_id' | 't.official_id') => (parents: readonly string[], args: TaskListArgs): Promise<Connection<TaskRow>[]> =>
  listConnectionsByParent<TaskRow>(sql, { columns: COLUMNS, from: FROM, where: filtered(viewer, args.filter), sort: NEAREST_FIRST, parent }, { parents, args });

export interface WorkloadRow {
  readonly id: string;
  readonly referrals: string;
  readonly coHandlings: string;
  readonly visits: string;
  readonly agencyTasks: string;
  readonly unassigned: string;
  readonly overdue: string;
}
export interface WorkloadArgs extends PageArgs {
  readonly filter?: AssistanceWorkloadFilter | null | undefined;
}

/** Open work by unit, in one statement; a unit without any is not there. */
export async function listWorkloads(sql: Sql, viewer: Viewer, args: WorkloadArgs): Promise<Connection<WorkloadRow>> {
  const { filter } = args;
  if (filter?.divisionCode && !DIVISION_CODE.test(filter.divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  const { today } = await businessTime(sql);
  const parts = [
    visibleTasks(viewer), ...(filter?.caseId ? [{ sql: 't.case_id = ?', params: [filter.caseId] }] : []),
    ...(filter?.divisionCode ? [inDivision('s.division_code', filter.divisionCode)] : []),
  ];
  const counted = KINDS.map((kind) => `SUM(t.kind = '${kind}') AS ${kind.toLowerCase()}`).join(', ');
  const from = `(SELECT t.unit_id, ${counted}, SUM(t.official_id IS NULL) AS unassigned, SUM(t.due_on < ?) AS overdue FROM ${FROM}
    WHERE ${parts.map((part) => `(${part.sql})`).join(' AND ')} GROUP BY t.unit_id) w`;
  const params = [today, ...parts.flatMap((part) => part.params)];
  const columns = 'w.unit_id AS id, w.referral AS referrals, w.co_handling AS coHandlings, w.visit AS visits, w.agency AS agencyTasks, w.unassigned, w.overdue';
  // the parameters of `from` stand before those of `where`, which has none of its own
  return listConnection<WorkloadRow>(sql, { columns, from, where: { sql: 'TRUE', params }, sort: [{ column: 'w.unit_id' }] }, args);
}

/** A task that is open, held until the transaction ends. */
export const lockTask = async (tx: Sql, kind: AssistanceTaskKind, id: string): Promise<TaskRow | undefined> => {
  const { table } = TASK_TABLES[kind];
  const [row] = await select<{ id: string }>(tx, `SELECT id FROM ${table} WHERE id = ? FOR UPDATE`, [id]);
  return row && (await select<TaskRow>(tx, `SELECT ${COLUMNS} FROM (${openOf(kind)}) t WHERE t.id = ?`, [id]))[0];
};

export const visibleTasksByIds = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<TaskRow[]> => {
  const seen = visibleTasks(viewer);
  return selectIn<TaskRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE t.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const giveTask = (tx: Sql, { kind, id, version }: TaskRow, officialId: string | null): Promise<boolean> =>
  updateVersion(tx, TASK_TABLES[kind].table, { id, version, set: { [TASK_TABLES[kind].official]: officialId } });

export const saveTask = (tx: Sql, { kind, id, version }: TaskRow, set: Row): Promise<boolean> => updateVersion(tx, TASK_TABLES[kind].table, { id, version, set });

/** Open tasks of officials, in the order in which rows are locked everywhere: by case, kind and key. */
export const tasksOfOfficials = (tx: Sql, officialIds: readonly string[]): Promise<TaskRow[]> =>
  selectIn<TaskRow>(
    tx, `SELECT ${COLUMNS} FROM ${fromOpen(KINDS.map((kind) => `${openOf(kind)} AND ${TASK_TABLES[kind].official} IN (?)`))} ORDER BY t.case_id, t.kind, t.id`,
    officialIds, KINDS.slice(1).map(() => officialIds),
  );

/** Officials with an open task of a unit where their last post has ended: a day that was set before tells nobody when it comes. */
export const outlivedHolders = async (sql: Sql, today: string, limit: number): Promise<string[]> =>
  (
    await select<{ id: string }>(
      sql,
      `SELECT t.official_id AS id FROM (${KINDS.map((kind) => `${openOf(kind)} AND ${TASK_TABLES[kind].official} IS NOT NULL`).join(' UNION ALL ')}) t
        JOIN posts p ON p.official_id = t.official_id JOIN unit_closure c ON c.descendant_id = p.unit_id AND c.ancestor_id = t.unit_id
        GROUP BY t.official_id, t.unit_id HAVING MAX(COALESCE(p.ended_on, '9999-12-31')) <= ? LIMIT ?`,
      [today, limit],
    )
  ).map(({ id }) => id);

/** Open visits and agency tasks of a unit in a case. */
export const tasksOfUnitInCase = (tx: Sql, caseId: string, unitId: string): Promise<TaskRow[]> =>
  select<TaskRow>(
    tx, `SELECT ${COLUMNS} FROM ${fromOpen((['VISIT', 'AGENCY'] as const).map((kind) => `${openOf(kind)} AND case_id = ? AND unit_id = ?`))} ORDER BY t.kind, t.id`,
    [caseId, unitId, caseId, unitId],
  );
