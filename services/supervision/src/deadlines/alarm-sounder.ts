import { DelayedError, type Job } from 'bullmq';
import type { DataSource } from 'typeorm';
import { businessTime } from '@anjie/service-kit/database';
import { createBatch } from '@anjie/service-kit/runtime';
import type { AlarmData } from './alarm-service';
import { fireDeadlines } from './deadline-service';
import { dueAtInstants } from './firing-repository';

/** Deadlines of a volley. Volleys go one at a time: a burst leaves room for others, and alarms that sound meanwhile share the next one. */
const VOLLEY = 200;

/** An alarm while it sounds. What it tried and did not fire is not tried again, with the error if there was one: the others do not wait for it. */
interface Sounding extends AlarmData {
  readonly tried: Map<string, unknown>;
}

/** How long until its time by the database's clock, or whether more is due at its instant than one volley holds. */
interface Heard {
  readonly msLeft: number;
  readonly hasMore: boolean;
}

/** Sounds an alarm. Process clocks decide only when it sounds; the database's clock decides whether it is time. */
export function createAlarmSounder(db: DataSource): (job: Job<AlarmData>, token?: string) => Promise<void> {
  const sound = createBatch<Sounding, Heard>({
    maxItems: VOLLEY, waitMs: 5, maxRunning: 1, run: async (soundings) => (await soundTogether(db, soundings)).map((value) => ({ value })),
  });
  return async (job, token) => {
    const { at } = job.data;
    // an alarm of another version of this program; the sweep fires what it was for
    if (!Number.isInteger(at)) return;
    const tried = new Map<string, unknown>();
    let heard: Heard;
    do heard = await sound({ at, tried });
    while (heard.hasMore);
    if (heard.msLeft > 0) {
      await job.moveToDelayed(Date.now() + heard.msLeft, token);
      throw new DelayedError();
    }
    const errors = [...tried.values()].filter((error) => error !== undefined);
    // the queue sounds it again later; what was fired does not wait any more
    if (errors.length > 0) throw new AggregateError(errors, `${errors.length} deadlines could not be fired`);
  };
}

/** One volley of what is due at these instants, the latest first: the sweep begins with the earliest, so the two meet but once. */
async function soundTogether(db: DataSource, soundings: readonly Sounding[]): Promise<Heard[]> {
  const now = (await businessTime(db.manager)).now.getTime();
  const due = soundings.filter(({ at }) => at <= now);
  const rows = await dueAtInstants(db.manager, { instants: due.map(({ at }) => new Date(at)), without: due.flatMap(({ tried }) => [...tried.keys()]), limit: VOLLEY });
  const { results } = await fireDeadlines(db, 'ALARM', rows);
  for (const [i, row] of rows.entries()) {
    const one = results[i];
    if (one?.result === 'FIRED') continue;
    for (const { at, tried } of due) if (at === row.dueAt.getTime()) tried.set(row.id, one?.result === 'FAILED' ? one.error : undefined);
  }
  const last = rows.length === VOLLEY ? (rows.at(-1)?.dueAt.getTime() ?? -Infinity) : -Infinity;
  return soundings.map(({ at }) => ({ msLeft: Math.max(0, at - now), hasMore: at <= now && at <= last }));
}

/** Alarms that one worker has in hand: those of a volley and of the next. */
export const ALARM_CONCURRENCY = 2 * VOLLEY;
