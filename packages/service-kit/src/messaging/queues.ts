import { Queue, Worker, type Processor } from 'bullmq';
import type { Logger } from '../runtime';
import { closingToo, connectionFor } from './redis-connection';

/** Hash tag per owning service, so that all keys of a queue lie in one slot of a Redis Cluster. */
export const keyPrefix = (service: string): string => `{${service}}`;

export const queueName = (service: string, concern: string): string => `${service}.${concern}`;

/** How long a finished job's failure stays to be looked at, seconds. */
const KEEP_FAILED_S = 7 * 24 * 3600;

/** Producer side: fails fast when Redis is away, because the row in the database will be sent again anyway. */
export function openQueue(redisUrl: string, service: string, concern: string): Queue {
  const connection = connectionFor(redisUrl, 'PRODUCER');
  const queue = new Queue(queueName(service, concern), {
    connection,
    prefix: keyPrefix(service),
    defaultJobOptions: {
      attempts: 8,
      backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
      removeOnComplete: true,
      removeOnFail: { age: KEEP_FAILED_S },
    },
  });
  // the relay sees the failure of its own command; without a listener an outage would end the process
  queue.on('error', () => undefined);
  return closingToo(queue, connection);
}

export interface WorkerOptions {
  readonly redisUrl: string;
  readonly service: string;
  readonly concern: string;
  readonly concurrency?: number;
  readonly log: Logger;
}

/** Consumer side. A killed worker's job comes back within seconds, however often that happens; the database row is the fence. */
export function openWorker<Data>(options: WorkerOptions, process: Processor<Data>): Worker<Data> {
  const connection = connectionFor(options.redisUrl, 'CONSUMER');
  const worker = new Worker<Data>(queueName(options.service, options.concern), process, {
    connection,
    prefix: keyPrefix(options.service),
    concurrency: options.concurrency ?? 8,
    lockDuration: 10_000,
    stalledInterval: 5_000,
    maxStalledCount: 1_000_000,
    maxStartedAttempts: 25,
  });
  let lastError = '';
  worker.on('error', (error) => {
    if (error.message !== lastError) options.log.warn({ err: error, queue: worker.name }, 'queue connection trouble');
    lastError = error.message;
  });
  return closingToo(worker, connection);
}
