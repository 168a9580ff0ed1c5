import { AppError } from '@anjie/contracts';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
import type { Accused, TreeFacts, TreeUnit } from '../rules/sealed-lane';

interface UnitFact {
  readonly id: string;
  readonly kind: string;
  readonly divisionCode: string;
  readonly successorUnitId: string | null;
  readonly validTo: string | null;
}
interface AboveFact {
  readonly id: string;
  readonly aboveId: string;
  readonly kind: string | null;
}

export interface PlacedUnit extends TreeUnit {
  readonly isOpen: boolean;
}

/**
 * Units with those above them, nearest first: the fewer units stand above a unit, the higher it is.
 * @throws AppError FACTS_NOT_YET_HERE when a unit above is not known here yet: who is kept out must not be guessed
 */
export async function placedUnits(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, PlacedUnit>> {
  const units = await selectIn<UnitFact>(
    sql, 'SELECT id, kind, division_code AS divisionCode, successor_unit_id AS successorUnitId, valid_to AS validTo FROM known_units WHERE id IN (?)', ids,
  );
  const lines = await selectIn<AboveFact>(
    sql,
    `SELECT c.descendant_id AS id, c.ancestor_id AS aboveId, a.kind FROM unit_closure c LEFT JOIN known_units a ON a.id = c.ancestor_id
      WHERE c.descendant_id IN (?) AND c.ancestor_id <> c.descendant_id
      ORDER BY c.descendant_id, (SELECT COUNT(*) FROM unit_closure d WHERE d.descendant_id = c.ancestor_id) DESC`,
    ids,
  );
  const above = groupBy(lines, (line) => line.id);
  return new Map(units.map(({ validTo, ...unit }) => [unit.id, {
    ...unit, isOpen: validTo === null,
    above: (above.get(unit.id) ?? []).map(({ aboveId, kind }) => {
      if (kind === null) throw new AppError('FACTS_NOT_YET_HERE');
      return { id: aboveId, kind };
    }),
  }]));
}

/** What the rule needs to know of the accused: their units, the units that they head, and what followed on them. */
export async function treeOfAccused(sql: Sql, accused: readonly Accused[]): Promise<TreeFacts> {
  const heads = await selectIn<{ id: string; officialId: string }>(
    sql, 'SELECT id, head_official_id AS officialId FROM known_units WHERE head_official_id IN (?) AND valid_to IS NULL ORDER BY id',
    accused.flatMap(({ officialId }) => officialId ?? []),
  );
  const units = new Map<string, TreeUnit>();
  let wanted = [...accused.flatMap(({ unitId }) => unitId ?? []), ...heads.map((head) => head.id)];
  while (wanted.length > 0) {
    const found = await placedUnits(sql, wanted);
    for (const [id, unit] of found) units.set(id, unit);
    wanted = [...found.values()].flatMap(({ successorUnitId }) => (successorUnitId && !units.has(successorUnitId) ? [successorUnitId] : []));
  }
  return { units, headed: new Map([...groupBy(heads, (head) => head.officialId)].map(([id, own]) => [id, own.map((head) => head.id)])) };
}

/** Divisions of the accused: of the units that are named or headed, and of those in which an accused official serves. */
export async function placesOfAccused(sql: Sql, accused: readonly Accused[], tree: TreeFacts): Promise<string[]> {
  const serving = await selectIn<{ divisionCode: string }>(
    sql, 'SELECT u.division_code AS divisionCode FROM known_officials o JOIN known_units u ON u.id = o.unit_id WHERE o.id IN (?)',
    accused.flatMap(({ officialId }) => officialId ?? []),
  );
  return [...new Set([...[...tree.units.values()].map((unit) => unit.divisionCode), ...serving.map((row) => row.divisionCode)])];
}

/** Which of these are known here, closed units and officials out of office included. */
export async function areKnown(sql: Sql, accused: readonly Accused[]): Promise<boolean> {
  const unitIds = new Set(accused.flatMap(({ unitId }) => unitId ?? []));
  const officialIds = new Set(accused.flatMap(({ officialId }) => officialId ?? []));
  const units = await selectIn(sql, 'SELECT id FROM known_units WHERE id IN (?)', [...unitIds]);
  const officials = await selectIn(sql, 'SELECT id FROM known_officials WHERE id IN (?)', [...officialIds]);
  return units.length === unitIds.size && officials.length === officialIds.size;
}
