import type { DivisionChanged, OfficialChanged, PayloadOf, UnitChanged } from '@anjie/contracts';
import { insertRows, select, selectIn, write, type Sql } from '../database';

type Division = PayloadOf<typeof DivisionChanged>;
type Unit = PayloadOf<typeof UnitChanged>;
type Official = PayloadOf<typeof OfficialChanged>;

/** Keeps copies of divisions. */
export const putKnownDivisions = (tx: Sql, divisions: readonly Division[]): Promise<unknown> =>
  write(
    tx,
    `INSERT INTO known_divisions (code, name, parent_code, valid_to) VALUES ?
     ON DUPLICATE KEY UPDATE name = VALUES(name), parent_code = VALUES(parent_code), valid_to = VALUES(valid_to)`,
    [divisions.map((division) => [division.code, division.name, division.parentCode, division.validTo])],
  );

/** Keeps copies of units and of their places in the tree. */
export async function putKnownUnits(tx: Sql, units: readonly Unit[]): Promise<void> {
  await write(
    tx,
    `INSERT INTO known_units (id, code, name, kind, division_code, head_official_id, successor_unit_id, valid_to) VALUES ?
     ON DUPLICATE KEY UPDATE code = VALUES(code), name = VALUES(name), kind = VALUES(kind), division_code = VALUES(division_code),
       head_official_id = VALUES(head_official_id), successor_unit_id = VALUES(successor_unit_id), valid_to = VALUES(valid_to)`,
    [units.map((unit) => [unit.unitId, unit.code, unit.name, unit.kind, unit.divisionCode, unit.headOfficialId, unit.successorUnitId, unit.validTo])],
  );
  await write(tx, 'DELETE FROM unit_closure WHERE descendant_id IN (?)', [units.map((unit) => unit.unitId)]);
  await insertRows(tx, 'unit_closure', units.flatMap((unit) => [unit.unitId, ...unit.ancestorIds].map((ancestor) => ({ descendant_id: unit.unitId, ancestor_id: ancestor }))));
}

/** Replaces a unit's ancestors; the unit is its own ancestor, so that "subtree" includes its root. */
export async function putUnitAncestors(tx: Sql, unitId: string, ancestorIds: readonly string[]): Promise<void> {
  await write(tx, 'DELETE FROM unit_closure WHERE descendant_id = ?', [unitId]);
  await insertRows(tx, 'unit_closure', [unitId, ...ancestorIds].map((ancestor) => ({ descendant_id: unitId, ancestor_id: ancestor })));
}

/** Keeps copies of officials with their posts. */
export async function putKnownOfficials(tx: Sql, officials: readonly Official[]): Promise<void> {
  await write(
    tx,
    `INSERT INTO known_officials (id, staff_no, name, unit_id, valid_to, sessions_valid_after) VALUES ?
     ON DUPLICATE KEY UPDATE staff_no = VALUES(staff_no), name = VALUES(name), unit_id = VALUES(unit_id), valid_to = VALUES(valid_to),
       sessions_valid_after = COALESCE(VALUES(sessions_valid_after), sessions_valid_after)`,
    [officials.map((one) => [one.officialId, one.staffNo, one.name, one.unitId, one.validTo, one.sessionsValidAfter ? new Date(one.sessionsValidAfter) : null])],
  );
  const told = officials.filter((one) => one.posts !== undefined);
  if (told.length === 0) return;
  await write(tx, 'DELETE FROM posts WHERE official_id IN (?)', [told.map((one) => one.officialId)]);
  await insertRows(tx, 'posts', told.flatMap((one) => distinctPosts(one)));
}

/** Two titles of one unit are one post here. */
function distinctPosts({ officialId, posts = [] }: Official) {
  const rows = posts.map((post) => ({ official_id: officialId, unit_id: post.unitId, kind: post.kind, started_on: post.startedOn, ended_on: post.endedOn }));
  const longest = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    const key = `${row.unit_id}|${row.kind}|${row.started_on}`;
    const known = longest.get(key);
    if (!known || row.ended_on === null || (known.ended_on !== null && row.ended_on > known.ended_on)) longest.set(key, row);
  }
  return [...longest.values()];
}

export interface KnownUnit {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly divisionCode: string;
  readonly headOfficialId: string | null;
}

const UNIT_COLUMNS = 'id, code, name, kind, division_code AS divisionCode, head_official_id AS headOfficialId';

/** A unit that is open, or undefined when this service has not heard of it. */
export const knownUnit = async (sql: Sql, unitId: string): Promise<KnownUnit | undefined> =>
  (await select<KnownUnit>(sql, `SELECT ${UNIT_COLUMNS} FROM known_units WHERE id = ? AND valid_to IS NULL`, [unitId]))[0];

/** Those of them that are open, in one statement. */
export const knownUnits = (sql: Sql, unitIds: readonly string[]): Promise<KnownUnit[]> =>
  selectIn<KnownUnit>(sql, `SELECT ${UNIT_COLUMNS} FROM known_units WHERE id IN (?) AND valid_to IS NULL`, unitIds);

export interface KnownOfficial {
  readonly id: string;
  readonly staffNo: string;
  readonly name: string;
  readonly unitId: string | null;
}

export const knownOfficial = async (sql: Sql, officialId: string): Promise<KnownOfficial | undefined> =>
  (
    await select<KnownOfficial>(
      sql, 'SELECT id, staff_no AS staffNo, name, unit_id AS unitId FROM known_officials WHERE id = ? AND valid_to IS NULL', [officialId],
    )
  )[0];
