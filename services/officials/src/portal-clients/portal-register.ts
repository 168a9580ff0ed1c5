import type { DataSource } from 'typeorm';
import type { DocumentsMode, FreeDocument, PortalUses, RegisterAnswer } from '@anjie/contracts';
import { audit, inTransaction, select, selectIn, write, type Actor, type Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
import { STRAYS_MAX } from './portal-document-repository';
import { markKeysUsed } from './portal-key-repository';

/** What gateways read and report. Reading is one snapshot, so that a stamp never goes with a later or earlier list. */
export const createPortalRegister = ({ db }: { readonly db: DataSource }) => ({
  read: (known: string | null): Promise<RegisterAnswer> => db.transaction('REPEATABLE READ', (tx) => readRegister(tx, known)),
  texts: (hashes: readonly string[]): Promise<{ sha256: string; text: string }[]> =>
    selectIn(
      db.manager, 'SELECT LOWER(HEX(sha256)) AS sha256, MIN(document) AS text FROM portal_documents WHERE sha256 IN (?) GROUP BY sha256', hashes.map((hash) => Buffer.from(hash, 'hex')),
    ),
  report: (uses: PortalUses): Promise<void> => inTransaction(db, (tx) => noteUses(tx, uses)),
  /** Before it runs: no audit, no free document. */
  noteFree: (actor: Actor, { clientId, sha256, operationName }: FreeDocument): Promise<void> =>
    audit(db.manager, actor, { action: 'portalClient.freeDocument', subjectType: 'PortalClient', subjectId: clientId, detail: { sha256, operationName } }),
});
export type PortalRegister = ReturnType<typeof createPortalRegister>;

interface ClientRow {
  readonly id: string;
  readonly scopes: string;
  readonly mode: DocumentsMode;
}

async function readRegister(tx: Sql, known: string | null): Promise<RegisterAnswer> {
  const stamp = (await select<{ stamp: string }>(tx, 'SELECT stamp FROM portal_stamps WHERE id = 1'))[0]?.stamp ?? null;
  if (stamp !== null && stamp === known) return { stamp, clients: null };
  const clients = await select<ClientRow>(tx, `SELECT id, scopes, documents_mode AS mode FROM portal_clients WHERE state = 'ENABLED' ORDER BY id`);
  const ids = clients.map(({ id }) => id);
  const keys = groupBy(
    await selectIn<{ clientId: string; id: string; sha256: string; expiresAt: Date }>(
      tx,
      `SELECT client_id AS clientId, id, LOWER(HEX(key_hash)) AS sha256, expires_at AS expiresAt FROM portal_keys
        WHERE client_id IN (?) AND revoked_at IS NULL AND expires_at > UTC_TIMESTAMP(3)`,
      ids,
    ),
    (row) => row.clientId,
  );
  const documents = groupBy(
    await selectIn<{ clientId: string; sha256: string; fault: string | null }>(
      tx, 'SELECT client_id AS clientId, LOWER(HEX(sha256)) AS sha256, fault FROM portal_documents WHERE client_id IN (?)', ids,
    ),
    (row) => row.clientId,
  );
  return {
    stamp,
    clients: clients.map(({ id, scopes, mode }) => ({
      id, mode, scopes: scopes.split(' '),
      keys: (keys.get(id) ?? []).map((key) => ({ id: key.id, sha256: key.sha256, expiresAt: key.expiresAt.toISOString() })),
      documents: (documents.get(id) ?? []).map(({ sha256, fault }) => ({ sha256, fault })),
    })),
  };
}

/** Counts of a gateway that dies before it reports are lost; they only help to decide. */
async function noteUses(tx: Sql, { keyIds, strays, faults }: PortalUses): Promise<void> {
  await markKeysUsed(tx, keyIds);
  for (const { clientId, sha256, fault } of faults) {
    await write(tx, 'UPDATE portal_documents SET fault = ? WHERE client_id = ? AND sha256 = UNHEX(?)', [fault, clientId, sha256]);
  }
  const room = await roomOf(tx, [...new Set(strays.map(({ clientId }) => clientId))]);
  for (const { clientId, sha256, uses } of strays) {
    const counted = await write(
      tx, 'UPDATE portal_strays SET uses = uses + ?, last_seen_on = UTC_DATE() WHERE client_id = ? AND sha256 = UNHEX(?)', [uses, clientId, sha256],
    );
    const left = room.get(clientId) ?? 0;
    if (counted === 1 || left <= 0) continue;
    room.set(clientId, left - 1);
    await write(
      tx,
      `INSERT INTO portal_strays (client_id, sha256, uses, first_seen_on, last_seen_on) VALUES (?, UNHEX(?), ?, UTC_DATE(), UTC_DATE())
        ON DUPLICATE KEY UPDATE portal_strays.uses = portal_strays.uses + VALUES(uses)`,
      [clientId, sha256, uses],
    );
  }
}

/** How many more different documents may be counted for each client that there is. */
async function roomOf(tx: Sql, clientIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await selectIn<{ id: string; n: string }>(
    tx, 'SELECT c.id, (SELECT COUNT(*) FROM portal_strays s WHERE s.client_id = c.id) AS n FROM portal_clients c WHERE c.id IN (?)', clientIds,
  );
  return new Map(rows.map(({ id, n }) => [id, STRAYS_MAX - Number(n)]));
}
