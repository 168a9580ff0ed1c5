import { besideCase, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { insertRows, select, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import type { RecusalGround } from '../generated/graphql';
import { HELD_TODAY } from '../officials/official-repository';
import type { RecusalOrigin, RecusalState } from '../rules/recusing';

export interface RecusalRow {
  readonly id: string;
  readonly caseId: string;
  readonly officialId: string;
  readonly unitId: string | null;
  readonly origin: RecusalOrigin;
  readonly ground: RecusalGround;
  readonly reason: string;
  readonly requestedOn: string;
  readonly state: RecusalState;
  readonly decidedBy: string | null;
  readonly decidedOn: string | null;
  readonly decision: string | null;
  readonly version: number;
}

const COLUMNS = `r.id, r.case_id AS caseId, r.official_id AS officialId, r.unit_id AS unitId, r.origin, r.ground, r.reason, r.requested_on AS requestedOn, r.state,
  r.decided_by AS decidedBy, r.decided_on AS decidedOn, r.decision, r.version`;
const FROM = 'recusals r JOIN case_scopes s ON s.case_id = r.case_id';
const typed = (rows: readonly RecusalRow[]): RecusalRow[] => rows.map((row) => ({ ...row, version: Number(row.version) }));

/** The case is visible; or the viewer is the official, or heads the official's unit, and is not kept out of the case. */
function seesRecusal(viewer: Viewer): SqlPredicate {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const cases = visibleCases(viewer, scopeColumns('s'));
  const beside = besideCase(viewer, scopeColumns('s'));
  return {
    sql: `((${cases.sql}) OR ((r.official_id = ? OR EXISTS (SELECT 1 FROM posts p WHERE p.unit_id = r.unit_id AND p.official_id = ? AND p.is_head = 1 AND ${HELD_TODAY})) AND (${beside.sql})))`,
    params: [...cases.params, viewer.subject, viewer.subject, ...beside.params],
  };
}

export const recusalsByIds = async (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<RecusalRow[]> => {
  const seen = seesRecusal(viewer);
  return typed(await selectIn<RecusalRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE r.id IN (?) AND ${seen.sql}`, ids, seen.params));
};

export const lockRecusal = async (tx: Sql, id: string): Promise<RecusalRow | undefined> =>
  typed(await selectIn<RecusalRow>(tx, `SELECT ${COLUMNS} FROM recusals r WHERE r.id IN (?) FOR UPDATE`, [id]))[0];

export interface RecusalArgs extends PageArgs {
  readonly state?: RecusalState | null | undefined;
}
const PARENTS = { CASE: 'r.case_id', OFFICIAL: 'r.official_id' } as const;

export function recusalsUnder(sql: Sql, viewer: Viewer, { by, parents, args }: { by: keyof typeof PARENTS; parents: readonly string[]; args: RecusalArgs }): Promise<Connection<RecusalRow>[]> {
  const seen = seesRecusal(viewer);
  const where = args.state ? { sql: `${seen.sql} AND r.state = ?`, params: [...seen.params, args.state] } : seen;
  return listConnectionsByParent<RecusalRow>(
    sql, { columns: COLUMNS, from: FROM, where, sort: [{ column: 'r.requested_on', descending: true }, { column: 'r.id' }], parent: PARENTS[by] }, { parents, args },
  );
}

export const isRequested = async (tx: Sql, caseId: string, officialId: string): Promise<boolean> =>
  (await select(tx, 'SELECT 1 FROM recusals WHERE active_case_id = ? AND official_id = ? FOR UPDATE', [caseId, officialId])).length > 0;

export const insertRecusal = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'recusals', [row]);
export const saveRecusal = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'recusals', change);

/** Active sponsorship and task-force seats that an official has in a case. */
export const crewPartsOf = (tx: Sql, caseId: string, officialId: string): Promise<{ kind: 'SPONSORSHIP' | 'TASK_FORCE'; id: string }[]> =>
  select<{ kind: 'SPONSORSHIP' | 'TASK_FORCE'; id: string }>(
    tx,
    `SELECT 'SPONSORSHIP' AS kind, id FROM sponsorships WHERE active_case_id = ? AND official_id = ?
     UNION ALL SELECT 'TASK_FORCE', tf.id FROM task_forces tf JOIN task_force_members m ON m.task_force_id = tf.id AND m.active_official_id = ?
       WHERE tf.case_id = ? AND tf.dissolved_on IS NULL`,
    [caseId, officialId, officialId, caseId],
  );
