import type { Job } from 'bullmq';
import { DivisionChanged } from '@anjie/contracts';
import { eventually, openTwoServices, rows, testEngines, type TwoServices } from '@anjie/testing';
import { insertRows } from '../src/database';
import { onMany, openQueue, type JobData, type Reaction } from '../src/messaging';
import { closeAll, type Closable } from '../src/runtime';

let two: TwoServices;
let couriers: Closable[] = [];
let tries = 0;
beforeAll(async () => void (two = await openTwoServices()));
beforeEach(async () => {
  await two.truncate();
  tries = 0;
});
afterEach(() => closeAll(couriers.splice(0)));
afterAll(() => two.close());

/** The server ends the statement (1969), finds that another transaction holds the row (1205), or a deadlock (1213). */
const FAULTS = {
  1969: 'SET STATEMENT max_statement_time=0.05 FOR SELECT SLEEP(1)',
  1205: `SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1205`,
  1213: `SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213`,
};
/** Notes the effects, but first runs `fault` for those aggregates. */
const reaction = (fault: string, isSlow: (aggregateId: string) => boolean): Reaction =>
  onMany(DivisionChanged, async (tx, incoming) => {
    if (incoming.some(({ message }) => isSlow(message.aggregateId))) {
      tries += 1;
      await tx.query(fault);
    }
    await insertRows(tx, 'effects', incoming.map(({ message }) => ({ topic: 't', aggregate_id: message.aggregateId, version: message.version, message_id: message.id })));
  });

const letters = () => rows(two.receiver.db, 'SELECT id FROM dead_letters');
const effects = () => rows<{ aggregate_id: string }>(two.receiver.db, 'SELECT aggregate_id FROM effects');
async function withQueue<T>(work: (job: () => Promise<Job<JobData> | undefined>) => Promise<T>): Promise<T> {
  const queue = openQueue(testEngines().redis, 'cases', 'directory');
  await queue.waitUntilReady();
  const [message] = await rows<{ id: string }>(two.sender.db, `SELECT id FROM outbox_messages WHERE dest = 'cases' ORDER BY id LIMIT 1`);
  try {
    return await work(() => queue.getJob(`ob-${message?.id}`) as Promise<Job<JobData> | undefined>);
  } finally {
    await queue.close();
  }
}

test.each(Object.entries(FAULTS))('a message that met error %s waits: no attempt is counted, nothing is put aside, and it is applied when the way is clear', async (_errno, fault) => {
  let isClear = false;
  couriers = two.startCouriers(reaction(fault, () => !isClear));
  await two.tell();
  await withQueue((job) => eventually('it was put off twice', async () => {
    const one = await job();
    expect(one?.attemptsMade ?? 0).toBe(0);
    return (one?.attemptsStarted ?? 0) >= 2 && (await one?.getState()) === 'delayed';
  }));
  expect(await letters()).toEqual([]);
  isClear = true;
  await two.settled();
  expect(await effects()).toHaveLength(1);
}, 40_000);

test('one that is too slow holds up no other', async () => {
  const slow = '00000000-0000-4000-8000-000000000001';
  couriers = two.startCouriers(reaction(FAULTS[1969], (aggregateId) => aggregateId === slow));
  await two.tell(slow);
  await eventually('it was tried', async () => tries > 0);
  for (let i = 0; i < 20; i += 1) await two.tell();
  await eventually('the others are applied', async () => (await effects()).length === 20, 5_000);
  expect((await effects()).map(({ aggregate_id }) => aggregate_id)).not.toContain(slow);
}, 40_000);

test('what is too slow for hours is a fault of its own: its attempts count, and it is put aside', async () => {
  couriers = two.startCouriers(reaction(FAULTS[1969], () => true));
  await two.tell();
  await withQueue(async (job) => {
    const waiting = await eventually('it waits', async () => ((await job())?.data.slowSince !== undefined ? job() : undefined));
    await waiting.updateData({ ...waiting.data, slowSince: Date.now() - 5 * 3_600_000 });
    expect(await eventually('an attempt counts', async () => (await job())?.attemptsMade || undefined)).toBe(1);
  });
}, 40_000);
