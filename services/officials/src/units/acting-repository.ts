import type { Viewer } from '@anjie/access';
import { isId, selectIn, type Sql } from '@anjie/service-kit/database';
import { TODAY } from '../directory/business-day';
import type { ActingUnit } from '../rules/acting';

/** These units, closed ones included, and how the viewer stands to them; an unknown one is absent. */
export async function actingUnits(sql: Sql, viewer: Viewer, unitIds: readonly string[]): Promise<ReadonlyMap<string, ActingUnit>> {
  const rows = await selectIn<{ id: string; divisionCode: string; isOwn: number; isOpen: number }>(
    sql,
    `SELECT u.id, u.division_code AS divisionCode, c.ancestor_id IS NOT NULL AS isOwn, (u.valid_to IS NULL OR u.valid_to > ${TODAY}) AS isOpen
       FROM (SELECT id, division_code, valid_to FROM units WHERE id IN (?)) u LEFT JOIN unit_closure c ON c.descendant_id = u.id AND c.ancestor_id = ?`,
    unitIds.filter(isId), [viewer.unitId],
  );
  return new Map(rows.map((row) => [row.id, { ...row, isOwn: Boolean(Number(row.isOwn)), isOpen: Boolean(Number(row.isOpen)) }]));
}

export const actingUnit = async (sql: Sql, viewer: Viewer, unitId: string): Promise<ActingUnit | undefined> =>
  (await actingUnits(sql, viewer, [unitId])).get(unitId.toLowerCase());
