import { Queue, Worker, type Processor } from 'bullmq';
import type { Logger } from '../runtime';
import { CANARY, watchWorker } from './liveness';
import { closingToo, connectionFor } from './redis-connection';

/** Hash tag per owning service, so that all keys of a queue lie in one slot of a Redis Cluster. */
export const keyPrefix = (service: string): string => `{${service}}`;

export const queueName = (service: string, concern: string): string => `${service}.${concern}`;

/** Producer side: fails fast when Redis is away, because the row in the database will be sent again anyway. */
export function openQueue(redisUrl: string, service: string, concern: string): Queue {
  const connection = connectionFor(redisUrl, 'PRODUCER');
  const queue = new Queue(queueName(service, concern), {
    connection,
    prefix: keyPrefix(service),
    // asks INFO once and keeps the failure for ever: in a Cluster that is still being connected the queue would never take a job; safety.ts looks at the version
    skipVersionCheck: true,
    defaultJobOptions: {
      attempts: 8,
      backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
      // a kept job would block its id: the sender could not send the message again, a forger could occupy the id
      removeOnComplete: true,
      removeOnFail: true,
    },
  });
  // the relay sees the failure of its own command; without a listener an outage would end the process
  queue.on('error', () => undefined);
  return closingToo(queue, connection);
}

/** What is left of a job after a fail-over in which Redis lost its content and kept its id: nothing can be said about it. */
const isHusk = (data: unknown): boolean => typeof data !== 'object' || data === null || Object.keys(data).length === 0;

export interface WorkerOptions {
  readonly redisUrl: string;
  readonly service: string;
  readonly concern: string;
  readonly concurrency?: number;
  readonly log: Logger;
  /** Milliseconds between canaries, and what to do when none arrives: for tests. */
  readonly canaryEveryMs?: number;
  readonly die?: (reason: string) => void;
}

/** Consumer side. A killed worker's job comes back within seconds, however often that happens; the database row is the fence. */
export function openWorker<Data>(options: WorkerOptions, process: Processor<Data>): Worker<Data> {
  const { redisUrl, service, concern, concurrency = 8, log } = options;
  const connection = connectionFor(redisUrl, 'CONSUMER');
  const answer: Processor<Data> = (job, token, signal) =>
    life.around(async () => {
      if (job.name === CANARY) return undefined;
      if (!isHusk(job.data)) return process(job, token, signal);
      log.warn({ queue: worker.name, job: job.id }, 'Redis lost the content of a job; its sender has the message and sends it again');
      return undefined;
    });
  const worker = new Worker<Data>(queueName(service, concern), answer, {
    connection,
    prefix: keyPrefix(service),
    concurrency,
    lockDuration: 8_000,
    // with the lock: a killed worker's job comes back within 11 s, and the promise is 15
    stalledInterval: 3_000,
    // the 25th death puts it aside; deaths, not starts: a message that was postponed through a long outage has many starts and no guilt
    maxStalledCount: 24,
    // for a job whose own options Redis lost with its content
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  const life = watchWorker({
    worker: worker as Worker, concurrency, log, everyMs: options.canaryEveryMs, die: options.die, openQueue: () => openQueue(redisUrl, service, concern),
  });
  let lastError = '';
  worker.on('error', (error) => {
    if (error.message !== lastError) log.warn({ err: error, queue: worker.name }, 'queue connection trouble');
    lastError = error.message;
  });
  return closingToo(worker, connection);
}
