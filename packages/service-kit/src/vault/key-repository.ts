import { isDuplicate, select, write, type Sql } from '../database';

/** Seconds between making a data key and its first use: by then every process has heard of it. */
export const LEAD_S = 60;

export interface KeyRow {
  readonly id: number;
  readonly suite: string;
  readonly wrapped: Buffer | null;
  readonly keyClass: string;
  readonly period: string;
  /** Null: wrapped as earlier versions did. */
  readonly wrappedBy: Buffer | null;
  readonly createdAt: Date;
  readonly usableAt: Date | null;
  readonly retiringAt: Date | null;
  readonly destroyedAt: Date | null;
}

const COLUMNS = `id, suite, wrapped_key AS wrapped, key_class AS keyClass, period, wrapped_by AS wrappedBy, created_at AS createdAt, usable_at AS usableAt, retiring_at AS retiringAt,
  destroyed_at AS destroyedAt`;

export const keyRows = async (sql: Sql, lock: '' | 'FOR UPDATE' = ''): Promise<KeyRow[]> =>
  (await select<KeyRow>(sql, `SELECT ${COLUMNS} FROM data_keys ORDER BY id ${lock}`)).map((row) => ({ ...row, id: Number(row.id) }));

export const databaseNow = async (sql: Sql): Promise<Date> => (await select<{ now: Date }>(sql, 'SELECT UTC_TIMESTAMP(3) AS now'))[0]?.now ?? new Date();

export interface NewKey {
  readonly id: number;
  readonly suite: string;
  readonly keyClass: string;
  readonly period: string;
  readonly wrapped: Buffer;
  readonly wrappedBy: Buffer;
  readonly leadSeconds: number;
}

/** False when another process was faster. */
export async function insertKey(sql: Sql, key: NewKey): Promise<boolean> {
  try {
    await write(
      sql,
      `INSERT INTO data_keys (id, suite, key_class, period, wrapped_key, wrapped_by, created_at, usable_at)
       VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL ? SECOND)`,
      [key.id, key.suite, key.keyClass, key.period, key.wrapped, key.wrappedBy, key.leadSeconds],
    );
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}

export const rewrapKey = async (tx: Sql, id: number, { wrapped, wrappedBy }: { wrapped: Buffer; wrappedBy: Buffer }): Promise<boolean> =>
  (await write(tx, 'UPDATE data_keys SET wrapped_key = ?, wrapped_by = ? WHERE id = ? AND destroyed_at IS NULL', [wrapped, wrappedBy, id])) === 1;

/** Older keys of a class than `id`: they seal nothing new and are emptied. */
export const markRetiring = (tx: Sql, keyClass: string, beforeId: number): Promise<number> =>
  write(
    tx, `UPDATE data_keys SET retiring_at = UTC_TIMESTAMP(3) WHERE key_class = ? AND id < ? AND retiring_at IS NULL AND destroyed_at IS NULL`, [keyClass, beforeId],
  );

/** What is still sealed with it can never be read again. */
export const destroyKey = async (tx: Sql, id: number): Promise<boolean> =>
  (await write(tx, 'UPDATE data_keys SET wrapped_key = NULL, destroyed_at = UTC_TIMESTAMP(3) WHERE id = ? AND destroyed_at IS NULL', [id])) === 1;
