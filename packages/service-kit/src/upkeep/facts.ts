import type { Queue } from 'bullmq';
import { BUSINESS_NOW, select, type Sql } from '../database';

/** How a service is doing, in counts and seconds; nothing about cases or people. Each question is answered from an index. */
export interface OutboxFacts {
  readonly PENDING: number;
  readonly CLAIMED: number;
  readonly PUBLISHED: number;
  readonly DEAD: number;
  /** Age of the oldest message that is neither acknowledged nor dead; 0 when there is none. */
  readonly oldestUnackedS: number;
}

/** Acknowledged messages are not counted: they are millions, and nobody waits for them. */
const WAITING = "('PENDING', 'CLAIMED', 'PUBLISHED')";

export async function outboxFacts(sql: Sql): Promise<OutboxFacts> {
  const counts = await select<{ state: string; n: string }>(sql, `SELECT state, COUNT(*) AS n FROM outbox_messages WHERE state IN ('PENDING', 'CLAIMED', 'PUBLISHED', 'DEAD') GROUP BY state`);
  const of = (state: string): number => Number(counts.find((row) => row.state === state)?.n ?? 0);
  const [oldest] = await select<{ s: string }>(
    sql, `SELECT TIMESTAMPDIFF(MICROSECOND, created_at, UTC_TIMESTAMP(3)) / 1000000 AS s FROM outbox_messages WHERE id = (SELECT MIN(id) FROM outbox_messages WHERE state IN ${WAITING})`,
  );
  return { PENDING: of('PENDING'), CLAIMED: of('CLAIMED'), PUBLISHED: of('PUBLISHED'), DEAD: of('DEAD'), oldestUnackedS: seconds(oldest?.s) };
}

const seconds = (text: string | null | undefined): number => Math.max(0, Number(text ?? 0));

export const openDeadLetters = async (sql: Sql): Promise<number> =>
  Number((await select<{ n: string }>(sql, 'SELECT COUNT(*) AS n FROM dead_letters WHERE settled_at IS NULL'))[0]?.n ?? 0);

/** No further back: acknowledged messages are deleted after 90 days, and what a sender deleted would look like a phantom. */
export const RECONCILE_AT_MOST_DAYS = 80;

/** Days that may still be compared again; what was wrong with an older one nobody can find out or mend any more. Days begin in Asia/Shanghai. */
export const IS_COMPARED = `day >= DATE(UTC_TIMESTAMP() + INTERVAL 8 HOUR) - INTERVAL ${RECONCILE_AT_MOST_DAYS} DAY`;

export interface ReconciliationFacts {
  /** Seconds since the last comparison; null before the first. */
  readonly ageS: number | null;
  /** How often in a row a day was not in order: 1 is mended by sending again, 2 needs a person. */
  readonly badRuns: number;
  readonly missing: number;
  readonly phantom: number;
  readonly mismatched: number;
}

export async function reconciliationFacts(sql: Sql): Promise<ReconciliationFacts> {
  const [row] = await select<Record<'age' | 'bad' | 'missing' | 'phantom' | 'mismatched', string | null>>(
    sql,
    `SELECT TIMESTAMPDIFF(SECOND, (SELECT MAX(finished_at) FROM reconciliations), UTC_TIMESTAMP(3)) AS age, MAX(bad_runs) AS bad, SUM(missing) AS missing,
            SUM(phantom) AS phantom, SUM(mismatched) AS mismatched FROM reconciliations WHERE ${IS_COMPARED}`,
  );
  const of = (text: string | null | undefined): number => Number(text ?? 0);
  return { ageS: row?.age == null ? null : Number(row.age), badRuns: of(row?.bad), missing: of(row?.missing), phantom: of(row?.phantom), mismatched: of(row?.mismatched) };
}

/** Periodic tasks whose last run failed. */
export const failedTasks = async (sql: Sql): Promise<string[]> =>
  (await select<{ name: string }>(sql, 'SELECT name FROM periodic_tasks WHERE failure IS NOT NULL ORDER BY name')).map(({ name }) => name);

/** Seconds by which the oldest armed deadline is overdue by the business clock; only supervision has the table. */
export async function oldestUnfiredS(sql: Sql): Promise<number> {
  const [row] = await select<{ s: string | null }>(
    sql, `SELECT TIMESTAMPDIFF(MICROSECOND, MIN(due_at), ${BUSINESS_NOW}) / 1000000 AS s FROM deadlines WHERE state = 'ARMED' AND due_at <= ${BUSINESS_NOW}`,
  );
  return seconds(row?.s);
}

/** Seconds by which this machine's clock is ahead of the database's. */
export async function clockSkewS(sql: Sql): Promise<number> {
  const before = Date.now();
  const [row] = await select<{ now: Date }>(sql, 'SELECT UTC_TIMESTAMP(3) AS now');
  return row ? ((before + Date.now()) / 2 - row.now.getTime()) / 1000 : 0;
}

export const QUEUE_STATES = ['waiting', 'active', 'delayed'] as const;
export type QueueDepth = Readonly<Record<(typeof QUEUE_STATES)[number], number>>;

export async function queueDepth(queue: Queue): Promise<QueueDepth> {
  const counts = await queue.getJobCounts(...QUEUE_STATES);
  return { waiting: counts['waiting'] ?? 0, active: counts['active'] ?? 0, delayed: counts['delayed'] ?? 0 };
}

/** Used share of the memory that Redis may take, from the text of INFO. Without a limit it may take the machine's. */
export function memoryRatio(info: string): number {
  const read = (key: string): number => Number(new RegExp(`^${key}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
  const limit = read('maxmemory') || read('total_system_memory');
  return limit === 0 ? 0 : read('used_memory') / limit;
}
