import type { Viewer } from '@anjie/access';
import { select, type Sql } from '@anjie/service-kit/database';

/** The viewer's unit is this one or stands above it. */
export async function isOfUnit(sql: Sql, { unitId }: Viewer, ownedUnitId: string): Promise<boolean> {
  if (!unitId) return false;
  return (await select(sql, 'SELECT 1 FROM unit_closure WHERE descendant_id = ? AND ancestor_id = ?', [ownedUnitId, unitId])).length > 0;
}
