import { randomUUID } from 'node:crypto';
import { viewers } from '@anjie/testing';
import { at, countRows, COUNTY, haveKnownUnit, key, openSupervision, type Supervision } from './builders';
import { createWebhookService } from '../src/webhooks/webhook-service';
import { aDepartment, admin, deliveriesOf, endpointNow, manage, stored, targets } from './webhooks';

let supervision: Supervision;
const URL = 'https://portal.housing.gov.cn/hooks';
beforeAll(async () => void (supervision = await openSupervision(targets('portal.housing.gov.cn, 10.20.0.0/16', true))));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

test('the secret is shown once, to that request alone, and is stored sealed', async () => {
  const unitId = await haveKnownUnit(supervision.db);
  const input = { unitId, url: URL, kinds: ['REFERRAL_DELIVERED'], idempotencyKey: key() };
  const made = await manage(supervision, 'registerWebhookEndpoint', input);
  expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(made.endpoint).toMatchObject({ url: URL, state: 'ENABLED', withDigest: true, kinds: [{ code: 'REFERRAL_DELIVERED' }], version: 1 });
  const again = await manage(supervision, 'registerWebhookEndpoint', input);
  expect(again).toMatchObject({ endpoint: { id: made.endpoint?.id }, secret: null });
  expect(await countRows(supervision.db, 'webhook_endpoints')).toBe(1);
  const bytes = Buffer.from(made.secret?.slice('whsec_'.length) ?? '', 'base64');
  const [row] = await stored<{ secret: Buffer }>(supervision, 'SELECT secret FROM webhook_endpoints');
  expect(row?.secret.includes(bytes)).toBe(false);
  const written = await stored<{ text: string }>(supervision, 'SELECT CONCAT(COALESCE((SELECT GROUP_CONCAT(response) FROM idempotency_keys), ""), (SELECT GROUP_CONCAT(detail) FROM audit_entries)) AS text');
  expect(written[0]?.text).toContain(made.endpoint?.id);
  expect(written[0]?.text).not.toContain(made.secret?.slice(6, 30));
});

test('of two requests with one key, the one that was rolled back and found the answer of the other shows no secret', async () => {
  const { db } = supervision;
  const unitId = await haveKnownUnit(db);
  const settings = targets('portal.housing.gov.cn', true);
  const input = { unitId, url: URL, kinds: ['REFERRAL_DELIVERED'], idempotencyKey: key() };
  const register = (connection: typeof db) => createWebhookService({ db: connection, ...settings }).register(input, { viewer: admin, requestId: 'twice' });
  let other: unknown;
  const unlucky = new Proxy(db, {
    get(target, name, receiver) {
      if (name !== 'transaction') return Reflect.get(target, name, receiver) as unknown;
      return async (work: Parameters<typeof db.transaction>[1]) => {
        if (other !== undefined) return target.transaction(work);
        const deadlock = await target.transaction(async (tx) => Promise.reject(Object.assign(new Error('deadlock'), { errno: 1213, answer: await work(tx) }))).catch((error: unknown) => error);
        other = await register(db);
        throw deadlock;
      };
    },
  });
  const answer = await register(unlucky);
  expect(other).toMatchObject({ secret: expect.stringMatching(/^whsec_/) as string });
  expect(answer).toEqual({ ...(other as object), secret: null });
});

test.each([
  ['http://portal.housing.gov.cn/', 'TARGET_NOT_ALLOWED', 'https is needed'], ['https://127.0.0.1/', 'TARGET_NOT_ALLOWED', 'does not list'], ['https://evil.example/', 'TARGET_NOT_ALLOWED', 'does not list'],
  ['https://u:p@portal.housing.gov.cn/', 'TARGET_NOT_ALLOWED', 'user name'], ['nonsense', 'TARGET_NOT_ALLOWED', 'usable'],
])('%s is refused: %s', async (url, code, words) => {
  const unitId = await haveKnownUnit(supervision.db);
  expect(await manage(supervision, 'registerWebhookEndpoint', { unitId, url, kinds: ['REFERRAL_DELIVERED'] })).toMatchObject({ code, message: expect.stringContaining(words) as string });
});

test('an unknown unit, an unknown kind, nothing chosen, a sixth endpoint are refused', async () => {
  const unitId = await haveKnownUnit(supervision.db);
  const register = (part: object) => manage(supervision, 'registerWebhookEndpoint', { unitId, url: URL, kinds: ['REFERRAL_DELIVERED'], ...part });
  for (const id of [randomUUID(), 'none']) expect(await register({ unitId: id })).toMatchObject({ code: 'UNIT_UNKNOWN' });
  for (const kinds of [['NO_SUCH_KIND'], ['MORNING_DIGEST'], ['toString']]) expect(await register({ kinds })).toMatchObject({ code: 'KIND_UNKNOWN' });
  expect(await register({ kinds: [], withDigest: false })).toMatchObject({ code: 'KIND_UNKNOWN' });
  expect(await register({ kinds: [] })).toMatchObject({ endpoint: { kinds: [], withDigest: true } });
  for (let i = 0; i < 4; i += 1) await register({});
  expect(await register({})).toMatchObject({ code: 'TOO_MANY' });
});

test('only an administrator manages; the unit\'s handler looks on; for everybody else there is nothing', async () => {
  const { unitId, endpoint, handler } = await aDepartment(supervision, 'https://10.20.1.1/hooks');
  const others = [viewers.handler(randomUUID()), viewers.plain(randomUUID(), unitId), viewers.jointOffice(COUNTY, unitId), viewers.clerk(unitId)];
  for (const viewer of [handler, ...others]) {
    expect(await manage(supervision, 'testWebhookEndpoint', { endpointId: endpoint.id }, viewer)).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await manage(supervision, 'rotateWebhookSecret', { endpointId: endpoint.id, expectedVersion: 1 }, viewer)).toMatchObject({ code: 'NOT_PERMITTED' });
  }
  expect(await endpointNow(supervision, endpoint.id, handler)).toMatchObject({ url: 'https://10.20.1.1/hooks' });
  for (const viewer of others) expect(await endpointNow(supervision, endpoint.id, viewer)).toBeNull();
  const count = async (viewer: typeof handler) => (await supervision.client.query<{ webhookEndpoints: { totalCount: number } }>(viewer, '{ webhookEndpoints(first: 5) { totalCount nodes { id } } }')).webhookEndpoints.totalCount;
  expect([await count(admin), await count(handler), ...(await Promise.all(others.map(count)))]).toEqual([1, 1, 0, 0, 0, 0]);
});

test('a change is a compare-and-set; disabling cancels what waits, and a test needs an enabled endpoint', async () => {
  const { endpoint } = await aDepartment(supervision, URL);
  const change = (part: object) => manage(supervision, 'changeWebhookEndpoint', { endpointId: endpoint.id, expectedVersion: 1, ...part });
  const asked = await manage(supervision, 'testWebhookEndpoint', { endpointId: endpoint.id });
  expect(asked.delivery).toMatchObject({ kind: 'TEST', state: 'PENDING' });
  expect(await manage(supervision, 'replayWebhookDelivery', { deliveryId: asked.delivery?.id })).toMatchObject({ code: 'WRONG_STATE' });
  expect(await change({ url: 'https://evil.example/' })).toMatchObject({ code: 'TARGET_NOT_ALLOWED' });
  expect((await change({ kinds: ['LETTER_ISSUED'], withDigest: false })).endpoint).toMatchObject({ url: URL, kinds: [{ code: 'LETTER_ISSUED' }], withDigest: false, version: 2 });
  const late = await supervision.client.ask(admin, 'mutation ($input: ChangeWebhookEndpointInput!) { changeWebhookEndpoint(input: $input) { __typename } }', {
    input: { idempotencyKey: key(), endpointId: endpoint.id, expectedVersion: 1, state: 'DISABLED' },
  });
  expect(late.errors?.[0]?.message).toContain('changed');
  expect((await change({ expectedVersion: 2, state: 'DISABLED' })).endpoint).toMatchObject({ state: 'DISABLED', kinds: [{ code: 'LETTER_ISSUED' }] });
  expect((await deliveriesOf(supervision, endpoint.id)).map((one) => one.state)).toEqual(['CANCELLED']);
  expect(await manage(supervision, 'testWebhookEndpoint', { endpointId: endpoint.id })).toMatchObject({ code: 'WRONG_STATE' });
  expect(await manage(supervision, 'replayWebhookDelivery', { deliveryId: asked.delivery?.id })).toMatchObject({ code: 'WRONG_STATE' });
  for (const overlapHours of [-1, 169]) expect(await manage(supervision, 'rotateWebhookSecret', { endpointId: endpoint.id, expectedVersion: 3, overlapHours })).toMatchObject({ code: 'OVERLAP_NOT_ACCEPTABLE' });
});

test('without targets nobody registers anything, and what is there can still be disabled', async () => {
  const off = await openSupervision(targets('', true));
  const unitId = await haveKnownUnit(off.db);
  expect(await manage(off, 'registerWebhookEndpoint', { unitId, url: URL, kinds: ['REFERRAL_DELIVERED'] })).toMatchObject({ code: 'WEBHOOKS_OFF' });
  // but what was registered before can be disabled
  const { endpoint } = await aDepartment(supervision, URL);
  const change = (part: object) => manage(off, 'changeWebhookEndpoint', { endpointId: endpoint.id, expectedVersion: 1, ...part });
  expect(await change({ kinds: ['LETTER_ISSUED'] })).toMatchObject({ code: 'WEBHOOKS_OFF' });
  expect((await change({ state: 'DISABLED' })).endpoint).toMatchObject({ url: URL, state: 'DISABLED' });
  await off.close();
});
