import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DivisionChanged, type EventDefinition } from '@anjie/contracts';
import { eventually, openTwoServices, reactionsOf, rows, silent, testEngines, type TwoServices } from '@anjie/testing';
import { inTransaction, insertRows } from '../src/database';
import { createBodyReader, onMany, openQueue, startAcks, startConsumers, startRelay, type Reaction } from '../src/messaging';
import { closeAll, type Closable } from '../src/runtime';

let two: TwoServices;
const parts: Closable[] = [];
beforeAll(async () => void (two = await openTwoServices()));
beforeEach(() => two.truncate());
afterEach(() => closeAll(parts.splice(0)));
afterAll(() => two.close());

/** The next release says more; what it adds may be missing, because the release before does not say it. */
const Next = { ...DivisionChanged, schemaVersion: 2, payload: DivisionChanged.payload.extend({ alias: z.string().nullable().default(null) }) };
const applied: { by: string; alias: unknown; aggregateId: string }[] = [];
beforeEach(() => void applied.splice(0));

const reaction = (event: EventDefinition, by: string): Reaction =>
  onMany(event, async (tx, incoming) => {
    await insertRows(tx, 'effects', incoming.map(({ message }) => ({ topic: event.name, aggregate_id: message.aggregateId, version: message.version, message_id: message.id })));
    for (const { payload, message } of incoming) applied.push({ by, alias: (payload as { alias?: unknown }).alias, aggregateId: message.aggregateId });
  });

const shared = () => ({ redisUrl: testEngines().redis, seal: two.seal, log: silent });
/** A worker of cases of the old or of the new release. */
function startWorker(release: 'OLD' | 'NEW'): Closable {
  const cases = two.own('cases');
  const reactions = reactionsOf('cases').map((one) => (one.event.name === Next.name ? reaction(release === 'OLD' ? DivisionChanged : Next, release) : one));
  const worker = startConsumers({ ...shared(), ...cases, readBody: createBodyReader(cases), reactions });
  parts.push(worker);
  return worker;
}
const startSender = () => parts.push(startRelay({ ...shared(), ...two.own('officials') }), startAcks({ ...shared(), ...two.own('officials') }), startAcks({ ...shared(), ...two.own('cases') }));

/** Told by officials of the old or of the new release. */
async function tell(release: 'OLD' | 'NEW'): Promise<string> {
  const aggregateId = randomUUID();
  const payload = { code: '640000', name: '宁夏', parentCode: null, validTo: null };
  await inTransaction(two.sender.db, (tx) =>
    release === 'OLD'
      ? two.outbox.announce(tx, DivisionChanged, { aggregateId, version: 1, requestId: 'test', payload })
      : two.outbox.announce(tx, Next, { aggregateId, version: 1, requestId: 'test', payload: { ...payload, alias: '宁' } }));
  return aggregateId;
}
const message = async (aggregateId: string) => (await rows<{ id: string; state: string }>(two.sender.db, `SELECT id, state FROM outbox_messages WHERE dest = 'cases' AND aggregate_id = ?`, [aggregateId]))[0];
const isAcked = (aggregateId: string) => eventually('it is acknowledged', async () => (await message(aggregateId))?.state === 'ACKED', 40_000);
const deadLetters = () => rows(two.receiver.db, 'SELECT id FROM dead_letters');
async function withQueue<T>(work: (queue: ReturnType<typeof openQueue>) => Promise<T>): Promise<T> {
  const queue = openQueue(testEngines().redis, 'cases', 'directory');
  await queue.waitUntilReady();
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}

test('old and new senders and workers side by side: what an old worker does not understand waits for a new one, everything is applied once', async () => {
  startSender();
  const oldWorker = startWorker('OLD');
  const [old, next] = [await tell('OLD'), await tell('NEW')];
  await isAcked(old);
  await withQueue((queue) => eventually('the old worker has put it off twice', async () => {
    const job = await queue.getJob(`ob-${(await message(next))?.id}`);
    return job !== undefined && job.attemptsStarted >= 2;
  }));
  expect([(await message(next))?.state, await deadLetters()]).toEqual(['PUBLISHED', []]);

  startWorker('NEW');
  const more = await Promise.all(Array.from({ length: 10 }, (_, i) => tell(i % 2 === 0 ? 'OLD' : 'NEW')));
  for (const one of more.filter((_, i) => i % 2 === 0)) await isAcked(one);
  // chance decides which worker is offered the others, and how often; with the end of the upgrade they are all taken
  await oldWorker.close();
  for (const one of [next, ...more]) await isAcked(one);
  expect(applied.filter(({ alias }) => alias === '宁').every(({ by }) => by === 'NEW')).toBe(true);
  expect(applied.map(({ aggregateId }) => aggregateId).sort()).toEqual([old, next, ...more].sort());
  expect(await rows(two.receiver.db, 'SELECT id FROM effects')).toHaveLength(12);
  expect(await deadLetters()).toEqual([]);
}, 120_000);

test('what the release before said is understood by the new schema', async () => {
  startSender();
  startWorker('NEW');
  const old = await tell('OLD');
  await isAcked(old);
  expect(applied).toEqual([{ by: 'NEW', alias: null, aggregateId: old }]);
});

test('an upgrade that takes hours buries nothing: a message that was put off often is put off once more', async () => {
  startSender();
  const old = startWorker('OLD');
  const next = await tell('NEW');
  await withQueue(async (queue) => {
    const jobId = await eventually('the job is put off', async () => {
      const id = `ob-${(await message(next))?.id}`;
      return (await queue.getJobState(id)) === 'delayed' && id;
    });
    // as after some hours
    await (await queue.getBackend().client).hset(queue.toKey(jobId), { ats: 1_000 });
    await eventually('it was put off again', async () => ((await queue.getJob(jobId))?.attemptsStarted ?? 0) > 1_000, 30_000);
  });
  expect([(await message(next))?.state, await deadLetters()]).toEqual(['PUBLISHED', []]);
  // the upgrade ends
  await old.close();
  startWorker('NEW');
  await isAcked(next);
  expect(applied).toEqual([{ by: 'NEW', alias: '宁', aggregateId: next }]);
}, 120_000);
