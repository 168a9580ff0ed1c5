import type { DataSource, EntityManager } from 'typeorm';
import type { ServiceName } from '@anjie/contracts';
import { auditSealOf, inTransaction, select, write, type Sql, type StoredEntry } from '../database';
import { repeat, type Closable, type Logger } from '../runtime';
import { chainHeads, ENTRY_COLUMNS } from './chain';
import { linkAll } from './link-entries';
import { takeOverUnsealed } from './take-over';

const BATCH = 1_000;
const EVERY_MS = 1_000;
const TURN_EVERY_MS = 15_000;
/** No transaction is open that long: what got its id before is either committed or never will be. */
const OPEN_AT_MOST_MINUTES = 10;

/** Links new entries to the chains each second, in the order of their ids; entries whose seal is wrong stay out, and are told. */
export function startAuditSealing(db: DataSource, { service, log }: { service: ServiceName; log: Logger }): Closable {
  const told = new Set<string>();
  const start = recentStart(db);
  let isTakenOver = false;
  return repeat('seal-audit', EVERY_MS, {
    log,
    async work() {
      if (!isTakenOver) await takeOverUnsealed(db, service);
      isTakenOver = true;
      const { sealed, forged } = await sealEntries(db, await start());
      for (const id of forged.filter((one) => !told.has(one))) {
        told.add(id);
        log.fatal({ entry: id }, 'an audit entry was not written by this product or was changed: its seal is wrong');
      }
      return sealed >= BATCH;
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
    const genuine: StoredEntry[] = [];
    const forged: string[] = [];
    let page: StoredEntry[];
    let from = laterOf(heads[0]?.sweptTo ?? '0', after ?? '0');
    // a page may be full of forgeries, which stay: what comes after them is looked for all the same
    do {
      page = await unlinkedAfter(tx, from);
      for (const entry of page) {
        if (entry.mac !== null && seal.fitsEntry(entry, entry.mac)) genuine.push(entry);
        else forged.push(entry.id);
      }
      from = page.at(-1)?.id ?? from;
    } while (page.length === BATCH && genuine.length < BATCH);
    await linkAll(tx, heads, genuine);
    if (page.length < BATCH) await advance(tx);
    return { sealed: genuine.length, forged };
  });

const unlinkedAfter = (sql: Sql, id: string): Promise<StoredEntry[]> =>
  select<StoredEntry>(sql, `SELECT ${ENTRY_COLUMNS} FROM audit_entries e LEFT JOIN audit_links l ON l.entry_id = e.id WHERE e.id > ? AND l.entry_id IS NULL ORDER BY e.id LIMIT ${BATCH}`, [id]);

const laterOf = (a: string, b: string): string => (BigInt(a) > BigInt(b) ? a : b);

/** So that a round need not look at old entries again: ids may be committed out of order, but not minutes late. */
const advance = (tx: EntityManager): Promise<number> =>
  write(
    tx,
    `UPDATE audit_chains SET swept_to = candidate, candidate = (SELECT COALESCE(MAX(id), 0) FROM audit_entries), candidate_at = UTC_TIMESTAMP(3)
      WHERE candidate_at < UTC_TIMESTAMP(3) - INTERVAL ${OPEN_AT_MOST_MINUTES} MINUTE`,
  );
