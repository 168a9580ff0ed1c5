import { insertRows, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { inDivision, type SqlPredicate } from '@anjie/access';
import { AppError, DIVISION_CODE } from '@anjie/contracts';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type ParentList } from '@anjie/service-kit/subgraph';
import type { UnitKind } from '../rules/directory';

export interface UnitRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly divisionCode: string;
  readonly parentUnitId: string | null;
  readonly successorUnitId: string | null;
  readonly headOfficialId: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly version: number;
}

const COLUMNS = `u.id, u.code, u.name, u.kind, u.division_code AS divisionCode, u.parent_unit_id AS parentUnitId, u.successor_unit_id AS successorUnitId,
  u.head_official_id AS headOfficialId, u.valid_from AS validFrom, u.valid_to AS validTo, u.version`;

const typed = (rows: readonly UnitRow[]): UnitRow[] => rows.map((row) => ({ ...row, version: Number(row.version) }));

export const unitsByIds = async (sql: Sql, ids: readonly string[]): Promise<UnitRow[]> =>
  typed(await selectIn<UnitRow>(sql, `SELECT ${COLUMNS} FROM units u WHERE u.id IN (?)`, ids));

export const unitsByCodes = async (sql: Sql, codes: readonly string[]): Promise<UnitRow[]> =>
  typed(await selectIn<UnitRow>(sql, `SELECT ${COLUMNS} FROM units u WHERE u.code IN (?)`, codes));

export const codesOfAllUnits = async (sql: Sql): Promise<string[]> => (await select<{ code: string }>(sql, 'SELECT code FROM units')).map((row) => row.code);

export interface UnitFilter {
  readonly divisionCode?: string | null | undefined;
  readonly kind?: UnitKind | null | undefined;
  readonly search?: string | null | undefined;
}

const BY_CODE = [{ column: 'u.code' }];

export function listUnits(sql: Sql, filter: UnitFilter, args: PageArgs): Promise<Connection<UnitRow>> {
  const parts = conditionsOf(filter);
  const where = { sql: parts.map((part) => part.sql).join(' AND ') || 'TRUE', params: parts.flatMap((part) => part.params) };
  return listConnection<UnitRow>(sql, { columns: COLUMNS, from: 'units u', where, sort: BY_CODE }, args);
}

/** @throws AppError BAD_USER_INPUT for a division code that is none. */
function conditionsOf({ divisionCode, kind, search }: UnitFilter): SqlPredicate[] {
  if (divisionCode != null && !DIVISION_CODE.test(divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  return [
    ...(divisionCode != null ? [inDivision('u.division_code', divisionCode)] : []),
    ...(kind != null ? [{ sql: 'u.kind = ?', params: [kind] }] : []),
    ...(search != null ? [{ sql: "(? <> '' AND (LOCATE(?, u.name) > 0 OR u.code = ?))", params: [search, search, search] }] : []),
  ];
}

const under = (parent: string, condition: string): ParentList => ({
  columns: COLUMNS, from: 'units u', where: { sql: condition, params: [] }, sort: BY_CODE, parent,
});

export const childUnits = (sql: Sql, parents: readonly string[], args: PageArgs): Promise<Connection<UnitRow>[]> =>
  listConnectionsByParent<UnitRow>(sql, under('u.parent_unit_id', 'u.valid_to IS NULL'), { parents, args });

export const unitsOfDivisions = (sql: Sql, parents: readonly string[], args: PageArgs): Promise<Connection<UnitRow>[]> =>
  listConnectionsByParent<UnitRow>(sql, under('u.division_code', 'u.valid_to IS NULL'), { parents, args });

const cells = (row: UnitRow) => ({
  id: row.id, code: row.code, name: row.name, kind: row.kind, division_code: row.divisionCode, parent_unit_id: row.parentUnitId,
  successor_unit_id: row.successorUnitId, head_official_id: row.headOfficialId, valid_from: row.validFrom, valid_to: row.validTo, version: row.version,
});

/** Writes the rows as given, version included. */
export async function saveUnits(tx: Sql, created: readonly UnitRow[], changed: readonly UnitRow[]): Promise<void> {
  await insertRows(tx, 'units', created.map(cells));
  const [first] = changed.map(cells);
  if (!first) return;
  const columns = Object.keys(first);
  await write(
    tx,
    `INSERT INTO units (${columns.join(', ')}) VALUES ? ON DUPLICATE KEY UPDATE ${columns.slice(1).map((c) => `${c} = VALUES(${c})`).join(', ')}`,
    [changed.map((row) => Object.values(cells(row)))],
  );
}
