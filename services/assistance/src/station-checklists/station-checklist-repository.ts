import type { Viewer } from '@anjie/access';
import { insertRows, select, selectIn, updateVersion, write, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import type { StationChecklistFilter } from '../generated/graphql';
import { overseenRows } from '../units/overseen-rows';

export interface StationChecklistRow {
  readonly id: string;
  readonly kind: string;
  readonly unitId: string;
  readonly centreId: string | null;
  readonly startedOn: string;
  readonly version: number;
}
export interface FilledItemRow {
  readonly checklistId: string;
  readonly itemCode: string;
  readonly doneOn: string;
  readonly evidence: string;
}

const COLUMNS = 'k.id, k.kind, k.unit_id AS unitId, k.centre_id AS centreId, k.started_on AS startedOn, k.version';
const FROM = 'station_checklists k';
const NEWEST_FIRST = [{ column: 'k.started_on', descending: true }, { column: 'k.id' }];
const visible = (viewer: Viewer): SqlPart => overseenRows(viewer, { units: ['k.unit_id'], division: 'k.division_code' });

export function visibleChecklistsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<StationChecklistRow[]> {
  const seen = visible(viewer);
  return selectIn<StationChecklistRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE k.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

export interface ChecklistListArgs extends PageArgs {
  readonly filter?: StationChecklistFilter | null | undefined;
}

function filtered(viewer: Viewer, filter: StationChecklistFilter | null | undefined): SqlPart {
  const seen = visible(viewer);
  const wanted = ([['k.unit_id', filter?.unitId], ['k.centre_id', filter?.centreId]] as const).filter(([, value]) => value != null);
  const kinds = filter?.kinds?.length ? [filter.kinds] : [];
  return {
    sql: [`(${seen.sql})`, ...wanted.map(([column]) => `${column} = ?`), ...kinds.map(() => 'k.kind IN (?)')].join(' AND '),
    params: [...seen.params, ...wanted.map(([, value]) => value), ...kinds],
  };
}

export const listChecklists = (sql: Sql, viewer: Viewer, args: ChecklistListArgs): Promise<Connection<StationChecklistRow>> =>
  listConnection<StationChecklistRow>(sql, { columns: COLUMNS, from: FROM, where: filtered(viewer, args.filter), sort: NEWEST_FIRST }, args);

export const checklistsUnder = (sql: Sql, viewer: Viewer, parent: 'k.unit_id' | 'k.centre_id') => (parents: readonly string[], args: ChecklistListArgs): Promise<Connection<StationChecklistRow>[]> =>
  listConnectionsByParent<StationChecklistRow>(sql, { columns: COLUMNS, from: FROM, where: filtered(viewer, args.filter), sort: NEWEST_FIRST, parent }, { parents, args });

/** What was filled in, of lists that the caller has seen. */
export const itemsOfChecklists = (sql: Sql, ids: readonly string[]): Promise<FilledItemRow[]> =>
  selectIn<FilledItemRow>(sql, 'SELECT checklist_id AS checklistId, item_code AS itemCode, done_on AS doneOn, evidence FROM station_checklist_items WHERE checklist_id IN (?)', ids);

export const lockChecklist = async (tx: Sql, id: string): Promise<StationChecklistRow | undefined> =>
  (await select<StationChecklistRow>(tx, `SELECT ${COLUMNS} FROM ${FROM} WHERE k.id = ? FOR UPDATE`, [id]))[0];

export const addChecklist = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'station_checklists', [row]);
export const bumpChecklist = (tx: Sql, change: { id: string; version: number }): Promise<boolean> => updateVersion(tx, 'station_checklists', { ...change, set: {} });

/** The item as it stands now: filled in anew, or not done after all. */
export async function putItem(tx: Sql, { checklistId, itemCode, fill }: { checklistId: string; itemCode: string; fill: Row | null }): Promise<void> {
  await write(tx, 'DELETE FROM station_checklist_items WHERE checklist_id = ? AND item_code = ?', [checklistId, itemCode]);
  if (fill) await insertRows(tx, 'station_checklist_items', [{ checklist_id: checklistId, item_code: itemCode, ...fill }]);
}
