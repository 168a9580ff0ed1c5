import { openQueue } from '@anjie/service-kit/messaging';
import { closeAll, type Closable } from '@anjie/service-kit/runtime';
import { eventually, testEngines } from '@anjie/testing';
import { aSending, departments, openStage, referralActs, startCouriers, step, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
let couriers: Closable[] = [];
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
});
afterEach(async () => {
  await closeAll(couriers);
  couriers = [];
});
afterAll(() => stage.close());

const startWorker = (): void => void (couriers = startCouriers(stage));

interface OutboxRow {
  readonly id: string;
  readonly state: string;
  readonly ack_result: string | null;
  readonly mac: string;
}
const sentMessage = async (referralId: string): Promise<OutboxRow | undefined> =>
  (await stage.rows<OutboxRow>(`SELECT id, state, ack_result, LOWER(HEX(payload_mac)) AS mac FROM outbox_messages WHERE topic = 'referral-sent' AND aggregate_id = ?`, [referralId]))[0];

async function send(part: object = {}): Promise<string> {
  const { referral } = await referralActs(stage).act(d.sender, 'sendReferral', aSending(d, part));
  return referral?.id ?? '';
}
const stateOf = async (id: string): Promise<string | undefined> => (await stage.rows<{ state: string }>('SELECT state FROM referrals WHERE id = ?', [id]))[0]?.state;
const isAcked = async (id: string): Promise<OutboxRow | false> => {
  const message = await sentMessage(id);
  return message?.state === 'ACKED' && message;
};

test('through the real queue: sent becomes delivered, the message is acknowledged, cases and supervision are told', async () => {
  const id = await send();
  expect(await stateOf(id)).toBe('SENT');
  startWorker();
  expect(await eventually('the message is acknowledged', () => isAcked(id))).toMatchObject({ ack_result: 'APPLIED' });
  expect(await stateOf(id)).toBe('DELIVERED');
  expect(await stage.rows('SELECT referral_id, to_unit_id FROM referral_receipts')).toEqual([{ referral_id: id, to_unit_id: d.aid }]);
  expect(await stage.told('referral-moved')).toEqual([{ referralId: id, caseId: d.caseId, fromUnitId: d.lead, toUnitId: d.aid, state: 'DELIVERED', isDelivered: true }]);
  expect(await stage.told('obligation-declared')).toEqual([expect.objectContaining({ dutyCode: 'REFERRAL_SIGN', state: 'OPEN', obligorUnitId: d.aid, subject: { type: 'Referral', id } })]);
});

test('the same message twice, and again under another job: one receipt, one step, one duty', async () => {
  const id = await send();
  startWorker();
  const message = await eventually('the first delivery', () => isAcked(id));
  const queue = openQueue(testEngines().redis, 'assistance', 'referrals');
  try {
    await queue.waitUntilReady();
    for (const jobId of ['again-1', 'again-2']) await queue.add('message', { source: 'assistance', id: message.id, mac: message.mac }, { jobId: `${jobId}-${id}` });
    const counts = () => queue.getJobCounts('wait', 'active', 'delayed', 'failed');
    await eventually('the repeats are worked off', async () => Object.values(await counts()).every((n) => n === 0));
  } finally {
    await queue.close();
  }
  expect(await stage.rows('SELECT 1 FROM referral_receipts')).toHaveLength(1);
  expect(await stage.rows('SELECT seq FROM referral_events ORDER BY seq')).toEqual([{ seq: 1 }, { seq: 2 }]);
  expect(await stage.rows('SELECT state, version FROM referral_duties')).toEqual([{ state: 'OPEN', version: 1 }]);
  expect(await stage.rows('SELECT 1 FROM inbox_messages')).toHaveLength(1);
});

test('a forged job changes nothing and is put aside', async () => {
  const id = await send();
  const message = await sentMessage(id);
  await stage.db.query(`UPDATE outbox_messages SET state = 'ACKED'`);
  startWorker();
  const queue = openQueue(testEngines().redis, 'assistance', 'referrals');
  try {
    await queue.waitUntilReady();
    await queue.add('message', { source: 'assistance', id: message?.id, mac: '00'.repeat(32) }, { jobId: `forged-${id}` });
    await eventually('a dead letter', async () => (await stage.rows(`SELECT id FROM dead_letters WHERE message_id = ?`, [message?.id])).length === 1);
  } finally {
    await queue.close();
  }
  expect(await stateOf(id)).toBe('SENT');
});

test('the effect itself is idempotent: delivering twice at the same instant is delivering once', async () => {
  const id = await send();
  await Promise.all([stage.deliver(id), stage.deliver(id), stage.deliver(id)]);
  expect(await stage.rows('SELECT 1 FROM referral_receipts')).toHaveLength(1);
  expect(await stage.rows('SELECT version FROM referrals')).toEqual([{ version: 2 }]);
});

test('in a year whose holidays are not published the day to sign is marked provisional', async () => {
  await stage.itIs('2031-03-03');
  const id = await send();
  await stage.deliver(id);
  const data = await stage.client.query<{ referral: unknown }>(d.sender, 'query ($id: ID!) { referral(id: $id) { signDueOn isSignDueProvisional } }', { id });
  expect(data.referral).toEqual({ signDueOn: '2031-03-10', isSignDueProvisional: true });
  expect((await stage.told('obligation-declared'))[0]).toMatchObject({ isProvisional: true });
});

test('delivery crosses a withdrawal: whichever comes first, the receiving unit sees a withdrawn referral only if it got it', async () => {
  const id = await send();
  await Promise.allSettled([stage.deliver(id), referralActs(stage).act(d.sender, 'withdrawReferral', step({ id, version: 1 }))]);
  const [receipt] = await stage.rows('SELECT referral_id FROM referral_receipts');
  expect(await stateOf(id)).toBe(receipt ? 'DELIVERED' : 'WITHDRAWN');
});
