import type { DataSource } from 'typeorm';
import { write } from '../database';
import type { Logger } from '../runtime';

interface Keeping {
  readonly table: string;
  /** Rows that may go when their `since` is older than `days`. */
  readonly settled: string;
  readonly since: string;
  readonly days: number;
  /** Why not shorter; docs/operations.md repeats it. */
  readonly why: string;
}

/** How long the rows of the plumbing are kept. What is not here is kept for ever, the audit above all. */
export const RETENTION: readonly Keeping[] = [
  { table: 'outbox_messages', settled: "state = 'ACKED'", since: 'acked_at', days: 90, why: 'a receiver that is restored from a backup is fed again from here' },
  { table: 'inbox_messages', settled: 'TRUE', since: 'received_at', days: 120, why: 'longer than a sender keeps the message, by the 30 days of the oldest backup that may send it again' },
  { table: 'dead_letters', settled: 'settled_at IS NOT NULL', since: 'settled_at', days: 180, why: 'who replayed what, for half a year; open ones stay' },
  { table: 'idempotency_keys', settled: 'TRUE', since: 'created_at', days: 30, why: 'a client repeats a request within hours; the fact itself has its own unique key' },
  { table: 'reconciliations', settled: 'TRUE', since: 'finished_at', days: 400, why: 'a year of proof' },
  { table: 'accepted_phantoms', settled: 'TRUE', since: 'accepted_at', days: 120, why: 'as long as the receiver remembers the message' },
];

const BATCH = 500;

/** Deletes what is older than its time, in batches that hold no lock for long. Answers rows by table. */
export async function deleteExpired(db: DataSource, { log, signal }: { log: Logger; signal?: AbortSignal }): Promise<Readonly<Record<string, number>>> {
  const deleted: Record<string, number> = {};
  for (const { table, settled, since, days } of RETENTION) {
    let batch = BATCH;
    while (batch === BATCH && !signal?.aborted) {
      batch = await write(db.manager, `DELETE FROM ${table} WHERE ${settled} AND ${since} < UTC_TIMESTAMP(3) - INTERVAL ${days} DAY ORDER BY ${since} LIMIT ${BATCH}`);
      deleted[table] = (deleted[table] ?? 0) + batch;
    }
  }
  log.info({ deleted }, 'rows whose time was over were deleted');
  return deleted;
}
