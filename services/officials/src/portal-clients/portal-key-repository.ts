import { select, selectIn, write, type Sql } from '@anjie/service-kit/database';

export interface PortalKeyRow {
  readonly id: string;
  readonly clientId: string;
  readonly hint: string;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedOn: string | null;
  /** By the database's clock when it was read. */
  readonly isExpired: number;
}

/** Rows that are shown of a client; older ones stay in the table. */
const SHOWN = 20;
const COLUMNS = `k.id, k.client_id AS clientId, k.hint, k.made_at AS madeAt, k.expires_at AS expiresAt, k.revoked_at AS revokedAt, k.last_used_on AS lastUsedOn,
  k.expires_at <= UTC_TIMESTAMP(3) AS isExpired`;
const IS_VALID = 'revoked_at IS NULL AND expires_at > UTC_TIMESTAMP(3)';

export const keysOfClients = (sql: Sql, clientIds: readonly string[]): Promise<PortalKeyRow[]> =>
  selectIn<PortalKeyRow>(
    sql,
    `SELECT * FROM (SELECT ${COLUMNS}, ROW_NUMBER() OVER (PARTITION BY k.client_id ORDER BY k.made_at DESC, k.id) AS place FROM portal_keys k WHERE k.client_id IN (?)) ranked
      WHERE place <= ${SHOWN} ORDER BY clientId, place`,
    clientIds,
  );

export const portalKeysByIds = (sql: Sql, ids: readonly string[]): Promise<PortalKeyRow[]> =>
  selectIn<PortalKeyRow>(sql, `SELECT ${COLUMNS} FROM portal_keys k WHERE k.id IN (?)`, ids);

export const countValidKeys = async (tx: Sql, clientId: string): Promise<number> =>
  Number((await select<{ n: string }>(tx, `SELECT COUNT(*) AS n FROM portal_keys WHERE client_id = ? AND ${IS_VALID}`, [clientId]))[0]?.n ?? 0);

export interface NewPortalKey {
  readonly id: string;
  readonly clientId: string;
  readonly hash: string;
  readonly hint: string;
  readonly validDays: number;
}

/** Machine time: a demo that moves the business clock must not end a key. */
export const insertPortalKey = (tx: Sql, { id, clientId, hash, hint, validDays }: NewPortalKey): Promise<number> =>
  write(
    tx,
    `INSERT INTO portal_keys (id, client_id, key_hash, hint, made_at, expires_at) VALUES (?, ?, UNHEX(?), ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL ? DAY)`,
    [id, clientId, hash, hint, validDays],
  );

/** @returns false when it was revoked before, or is no key of this client */
export const revokeKey = async (tx: Sql, clientId: string, id: string): Promise<boolean> =>
  (await write(tx, 'UPDATE portal_keys SET revoked_at = UTC_TIMESTAMP(3) WHERE id = ? AND client_id = ? AND revoked_at IS NULL', [id, clientId])) === 1;

/** Days of use are enough: more would tell when people work. */
export const markKeysUsed = async (sql: Sql, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await write(sql, 'UPDATE portal_keys SET last_used_on = UTC_DATE() WHERE id IN (?) AND (last_used_on IS NULL OR last_used_on < UTC_DATE())', [ids]);
};
