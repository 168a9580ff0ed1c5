import { randomUUID } from 'node:crypto';
import { closeAll, type Closable } from '@anjie/service-kit/runtime';
import { runPeriodically, upkeepTasks } from '@anjie/service-kit/upkeep';
import { silent } from '@anjie/testing';
import { openSystem, reconcileNow, resend, statusOf } from '../src';
import { readArguments, runCommand } from '../src/cli';
import { openOpsWorld, type OpsWorld } from './ops-world';
import { eventually, rows, testEngines } from '@anjie/testing';

let world: OpsWorld;
let parts: Closable[] = [];
beforeAll(async () => void (world = await openOpsWorld()));
beforeEach(() => world.reset());
afterEach(() => closeAll(parts.splice(0)));
afterAll(() => world.close());

const red = async () => (await statusOf(world.system)).red;
const sender = (text: string, params: readonly unknown[] = []) => world.two.sender.db.query(text, params as unknown[]);
const idle = (text: string, params: readonly unknown[] = []) => world.two.idle.db.query(text, params as unknown[]);

test('a quiet system is all well, and the exit code says so', async () => {
  const status = await statusOf(world.system);
  expect(status.red).toEqual([]);
  expect(status.services.map(({ service }) => service)).toEqual(['cases', 'officials', 'supervision', 'assistance']);
  expect(status.services[0]?.queues).toMatchObject({ 'cases.directory': { waiting: 0, active: 0, delayed: 0 }, 'cases.acks': expect.anything() as unknown });
  expect(await runCommand(world.system, readArguments(['status']))).toMatchObject({ code: 0, text: expect.stringContaining('All well.') as unknown });
});

test.each([
  ['a message that waits for more than a minute', async () => {
    await world.two.tell();
    await sender('UPDATE outbox_messages SET created_at = created_at - INTERVAL 61 SECOND');
  }, /officials: the oldest unacknowledged message is 6\d s old/],
  ['a message that its receiver refused', async () => {
    await world.two.tell();
    await sender(`UPDATE outbox_messages SET state = 'DEAD' WHERE dest = 'cases'`);
  }, /officials: 1 message\(s\) were refused/],
  ['a dead letter', () => sender(`INSERT INTO dead_letters (id, queue, job_id, reason, failed_at) VALUES (?, 'q', 'j', 'r', UTC_TIMESTAMP(3))`, [randomUUID()]), /officials: 1 open dead letter/],
  ['a deadline that should have fired eleven seconds ago', () => idle(`INSERT INTO deadlines VALUES (?, UTC_TIMESTAMP(3) - INTERVAL 11 SECOND, 'ARMED')`, [randomUUID()]), /supervision: a deadline has been due for 1\d s/],
  ['two comparisons in a row that did not agree', () => sender(`INSERT INTO reconciliations VALUES (UTC_DATE(), 'cases', 3, 2, REPEAT('a', 32), REPEAT('b', 32), 0, 1, 0, 0, 2, UTC_TIMESTAMP(3))`), /officials: sender and receiver have not agreed 2 times/],
  ['a comparison that is three days old', () => sender(`INSERT INTO reconciliations VALUES ('2025-08-04', 'cases', 3, 3, REPEAT('a', 32), REPEAT('a', 32), 0, 0, 0, 0, 0, UTC_TIMESTAMP(3) - INTERVAL 3 DAY)`), /last compared/],
  ['periodic work that failed', () => sender(`INSERT INTO periodic_tasks (name, next_at, failure) VALUES ('retention', UTC_TIMESTAMP(3), 'no')`), /periodic work failed: retention/],
  ['an alarm epoch that Redis does not hold', () => idle('INSERT INTO alarm_epoch VALUES (1, ?)', [randomUUID()]), /alarm epoch/],
])('%s is red', async (_what, make, sentence) => {
  await make();
  expect((await red()).join('\n')).toMatch(sentence);
  expect(await runCommand(world.system, readArguments(['status', '--json']))).toMatchObject({ code: 1 });
});

test('what is just under way is not red', async () => {
  await world.two.tell();
  await sender('UPDATE outbox_messages SET created_at = created_at - INTERVAL 50 SECOND');
  await idle(`INSERT INTO deadlines VALUES (?, UTC_TIMESTAMP(3) - INTERVAL 5 SECOND, 'ARMED'), (?, UTC_TIMESTAMP(3) - INTERVAL 1 HOUR, 'FIRED'), (?, UTC_TIMESTAMP(3) + INTERVAL 1 HOUR, 'ARMED')`, [randomUUID(), randomUUID(), randomUUID()]);
  expect(await red()).toEqual([]);
});

test('a day that is compared no longer is not red for ever', async () => {
  await sender(`INSERT INTO reconciliations VALUES (UTC_DATE() - INTERVAL 82 DAY, 'cases', 3, 2, REPEAT('a', 32), REPEAT('b', 32), 0, 1, 0, 0, 50, UTC_TIMESTAMP(3) - INTERVAL 1 DAY)`);
  const [, officials] = (await statusOf(world.system)).services;
  expect(officials?.reconciliation).toMatchObject({ badRuns: 0, phantom: 0, ageS: expect.closeTo(86_400, -2) as unknown });
  expect(await red()).toEqual([]);
});

test('without Redis the rest is still told', async () => {
  const { database } = testEngines();
  const lost = await openSystem({ databaseUrlOf: () => database, redisUrl: 'unix:///nowhere/redis.sock', schemaOf: () => world.two.idle.schema });
  try {
    expect((await statusOf(lost)).red).toEqual(['Redis does not answer: messages wait, deadlines are fired by the sweep']);
  } finally {
    await lost.close();
  }
});

test('reconcile asks the workers and tells what they found; without workers it says so', async () => {
  await expect(reconcileNow(world.system, { timeoutMs: 500 })).rejects.toThrow(/the worker of \w+ did not compare in time/);
  for (const db of [world.two.sender.db, world.two.receiver.db, world.two.idle.db]) await db.query('DELETE FROM periodic_tasks');
  for (const service of ['officials', 'cases'] as const) parts.push(runPeriodically({ db: world.two.own(service).db, log: silent, tasks: upkeepTasks(world.two.own(service)), everyMs: 50 }));
  parts.push(runPeriodically({ db: world.two.idle.db, log: silent, tasks: [{ name: 'reconciliation', when: { everyS: 3600 }, work: async () => undefined }], everyMs: 50 }));
  await world.two.tell();
  await sender(`UPDATE outbox_messages SET state = 'ACKED'`);
  const days = await reconcileNow(world.system, { since: new Date() });
  expect(days.filter(({ service, peer }) => service === 'officials' && peer === 'cases').at(-1)).toMatchObject({ sent: 1, known: 0, missing: 1, repaired: 1 });
});

test('after a receiver was restored its senders send again what it acknowledged since then and an hour before', async () => {
  for (let i = 0; i < 3; i += 1) await world.two.tell();
  const ids = (await rows<{ id: string }>(world.two.sender.db, `SELECT id FROM outbox_messages WHERE dest = 'cases' ORDER BY id`)).map(({ id }) => id);
  const since = new Date(Date.now() - 7_200_000);
  for (const [i, id] of ids.entries()) await sender(`UPDATE outbox_messages SET state = 'ACKED', acked_at = ? - INTERVAL ? MINUTE WHERE id = ?`, [since, 30 + i * 20, id]);
  await sender(`UPDATE outbox_messages SET state = 'ACKED', acked_at = ? WHERE dest <> 'cases'`, [since]);
  expect(await resend(world.system, 'cases', since)).toEqual({ officials: 2 });
  expect(await rows(world.two.sender.db, `SELECT dest, state, COUNT(*) AS n FROM outbox_messages GROUP BY dest, state ORDER BY dest, state`)).toEqual([
    { dest: 'assistance', state: 'ACKED', n: '3' }, { dest: 'cases', state: 'ACKED', n: '1' }, { dest: 'cases', state: 'PENDING', n: '2' }, { dest: 'supervision', state: 'ACKED', n: '3' },
  ]);
  parts = world.two.startCouriers();
  await eventually('they arrive', async () => (await rows(world.two.receiver.db, 'SELECT id FROM effects')).length === 2);
});
