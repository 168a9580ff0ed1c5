import { insertRows, newId, select, selectIn, write, type Actor, type Sql } from '@anjie/service-kit/database';
import type { IdentityVault } from '../petitioners/identity-vault';
import type { Accused, Exclusion, ExclusionGround } from '../rules/sealed-lane';

export interface ExclusionRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: 'UNIT' | 'OFFICIAL';
  readonly partyId: string;
  readonly ground: ExclusionGround;
  readonly recordedOn: string;
}
const COLUMNS = 'id, case_id AS caseId, party_kind AS kind, party_id AS partyId, ground, recorded_on AS recordedOn';

/** Exclusions in force of cases that the caller has already checked to be visible. */
export const exclusionsInForce = (sql: Sql, caseIds: readonly string[]): Promise<ExclusionRow[]> =>
  selectIn<ExclusionRow>(sql, `SELECT ${COLUMNS} FROM exclusion_records WHERE active_case_id IN (?) ORDER BY active_case_id, recorded_on, id`, caseIds);

/** Units that are kept out of a case, by their own name. */
export const excludedUnits = async (sql: Sql, caseId: string): Promise<ReadonlySet<string>> =>
  new Set((await select<{ id: string }>(sql, `SELECT party_id AS id FROM case_exclusions WHERE case_id = ? AND party_kind = 'UNIT'`, [caseId])).map((row) => row.id));

/** Is the unit, or one above it, kept out of the case? */
export const isUnitExcluded = async (sql: Sql, caseId: string, unitId: string): Promise<boolean> =>
  (await select(
    sql, 'SELECT 1 FROM case_exclusions e WHERE e.case_id = ? AND (e.party_id = ? OR e.party_id IN (SELECT c.ancestor_id FROM unit_closure c WHERE c.descendant_id = ?)) LIMIT 1',
    [caseId, unitId, unitId],
  )).length > 0;

export interface Recording {
  readonly caseId: string;
  readonly exclusions: readonly Exclusion[];
  readonly actor: Actor;
  readonly on: string;
  readonly reason?: string;
}

/**
 * Keeps who is kept out and why; one that is in force already stays as it is. The caller holds the case, and publishes
 * its scope afterwards. @returns how many are new
 */
export async function recordExclusions(tx: Sql, vault: IdentityVault, { caseId, exclusions, actor, on, reason }: Recording): Promise<number> {
  const known = new Set((await exclusionsInForce(tx, [caseId])).map((row) => `${row.kind}|${row.partyId}`));
  const fresh = exclusions.filter((one) => !known.has(`${one.kind}|${one.id}`));
  await insertRows(tx, 'exclusion_records', fresh.map((one) => {
    const id = newId();
    return {
      id, case_id: caseId, active_case_id: caseId, party_kind: one.kind, party_id: one.id, ground: one.ground,
      reason_sealed: vault.seal(reason, { column: 'exclusion_records.reason_sealed', rowId: id }), recorded_on: on, recorded_by: actor.viewer.subject,
    };
  }));
  if (fresh.length === 0) return 0;
  await write(tx, 'INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES ? ON DUPLICATE KEY UPDATE case_id = case_id', [fresh.map((one) => [caseId, one.kind, one.id])]);
  return fresh.length;
}

/** An exclusion in force, locked until commit. */
export const lockExclusion = async (tx: Sql, id: string): Promise<ExclusionRow | undefined> =>
  (await select<ExclusionRow>(tx, `SELECT ${COLUMNS} FROM exclusion_records WHERE id = ? AND active_case_id IS NOT NULL FOR UPDATE`, [id]))[0];

export async function liftRecord(tx: Sql, vault: IdentityVault, lift: { row: ExclusionRow; on: string; by: string; reason: string }): Promise<void> {
  const { row, on, by, reason } = lift;
  await write(tx, 'UPDATE exclusion_records SET active_case_id = NULL, lifted_on = ?, lifted_by = ?, lift_reason_sealed = ? WHERE id = ?', [
    on, by, vault.seal(reason, { column: 'exclusion_records.lift_reason_sealed', rowId: row.id }), row.id,
  ]);
  await write(tx, 'DELETE FROM case_exclusions WHERE case_id = ? AND party_kind = ? AND party_id = ?', [row.caseId, row.kind, row.partyId]);
}

/** Where the office sits that recorded it, as the case's history says; null for one that is no unit of the directory. */
export const recordedFrom = async (sql: Sql, { caseId, kind, partyId }: ExclusionRow): Promise<string | null> =>
  (await select<{ divisionCode: string }>(
    sql,
    `SELECT u.division_code AS divisionCode FROM case_events e JOIN known_units u ON u.id = e.actor_unit_id
      WHERE e.case_id = ? AND e.action = 'EXCLUDED' AND JSON_VALUE(e.detail, ?) = ? ORDER BY e.seq DESC LIMIT 1`,
    [caseId, kind === 'UNIT' ? '$.unitId' : '$.officialId', partyId],
  ))[0]?.divisionCode ?? null;

/** Where a unit sits, or an official serves or is to serve, whichever of their posts it is. */
export const divisionsOf = async (sql: Sql, { unitId, officialId }: Accused, today: string): Promise<string[]> =>
  (await select<{ divisionCode: string }>(
    sql,
    `SELECT DISTINCT u.division_code AS divisionCode FROM known_units u WHERE u.id = ? OR u.id IN (SELECT o.unit_id FROM known_officials o WHERE o.id = ?)
       OR u.id IN (SELECT p.unit_id FROM posts p WHERE p.official_id = ? AND (p.ended_on IS NULL OR p.ended_on >= ?))`,
    [unitId, officialId, officialId, today],
  )).map((row) => row.divisionCode);
