import type { Viewer } from '@anjie/access';
import { insertRows, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import { seesUnitRows } from '../activities/activity-sight';
import type { ResourceKind } from '../generated/graphql';

export interface ResourceRow {
  readonly id: string;
  readonly campaignId: string;
  readonly unitId: string;
  readonly divisionCode: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly year: number;
  readonly planned: string;
  readonly actual: string | null;
  readonly actualOn: string | null;
  readonly version: number;
}

const COLUMNS = `r.id, r.campaign_id AS campaignId, r.unit_id AS unitId, r.division_code AS divisionCode, r.kind, r.name, r.year, r.planned, r.actual, r.actual_on AS actualOn, r.version`;
const typed = (rows: readonly ResourceRow[]): ResourceRow[] => rows.map((row) => ({ ...row, version: Number(row.version) }));
const sight = (viewer: Viewer) => seesUnitRows(viewer, { unitId: 'r.unit_id', divisionCode: 'r.division_code' });

export const resourcesByIds = async (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ResourceRow[]> => {
  const seen = sight(viewer);
  return typed(await selectIn<ResourceRow>(sql, `SELECT ${COLUMNS} FROM resource_allocations r WHERE r.id IN (?) AND ${seen.sql}`, ids, seen.params));
};

export interface ResourceArgs extends PageArgs {
  readonly kind?: ResourceKind | null | undefined;
}
const PARENTS = { UNIT: 'r.unit_id', CAMPAIGN: 'r.campaign_id' } as const;

export function resourcesUnder(sql: Sql, viewer: Viewer, { by, parents, args }: { by: keyof typeof PARENTS; parents: readonly string[]; args: ResourceArgs }): Promise<Connection<ResourceRow>[]> {
  const seen = sight(viewer);
  const where = args.kind ? { sql: `${seen.sql} AND r.kind = ?`, params: [...seen.params, args.kind] } : seen;
  return listConnectionsByParent<ResourceRow>(
    sql, { columns: COLUMNS, from: 'resource_allocations r', where, sort: [{ column: 'r.year', descending: true }, { column: 'r.id' }], parent: PARENTS[by] }, { parents, args },
  );
}

export const insertResource = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'resource_allocations', [row]);
export const saveResource = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'resource_allocations', change);
