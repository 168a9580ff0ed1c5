import { randomUUID } from 'node:crypto';
import { openRedis } from '@anjie/redis';
import { eventually, openTwoServices, rows, silent, testEngines, type TwoServices } from '@anjie/testing';
import { newMessageId, openDatabase } from '../src/database';
import { openQueue, startRelay } from '../src/messaging';
import { closeAll, type Closable } from '../src/runtime';

let two: TwoServices;
const parts: Closable[] = [];
beforeAll(async () => void (two = await openTwoServices()));
beforeEach(() => two.truncate());
afterEach(async () => {
  await closeAll(parts.splice(0));
  const queue = openQueue(testEngines().redis, 'cases', 'directory');
  await queue.obliterate({ force: true });
  await queue.close();
});
afterAll(() => two.close());

const COLUMNS = 'id, dest, concern, topic, aggregate_id, aggregate_version, schema_version, payload, payload_mac, request_id, state, next_at, published_at, created_at';
/** Messages that were published so long ago, and nobody acknowledged them. */
async function publishedBefore(seconds: number, count: number): Promise<void> {
  const at = Date.now() - 1_000 * seconds;
  const values = Array.from({ length: count }, (_, i) => {
    const instant = new Date(at - count + i);
    return [newMessageId(), 'cases', 'directory', 'division-changed', randomUUID(), 1, 1, '{}', Buffer.alloc(32), 'test', 'PUBLISHED', instant, instant, instant];
  });
  for (let i = 0; i < count; i += 1_000) await two.sender.db.query(`INSERT INTO outbox_messages (${COLUMNS}) VALUES ?`, [values.slice(i, i + 1_000)]);
}
/** How many messages were sent again how often. */
const attempts = async () => Object.fromEntries((await rows<{ attempt: number; n: string }>(two.sender.db, 'SELECT attempt, COUNT(*) AS n FROM outbox_messages GROUP BY attempt')).map(({ attempt, n }) => [attempt, Number(n)]));

const limitedTo = (statementLimitS: number) => openDatabase({ url: testEngines().database, schema: two.sender.schema, tables: [], migrations: [], poolSize: 4, statementLimitS });
/** A relay whose statements may take so long. */
async function startSender(statementLimitS: number): Promise<Closable> {
  const db = await limitedTo(statementLimitS);
  const relay = startRelay({ db, service: 'officials', redisUrl: testEngines().redis, log: silent });
  const part = { close: async () => (await relay.close(), db.destroy()) };
  parts.push(part);
  return part;
}
async function forgetMark(): Promise<void> {
  const redis = openRedis(testEngines().redis, 'QUESTION');
  await redis.connect();
  await redis.del('{officials}:relay:mark');
  redis.disconnect();
}
/** Holds the message with so many older ones, until it is called. */
async function hold(older: number): Promise<() => Promise<void>> {
  const runner = two.sender.db.createQueryRunner();
  await runner.startTransaction();
  await runner.query('SELECT id FROM outbox_messages WHERE id = (SELECT id FROM outbox_messages ORDER BY published_at LIMIT ?, 1) FOR UPDATE', [older]);
  return async () => {
    if (runner.isReleased) return;
    await runner.rollbackTransaction();
    await runner.release();
  };
}

/** Each change of a row takes at least so long: all in one statement would take longer than it may, a batch does not. */
const ROW_S = 0.0003;
const MANY = 5_000;
const LIMIT_S = 1;

test('however many nobody acknowledged, they are sent again, each once', async () => {
  await publishedBefore(3_600, MANY);
  await two.sender.db.query(`CREATE TRIGGER slow_outbox BEFORE UPDATE ON outbox_messages FOR EACH ROW SET @slept = SLEEP(${ROW_S})`);
  const limited = await limitedTo(LIMIT_S);
  try {
    await expect(limited.query('UPDATE outbox_messages SET attempt = attempt + 1')).rejects.toMatchObject({ errno: 1969 });
    await startSender(LIMIT_S);
    await eventually('all were sent again', async () => (await attempts())[0] === undefined, 30_000);
    expect(await attempts()).toEqual({ 1: MANY });
  } finally {
    await limited.destroy();
    await two.sender.db.query('DROP TRIGGER slow_outbox');
  }
}, 60_000);

test('a loss that a relay began to mend is mended to its end by the next, and nothing is sent twice', async () => {
  await publishedBefore(5, 3_500);
  await forgetMark();
  const release = await hold(2_500);
  parts.push({ close: release });
  const first = await startSender(0.5);
  await eventually('it is in the middle', async () => (await attempts())[1] === 2_000);
  parts.splice(parts.indexOf(first), 1);
  await first.close();
  await release();
  expect(await attempts()).toEqual({ 0: 1_500, 1: 2_000 });
  await startSender(5);
  await eventually('the rest was sent, too', async () => (await attempts())[0] === undefined);
  expect(await attempts()).toEqual({ 1: 3_500 });
}, 60_000);

test('relays that notice a loss together share the work', async () => {
  await publishedBefore(5, 3_500);
  await forgetMark();
  await Promise.all([startSender(5), startSender(5)]);
  await eventually('all were sent again', async () => (await attempts())[0] === undefined);
  await eventually('and published', async () => (await rows(two.sender.db, `SELECT id FROM outbox_messages WHERE state <> 'PUBLISHED' LIMIT 1`)).length === 0, 20_000);
  expect(await attempts()).toEqual({ 1: 3_500 });
}, 60_000);
