import { eventually, openDepartmentPortal, type DepartmentPortal } from '@anjie/testing';
import { formDigests } from '../src/notifications/digest-service';
import { MAX_TRIES } from '../src/rules/webhook-retries';
import { at, openSupervision, type Supervision } from './builders';
import { aNotice, inboxOf, raise } from './notices';
import { aDepartment, aSender, claimAndDie, deliveriesOf, endpointNow, leaseIsOver, manage, targets, waitIsOver } from './webhooks';

let supervision: Supervision;
let portal: DepartmentPortal;
const settings = targets('127.0.0.0/8:1');
beforeAll(async () => {
  portal = await openDepartmentPortal();
  Object.assign(settings, targets(`127.0.0.1:${portal.port}, nowhere.example:${portal.port}`));
  supervision = await openSupervision(settings);
});
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
  portal.answer(() => 204);
});
afterAll(async () => {
  await portal.close();
  await supervision.close();
});

const department = async (part: object = {}) => {
  const made = await aDepartment(supervision, portal.url, part);
  portal.trust(made.secret);
  return made;
};
const since = (): (() => readonly string[]) => {
  const before = portal.tries().length;
  return () => portal.tries().slice(before);
};
const told = (id: string) => portal.events().filter((event) => event.id === id);

test('a department is told of a referral once, signed, with ids and codes only, under the id of the notification', async () => {
  const { unitId, caseId, endpoint, handler } = await department();
  const { send } = aSender(supervision, settings);
  const arrived = since();
  const notice = await raise(supervision, aNotice(unitId, { caseId }));
  await raise(supervision, notice);
  await raise(supervision, aNotice(unitId, { caseId, noticeKind: 'LETTER_ISSUED' })); // a kind that was not chosen
  await Promise.all([send(), send(), send()]);
  await send();
  const [id] = (await inboxOf(supervision, handler, { kinds: ['REFERRAL_DELIVERED'] })).notifications.map((one) => one.id);
  expect(arrived()).toEqual([id]);
  expect(told(id ?? '')).toEqual([{
    id, type: 'REFERRAL_DELIVERED', timestamp: notice.occurredAt,
    data: {
      id, unitId, caseId, subject: notice.subject, occurredAt: notice.occurredAt,
      links: [{ field: 'notification', id }, { field: 'case', id: caseId }, { field: 'referral', id: notice.subject.id }],
    },
  }]);
  expect(await deliveriesOf(supervision, endpoint.id)).toMatchObject([{ eventId: id, state: 'DELIVERED', attemptCount: 1, attempts: [{ number: 1, statusCode: 204, fault: null }], nextTryAt: null }]);
});

test('a department is told of the digest of a morning, once, with counts', async () => {
  const { unitId, caseId } = await department();
  const { send } = aSender(supervision, settings);
  const arrived = since();
  for (let i = 0; i < 3; i += 1) await raise(supervision, aNotice(unitId, { caseId, noticeKind: 'DUTY_COMING_DUE', subject: { type: 'Obligation', id: caseId }, occasion: `v${i}` }));
  await send();
  expect(arrived()).toEqual([]);
  await at(supervision.db, '2025-08-05T01:00:03Z');
  await Promise.all([formDigests(supervision.db), formDigests(supervision.db)]);
  await send();
  await formDigests(supervision.db);
  await send();
  const [id = ''] = arrived();
  expect(arrived()).toHaveLength(1);
  expect(told(id)[0]).toMatchObject({ type: 'MORNING_DIGEST', data: { id, unitId, day: '2025-08-05', counts: { DUTY_COMING_DUE: 3 }, links: [{ field: 'digest', id }] } });
});

test('what happens in the evening is told in the morning', async () => {
  const { unitId, caseId } = await department();
  const { send } = aSender(supervision, settings);
  const arrived = since();
  await at(supervision.db, '2025-08-04T12:00:00Z');
  await raise(supervision, aNotice(unitId, { caseId }));
  await send();
  expect(arrived()).toEqual([]);
  await at(supervision.db, '2025-08-05T01:00:00Z');
  await send();
  expect(arrived()).toHaveLength(1);
});

test('a receiver that is down is tried again and gets it when it is back', async () => {
  const { unitId, caseId, endpoint } = await department();
  const { send } = aSender(supervision, settings);
  portal.answer(() => 503);
  await raise(supervision, aNotice(unitId, { caseId }));
  await send();
  const [delivery] = await deliveriesOf(supervision, endpoint.id);
  expect(delivery).toMatchObject({ state: 'PENDING', attempts: [{ statusCode: 503, fault: 'SERVER_ERROR' }], nextTryAt: expect.any(String) });
  const arrived = since();
  await send();
  expect(arrived()).toEqual([]); // its time has not come
  portal.answer(() => 200);
  await waitIsOver(supervision);
  await send();
  expect(arrived()).toEqual([delivery?.eventId]);
  expect(await deliveriesOf(supervision, endpoint.id)).toMatchObject([{ state: 'DELIVERED', attemptCount: 2 }]);
});

test('after a day of tries it has failed: visible, the endpoint marked; replayed by hand it arrives under the same id, and the mark goes', async () => {
  const { unitId, caseId, endpoint } = await department();
  const { send } = aSender(supervision, settings);
  portal.answer(() => 500);
  await raise(supervision, aNotice(unitId, { caseId }));
  for (let i = 0; i < MAX_TRIES + 2; i += 1) {
    await send();
    await waitIsOver(supervision);
  }
  const [failed] = await deliveriesOf(supervision, endpoint.id);
  expect([failed?.state, failed?.attemptCount, failed?.attempts.length]).toEqual(['FAILED', MAX_TRIES, MAX_TRIES]);
  expect((await endpointNow(supervision, endpoint.id))?.failingSince).not.toBeNull();
  portal.answer(() => 204);
  const replayed = await manage(supervision, 'replayWebhookDelivery', { deliveryId: failed?.id });
  expect(replayed.delivery).toMatchObject({ state: 'PENDING', eventId: failed?.eventId });
  await send();
  expect(told(failed?.eventId ?? '')).toHaveLength(1);
  expect((await deliveriesOf(supervision, endpoint.id))[0]).toMatchObject({ state: 'DELIVERED', attemptCount: MAX_TRIES + 1 });
  expect((await endpointNow(supervision, endpoint.id))?.failingSince).toBeNull();
});

test('a worker that is killed between sending and mark sends the same id again, and the receiver counts one', async () => {
  const { unitId, caseId, endpoint } = await department();
  await raise(supervision, aNotice(unitId, { caseId }));
  const arrived = since();
  const killed = aSender(supervision, settings, { db: dyingAtMark(supervision) });
  await killed.send();
  expect(arrived()).toHaveLength(1);
  expect(await deliveriesOf(supervision, endpoint.id)).toMatchObject([{ state: 'SENDING', attempts: [{ number: 1, statusCode: null, fault: null }] }]);
  const { send } = aSender(supervision, settings);
  await send();
  expect(arrived()).toHaveLength(1); // the lease still holds
  await leaseIsOver(supervision);
  await send();
  const [first = '', second] = arrived();
  expect([second, arrived().length]).toEqual([first, 2]);
  expect(told(first)).toHaveLength(1);
  expect(await deliveriesOf(supervision, endpoint.id)).toMatchObject([{ state: 'DELIVERED', attemptCount: 2 }]);
});

test('a worker that is killed between claim and sending loses nothing', async () => {
  const { unitId, caseId, endpoint } = await department();
  await raise(supervision, aNotice(unitId, { caseId }));
  expect(await claimAndDie(supervision, endpoint.id)).toHaveLength(1);
  expect(await claimAndDie(supervision, endpoint.id)).toHaveLength(0);
  const arrived = since();
  await leaseIsOver(supervision);
  await aSender(supervision, settings).send();
  expect(arrived()).toHaveLength(1);
});

test('what was under way to an endpoint when it was disabled is not sent as news when it is enabled again', async () => {
  const { unitId, caseId, endpoint } = await department();
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  portal.answer(() => gate.then(() => 503));
  await raise(supervision, aNotice(unitId, { caseId }));
  const sender = aSender(supervision, settings);
  await sender.tick();
  await manage(supervision, 'changeWebhookEndpoint', { endpointId: endpoint.id, expectedVersion: 1, state: 'DISABLED' });
  release();
  await sender.idle();
  await sender.tick();
  expect(await deliveriesOf(supervision, endpoint.id)).toMatchObject([{ state: 'CANCELLED', attempts: [{ statusCode: 503 }], settledAt: expect.any(String) }]);
  portal.answer(() => 204);
  const arrived = since();
  await manage(supervision, 'changeWebhookEndpoint', { endpointId: endpoint.id, expectedVersion: 2, state: 'ENABLED' });
  await waitIsOver(supervision);
  await sender.send();
  expect(arrived()).toEqual([]);
});

test('a rotated secret: both sign for a while, then only the new one', async () => {
  const { unitId, caseId, endpoint, secret } = await department();
  const { send } = aSender(supervision, settings);
  const rotated = await manage(supervision, 'rotateWebhookSecret', { endpointId: endpoint.id, expectedVersion: 1, overlapHours: 24 });
  expect(rotated.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(rotated.endpoint?.oldSecretUntil).not.toBeNull();
  const newest = rotated.secret ?? '';
  for (const known of [secret, newest]) {
    portal.trust(known);
    await raise(supervision, aNotice(unitId, { caseId }));
    await send();
  }
  expect((await deliveriesOf(supervision, endpoint.id)).map((one) => one.state)).toEqual(['DELIVERED', 'DELIVERED']);
  await supervision.db.query('UPDATE webhook_endpoints SET old_secret_until = UTC_TIMESTAMP(3)');
  portal.trust(secret);
  const late = await raise(supervision, aNotice(unitId, { caseId }));
  await send();
  expect(portal.rejected()).toHaveLength(1);
  portal.trust(newest);
  await waitIsOver(supervision);
  await send();
  expect(portal.events().at(-1)?.data['subject']).toEqual(late.subject);
});

test('a slow receiver has few sendings of its own and delays nobody else; one that fails has a single one', async () => {
  const slow = await department();
  const quick = await aDepartment(supervision, portal.url);
  portal.trust(slow.secret, quick.secret);
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  portal.answer(async ({ data }) => (data['unitId'] === slow.unitId ? gate.then(() => 204) : 204));
  for (let i = 0; i < 6; i += 1) await raise(supervision, aNotice(slow.unitId, { caseId: slow.caseId }));
  const sender = aSender(supervision, settings);
  const other = aSender(supervision, settings);
  await sender.tick();
  await other.tick();
  await raise(supervision, aNotice(quick.unitId, { caseId: quick.caseId }));
  await other.tick();
  await eventually('the other department is told', async () => (await deliveriesOf(supervision, quick.endpoint.id))[0]?.state === 'DELIVERED');
  const states = (await deliveriesOf(supervision, slow.endpoint.id)).map((one) => one.state).sort();
  expect(states).toEqual(['PENDING', 'PENDING', 'SENDING', 'SENDING', 'SENDING', 'SENDING']);
  release();
  await sender.idle();
  await other.idle();
  await eventually('all six', async () => (await deliveriesOf(supervision, slow.endpoint.id)).every((one) => one.state === 'DELIVERED'));
  await supervision.db.query('UPDATE webhook_endpoints SET failing_since = UTC_TIMESTAMP(3) WHERE id = ?', [slow.endpoint.id]);
  for (let i = 0; i < 2; i += 1) await raise(supervision, aNotice(slow.unitId, { caseId: slow.caseId }));
  expect(await claimAndDie(supervision, slow.endpoint.id)).toHaveLength(1);
});

/** A database that is gone when the mark would be made. */
function dyingAtMark({ db }: Supervision): Supervision['db'] {
  let transactions = 0;
  return new Proxy(db, {
    get(target, name, receiver) {
      if (name !== 'transaction') return Reflect.get(target, name, receiver) as unknown;
      return (...args: Parameters<typeof db.transaction>) => ((transactions += 1) === 1 ? target.transaction(...args) : Promise.reject(new Error('killed')));
    },
  });
}
