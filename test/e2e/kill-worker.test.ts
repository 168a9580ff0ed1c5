import { eventually } from '@anjie/testing';
import { delivered, expectArrivedOnce, holdInserts, housingCase, releaseLocks, sendReferral, startOwnSystem, type OwnSystem } from './own-system';

let system: OwnSystem;
jest.setTimeout(150_000);
beforeAll(async () => void (system = await startOwnSystem()), 180_000);
afterEach(releaseLocks);
afterAll(() => system.stop(), 60_000);

/** A message without an acknowledgement is sent again after 30 s, looked for every 5 s. */
const RESENT_WITHIN_MS = 35_000;
const SLACK_MS = 5_000;

const REFERRALS = '{assistance}:assistance.referrals';
const queued = async (list: string): Promise<number> => Number((await system.redis('LLEN', list)).slice(1));
const signal = (name: string, which: NodeJS.Signals): boolean => process.kill(system.processOf(name).pid, which);
const messageState = async (topic: string, referralId: string): Promise<string | undefined> =>
  (await system.rows<{ state: string }>('SELECT state FROM assistance.outbox_messages WHERE topic = ? AND aggregate_id = ?', [topic, referralId]))[0]?.state;
const referralState = async (id: string): Promise<string | undefined> =>
  (await system.rows<{ state: string }>('SELECT state FROM assistance.referrals WHERE id = ?', [id]))[0]?.state;
const receipts = (id: string) => system.rows('SELECT referral_id FROM assistance.referral_receipts WHERE referral_id = ?', [id]);

/** Sends a referral whose reception then stands still: BullMQ's job is active, its transaction is open and waits. */
async function sendAndHoldReception() {
  const caseId = await housingCase(system);
  const lock = await holdInserts(system, 'assistance.referral_receipts');
  const id = await sendReferral(system, caseId);
  await eventually('the job is active', async () => (await queued(`${REFERRALS}:active`)) === 1);
  await lock.waiting('jobs');
  await eventually('the relay has noted that it published', async () => (await messageState('referral-sent', id)) === 'PUBLISHED');
  return {
    id,
    /** Kills the worker in the middle, and shows that nothing of its transaction stayed. */
    async killWorker() {
      await system.processOf('assistance-worker').kill9();
      await lock.release();
      await lock.gone('jobs');
      expect([await referralState(id), await receipts(id)]).toEqual(['SENT', []]);
    },
  };
}

test('a worker killed while it receives a referral, the job active and its transaction open: the referral still arrives, once', async () => {
  const { id, killWorker } = await sendAndHoldReception();
  await killWorker();
  expect([await queued(`${REFERRALS}:active`), await messageState('referral-sent', id)]).toEqual([1, 'PUBLISHED']);
  const restartedAt = Date.now();
  await system.stack.restart('assistance-worker');
  await delivered(system, id, RESENT_WITHIN_MS + SLACK_MS);
  const tookMs = Date.now() - restartedAt;
  console.log(`killed while receiving: delivered again ${tookMs} ms after the restart`);
  expect(tookMs).toBeLessThan(RESENT_WITHIN_MS);
  await expectArrivedOnce(system, id);
});

test('the relay killed between the commit and the publishing: the referral still arrives, once', async () => {
  const caseId = await housingCase(system);
  signal('assistance-worker', 'SIGSTOP');
  const id = await sendReferral(system, caseId);
  await system.processOf('assistance-worker').kill9();
  expect(await messageState('referral-sent', id)).toBe('PENDING');
  expect([await queued(`${REFERRALS}:wait`), await queued(`${REFERRALS}:active`)]).toEqual([0, 0]);
  const restartedAt = Date.now();
  await system.stack.restart('assistance-worker');
  await delivered(system, id);
  console.log(`killed before publishing: delivered ${Date.now() - restartedAt} ms after the restart`);
  await expectArrivedOnce(system, id);
});

test('the relay killed between its claim and the mark, Redis hanging meanwhile: the referral still arrives, once', async () => {
  const caseId = await housingCase(system);
  process.kill(system.engines.running.redis.pid, 'SIGSTOP');
  const id = await sendReferral(system, caseId);
  await eventually('the relay has claimed the message', async () => (await messageState('referral-sent', id)) === 'CLAIMED');
  await system.processOf('assistance-worker').kill9();
  expect(await messageState('referral-sent', id)).toBe('CLAIMED');
  process.kill(system.engines.running.redis.pid, 'SIGCONT');
  const restartedAt = Date.now();
  await system.stack.restart('assistance-worker');
  await delivered(system, id, RESENT_WITHIN_MS + SLACK_MS);
  console.log(`killed while publishing: delivered ${Date.now() - restartedAt} ms after the restart`);
  await expectArrivedOnce(system, id);
});

test('Redis forgets everything while the referral is being received and the worker dies: it is sent again, and arrives once', async () => {
  const { id, killWorker } = await sendAndHoldReception();
  const sentAt = Date.now();
  await killWorker();
  expect(await system.redis('FLUSHALL')).toBe('+OK');
  expect(await queued(`${REFERRALS}:active`)).toBe(0);
  await system.stack.restart('assistance-worker');
  await delivered(system, id, RESENT_WITHIN_MS + SLACK_MS);
  console.log(`Redis emptied and worker killed: delivered ${Date.now() - sentAt} ms after the first publishing`);
  await expectArrivedOnce(system, id);
});

test('Redis forgets a message that waits for a busy service: it is sent again, and every process goes on without a restart', async () => {
  const caseId = await housingCase(system);
  const seesCase = async () => (await system.query<{ case: object | null }>('civilAffairs', 'query ($id: ID!) { case(id: $id) { id } }', { id: caseId })).case !== null;
  const pids = [...system.stack.processes].map(([name, { pid }]) => [name, pid]);
  signal('cases-worker', 'SIGSTOP');
  const id = await sendReferral(system, caseId);
  await delivered(system, id);
  await eventually('the message waits in Redis', async () => (await queued('{cases}:cases.parties:wait')) === 1 && (await messageState('referral-moved', id)) === 'PUBLISHED');
  const publishedAt = Date.now();
  expect(await system.redis('FLUSHALL')).toBe('+OK');
  expect([await queued('{cases}:cases.parties:wait'), await seesCase()]).toEqual([0, false]);
  signal('cases-worker', 'SIGCONT');
  await eventually('the receiving department sees the case', seesCase, RESENT_WITHIN_MS + SLACK_MS);
  console.log(`Redis emptied: the message came again ${Date.now() - publishedAt} ms after it was published`);
  await expectArrivedOnce(system, id);
  expect([...system.stack.processes].map(([name, { pid, running }]) => [name, running() ? pid : 'ended'])).toEqual(pids);
});
