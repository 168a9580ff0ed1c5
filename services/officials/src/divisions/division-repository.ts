import { insertRows, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { listConnection, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';

export interface DivisionRow {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
}
export interface StoredDivision extends DivisionRow {
  readonly validTo: string | null;
  readonly version: number;
}

const COLUMNS = 'code, name, parent_code AS parentCode';

export const divisionsByCodes = (sql: Sql, codes: readonly string[]): Promise<DivisionRow[]> =>
  selectIn<DivisionRow>(sql, `SELECT ${COLUMNS} FROM divisions WHERE code IN (?)`, codes);

export const childrenOf = (sql: Sql, parents: readonly string[]): Promise<DivisionRow[]> =>
  selectIn<DivisionRow>(sql, `SELECT ${COLUMNS} FROM divisions WHERE parent_code IN (?) AND valid_to IS NULL ORDER BY code`, parents);

export const listDivisions = (sql: Sql, parent: string | null, args: PageArgs): Promise<Connection<DivisionRow>> =>
  listConnection<DivisionRow>(sql, {
    columns: COLUMNS, from: 'divisions', where: { sql: 'parent_code <=> ? AND valid_to IS NULL', params: [parent] }, sort: [{ column: 'code' }],
  }, args);

export const storedDivisions = async (tx: Sql, codes: readonly string[]): Promise<StoredDivision[]> => {
  const rows = await selectIn<StoredDivision>(tx, `SELECT ${COLUMNS}, valid_to AS validTo, version FROM divisions WHERE code IN (?)`, codes);
  return rows.map((row) => ({ ...row, version: Number(row.version) }));
};

export const codesOfAllDivisions = async (sql: Sql): Promise<string[]> => (await select<{ code: string }>(sql, 'SELECT code FROM divisions')).map((row) => row.code);

/** Writes the rows as given, version included. */
export async function saveDivisions(tx: Sql, created: readonly StoredDivision[], changed: readonly StoredDivision[]): Promise<void> {
  await insertRows(tx, 'divisions', created.map((row) => ({ code: row.code, name: row.name, parent_code: row.parentCode, valid_to: row.validTo, version: row.version })));
  if (changed.length === 0) return;
  await write(
    tx,
    `INSERT INTO divisions (code, name, parent_code, valid_to, version) VALUES ?
     ON DUPLICATE KEY UPDATE name = VALUES(name), parent_code = VALUES(parent_code), valid_to = VALUES(valid_to), version = VALUES(version)`,
    [changed.map((row) => [row.code, row.name, row.parentCode, row.validTo, row.version])],
  );
}
