import { inDivision, seesDivisionFigures, type Viewer } from '@anjie/access';
import { DIVISION_CODE } from '@anjie/contracts';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnection, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import { TODAY } from '../directory/business-day';
import { HELD_TODAY } from '../officials/official-repository';

/** 责任单元: a unit by reference. */
export interface NodeRow {
  readonly id: string;
  readonly parentUnitId: string | null;
  readonly headOfficialId: string | null;
}

/** Open units of the division and below; null for whoever does not oversee it. */
export function listNodes(sql: Sql, viewer: Viewer, { divisionCode, ...page }: PageArgs & { divisionCode: string }): Promise<Connection<NodeRow>> | null {
  if (!DIVISION_CODE.test(divisionCode) || !seesDivisionFigures(viewer, divisionCode)) return null;
  const place = inDivision('u.division_code', divisionCode);
  const where = { sql: `${place.sql} AND (u.valid_to IS NULL OR u.valid_to > ${TODAY})`, params: place.params };
  return listConnection<NodeRow>(
    sql, { columns: 'u.id, u.parent_unit_id AS parentUnitId, u.head_official_id AS headOfficialId', from: 'units u', where, sort: [{ column: 'u.division_code' }, { column: 'u.code' }] }, page,
  );
}

export interface ResponsibleRow {
  readonly unitId: string;
  readonly kind: 'FIRST_RESPONSIBLE' | 'DIRECT_RESPONSIBLE';
  readonly officialId: string;
  readonly since: string;
}

export const responsibleIn = (sql: Sql, unitIds: readonly string[]): Promise<ResponsibleRow[]> =>
  selectIn<ResponsibleRow>(
    sql,
    `SELECT ap.unit_id AS unitId, ap.kind, ap.official_id AS officialId, ap.starts_on AS since FROM appointments ap
      WHERE ap.unit_id IN (?) AND ap.kind IN ('FIRST_RESPONSIBLE', 'DIRECT_RESPONSIBLE') AND ap.starts_on <= ${TODAY} AND (ap.ends_on IS NULL OR ap.ends_on > ${TODAY})
      ORDER BY ap.unit_id, ap.starts_on, ap.official_id`,
    unitIds,
  );

export interface NodeCounts {
  readonly id: string;
  readonly sponsored: number;
  readonly promises: number;
  readonly asOf: string;
}

/** Active sponsorships and open promises by unit, in one statement however many units; every unit has a row. */
export async function nodeCounts(sql: Sql, unitIds: readonly string[]): Promise<NodeCounts[]> {
  const rows = await selectIn<NodeCounts>(
    sql,
    `SELECT u.id, ${TODAY} AS asOf,
       (SELECT COUNT(DISTINCT sp.id) FROM posts p JOIN sponsorships sp ON sp.official_id = p.official_id AND sp.active_case_id IS NOT NULL WHERE p.unit_id = u.id AND ${HELD_TODAY}) AS sponsored,
       (SELECT COUNT(*) FROM activity_promises ap WHERE ap.obligor_unit_id = u.id AND ap.state = 'OPEN')
         + (SELECT COUNT(DISTINCT ap.id) FROM posts p JOIN activity_promises ap ON ap.obligor_official_id = p.official_id AND ap.state = 'OPEN' WHERE p.unit_id = u.id AND ${HELD_TODAY}) AS promises
       FROM units u WHERE u.id IN (?)`,
    unitIds,
  );
  return rows.map((row) => ({ ...row, sponsored: Number(row.sponsored), promises: Number(row.promises) }));
}
