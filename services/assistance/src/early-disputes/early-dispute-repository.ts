import { inDivision, type Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE } from '@anjie/contracts';
import { businessTime, insertRows, select, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import type { EarlyDisputeFilter } from '../generated/graphql';
import type { EarlyDisputeState } from '../rules/early-dispute-lifecycle';
import { overseenRows } from '../units/overseen-rows';

export interface EarlyDisputeRow {
  readonly id: string;
  readonly kind: string;
  readonly divisionCode: string;
  readonly issue: string;
  readonly unitId: string;
  readonly reportedOn: string;
  readonly state: EarlyDisputeState;
  readonly responsibleUnitId: string | null;
  readonly handedOn: string | null;
  readonly dueOn: string | null;
  readonly settledOn: string | null;
  readonly outcome: string | null;
  readonly caseId: string | null;
  readonly version: number;
}

const COLUMNS = `e.id, e.kind, e.division_code AS divisionCode, e.issue, e.unit_id AS unitId, e.reported_on AS reportedOn, e.state, e.responsible_unit_id AS responsibleUnitId,
  e.handed_on AS handedOn, e.due_on AS dueOn, e.settled_on AS settledOn, e.outcome, e.case_id AS caseId, e.version`;
const FROM = 'early_disputes e';
const NEWEST_FIRST = [{ column: 'e.reported_on', descending: true }, { column: 'e.id' }];

/** The unit that reported, the unit that is responsible, and the joint office of the division. */
const visible = (viewer: Viewer): SqlPart => overseenRows(viewer, { units: ['e.unit_id', 'e.responsible_unit_id'], division: 'e.division_code' });

export function visibleEarlyDisputesByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<EarlyDisputeRow[]> {
  const seen = visible(viewer);
  return selectIn<EarlyDisputeRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE e.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

export interface EarlyDisputeListArgs extends PageArgs {
  readonly filter?: EarlyDisputeFilter | null | undefined;
}

async function filtered(sql: Sql, viewer: Viewer, filter: EarlyDisputeFilter | null | undefined): Promise<SqlPart> {
  if (filter?.divisionCode && !DIVISION_CODE.test(filter.divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  const wanted = ([['e.unit_id', filter?.unitId], ['e.responsible_unit_id', filter?.responsibleUnitId], ['e.state', filter?.state]] as const).filter(([, value]) => value != null);
  const parts: SqlPart[] = [
    visible(viewer),
    ...wanted.map(([column, value]) => ({ sql: `${column} = ?`, params: [value] })),
    ...(filter?.kinds?.length ? [{ sql: 'e.kind IN (?)', params: [filter.kinds] }] : []),
    ...(filter?.divisionCode ? [inDivision('e.division_code', filter.divisionCode)] : []),
    ...(filter?.isOverdue ? [{ sql: `e.state = 'HANDED' AND e.due_on < ?`, params: [(await businessTime(sql)).today] }] : []),
  ];
  return { sql: parts.map((part) => `(${part.sql})`).join(' AND '), params: parts.flatMap(({ params }) => params) };
}

export const listEarlyDisputes = async (sql: Sql, viewer: Viewer, args: EarlyDisputeListArgs): Promise<Connection<EarlyDisputeRow>> =>
  listConnection<EarlyDisputeRow>(sql, { columns: COLUMNS, from: FROM, where: await filtered(sql, viewer, args.filter), sort: NEWEST_FIRST }, args);

export type EarlyDisputeParent = 'e.responsible_unit_id' | 'e.division_code';
export const earlyDisputesUnder = (sql: Sql, viewer: Viewer, parent: EarlyDisputeParent) => async (parents: readonly string[], args: EarlyDisputeListArgs): Promise<Connection<EarlyDisputeRow>[]> =>
  listConnectionsByParent<EarlyDisputeRow>(sql, { columns: COLUMNS, from: FROM, where: await filtered(sql, viewer, args.filter), sort: NEWEST_FIRST, parent }, { parents, args });

export const lockEarlyDispute = async (tx: Sql, id: string): Promise<EarlyDisputeRow | undefined> =>
  (await select<EarlyDisputeRow>(tx, `SELECT ${COLUMNS} FROM ${FROM} WHERE e.id = ? FOR UPDATE`, [id]))[0];

export const addEarlyDispute = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'early_disputes', [row]);
export const saveEarlyDispute = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'early_disputes', change);
