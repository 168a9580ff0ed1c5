import { select } from '@anjie/service-kit/database';
import { closeAll, type Closable } from '@anjie/service-kit/runtime';
import { eventually, testEngines } from '@anjie/testing';
import { startAlarms } from '../src/jobs/arm-deadlines';
import { startDeadlineSweep } from '../src/jobs/sweep-deadlines';
import { at, countRows, deadlineOf, declare, log, openSupervision, type Supervision } from './builders';

let supervision: Supervision;
const parts: Closable[] = [];
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterEach(async () => {
  const begun = Date.now();
  await closeAll(parts.splice(0));
  expect(Date.now() - begun).toBeLessThan(10_000);
}, 30_000);
afterAll(() => supervision.close());

const start = (redisUrl: string) => {
  const open = { db: supervision.db, log, env: { ANJIE_REDIS_URL: redisUrl } as never };
  parts.push(startAlarms(open), startDeadlineSweep(open));
};
const firedBy = async (obligationId: string) => {
  const row = await deadlineOf(supervision.db, obligationId, 'REMIND_BEFORE', 7);
  return row.state === 'FIRED' ? row.fired_by : undefined;
};

test('the loops of the worker fire what falls due, each once', async () => {
  const { db } = supervision;
  const told = await declare(db);
  await at(db, '2025-09-26T00:59:57Z');
  start(testEngines().redis);
  expect(await eventually('the reminder', () => firedBy(told.obligationId).then((by) => by ?? undefined))).toBe('ALARM');
  await at(db, '2025-10-10T02:00:00Z');
  await eventually('the overdue mark', async () => (await select(db.manager, 'SELECT 1 FROM obligations WHERE overdue_at IS NOT NULL')).length > 0);
  await eventually('all five', async () => (await countRows(db, 'deadline_effects')) === 5);
}, 30_000);

test('without Redis the sweep alone fires them', async () => {
  const { db } = supervision;
  const told = await declare(db);
  await at(db, '2025-09-26T00:59:57Z');
  start('unix:///nowhere/redis.sock');
  expect(await eventually('the reminder', () => firedBy(told.obligationId).then((by) => by ?? undefined))).toBe('SWEEPER');
}, 30_000);
