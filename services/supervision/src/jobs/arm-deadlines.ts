import type { OpenService } from '@anjie/service-kit/subgraph';
import { openQueue, openWorker } from '@anjie/service-kit/messaging';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import { armDeadlines, createEpochGuard, type AlarmData } from '../deadlines/alarm-service';
import { ALARM_CONCURRENCY, createAlarmSounder } from '../deadlines/alarm-sounder';

export const CONCERN = 'deadlines';

/** Milliseconds that an orderly end may take. */
const CLOSE_MS = 5_000;

/** The alarm clock: sets alarms each second, sounds them, and notices within seconds that Redis lost them. */
export function startAlarms({ db, env, log }: Pick<OpenService, 'db' | 'env' | 'log'>): Closable {
  const queue = openQueue(env.ANJIE_REDIS_URL, 'supervision', CONCERN);
  const worker = openWorker<AlarmData>({ redisUrl: env.ANJIE_REDIS_URL, service: 'supervision', concern: CONCERN, concurrency: ALARM_CONCURRENCY, log }, createAlarmSounder(db));
  const guardEpoch = createEpochGuard(db, queue);
  const guard = repeat('guard-alarm-epoch', 5_000, {
    log,
    async work() {
      if ((await guardEpoch()) === 'BEGUN') log.warn('alarms are missing in Redis; every alarm is set again');
    },
  });
  const arm = repeat('arm-deadlines', 1_000, { log, work: () => armDeadlines(db, queue) });
  return {
    async close() {
      const orderly = (async () => {
        await Promise.all([guard.close(), arm.close()]);
        await worker.close();
        await queue.close();
      })();
      const isOrderly = await Promise.race([
        orderly.then(() => true, () => false),
        new Promise<false>((resolve) => setTimeout(() => resolve(false), CLOSE_MS).unref()),
      ]);
      if (isOrderly) return;
      // with Redis away BullMQ waits for it even to close; nothing is lost by leaving, the rows are in the database
      void Promise.allSettled([worker.close(true), queue.close()]);
    },
  };
}
