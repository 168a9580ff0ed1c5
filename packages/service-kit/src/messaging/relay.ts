import type { Queue } from 'bullmq';
import type { DataSource } from 'typeorm';
import { inTransaction, newId, select, write } from '../database';
import { closeWithin, groupBy, repeat, type Closable, type Logger } from '../runtime';
import type { JobData } from './consumer';
import { openQueue } from './queues';
import { createRedisMarker, type RedisMarker } from './redis-marker';

const BATCH = 200;
/** Milliseconds between looks at the outbox when it was empty. */
const IDLE_MS = 100;
/** Seconds without an acknowledgement after which a message is sent again; 30 s more after each ten times, up to five minutes. */
const RESEND_AFTER_S = 30;
const RESEND_AT_MOST_AFTER_S = 300;
const LEASE_S = 30;
/** Messages that one statement sends again: a backlog of any size stays within the time that a statement may take, and acknowledgements get between. */
const AGAIN_BATCH = 1_000;

interface Claimed {
  readonly id: string;
  readonly dest: string;
  readonly concern: string;
  readonly payload_mac: Buffer;
}

export interface RelayOptions {
  readonly db: DataSource;
  readonly service: string;
  readonly redisUrl: string;
  readonly log: Logger;
}

/**
 * Carries outbox rows to BullMQ: short claim, commit, then Redis without any lock held, then the mark. A crash
 * anywhere leaves a lease that expires, and the same job id, which BullMQ does not add twice.
 */
export function startRelay({ db, service, redisUrl, log }: RelayOptions): Closable {
  const queues = new Map<string, Queue>();
  const queueFor = (dest: string, concern: string): Queue => {
    const key = `${dest}.${concern}`;
    const known = queues.get(key) ?? openQueue(redisUrl, dest, concern);
    queues.set(key, known);
    return known;
  };
  const deliver = repeat('relay', IDLE_MS, { log, work: () => deliverOnce(db, { service, queueFor }) });
  const mark = createRedisMarker(redisUrl, service, () => nowOf(db));
  const mend = repeat('relay-mend', 2_000, { log, work: () => mendOnce(db, log, mark) });
  return {
    async close() {
      await Promise.all([deliver.close(), mend.close()]);
      await mark.close();
      await closeWithin(5_000, Promise.all([...queues.values()].map((queue) => queue.close())));
    },
  };
}

interface Courier {
  readonly service: string;
  readonly queueFor: (dest: string, concern: string) => Queue;
}

/** @returns true when the batch was full and another look is due at once. */
async function deliverOnce(db: DataSource, courier: Courier): Promise<boolean> {
  const token = newId();
  const claimed = await claim(db, token);
  if (claimed.length === 0) return false;
  try {
    await publish(claimed, courier);
  } catch (error) {
    // give the claim back at once instead of waiting for its lease: Redis may be back in a second
    await write(
      db.manager,
      `UPDATE outbox_messages SET state = 'PENDING', claim_token = NULL, next_at = UTC_TIMESTAMP(3) + INTERVAL 1 SECOND
        WHERE claim_token = ? AND state = 'CLAIMED'`,
      [token],
    );
    throw error;
  }
  await write(
    db.manager,
    `UPDATE outbox_messages SET state = 'PUBLISHED', published_at = UTC_TIMESTAMP(3) WHERE claim_token = ? AND state = 'CLAIMED'`,
    [token],
  );
  return claimed.length === BATCH;
}

const WAITING = "state = 'PENDING' AND next_at <= UTC_TIMESTAMP(3)";

async function claim(db: DataSource, token: string): Promise<Claimed[]> {
  // mostly there is nothing: one statement finds that out, a transaction would take three
  if ((await select(db.manager, `SELECT 1 FROM outbox_messages WHERE ${WAITING} LIMIT 1`)).length === 0) return [];
  return inTransaction(db, async (tx) => {
    const rows = await select<Claimed>(
      tx,
      `SELECT id, dest, concern, payload_mac FROM outbox_messages WHERE ${WAITING} ORDER BY next_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    );
    if (rows.length > 0) {
      await write(
        tx,
        `UPDATE outbox_messages SET state = 'CLAIMED', claim_token = ?, lease_until = UTC_TIMESTAMP(3) + INTERVAL ${LEASE_S} SECOND WHERE id IN (?)`,
        [token, rows.map((row) => row.id)],
      );
    }
    return rows;
  });
}

async function publish(claimed: readonly Claimed[], { service, queueFor }: Courier): Promise<void> {
  const byQueue = groupBy(claimed, (row) => `${row.dest}.${row.concern}`);
  for (const rows of byQueue.values()) {
    const [first] = rows;
    if (!first) continue;
    await queueFor(first.dest, first.concern).addBulk(
      rows.map((row) => ({
        name: 'message',
        data: { source: service, id: row.id, mac: row.payload_mac.toString('hex') } satisfies JobData,
        // the same id each time: sending again what still waits in Redis changes nothing there (ADR 0017)
        opts: { jobId: `ob-${row.id}` },
      })),
    );
  }
}

const nowOf = async (db: DataSource): Promise<string> => (await select<{ now: string }>(db.manager, 'SELECT CAST(UTC_TIMESTAMP(3) AS CHAR) AS now'))[0]?.now ?? '';

const OVERDUE = `published_at < UTC_TIMESTAMP(3) - INTERVAL ${RESEND_AFTER_S} SECOND
  AND published_at < UTC_TIMESTAMP(3) - INTERVAL LEAST(${RESEND_AT_MOST_AFTER_S}, ${RESEND_AFTER_S} * (1 + attempt DIV 10)) SECOND`;

/**
 * Expired claims go back; messages without an acknowledgement are sent again, at once when Redis was emptied. Silence
 * alone never makes a message dead: a receiver may be away for days. The mark of a loss goes only when nothing is left.
 * @returns true when the batch was full and another look is due at once
 */
async function mendOnce(db: DataSource, log: Logger, mark: RedisMarker): Promise<boolean> {
  const lostBefore = await mark.lostBefore().catch(() => undefined);
  await write(db.manager, `UPDATE outbox_messages SET state = 'PENDING', claim_token = NULL WHERE state = 'CLAIMED' AND lease_until < UTC_TIMESTAMP(3)`);
  const resent = await write(
    db.manager,
    `UPDATE outbox_messages FORCE INDEX (ix_outbox_messages_unacked) SET state = 'PENDING', attempt = attempt + 1, claim_token = NULL, next_at = UTC_TIMESTAMP(3)
      WHERE state = 'PUBLISHED' AND ${lostBefore === undefined ? OVERDUE : 'published_at <= ?'} ORDER BY published_at LIMIT ${AGAIN_BATCH}`,
    lostBefore === undefined ? [] : [lostBefore],
  );
  if (resent > 0) log.warn({ messages: resent, lostBefore }, 'no acknowledgement; sent again');
  if (resent === AGAIN_BATCH) return true;
  if (lostBefore !== undefined) await mark.mended(lostBefore);
  return false;
}
