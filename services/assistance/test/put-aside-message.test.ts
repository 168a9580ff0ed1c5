import { livenessOfWorkers, on, openQueue, openWorker, startRelay, type Reaction } from '@anjie/service-kit/messaging';
import { closeAll, createLog, type Closable } from '@anjie/service-kit/runtime';
import { eventually, testEngines } from '@anjie/testing';
import { ReferralSent } from '@anjie/contracts';
import { aSending, departments, openStage, referralActs, startCouriers, type Departments, type Stage } from './stage';

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

const startWorker = (instead?: Reaction): void => void (couriers = startCouriers(stage, instead));

const SENT = `FROM outbox_messages WHERE topic = 'referral-sent' AND aggregate_id = ?`;
async function send(part: object = {}): Promise<string> {
  const { referral } = await referralActs(stage).act(d.sender, 'sendReferral', aSending(d, part));
  if (!referral) throw new Error('not sent');
  return referral.id;
}
const messageOf = async (referralId: string) =>
  (await stage.rows<{ id: string; state: string; ack_result: string | null; attempt: number; mac: string }>(`SELECT id, state, ack_result, attempt, LOWER(HEX(payload_mac)) AS mac ${SENT}`, [referralId]))[0];
const becomes = (referralId: string, state: string) =>
  eventually(`the message is ${state}`, async () => {
    const message = await messageOf(referralId);
    return message?.state === state && message;
  });
const letters = () => stage.rows<{ source: string | null; message_id: string; settled: number }>('SELECT source, message_id, settled_at IS NOT NULL AS settled FROM dead_letters');
const queueOf = (concern: string) => openQueue(testEngines().redis, 'assistance', concern);
/** What a person who replays a message does to it. */
const replay = (referralId: string) => stage.db.query(`UPDATE outbox_messages SET state = 'PENDING', next_at = UTC_TIMESTAMP(3) WHERE state = 'DEAD' AND aggregate_id = ?`, [referralId]);

/** A content that the contract does not allow, sealed by the genuine key: a bug of a sender. */
async function damage(referralId: string): Promise<void> {
  const [row] = await stage.rows<{ id: string; topic: string; aggregateId: string; version: string; payload: string }>(
    `SELECT id, topic, aggregate_id AS aggregateId, aggregate_version AS version, payload ${SENT}`, [referralId],
  );
  if (!row) throw new Error('no message');
  const payload = '{"referralId":"not an id"}';
  await stage.db.query('UPDATE outbox_messages SET payload = ?, payload_mac = ? WHERE id = ?', [payload, stage.seal.ofMessage({ ...row, version: String(row.version), payload }), row.id]);
}

test('a poisoned message is put aside and refused to its sender, stops being sent, and holds up no other', async () => {
  const [poisoned, good] = [await send(), await send({ toUnitId: d.other })];
  await damage(poisoned);
  startWorker();
  const dead = await becomes(poisoned, 'DEAD');
  expect(dead.ack_result).toBe('REJECTED');
  expect(await becomes(good, 'ACKED')).toMatchObject({ ack_result: 'APPLIED' });
  expect(await letters()).toEqual([{ source: 'assistance', message_id: dead.id, settled: expect.anything() as unknown }]);
  expect(Number((await letters())[0]?.settled)).toBe(0);
  expect(await stage.rows('SELECT referral_id FROM referral_receipts')).toEqual([{ referral_id: good }]);
});

test('after the cause is gone and a person replays it, the message is applied once and its dead letter is settled', async () => {
  const id = await send();
  startWorker(on(ReferralSent, () => Promise.reject(Object.assign(new Error('refused for good'), { name: 'UnrecoverableError' }))));
  await becomes(id, 'DEAD');
  await closeAll(couriers);
  startWorker();
  await replay(id);
  expect(await becomes(id, 'ACKED')).toMatchObject({ ack_result: 'APPLIED' });
  expect((await letters()).map(({ settled }) => Number(settled))).toEqual([1]);
  expect(await stage.rows('SELECT referral_id FROM referral_receipts')).toEqual([{ referral_id: id }]);
});

test('a message that was applied although a copy of it was put aside settles that copy when it comes again', async () => {
  const id = await send();
  startWorker();
  await becomes(id, 'ACKED');
  const message = await messageOf(id);
  await stage.db.query("INSERT INTO dead_letters (id, queue, job_id, source, message_id, reason, failed_at) VALUES (UUID(), 'assistance.referrals', 'late', 'assistance', ?, 'late', UTC_TIMESTAMP(3))", [message?.id]);
  const queue = queueOf('referrals');
  try {
    await queue.add('message', { source: 'assistance', id: message?.id, mac: message?.mac }, { jobId: `again-${id}` });
    await eventually('the dead letter is settled', async () => Number((await letters())[0]?.settled) === 1);
  } finally {
    await queue.close();
  }
  expect(await stage.rows('SELECT referral_id FROM referral_receipts')).toEqual([{ referral_id: id }]);
});

test('a job whose content Redis lost is passed over: nothing is put aside, and the message that is sent again under its id arrives', async () => {
  const id = await send();
  const message = await messageOf(id);
  const queue = queueOf('referrals');
  try {
    const job = await queue.add('message', { source: 'assistance', id: message?.id, mac: message?.mac }, { jobId: `ob-${message?.id}` });
    await job.updateData({});
    startWorker();
    const counts = () => queue.getJobCounts('wait', 'active', 'delayed', 'failed', 'completed');
    await eventually('nothing is left of it', async () => (await becomes(id, 'PUBLISHED')) && Object.values(await counts()).every((n) => n === 0));
    expect(await letters()).toEqual([]);
    // the sender's patience, without the wait
    await stage.db.query("UPDATE outbox_messages SET state = 'PENDING', next_at = UTC_TIMESTAMP(3) WHERE aggregate_id = ?", [id]);
    await becomes(id, 'ACKED');
  } finally {
    await queue.close();
  }
  expect(await letters()).toEqual([]);
  expect(await stage.rows('SELECT referral_id FROM referral_receipts')).toEqual([{ referral_id: id }]);
});

test('a forged job under the very id of a genuine message does not silence it', async () => {
  const id = await send();
  const message = await messageOf(id);
  const queue = queueOf('referrals');
  try {
    await queue.waitUntilReady();
    await queue.add('message', { source: 'assistance', id: message?.id, mac: '00'.repeat(32) }, { jobId: `ob-${message?.id}` });
    await queue.add('message', { source: 'nobody', id: 7 }, { jobId: 'no-job-of-ours' });
    await queue.add('message', null, { jobId: 'nothing-at-all' });
  } finally {
    await queue.close();
  }
  startWorker();
  // the one without any content says nothing that could be put aside
  await eventually('the forgeries are put aside', async () => (await letters()).length === 2);
  // the relay's own job met the forged id; the sender's patience, here cut short, sends the message again
  await stage.db.query(`UPDATE outbox_messages SET published_at = published_at - INTERVAL 1 MINUTE WHERE state = 'PUBLISHED'`);
  expect(await becomes(id, 'ACKED')).toMatchObject({ ack_result: 'APPLIED' });
  expect(await letters()).toHaveLength(2);
});

test('what a newer sender says waits for the upgrade and is not put aside', async () => {
  const id = await send();
  await stage.db.query('UPDATE outbox_messages SET schema_version = 9 WHERE aggregate_id = ?', [id]);
  startWorker();
  const queue = queueOf('referrals');
  try {
    await eventually('it is put off', async () => (await queue.getDelayedCount()) === 1);
  } finally {
    await queue.close();
  }
  expect([await letters(), (await messageOf(id))?.state]).toEqual([[], 'PUBLISHED']);
  await stage.db.query('UPDATE outbox_messages SET schema_version = 1 WHERE aggregate_id = ?', [id]);
  expect(await becomes(id, 'ACKED')).toMatchObject({ ack_result: 'APPLIED' });
});

test('silence makes no message dead: with nobody to receive it, it is sent again under the same job id, however often', async () => {
  const id = await send();
  const parts = { service: 'assistance' as const, db: stage.db, redisUrl: testEngines().redis, log: createLog('assistance', 'silent') };
  couriers = [startRelay(parts)];
  await stage.db.query('UPDATE outbox_messages SET attempt = 40 WHERE aggregate_id = ?', [id]);
  await becomes(id, 'PUBLISHED');
  await stage.db.query('UPDATE outbox_messages SET published_at = published_at - INTERVAL 1 HOUR');
  await eventually('it is sent again', async () => (await messageOf(id))?.attempt === 41);
  await becomes(id, 'PUBLISHED');
  const queue = queueOf('referrals');
  try {
    expect((await queue.getWaiting()).filter((job) => job.data.id !== undefined).map((job) => job.id)).toEqual([`ob-${(await messageOf(id))?.id}`]);
  } finally {
    await queue.close();
  }
  startWorker();
  await becomes(id, 'ACKED');
});

test('of two workers of a queue the one that gets nothing ends its process, though the other gets all canaries', async () => {
  const died: string[] = [];
  const open = (name: string) =>
    openWorker({ redisUrl: testEngines().redis, service: 'assistance', concern: 'shared', log: createLog('assistance', 'silent'), canaryEveryMs: 300, die: () => died.push(name) }, async () => undefined);
  const [deaf, hearing] = [open('deaf'), open('hearing')];
  try {
    await deaf.pause(true);
    await eventually('the deaf one ends', async () => died.length > 0, 20_000);
    expect(new Set(died)).toEqual(new Set(['deaf']));
  } finally {
    await Promise.all([deaf.close(), hearing.close()]);
  }
}, 30_000);

test('a worker that jobs no longer reach, while Redis takes them, ends its process; one that gets its canaries does not', async () => {
  const died: string[] = [];
  const open = (concern: string) =>
    openWorker({ redisUrl: testEngines().redis, service: 'assistance', concern, log: createLog('assistance', 'silent'), canaryEveryMs: 300, die: (reason) => died.push(reason) }, async () => undefined);
  const [deaf, hearing] = [open('deaf'), open('hearing')];
  const queue = queueOf('deaf');
  try {
    await eventually('both have heard', async () => livenessOfWorkers().filter(({ silentMs }) => silentMs < 1_000).length >= 2);
    expect(died).toEqual([]);
    await queue.pause();
    await eventually('the deaf one ends', async () => died.length > 0);
    expect(new Set(died)).toEqual(new Set(['assistance.deaf is silent']));
  } finally {
    await queue.obliterate({ force: true });
    await Promise.all([queue.close(), deaf.close(), hearing.close()]);
  }
});
