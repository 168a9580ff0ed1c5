import type { Viewer } from '@anjie/access';
import { select, selectIn, type Sql } from '@anjie/service-kit/database';
import type { ReceivingUnit } from '../rules/referral-sending';

/** Which of these units the viewer acts for: the own one and those below it. */
export async function unitsActedFor(sql: Sql, viewer: Viewer, unitIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (!viewer.unitId) return new Set();
  const rows = await selectIn<{ id: string }>(
    sql, 'SELECT descendant_id AS id FROM unit_closure WHERE descendant_id IN (?) AND ancestor_id = ?', unitIds, [viewer.unitId],
  );
  return new Set(rows.map(({ id }) => id));
}

/** A unit as this service has heard of it, closed ones included. */
export async function receivingUnit(sql: Sql, unitId: string): Promise<ReceivingUnit | undefined> {
  const [row] = await select<{ id: string; name: string; validTo: string | null; successorName: string | null }>(
    sql,
    `SELECT u.id, u.name, u.valid_to AS validTo, n.name AS successorName FROM known_units u
      LEFT JOIN known_units n ON n.id = u.successor_unit_id AND n.valid_to IS NULL WHERE u.id = ?`,
    [unitId],
  );
  return row && { id: row.id, name: row.name, isOpen: row.validTo === null, successorName: row.successorName };
}
