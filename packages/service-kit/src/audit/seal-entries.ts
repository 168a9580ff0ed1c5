import type { DataSource, EntityManager } from 'typeorm';
import { auditSealOf, inTransaction, insertRows, select, write } from '../database';
import { groupBy, repeat, type Closable, type Logger } from '../runtime';
import { chainHeads, chainOf, ENTRY_COLUMNS, type ChainHead, type StoredEntry } from './chain';

const BATCH = 1_000;
const EVERY_MS = 1_000;
const TURN_EVERY_MS = 15_000;
/** No transaction is open that long: what got its id before is either committed or never will be. */
const OPEN_AT_MOST_MINUTES = 10;

/** Links new entries to the chains each second, in the order of their ids; entries whose seal is wrong stay out, and are told. */
export function startAuditSealing(db: DataSource, log: Logger): Closable {
  const told = new Set<string>();
  const start = recentStart(db);
  return repeat('seal-audit', EVERY_MS, {
    log,
    async work() {
      const { sealed, forged } = await sealEntries(db, await start());
      for (const id of forged.filter((one) => !told.has(one))) {
        told.add(id);
        log.fatal({ entry: id }, 'an audit entry was not written by this product or was changed: its seal is wrong');
      }
      return sealed === BATCH;
    },
  });
}

/**
 * Nearly every entry is committed within seconds of getting its id. So most rounds look only at what is newer than the entries
 * that were sealed a turn ago, and each turn looks at everything that may still be open: under load 100 rows a round, not 40,000.
 * @returns where a round begins; undefined at a turn
 */
function recentStart(db: DataSource): () => Promise<string | undefined> {
  let from = '0';
  let sealedAtTurn = '0';
  let turnedAt = 0;
  return async () => {
    if (Date.now() - turnedAt < TURN_EVERY_MS) return from;
    turnedAt = Date.now();
    from = sealedAtTurn;
    // of the links, since an entry that nobody sealed may have any id
    sealedAtTurn = (await select<{ id: string | null }>(db.manager, 'SELECT MAX(entry_id) AS id FROM audit_links'))[0]?.id ?? '0';
    return undefined;
  };
}

export interface Sealing {
  readonly sealed: number;
  /** Ids of entries that no key of ours has sealed. */
  readonly forged: readonly string[];
}

/**
 * One round. The heads are locked in order, so that sealers of several workers come one after the other.
 * @param after looks at newer entries only; without it at all that were not swept
 */
export const sealEntries = (db: DataSource, after?: string): Promise<Sealing> =>
  inTransaction(db, async (tx) => {
    const heads = await chainHeads(tx, 'FOR UPDATE');
    const seal = auditSealOf(tx);
    const found = await select<StoredEntry>(
      tx,
      `SELECT ${ENTRY_COLUMNS} FROM audit_entries e LEFT JOIN audit_links l ON l.entry_id = e.id
        WHERE e.id > ? AND l.entry_id IS NULL AND NOT (e.mac IS NULL AND e.recorded_at < ?) ORDER BY e.id LIMIT ${BATCH}`,
      [laterOf(heads[0]?.sweptTo ?? '0', after ?? '0'), heads[0]?.since ?? new Date(0)],
    );
    const isGenuine = (entry: StoredEntry): entry is StoredEntry & { mac: Buffer } => entry.mac !== null && seal.fitsEntry(entry, entry.mac);
    const genuine = found.filter(isGenuine);
    for (const [chain, entries] of groupBy(genuine, chainOf)) await link(tx, heads.find((one) => one.chain === chain), entries);
    if (found.length < BATCH) await advance(tx);
    return { sealed: genuine.length, forged: found.filter((one) => !isGenuine(one)).map(({ id }) => id) };
  });

const laterOf = (a: string, b: string): string => (BigInt(a) > BigInt(b) ? a : b);

async function link(tx: EntityManager, chain: ChainHead | undefined, entries: readonly (StoredEntry & { mac: Buffer })[]): Promise<void> {
  if (!chain) throw new Error('a chain has no head row: audit_chains was tampered with');
  const seal = auditSealOf(tx);
  let { head } = chain;
  let seq = BigInt(chain.seq);
  const links = entries.map((entry) => {
    seq += 1n;
    head = seal.ofLink(head, seq, entry);
    return { entry_id: entry.id, chain: chain.chain, seq: String(seq), hash: head };
  });
  await insertRows(tx, 'audit_links', links);
  await write(tx, 'UPDATE audit_chains SET seq = ?, head = ? WHERE chain = ?', [String(seq), head, chain.chain]);
}

/** So that a round need not look at old entries again: ids may be committed out of order, but not minutes late. */
const advance = (tx: EntityManager): Promise<number> =>
  write(
    tx,
    `UPDATE audit_chains SET swept_to = candidate, candidate = (SELECT COALESCE(MAX(id), 0) FROM audit_entries), candidate_at = UTC_TIMESTAMP(3)
      WHERE candidate_at < UTC_TIMESTAMP(3) - INTERVAL ${OPEN_AT_MOST_MINUTES} MINUTE`,
  );
