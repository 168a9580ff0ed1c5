import { DelayedError, type Job, type Queue } from 'bullmq';
import type { DataSource } from 'typeorm';
import { newId } from '@anjie/service-kit/database';
import { keyPrefix } from '@anjie/service-kit/messaging';
import { alarmEpoch, beginEpoch, deadlinesWithoutAlarm, markArmed } from './deadline-repository';
import { fireDeadline } from './deadline-service';

/** All that Redis holds of a deadline. */
export interface AlarmData {
  readonly id: string;
  readonly version: number;
}

export const EPOCH_KEY = `${keyPrefix('supervision')}:alarm:epoch`;
const BATCH = 500;

/** Version and epoch are part of the id: a moved deadline and a wiped Redis each get an alarm of their own. */
export const alarmId = ({ id, version }: AlarmData, epoch: string): string => `dl-${id}-v${version}-e${epoch.slice(0, 8)}`;

/**
 * Sets alarms for what is due within 48 hours. Read, add to Redis, then mark: no lock is held over Redis, a crash in
 * between repeats the same job ids, and two workers at once do no harm.
 * @returns true when more is waiting
 */
export async function armDeadlines(db: DataSource, queue: Queue<AlarmData>): Promise<boolean> {
  const epoch = await alarmEpoch(db.manager);
  if (epoch === null) return false;
  const rows = await deadlinesWithoutAlarm(db.manager, epoch, BATCH);
  if (rows.length === 0) return false;
  await queue.addBulk(rows.map((row) => ({
    name: 'deadline',
    data: { id: row.id, version: row.version },
    opts: { jobId: alarmId(row, epoch), delay: Math.max(0, Number(row.ms)) },
  })));
  await markArmed(db.manager, epoch, rows);
  return rows.length === BATCH;
}

/** Redis must remember the database's epoch. When it does not, it was emptied or restored: a new epoch sets every alarm again. */
export async function guardEpoch(db: DataSource, queue: Queue<AlarmData>): Promise<'KEPT' | 'BEGUN'> {
  const redis = await queue.getBackend().client;
  const known = await alarmEpoch(db.manager);
  if (known !== null && (await redis.get(EPOCH_KEY)) === known) return 'KEPT';
  const epoch = newId();
  if (!(await beginEpoch(db.manager, known, epoch))) return 'KEPT';
  await redis.set(EPOCH_KEY, epoch);
  return 'BEGUN';
}

/** An alarm sounds. Process clocks decide only when it sounds; the database's clock decides whether it is time. */
export async function soundAlarm(db: DataSource, job: Job<AlarmData>, token?: string): Promise<void> {
  const fired = await fireDeadline(db, { ...job.data, by: 'ALARM' });
  if (fired.result !== 'EARLY') return;
  await job.moveToDelayed(Date.now() + fired.msLeft, token);
  throw new DelayedError();
}
