import { isId, selectIn, write, select, type Sql } from '@anjie/service-kit/database';
import { RECEIVING_KINDS } from '../rules/sealed-lane';
import type { UnitEnd } from '../rules/succession';

export interface UnitInChain extends UnitEnd {
  readonly name: string;
  readonly kind: string;
  readonly divisionCode: string;
}

/** Units and all that continue them, as far as this service has heard; a circle ends where it began. One statement. */
export async function unitsWithSuccessors(sql: Sql, unitIds: readonly string[]): Promise<ReadonlyMap<string, UnitInChain>> {
  const rows = await selectIn<UnitInChain>(
    sql,
    `WITH RECURSIVE chain AS (
       SELECT id, name, kind, division_code, successor_unit_id, valid_to FROM known_units WHERE id IN (?)
       UNION SELECT u.id, u.name, u.kind, u.division_code, u.successor_unit_id, u.valid_to FROM known_units u JOIN chain c ON u.id = c.successor_unit_id)
     SELECT id, name, kind, division_code AS divisionCode, successor_unit_id AS successorUnitId, valid_to AS validTo FROM chain`,
    unitIds.filter(isId),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Which of these units are kept out of a case, their superiors' exclusion included (《信访工作条例》第三十条第三款). */
export async function excludedUnits(sql: Sql, caseId: string, unitIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await selectIn<{ id: string }>(
    sql,
    `SELECT DISTINCT u.descendant_id AS id FROM unit_closure u JOIN case_exclusions e ON e.party_kind = 'UNIT' AND e.party_id = u.ancestor_id
      WHERE u.descendant_id IN (?) AND e.case_id = ?`,
    unitIds.filter(isId),
    [caseId],
  );
  return new Set(rows.map((row) => row.id));
}

/** A closed unit whose cases wait to be moved to whoever continues it. */
export interface ClosedUnit {
  readonly unitId: string;
  readonly closesOn: string;
}

/** Notes that units end with a successor, or that they do not end after all. Chains that led nowhere are looked at again. */
export async function noteClosings(tx: Sql, { closing, open }: { closing: readonly ClosedUnit[]; open: readonly string[] }): Promise<void> {
  if (open.length > 0) await write(tx, "DELETE FROM unit_successions WHERE unit_id IN (?) AND state <> 'DONE'", [open]);
  if (closing.length === 0) return;
  await write(
    tx,
    `INSERT INTO unit_successions (unit_id, closes_on, state, moved_cases) VALUES ?
     ON DUPLICATE KEY UPDATE closes_on = VALUES(closes_on), state = VALUES(state)`,
    [closing.map(({ unitId, closesOn }) => [unitId, closesOn, 'WAITING', 0])],
  );
  await write(tx, "UPDATE unit_successions SET state = 'WAITING' WHERE state = 'STUCK'");
}

/** The next closed unit whose day has come, locked; undefined when there is none or another worker has it. */
export const takeClosedUnit = async (tx: Sql, today: string): Promise<{ unitId: string } | undefined> =>
  (await select<{ unitId: string }>(
    tx, "SELECT unit_id AS unitId FROM unit_successions WHERE state = 'WAITING' AND closes_on <= ? ORDER BY closes_on, unit_id LIMIT 1 FOR UPDATE SKIP LOCKED", [today],
  ))[0];

export const markClosedUnit = (tx: Sql, unitId: string, { state, moved }: { state: 'WAITING' | 'DONE' | 'STUCK'; moved: number }): Promise<number> =>
  write(tx, 'UPDATE unit_successions SET state = ?, moved_cases = moved_cases + ? WHERE unit_id = ?', [state, moved, unitId]);

/** A case in which nothing is owed and no relapse is watched any more stays with the unit that had it. */
const IS_OPEN = `(c.status NOT IN ('NOT_ACCEPTED', 'NO_LONGER_ACCEPTED', 'TRANSFERRED', 'RESOLVED', 'ARCHIVED') OR c.relapse_until >= ?
  OR (c.is_sealed = 1 AND c.status = 'TRANSFERRED'))`;

/** Every part of a unit that its successor takes over: leading, guiding, supporting, helping by place, owing. Each branch walks its own index. */
const PART_IDS = `SELECT p.id FROM (
  SELECT l.id FROM cases l WHERE l.lead_unit_id = ?
  UNION SELECT a.active_case_id FROM assignments a WHERE a.guide_unit_id = ? AND a.active_case_id IS NOT NULL
  UNION SELECT a.active_case_id FROM assignment_supports s JOIN assignments a ON a.id = s.assignment_id WHERE s.unit_id = ? AND a.active_case_id IS NOT NULL
  UNION SELECT r.active_case_id FROM case_responsibilities r WHERE r.unit_id = ? AND r.active_case_id IS NOT NULL
  UNION SELECT k.case_id FROM case_clocks k WHERE k.obligor_unit_id = ? AND k.state = 'OPEN') p`;
const ofUnit = (unitId: string): string[] => [unitId, unitId, unitId, unitId, unitId];

export const hasPart = async (tx: Sql, caseId: string, unitId: string): Promise<boolean> =>
  (await select(tx, `SELECT c.id FROM cases c WHERE c.id = ? AND c.id IN (${PART_IDS})`, [caseId, ...ofUnit(unitId)])).length > 0;

interface Handover {
  readonly from: string;
  readonly to: string;
  readonly today: string;
  readonly limit: number;
}
/** Open, and the successor is not kept out of it: those from which it is are for a person to decide. A transferred accusation
 * goes to no other kind of organ (第二十三条第四款、第三十条). */
const CAN_MOVE = `${IS_OPEN} AND NOT EXISTS (SELECT 1 FROM case_exclusions e JOIN unit_closure u ON u.ancestor_id = e.party_id
  WHERE e.case_id = c.id AND e.party_kind = 'UNIT' AND u.descendant_id = ?)
  AND (c.is_sealed = 0 OR c.status <> 'TRANSFERRED' OR EXISTS (SELECT 1 FROM known_units v WHERE v.id = ? AND v.kind IN (${[...RECEIVING_KINDS].map((kind) => `'${kind}'`).join(', ')})))`;

/**
 * The next open cases of a closed unit, locked in one order. They are found first, from the unit's own rows, and looked at
 * again under the lock: a locking read of the whole list would wait for everybody who works on any case.
 */
export async function lockCasesOf(tx: Sql, { from, to, today, limit }: Handover): Promise<{ caseIds: string[]; isLast: boolean }> {
  const found = await select<{ id: string }>(
    tx, `SELECT c.id FROM (${PART_IDS}) f STRAIGHT_JOIN cases c ON c.id = f.id WHERE ${CAN_MOVE} ORDER BY c.id LIMIT ?`, [...ofUnit(from), today, to, to, limit],
  );
  const rows = await selectIn<{ id: string }>(
    tx, `SELECT c.id FROM cases c WHERE c.id IN (?) AND c.id IN (${PART_IDS}) AND ${CAN_MOVE} ORDER BY c.id FOR UPDATE`, found.map((row) => row.id), [...ofUnit(from), today, to, to],
  );
  return { caseIds: rows.map((row) => row.id), isLast: found.length < limit };
}
