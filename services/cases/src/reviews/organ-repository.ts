import { select, type Sql } from '@anjie/service-kit/database';
import type { Organ } from '../rules/higher-organ';

/** An open unit with its place in tree and division; undefined when it is closed or not known here. */
export async function organOf(sql: Sql, unitId: string): Promise<Organ | undefined> {
  const [unit] = await select<{ id: string; divisionCode: string }>(sql, 'SELECT id, division_code AS divisionCode FROM known_units WHERE id = ? AND valid_to IS NULL', [unitId]);
  if (!unit) return undefined;
  const above = await select<{ id: string }>(sql, 'SELECT ancestor_id AS id FROM unit_closure WHERE descendant_id = ? AND ancestor_id <> ?', [unitId, unitId]);
  return { ...unit, ancestorIds: above.map((row) => row.id) };
}
