import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { DataSource } from 'typeorm';
import { newId } from '@anjie/service-kit/database';
import { keyPrefix } from '@anjie/service-kit/messaging';
import { chunksOf } from '@anjie/service-kit/runtime';
import { alarmEpoch, beginEpoch, countInstants, deadlinesWithoutAlarm, markArmed } from './alarm-repository';

/** All that Redis holds of deadlines: an instant at which some are due, in milliseconds of business time (ADR 0023). */
export interface AlarmData {
  readonly at: number;
}

export const EPOCH_KEY = `${keyPrefix('supervision')}:alarm:epoch`;
/** Rows read together, alarms added and marked together, and how many of these at a time: while Redis takes some, the database marks others. */
const PAGE = 20_000;
const BATCH = 500;
const AT_ONCE = 4;

/** One alarm for all that is due at an instant; set again while it still waits in Redis, it stays the one it was. */
export const alarmId = ({ at }: AlarmData): string => `at-${at}`;

/**
 * Sets alarms for what is due within 48 hours. Read, add to Redis, then mark: no lock is held over Redis, a crash in
 * between repeats the same job ids, and two workers at once do no harm.
 * @returns true when more is waiting
 */
export async function armDeadlines(db: DataSource, queue: Queue<AlarmData>): Promise<boolean> {
  const epoch = await alarmEpoch(db.manager);
  if (epoch === null) return false;
  const rows = await deadlinesWithoutAlarm(db.manager, epoch, PAGE);
  const waiting = chunksOf(rows, BATCH);
  const setSome = async (): Promise<void> => {
    for (let some = waiting.shift(); some; some = waiting.shift()) {
      const instants = new Map(some.map((row) => [row.dueAt.getTime(), Math.max(0, Number(row.ms))]));
      await queue.addBulk([...instants].map(([at, delay]) => ({ name: 'alarm', data: { at }, opts: { jobId: alarmId({ at }), delay } })));
      await markArmed(db.manager, epoch, some);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, setSome));
  return rows.length === PAGE;
}

/** Rounds in a row that must find alarms missing: one may have looked while alarms were on their way. */
const SHORT_ROUNDS = 2;
/** Between the commit of an epoch and its arrival in Redis another guard sees the one and not the other; it looks again after this long. */
const TELLING_MS = 250;

/**
 * Answers at each call whether Redis holds the alarms that the database believes to be set. It must remember the
 * database's epoch, and hold at least as many alarms as are set and not yet due: more is usual (alarms of deadlines that
 * were moved or cancelled), less means that some are lost. Then a new epoch sets every alarm again; those that are still
 * there keep their id and are not added twice.
 */
export function createEpochGuard(db: DataSource, queue: Queue<AlarmData>): () => Promise<'KEPT' | 'BEGUN'> {
  let shortRounds = 0;
  const look = async () => {
    const redis = await queue.getBackend().client;
    return { redis, known: await alarmEpoch(db.manager), held: await redis.get(EPOCH_KEY) };
  };
  return async () => {
    const { redis, known, held } = await look();
    const isKnown = known !== null && known === held;
    shortRounds = isKnown && (await isShort(db, queue, known)) ? shortRounds + 1 : 0;
    if (isKnown && shortRounds < SHORT_ROUNDS) return 'KEPT';
    shortRounds = 0;
    if (!isKnown) {
      await sleep(TELLING_MS);
      const again = await look();
      if (again.known !== known || (known !== null && again.held === known)) return 'KEPT';
    }
    const epoch = newId();
    if (!(await beginEpoch(db.manager, known, epoch))) return 'KEPT';
    await redis.set(EPOCH_KEY, epoch);
    return 'BEGUN';
  };
}

/** Alarms are added before they are marked and fired before they are removed, so Redis never holds fewer unless it lost some; counted on both sides of the look at the database. */
async function isShort(db: DataSource, queue: Queue<AlarmData>, epoch: string): Promise<boolean> {
  const inRedis = (): Promise<number> => queue.getJobCountByTypes('delayed', 'waiting', 'prioritized', 'active');
  const before = await inRedis();
  const armed = await countInstants(db.manager, epoch);
  return armed > before && armed > (await inRedis());
}
