import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@anjie/devtools';
import { openQueue, openWorker } from '@anjie/service-kit/messaging';
import { createLog } from '@anjie/service-kit/runtime';

export interface Carried {
  /** Jobs that Redis acknowledged, as soon as it did. */
  readonly acknowledged: ReadonlySet<string>;
  /** Jobs that reached the worker; a job may come twice, what it does happens once in the database. */
  readonly received: ReadonlySet<string>;
  /** Sends no more; answers the acknowledged jobs that did not arrive within half a minute: what the database would send again. */
  missing(): Promise<readonly string[]>;
  /** The longest time in which Redis took no job, and in which none arrived. */
  gaps(): { readonly addMs: number; readonly receiveMs: number };
  stop(): Promise<void>;
}

/** A producer and a worker of one service, as relay and consumer use them: a job each 20 ms, tried until Redis takes it. */
export function carryJobs(redisUrl: string, service: string): Carried {
  const log = createLog(service, 'silent');
  const queue = openQueue(redisUrl, service, 'drill');
  const acknowledged = new Set<string>();
  const received = new Set<string>();
  const adds = clock();
  const receipts = clock();
  const worker = openWorker<{ id: string }>({ redisUrl, service, concern: 'drill', log, die: (reason) => { throw new Error(reason); } }, async (job) => {
    received.add(job.data.id);
    receipts.tick();
  });
  let stopped = false;
  const producing = (async () => {
    for (let n = 0; !stopped; n += 1) {
      const id = `${service}-${n}`;
      while (!stopped && !acknowledged.has(id)) {
        await queue.add('drill', { id }, { jobId: id }).then(() => (acknowledged.add(id), adds.tick()), () => sleep(100));
      }
      await sleep(20);
    }
  })();
  return {
    acknowledged,
    received,
    gaps: () => ({ addMs: adds.longest(), receiveMs: receipts.longest() }),
    async missing() {
      stopped = true;
      await producing;
      const absent = (): string[] => [...acknowledged].filter((id) => !received.has(id));
      await until('every acknowledged job arrives', 30_000, async () => absent().length === 0).catch(() => undefined);
      return absent();
    },
    async stop() {
      stopped = true;
      await producing;
      await Promise.all([worker.close(), queue.close()]);
    },
  };
}

function clock() {
  let last = performance.now();
  let longest = 0;
  const measure = (): number => Math.max(longest, performance.now() - last);
  return {
    tick(): void {
      longest = measure();
      last = performance.now();
    },
    longest: () => Math.round(measure()),
  };
}
