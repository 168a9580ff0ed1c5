import type { DataSource } from 'typeorm';
import { openQueue, openWorker } from '@anjie/service-kit/messaging';
import type { Closable } from '@anjie/service-kit/runtime';
import { testEngines } from '@anjie/testing';
import { createEpochGuard, EPOCH_KEY, type AlarmData } from '../src/deadlines/alarm-service';
import { ALARM_CONCURRENCY, createAlarmSounder } from '../src/deadlines/alarm-sounder';
import { log } from './builders';

/** A queue of this test process alone. */
const CONCERN = `deadlines-t${process.env['JEST_WORKER_ID']}`;

/** The queue, emptied of everything; `parts` close it. */
export async function openAlarmClock(db: DataSource, parts: Closable[]) {
  const queue = openQueue(testEngines().redis, 'supervision', CONCERN);
  parts.push(queue);
  await queue.waitUntilReady();
  await queue.obliterate({ force: true });
  const redis = await queue.getBackend().client;
  await redis.del(EPOCH_KEY);
  return { queue, redis, guardEpoch: createEpochGuard(db, queue) };
}

/** A worker that sounds what is in the queue. */
export function startSounding(db: DataSource, parts: Closable[]): Closable {
  const worker = openWorker<AlarmData>({ redisUrl: testEngines().redis, service: 'supervision', concern: CONCERN, concurrency: ALARM_CONCURRENCY, log }, createAlarmSounder(db));
  parts.push(worker);
  return worker;
}
