import type { EntityManager } from 'typeorm';

/** A database handle: the pool's manager or a transaction's. */
export type Sql = Pick<EntityManager, 'query'>;

export type Cell = string | number | boolean | Date | Buffer | null;
export type Row = Readonly<Record<string, Cell>>;

/** Rows of a SELECT. `Result` describes the columns that the statement names. */
export const select = async <Result>(sql: Sql, text: string, params: readonly unknown[] = []): Promise<Result[]> =>
  (await sql.query(text, params as unknown[])) as Result[];

/** Number of rows that a write changed. */
export async function write(sql: Sql, text: string, params: readonly unknown[] = []): Promise<number> {
  const result = (await sql.query(text, params as unknown[])) as { affectedRows?: number };
  return result.affectedRows ?? 0;
}

/** Inserts all rows in one statement; every row has the columns of the first. Table and columns are our constants. */
export async function insertRows(sql: Sql, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  await sql.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ?`, [rows.map((row) => columns.map((c) => row[c] ?? null))]);
}

/**
 * Compare-and-set: writes `set` and the next version only if the row still has `version`.
 * @returns false when somebody was faster; the caller answers CONFLICT.
 */
export async function updateVersion(sql: Sql, table: string, change: { id: string; version: number; set: Row }): Promise<boolean> {
  const columns = Object.keys(change.set);
  const assignments = [...columns.map((c) => `${c} = ?`), 'version = version + 1'].join(', ');
  const params = [...columns.map((c) => change.set[c]), change.id, change.version];
  return (await write(sql, `UPDATE ${table} SET ${assignments} WHERE id = ? AND version = ?`, params)) === 1;
}

export interface AlikeChange {
  readonly rows: readonly { readonly id: string; readonly version: number }[];
  readonly set: Row;
}

/** The same for rows that all get the same columns. @returns false when somebody was faster with one of them */
export async function updateVersions(sql: Sql, table: string, { rows, set }: AlikeChange): Promise<boolean> {
  const columns = Object.keys(set);
  const assignments = [...columns.map((c) => `${c} = ?`), 'version = version + 1'].join(', ');
  // the ids beside the pairs: only by them MariaDB finds the rows by their key
  const params = [...columns.map((c) => set[c]), rows.map(({ id }) => id), rows.map(({ id, version }) => [id, version])];
  return (await write(sql, `UPDATE ${table} FORCE INDEX (PRIMARY) SET ${assignments} WHERE id IN (?) AND (id, version) IN (?)`, params)) === rows.length;
}

/** `IN (?)` with an empty list is a syntax error in SQL and "everything" in some mappers; here it is no row. */
// oxlint-disable-next-line eslint/max-params -- a statement, its list, the rest: an object would hide the order that the SQL has
export async function selectIn<Result>(sql: Sql, text: string, ids: readonly unknown[], more: readonly unknown[] = []): Promise<Result[]> {
  return ids.length === 0 ? [] : select<Result>(sql, text, [ids, ...more]);
}
