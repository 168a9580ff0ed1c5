import type { OpenService } from '@anjie/service-kit/subgraph';
import { openQueue, openWorker } from '@anjie/service-kit/messaging';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import { armDeadlines, guardEpoch, soundAlarm, type AlarmData } from '../deadlines/alarm-service';

export const CONCERN = 'deadlines';

/** The alarm clock: sets alarms each second, sounds them, and notices within five seconds that Redis was emptied. */
export function startAlarms({ db, env, log }: Pick<OpenService, 'db' | 'env' | 'log'>): Closable {
  const queue = openQueue(env.ANJIE_REDIS_URL, 'supervision', CONCERN);
  const worker = openWorker<AlarmData>({ redisUrl: env.ANJIE_REDIS_URL, service: 'supervision', concern: CONCERN, log }, (job, token) => soundAlarm(db, job, token));
  const guard = repeat('guard-alarm-epoch', 5_000, {
    log,
    async work() {
      if ((await guardEpoch(db, queue)) === 'BEGUN') log.warn('Redis did not know the alarm epoch; every alarm is set again');
    },
  });
  const arm = repeat('arm-deadlines', 1_000, { log, work: () => armDeadlines(db, queue) });
  return {
    async close() {
      await Promise.all([guard.close(), arm.close()]);
      await worker.close();
      await queue.close().catch(() => undefined);
    },
  };
}
