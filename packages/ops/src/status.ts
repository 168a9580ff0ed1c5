import { queueConcernsOf, type ServiceName } from '@anjie/contracts';
import { select } from '@anjie/service-kit/database';
import { infoOfMasters } from '@anjie/redis';
import { keyPrefix, openQueue } from '@anjie/service-kit/messaging';
import { closeWithin } from '@anjie/service-kit/runtime';
import {
  clockSkewS, failedTasks, memoryRatio, oldestUnfiredS, openDeadLetters, outboxFacts, queueDepth, reconciliationFacts,
  type QueueDepth,
} from '@anjie/service-kit/upkeep';
import { redOfRedis, redOfService } from './limits';
import type { RedisStatus, ServiceStatus } from './status-parts';
import type { System } from './system';

export interface Status {
  readonly services: readonly ServiceStatus[];
  readonly redis: RedisStatus;
  /** What is wrong, in sentences; empty when nothing is. */
  readonly red: readonly string[];
}

/** How the system is doing now, read from the databases and Redis alone: no service has to answer. */
export async function statusOf(system: System): Promise<Status> {
  const redis = await redisStatus(system);
  const services = await Promise.all(system.services.map((service) => serviceStatus(system, service, redis.isReachable)));
  return { services, redis, red: [...redOfRedis(redis), ...services.flatMap(redOfService)] };
}

async function serviceStatus(system: System, service: ServiceName, isRedisThere: boolean): Promise<ServiceStatus> {
  const sql = system.db(service).manager;
  return {
    service,
    outbox: await outboxFacts(sql),
    deadLetters: await openDeadLetters(sql),
    reconciliation: await reconciliationFacts(sql),
    failedTasks: await failedTasks(sql),
    clockSkewS: await clockSkewS(sql),
    ...(service === 'supervision' ? { oldestUnfiredS: await oldestUnfiredS(sql) } : {}),
    queues: isRedisThere ? await depths(system.redisUrl, service) : {},
  };
}

async function depths(redisUrl: string, service: ServiceName): Promise<Record<string, QueueDepth>> {
  const found: Record<string, QueueDepth> = {};
  for (const concern of queueConcernsOf(service)) {
    const queue = openQueue(redisUrl, service, concern);
    await queue.waitUntilReady();
    found[queue.name] = await queueDepth(queue);
    await closeWithin(1_000, queue.close());
  }
  return found;
}

async function redisStatus(system: System): Promise<RedisStatus> {
  const queue = openQueue(system.redisUrl, 'supervision', 'acks');
  try {
    await within(3_000, queue.waitUntilReady());
    const redis = await queue.getBackend().client;
    const [row] = await select<{ epoch: string }>(system.db('supervision').manager, 'SELECT epoch FROM alarm_epoch WHERE id = 1');
    const held = await redis.get(`${keyPrefix('supervision')}:alarm:epoch`);
    return { isReachable: true, memoryRatio: Math.max(...(await infoOfMasters(redis)).map(memoryRatio)), alarmEpoch: row === undefined ? 'UNKNOWN' : held === row.epoch ? 'KEPT' : 'LOST' };
  } catch {
    return { isReachable: false, memoryRatio: 0, alarmEpoch: 'UNKNOWN' };
  } finally {
    await closeWithin(1_000, queue.close());
  }
}

const within = <T>(ms: number, work: Promise<T>): Promise<T> =>
  Promise.race([work, new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref())]);
