import { select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { ParentList } from '@anjie/service-kit/subgraph';
import type { Holdings } from '../rules/portal-client';

export interface PortalDocumentRow {
  /** Hex of SHA-256. */
  readonly id: string;
  readonly text: string;
  readonly registeredAt: Date;
  readonly fault: string | null;
}

export interface PortalStrayRow {
  readonly id: string;
  readonly uses: string;
  readonly firstSeenOn: string;
  readonly lastSeenOn: string;
}

/** Different documents that are counted for a client: one that writes values into its documents would fill the disk. */
export const STRAYS_MAX = 1_000;

const ANY = { sql: 'TRUE', params: [] };

/** Below a client, whose own loader has decided that the viewer sees it. */
export const documentsUnderClient: ParentList = {
  columns: 'LOWER(HEX(d.sha256)) AS id, d.document AS text, d.registered_at AS registeredAt, d.fault', from: 'portal_documents d', parent: 'd.client_id', where: ANY,
  sort: [{ column: 'd.registered_at', descending: true }, { column: 'HEX(d.sha256)' }],
};

export const straysUnderClient: ParentList = {
  columns: 'LOWER(HEX(s.sha256)) AS id, s.uses, s.first_seen_on AS firstSeenOn, s.last_seen_on AS lastSeenOn', from: 'portal_strays s', parent: 's.client_id', where: ANY,
  sort: [{ column: 's.last_seen_on', descending: true }, { column: 'HEX(s.sha256)' }],
};

export interface NewDocument {
  readonly sha256: string;
  readonly text: string;
  readonly bytes: number;
}

/** Those of the documents that the client has not registered; of equal ones one. */
export async function newDocuments(tx: Sql, clientId: string, documents: readonly NewDocument[]): Promise<NewDocument[]> {
  const hashes = documents.map(({ sha256 }) => Buffer.from(sha256, 'hex'));
  const known = await selectIn<{ id: string }>(tx, 'SELECT LOWER(HEX(sha256)) AS id FROM portal_documents WHERE sha256 IN (?) AND client_id = ?', hashes, [clientId]);
  const isKnown = new Set(known.map(({ id }) => id));
  return [...new Map(documents.map((one) => [one.sha256, one])).values()].filter(({ sha256 }) => !isKnown.has(sha256));
}

/** Adds documents; they are strays no longer. */
export async function addDocuments(tx: Sql, { clientId, by }: { clientId: string; by: string }, documents: readonly NewDocument[]): Promise<void> {
  if (documents.length === 0) return;
  const hashes = documents.map(({ sha256 }) => Buffer.from(sha256, 'hex'));
  await write(
    tx,
    `INSERT INTO portal_documents (client_id, sha256, document, bytes, registered_by, registered_at) VALUES ${documents.map(() => '(?, ?, ?, ?, ?, UTC_TIMESTAMP(3))').join(', ')}`,
    documents.flatMap(({ text, bytes }, place) => [clientId, hashes[place], text, bytes, by]),
  );
  await write(tx, 'DELETE FROM portal_strays WHERE client_id = ? AND sha256 IN (?)', [clientId, hashes]);
}

export const removeDocuments = (tx: Sql, clientId: string, hashes: readonly string[]): Promise<number> =>
  write(tx, 'DELETE FROM portal_documents WHERE client_id = ? AND sha256 IN (?)', [clientId, hashes.map((hash) => Buffer.from(hash, 'hex'))]);

export async function holdingsOf(tx: Sql, clientId: string): Promise<Holdings> {
  const [row] = await select<{ count: string; bytes: string | null }>(tx, 'SELECT COUNT(*) AS count, SUM(bytes) AS bytes FROM portal_documents WHERE client_id = ?', [clientId]);
  return { count: Number(row?.count ?? 0), bytes: Number(row?.bytes ?? 0) };
}
