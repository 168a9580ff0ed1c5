import { besideCase, inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { insertRows, selectIn, updateVersion, write, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import { hasActivity, isOpenActivity, seesActivity } from '../activities/activity-sight';

export type PromiseState = 'OPEN' | 'KEPT' | 'DROPPED';

export interface PromiseRow {
  readonly id: string;
  readonly activityId: string;
  readonly caseId: string | null;
  readonly text: string;
  readonly obligorUnitId: string | null;
  readonly obligorOfficialId: string | null;
  readonly madeOn: string;
  readonly dueOn: string;
  readonly state: PromiseState;
  readonly keptOn: string | null;
  readonly evidenceRef: string | null;
  readonly dropReason: string | null;
  readonly version: number;
}

const COLUMNS = `p.id, p.activity_id AS activityId, p.case_id AS caseId, p.text, p.obligor_unit_id AS obligorUnitId, p.obligor_official_id AS obligorOfficialId, p.made_on AS madeOn,
  p.due_on AS dueOn, p.state, p.kept_on AS keptOn, p.evidence_ref AS evidenceRef, p.drop_reason AS dropReason, p.version`;
const FROM = 'activity_promises p JOIN activities a ON a.id = p.activity_id LEFT JOIN case_scopes s ON s.case_id = p.case_id';
const AT = { id: 'a.id', unitId: 'a.unit_id', divisionCode: 'a.division_code' };
const typed = (rows: readonly PromiseRow[]): PromiseRow[] => rows.map((row) => ({ ...row, version: Number(row.version) }));

/**
 * One about no case is seen with its activity, one about a case with that case; another case of the same activity is no ground. Whoever owes it sees it
 * too, and one about a case whoever has the activity: unless, by the first ground its own case, by the second any case of the activity keeps them out.
 */
function seesPromise(viewer: Viewer): SqlPredicate {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const activity = seesActivity(viewer, AT);
  const [has, open] = [hasActivity(viewer, AT), isOpenActivity(viewer, AT)];
  const unit = inOwnUnits(viewer, 'p.obligor_unit_id');
  const owes = { sql: `(${unit.sql} OR p.obligor_official_id = ?)`, params: [...unit.params, viewer.subject] };
  const cases = visibleCases(viewer, scopeColumns('s'));
  const beside = besideCase(viewer, scopeColumns('s'));
  return {
    sql: `((p.case_id IS NULL AND ((${activity.sql}) OR (${owes.sql} AND ${open.sql})))
      OR (p.case_id IS NOT NULL AND ((${cases.sql}) OR ((${owes.sql} OR (${has.sql} AND ${open.sql})) AND (${beside.sql})))))`,
    params: [...activity.params, ...owes.params, ...open.params, ...cases.params, ...owes.params, ...has.params, ...open.params, ...beside.params],
  };
}

export const promisesByIds = async (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<PromiseRow[]> => {
  const seen = seesPromise(viewer);
  return typed(await selectIn<PromiseRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE p.id IN (?) AND ${seen.sql}`, ids, seen.params));
};

export const lockPromise = async (tx: Sql, id: string): Promise<PromiseRow | undefined> =>
  typed(await selectIn<PromiseRow>(tx, `SELECT ${COLUMNS} FROM activity_promises p WHERE p.id IN (?) FOR UPDATE`, [id]))[0];

const PARENTS = { ACTIVITY: 'p.activity_id', CASE: 'p.case_id', UNIT: 'p.obligor_unit_id', OFFICIAL: 'p.obligor_official_id' } as const;
export type PromiseParentKind = keyof typeof PARENTS;
export interface PromiseArgs extends PageArgs {
  readonly state?: PromiseState | null | undefined;
}

export function promisesUnder(sql: Sql, viewer: Viewer, { by, parents, args }: { by: PromiseParentKind; parents: readonly string[]; args: PromiseArgs }): Promise<Connection<PromiseRow>[]> {
  const seen = seesPromise(viewer);
  const where = args.state ? { sql: `${seen.sql} AND p.state = ?`, params: [...seen.params, args.state] } : seen;
  return listConnectionsByParent<PromiseRow>(
    sql, { columns: COLUMNS, from: FROM, where, sort: [{ column: 'p.due_on' }, { column: 'p.id' }], parent: PARENTS[by] }, { parents, args },
  );
}

export const insertPromises = (tx: Sql, rows: readonly Row[]): Promise<void> => insertRows(tx, 'activity_promises', rows);
export const savePromise = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'activity_promises', change);

export interface PromiseCell {
  readonly promiseId: string;
  readonly campaignId: string;
  readonly divisionCode: string;
}
export const addPromiseCells = (tx: Sql, cells: readonly PromiseCell[]): Promise<void> =>
  insertRows(tx, 'promise_counts', cells.map((cell) => ({ promise_id: cell.promiseId, campaign_id: cell.campaignId, division_code: cell.divisionCode })));

/** The cells in which the promise is counted; they are empty afterwards. */
export async function takePromiseCells(tx: Sql, promiseId: string): Promise<PromiseCell[]> {
  const cells = await selectIn<PromiseCell>(tx, 'SELECT promise_id AS promiseId, campaign_id AS campaignId, division_code AS divisionCode FROM promise_counts WHERE promise_id IN (?)', [promiseId]);
  await write(tx, 'DELETE FROM promise_counts WHERE promise_id = ?', [promiseId]);
  return cells;
}
