import type { DataSource } from 'typeorm';
import { inTransaction, newId, select, write } from '../database';
import { closeWithin, repeat, type Closable, type Logger } from '../runtime';
import { nextRun, type Schedule } from './schedule';

export interface PeriodicTask {
  readonly name: string;
  readonly when: Schedule;
  /** `argument`: what the person who asked for this run said. Stops between steps when `signal` says that the process ends. */
  readonly work: (argument: string | null, signal: AbortSignal) => Promise<void>;
}

export interface PeriodicOptions {
  readonly db: DataSource;
  readonly log: Logger;
  readonly tasks: readonly PeriodicTask[];
  /** Milliseconds between looks at the table. */
  readonly everyMs?: number;
}

/** Seconds after which a task of a killed worker is taken by another; renewed while the task runs. */
const LEASE_S = 60;
const RETRY_AFTER_S = 300;

interface Claim {
  readonly name: string;
  readonly argument: string | null;
  readonly token: string;
}

/**
 * Work that recurs, one worker at a time: the row says when it is due, whoever locks it first does it. Not a job scheduler
 * of BullMQ, because a wiped Redis would forget it.
 */
export function runPeriodically({ db, log, tasks, everyMs = 1_000 }: PeriodicOptions): Closable {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const stop = new AbortController();
  let isListed = false;
  const loop = repeat('periodic', everyMs, {
    log,
    async work() {
      if (!isListed) await listTasks(db, tasks);
      isListed = true;
      const claim = stop.signal.aborted ? undefined : await claimDue(db, [...byName.keys()]);
      const task = claim && byName.get(claim.name);
      if (!claim || !task) return false;
      await run(db, { claim, task, log, signal: stop.signal });
      return true;
    },
  });
  return {
    close() {
      stop.abort();
      // what does not end between two steps in time is done again by whoever takes it when its lease is over
      return closeWithin(3_000, loop.close());
    },
  };
}

async function listTasks(db: DataSource, tasks: readonly PeriodicTask[]): Promise<void> {
  const now = await utcNow(db);
  for (const { name, when } of tasks) {
    await write(db.manager, 'INSERT INTO periodic_tasks (name, next_at) VALUES (?, ?) ON DUPLICATE KEY UPDATE name = name', [name, nextRun(when, now)]);
  }
}

const utcNow = async (db: DataSource): Promise<Date> => (await select<{ now: Date }>(db.manager, 'SELECT UTC_TIMESTAMP(3) AS now'))[0]?.now ?? new Date();

const claimDue = (db: DataSource, names: readonly string[]): Promise<Claim | undefined> =>
  inTransaction(db, async (tx) => {
    const [due] = await select<{ name: string; argument: string | null }>(
      tx,
      `SELECT name, argument FROM periodic_tasks WHERE name IN (?) AND next_at <= UTC_TIMESTAMP(3) AND (lease_until IS NULL OR lease_until < UTC_TIMESTAMP(3))
        ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [names],
    );
    if (!due) return undefined;
    const token = newId();
    await write(tx, `UPDATE periodic_tasks SET claim_token = ?, started_at = UTC_TIMESTAMP(3), ${LEASE} WHERE name = ?`, [token, due.name]);
    return { ...due, token };
  });
const LEASE = `lease_until = UTC_TIMESTAMP(3) + INTERVAL ${LEASE_S} SECOND`;

interface Run {
  readonly claim: Claim;
  readonly task: PeriodicTask;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

async function run(db: DataSource, { claim, task, log, signal }: Run): Promise<void> {
  const renewal = setInterval(() => {
    write(db.manager, `UPDATE periodic_tasks SET ${LEASE} WHERE name = ? AND claim_token = ?`, [claim.name, claim.token]).catch(() => undefined);
  }, (LEASE_S * 1000) / 4);
  try {
    await task.work(claim.argument, signal);
    // one that was cut short is done again by whoever comes next
    if (signal.aborted) return await release(db, claim);
    await finish(db, claim, nextRun(task.when, await utcNow(db)));
  } catch (error) {
    log.error({ err: error, task: claim.name }, 'periodic work failed; it will be tried again');
    await fail(db, claim, error);
  } finally {
    clearInterval(renewal);
  }
}

/** Asked for again while it ran: then it stays due, with what was asked. Assignments are made from left to right. */
const finish = (db: DataSource, { name, token }: Claim, next: Date): Promise<number> =>
  write(
    db.manager,
    `UPDATE periodic_tasks SET next_at = IF(requested_at > started_at, next_at, ?), argument = IF(requested_at > started_at, argument, NULL),
       claim_token = NULL, lease_until = NULL, finished_at = UTC_TIMESTAMP(3), failure = NULL WHERE name = ? AND claim_token = ?`,
    [next, name, token],
  );

const fail = (db: DataSource, { name, token }: Claim, error: unknown): Promise<number> =>
  write(
    db.manager,
    `UPDATE periodic_tasks SET next_at = UTC_TIMESTAMP(3) + INTERVAL ${RETRY_AFTER_S} SECOND, claim_token = NULL, lease_until = NULL,
       finished_at = UTC_TIMESTAMP(3), failure = ? WHERE name = ? AND claim_token = ?`,
    [(error instanceof Error ? error.message : String(error)).slice(0, 500), name, token],
  );

const release = async (db: DataSource, { name, token }: Claim): Promise<void> =>
  void (await write(db.manager, 'UPDATE periodic_tasks SET claim_token = NULL, lease_until = NULL WHERE name = ? AND claim_token = ?', [name, token]));
