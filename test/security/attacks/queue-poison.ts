import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@anjie/testing';
import type { Group, Row } from './attack';
import { housingCase, refer, register } from './fill-world';
import { units } from './people';
import type { World } from './world';

const QUEUE = '{assistance}:assistance.referrals';

/** Puts a job into the queue with nothing but Redis in hand, as whoever got at Redis would. */
async function forge(world: World, id: string, data: string, name = 'message'): Promise<string> {
  const { redis } = world.system.engines;
  await redis('HSET', `${QUEUE}:${id}`, 'name', name, 'data', data, 'opts', '{"attempts":8}', 'timestamp', String(Date.now()), 'delay', '0', 'priority', '0');
  await redis('LPUSH', `${QUEUE}:wait`, id);
  await redis('ZADD', `${QUEUE}:marker`, '0', '0');
  return id;
}
/** What became of a job: a dead letter, nothing more in the queue, or still there. */
async function endOf(world: World, id: string): Promise<string> {
  const isThere = async (part: 'wait' | 'active'): Promise<boolean> => ((await world.system.engines.redis('LRANGE', `${QUEUE}:${part}`, '0', '-1')) as readonly string[]).includes(id);
  const letters = async (): Promise<number> => (await world.system.rows('SELECT id FROM assistance.dead_letters WHERE job_id = ?', [id])).length;
  await eventually(`the job ${id} is done with`, async () => (await letters()) > 0 || !((await isThere('wait')) || (await isThere('active'))) || undefined, 20_000).catch(() => undefined);
  if ((await isThere('wait')) || (await isThere('active'))) return 'still in the queue';
  // it leaves the queue a moment before it is written down
  return untilLetter(letters);
}
const untilLetter = (letters: () => Promise<number>): Promise<string> => eventually('it is put aside', async () => (await letters()) > 0 && 'put aside', 3_000).catch(() => 'dropped');
/** Takes out what would go round for ever. */
async function sweep(world: World, ids: readonly string[]): Promise<void> {
  const { redis } = world.system.engines;
  for (const id of ids) {
    for (const part of ['wait', 'active', 'failed']) await (part === 'failed' ? redis('ZREM', `${QUEUE}:failed`, id) : redis('LREM', `${QUEUE}:${part}`, '0', id));
    await redis('DEL', `${QUEUE}:${id}`);
  }
}
const forged = async (world: World, all: readonly (readonly [data: string, name?: string])[]): Promise<string[]> => {
  const ids = await Promise.all(all.map(([data, name]) => forge(world, `forged-${randomUUID()}`, data, name)));
  const ends = await Promise.all(ids.map((id) => endOf(world, id)));
  await world.system.rows('DELETE FROM assistance.dead_letters WHERE job_id IN (?)', [ids]);
  await sweep(world, ids);
  return ends;
};
/** A referral still gets through. */
const delivers = async (world: World): Promise<void> => {
  const id = await refer(world, (await housingCase(world)).case.id, units.receiver.id);
  await eventually('the referral is delivered', async () => (await world.data<{ referral: { state: string } | null }>('receiver', 'query ($id: ID!) { referral(id: $id) { state } }', { id })).referral?.state === 'DELIVERED' || undefined, 60_000);
};
const seenMessage = async (world: World): Promise<{ id: string; mac: string }> =>
  (await world.system.rows<{ id: string; mac: string }>("SELECT id, LOWER(HEX(payload_mac)) AS mac FROM assistance.outbox_messages WHERE topic = 'referral-sent' AND state = 'ACKED' ORDER BY created_at LIMIT 1"))[0] ?? { id: '', mac: '' };

const receiptsOf = async (world: World): Promise<number> => (await world.system.rows('SELECT 1 FROM assistance.referral_receipts')).length;
/** A message that was applied, under a seal that does not fit it. */
async function resealed(world: World): Promise<string[]> {
  const { id, mac } = await seenMessage(world);
  const ends = await forged(world, ['0'.repeat(64), mac.replace(/^./, (first) => (first === '0' ? '1' : '0')), '', mac.slice(0, 32)].map((wrong) => [JSON.stringify({ source: 'assistance', id, mac: wrong })] as const));
  const [row] = await world.system.rows<{ state: string }>('SELECT state FROM assistance.outbox_messages WHERE id = ?', [id]);
  return [...ends, row?.state === 'ACKED' ? 'put aside' : `the genuine message is ${row?.state}`];
}
/** With its own seal it is a repetition. */
async function replayed(world: World): Promise<string[]> {
  const [{ id, mac }, before] = [await seenMessage(world), await receiptsOf(world)];
  const ends = await forged(world, [[JSON.stringify({ source: 'assistance', id, mac })]]);
  return [...ends.map((end) => (end === 'dropped' ? 'nothing is done twice' : end)), (await receiptsOf(world)) === before ? 'nothing is done twice' : `${await receiptsOf(world)} receipts after ${before}`];
}

async function junk(world: World): Promise<string[]> {
  const ids = Array.from({ length: 2_000 }, () => `junk-${randomUUID()}`);
  for (let from = 0; from < ids.length; from += 100) await Promise.all(ids.slice(from, from + 100).map((id) => forge(world, id, JSON.stringify({ source: 'assistance', id: randomUUID(), mac: 'ff' }))));
  const startedAt = Date.now();
  await delivers(world);
  const told = `delivered among them after ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`;
  console.log(`2,000 junk jobs: an honest referral was ${told}`);
  await eventually('the junk is put aside', async () => Number((await world.system.rows<{ n: string }>("SELECT COUNT(*) AS n FROM assistance.dead_letters WHERE job_id LIKE 'junk-%'"))[0]?.n) === ids.length || undefined, 120_000);
  await world.system.rows("DELETE FROM assistance.dead_letters WHERE job_id LIKE 'junk-%'");
  return ['delivered among them'];
}

/** Somebody stops the queue: nothing is lost, the operator can see that something waits, and it comes when the queue goes on. */
async function paused(world: World): Promise<string[]> {
  const { redis } = world.system.engines;
  await redis('HSET', `${QUEUE}:meta`, 'paused', '1');
  const id = await refer(world, (await housingCase(world)).case.id, units.errand.id);
  await eventually('the message waits', async () => (await world.system.underWay()) > 0 || undefined, 10_000).catch(() => undefined);
  const isSeen = (await world.system.underWay()) > 0;
  await redis('HDEL', `${QUEUE}:meta`, 'paused');
  await redis('ZADD', `${QUEUE}:marker`, '0', '0');
  await world.settled();
  const [row] = await world.system.rows<{ state: string }>('SELECT state FROM assistance.referrals WHERE id = ?', [id]);
  return [isSeen ? 'it is seen to wait' : 'it did not wait', row?.state === 'DELIVERED' ? 'nothing is lost' : `it is ${row?.state}`];
}

/** The rights that the handbook gives the gateway's user of Redis, tried on what an attacker would do with them. */
async function rightsInRedis(world: World): Promise<string[]> {
  const { redis } = world.system.engines;
  const handbook = readFileSync(join(__dirname, '../../../docs/operations.md'), 'utf8');
  const rights = /ACL user for the gateway needs `([^`]+)`/.exec(handbook)?.[1]?.split(' ') ?? [];
  if (rights.length === 0) return ['the handbook says nothing of rights in Redis'];
  await redis('ACL', 'SETUSER', 'attacked', 'on', 'nopass', 'resetkeys', '-@all', ...rights);
  const tries = [['FLUSHALL'], ['FLUSHDB'], ['CONFIG', 'GET', '*'], ['KEYS', '*'], ['DEBUG', 'SLEEP', '0'], ['SHUTDOWN'], ['ACL', 'LIST'], ['MODULE', 'LIST'], ['SLAVEOF', 'evil.example', '6379'], ['LRANGE', `${QUEUE}:wait`, '0', '-1'], ['HSET', `${QUEUE}:x`, 'data', '{}'], ['SET', '{cases}:x', '1'], ['EVAL', 'return 1', '1', '{cases}:x']];
  const told = await Promise.all(tries.map((command) => redis('ACL', 'DRYRUN', 'attacked', ...command).then((reply) => (/no permissions/i.test(String(reply)) ? 'not permitted' : `${command.join(' ')}: ${String(reply)}`), (error: Error) => `${command.join(' ')}: ${error.message}`)));
  const own = String(await redis('ACL', 'DRYRUN', 'attacked', 'INCRBY', 'gateway:x', '1'));
  await redis('ACL', 'DELUSER', 'attacked');
  return [...told, own === 'OK' ? 'not permitted' : `its own counting: ${own}`];
}

const board = 'packages/ops/test/look-at-board.test.ts';
const ROWS: readonly Row[] = [
  { number: 139, name: 'a job of an unknown kind, of no form, of no JSON', expected: ['put aside', 'dropped'], attack: (w) => forged(w, [['{}'], ['{"source":"nobody","id":"x","mac":1}'], ['[]'], ['null'], ['{"source":"__proto__","id":"1","mac":"x"}'], ['{}', 'evil']]), honest: delivers },
  // BullMQ itself cannot read them: they go round, and nothing waits for them
  { number: 139, name: 'a job whose data is no JSON holds nobody up', expected: ['put aside', 'dropped', 'still in the queue'], attack: (w) => forged(w, [['not json'], [''], ['{'], ['\u0000']]), honest: delivers },
  { number: 140, name: 'a job with an id, a case or a unit of the attacker’s choice', expected: 'put aside', attack: (w) => forged(w, [[JSON.stringify({ source: 'assistance', id: randomUUID(), mac: 'ff'.repeat(32) })], [JSON.stringify({ source: 'assistance', id: w.known.open.referralId, mac: 'ff'.repeat(32), payload: { referralId: w.known.open.referralId, toUnitId: units.accused.id } })], [JSON.stringify({ source: 'officials', id: randomUUID(), mac: '' })]]), honest: delivers },
  { number: 141, name: 'a message that was seen, under another seal', expected: 'put aside', attack: resealed, honest: delivers },
  { number: 141, name: 'a message that was seen, again', expected: 'nothing is done twice', attack: replayed, honest: delivers },
  { number: 142, name: 'two thousand jobs of junk', expected: 'delivered among them', mayChange: true, isSlow: true, attack: junk, honest: delivers },
  { number: 143, name: 'jobs that are removed', provenBy: { file: 'test/faults/promises/queue-and-workers.test.ts', title: 'R2: a full queue is wiped: each message is received, once' } },
  { number: 144, name: 'a queue that is paused', expected: ['it is seen to wait', 'nothing is lost'], mayChange: true, attack: paused, honest: delivers },
  { number: 145, name: 'an alarm whose delay was shortened', provenBy: { file: 'services/supervision/test/fire-deadline.test.ts', title: 'an alarm that sounds too early goes back to wait and fires once' } },
  { number: 145, name: 'alarms that were put off or removed', provenBy: { file: 'services/supervision/test/fire-deadline.test.ts', title: 'alarms that got lost one by one are noticed in two rounds, and set again without a second of those that are there' } },
  { number: 146, name: 'FLUSHALL, CONFIG and other services’ queues, with the rights of the gateway’s user', expected: 'not permitted', attack: rightsInRedis, honest: (w) => register(w) },
  { number: 147, name: 'a path of a processor in a job', notApplicable: 'no worker loads a processor by a path: what a job does is a function of the process that reads it' },
  { number: 148, name: 'the board of queues without a login', provenBy: { file: board, title: 'without a login %s is 401 and says nothing of queues' } },
];

export const QUEUE_ATTACKS: Group = { letter: 'I', from: 139, to: 148, rows: ROWS };
