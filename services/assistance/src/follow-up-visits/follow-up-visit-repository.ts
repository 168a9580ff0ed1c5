import { scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import { insertRows, select, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type ListQuery, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import type { FollowUpVisitFilter, FollowUpVisitKind, FollowUpVisitSort, VisitFinding, VisitPlace } from '../generated/graphql';
import type { VisitState } from '../rules/follow-up-visit-lifecycle';

export interface FollowUpVisitRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: FollowUpVisitKind;
  readonly plannedOn: string;
  readonly unitId: string;
  readonly officialId: string | null;
  readonly state: VisitState;
  readonly doneOn: string | null;
  readonly summary: string | null;
  readonly origin: 'PLANNED' | 'CLOSED' | 'RELAPSED';
  readonly place: VisitPlace | null;
  readonly offeredOn: string | null;
  readonly leftToDo: VisitFinding | null;
  readonly movedFromUnitId: string | null;
  readonly flagCode: string | null;
  readonly version: number;
}

const COLUMNS = `v.id, v.case_id AS caseId, v.kind, v.planned_on AS plannedOn, v.unit_id AS unitId, v.official_id AS officialId, v.state, v.done_on AS doneOn,
  v.summary, v.origin, v.place, v.offered_on AS offeredOn, v.left_to_do AS leftToDo, v.moved_from_unit_id AS movedFromUnitId, v.flag_code AS flagCode, v.version`;
const FROM = 'follow_up_visits v JOIN case_scopes s ON s.case_id = v.case_id';
const sortBy = (descending: boolean) => [{ column: 'v.planned_on', descending }, { column: 'v.id' }];

const visibleVisits = (viewer: Viewer): SqlPart => visibleCases(viewer, scopeColumns('s'));

export function visibleVisitsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<FollowUpVisitRow[]> {
  const seen = visibleVisits(viewer);
  return selectIn<FollowUpVisitRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE v.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

export interface VisitListArgs extends PageArgs {
  readonly filter?: FollowUpVisitFilter | null | undefined;
  readonly sort?: FollowUpVisitSort | null | undefined;
}

export function listVisits(sql: Sql, viewer: Viewer, args: VisitListArgs): Promise<Connection<FollowUpVisitRow>> {
  const { filter } = args;
  const wanted = ([['v.case_id', filter?.caseId], ['v.unit_id', filter?.unitId], ['v.official_id', filter?.officialId], ['v.state', filter?.state]] as const)
    .filter(([, value]) => value != null);
  const seen = visibleVisits(viewer);
  const where = { sql: [`(${seen.sql})`, ...wanted.map(([column]) => `${column} = ?`)].join(' AND '), params: [...seen.params, ...wanted.map(([, value]) => value)] };
  return listConnection<FollowUpVisitRow>(sql, { columns: COLUMNS, from: FROM, where, sort: sortBy(args.sort !== 'PLANNED_ON_ASC') }, args);
}

export const visitsOfCases = (sql: Sql, viewer: Viewer) => (parents: readonly string[], args: PageArgs): Promise<Connection<FollowUpVisitRow>[]> => {
  const query: ListQuery = { columns: COLUMNS, from: FROM, where: visibleVisits(viewer), sort: sortBy(true) };
  return listConnectionsByParent<FollowUpVisitRow>(sql, { ...query, parent: 'v.case_id' }, { parents, args });
};

export const lockVisit = async (tx: Sql, id: string): Promise<FollowUpVisitRow | undefined> =>
  (await select<FollowUpVisitRow>(tx, `SELECT ${COLUMNS} FROM follow_up_visits v WHERE v.id = ? FOR UPDATE`, [id]))[0];

export const addVisit = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'follow_up_visits', [row]);

export const saveVisit = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'follow_up_visits', change);

export const visitsOfUnits = (sql: Sql, viewer: Viewer) => (parents: readonly string[], args: VisitListArgs): Promise<Connection<FollowUpVisitRow>[]> => {
  const seen = visibleVisits(viewer);
  const wanted = args.filter?.state ? [args.filter.state] : [];
  const where = { sql: [`(${seen.sql})`, ...wanted.map(() => 'v.state = ?')].join(' AND '), params: [...seen.params, ...wanted] };
  return listConnectionsByParent<FollowUpVisitRow>(sql, { columns: COLUMNS, from: FROM, where, sort: sortBy(args.sort !== 'PLANNED_ON_ASC'), parent: 'v.unit_id' }, { parents, args });
};

/** Planned visits of a case, held until the transaction ends; the caller holds the case. */
export const plannedVisits = (tx: Sql, caseId: string): Promise<FollowUpVisitRow[]> =>
  select<FollowUpVisitRow>(tx, `SELECT ${COLUMNS} FROM follow_up_visits v WHERE v.case_id = ? AND v.state = 'PLANNED' ORDER BY v.id FOR UPDATE`, [caseId]);

/** Which of these visits are there: a closing or a repeat that is told again plans no second one. */
export const knownVisits = async (sql: Sql, ids: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set((await selectIn<{ id: string }>(sql, 'SELECT id FROM follow_up_visits WHERE id IN (?)', ids)).map(({ id }) => id));
