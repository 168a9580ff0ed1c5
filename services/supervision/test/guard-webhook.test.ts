import type { CaseScope } from '@anjie/service-kit/facts';
import { haveCaseScope, openDepartmentPortal, type DepartmentPortal } from '@anjie/testing';
import { at, openSupervision, type Supervision } from './builders';
import { aNotice, raise } from './notices';
import { aDepartment, aSender, deliveriesOf, endpointNow, manage, stored, targets } from './webhooks';

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

test('no answer in time, a name that nobody knows, a port that nobody listens at, a redirect, a refusal: each is named, none is followed', async () => {
  const { unitId, caseId, endpoint } = await department();
  const faultOf = async (part: Parameters<typeof aSender>[2] = {}, before: () => Promise<unknown> = async () => undefined) => {
    await before();
    await raise(supervision, aNotice(unitId, { caseId }));
    await aSender(supervision, settings, part).send();
    const attempt = (await deliveriesOf(supervision, endpoint.id))[0]?.attempts.at(-1);
    await supervision.db.query('DELETE FROM webhook_deliveries');
    return attempt?.fault;
  };
  const goTo = (url: string) => () => supervision.db.query('UPDATE webhook_endpoints SET url = ? WHERE id = ?', [url, endpoint.id]);
  portal.answer(() => new Promise<number>(() => undefined));
  expect(await faultOf({ timeoutMs: 300 })).toBe('TIMEOUT');
  portal.answer(() => 307);
  const arrived = since();
  expect([await faultOf(), arrived().length]).toEqual(['REDIRECT', 1]);
  portal.answer(() => 404);
  expect(await faultOf()).toBe('CLIENT_ERROR');
  const named = `http://nowhere.example:${portal.port}/hooks`;
  const nobody = async (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
  expect(await faultOf({ resolve: nobody }, goTo(named))).toBe('NAME_UNKNOWN');
  expect(await faultOf({ resolve: async () => new Promise<never>(() => undefined), timeoutMs: 200 })).toBe('TIMEOUT');
  expect(await faultOf({ policy: targets('127.0.0.1:9').policy }, goTo('http://127.0.0.1:9/'))).toBe('UNREACHABLE');
  expect(await faultOf({}, goTo(`https://127.0.0.1:${portal.port}/`))).toMatch(/TLS|UNREACHABLE/);
});

test('a name is looked up once, each of its addresses is checked, and the connection goes to what was checked', async () => {
  const { unitId, caseId, endpoint } = await department();
  portal.answer(() => 204);
  await supervision.db.query('UPDATE webhook_endpoints SET url = ?', [`http://nowhere.example:${portal.port}/hooks`]);
  let lookups = 0;
  const first = async (...addresses: string[]) => {
    lookups = 0;
    // a second look-up would be answered with another address, as in DNS rebinding
    const resolve = async () => ((lookups += 1) === 1 ? addresses : ['10.0.0.1']);
    await raise(supervision, aNotice(unitId, { caseId }));
    const arrived = since();
    await aSender(supervision, settings, { resolve }).send();
    const attempt = (await deliveriesOf(supervision, endpoint.id))[0]?.attempts.at(-1);
    await supervision.db.query('DELETE FROM webhook_deliveries');
    return [attempt?.fault ?? 'DELIVERED', arrived().length, lookups];
  };
  expect(await first('127.0.0.1')).toEqual(['DELIVERED', 1, 1]);
  for (const addresses of [['10.0.0.5'], ['169.254.169.254'], ['127.0.0.2'], ['::1'], ['::ffff:169.254.169.254'], ['127.0.0.1', '10.0.0.5'], ['0.0.0.0'], []]) {
    expect([addresses, ...(await first(...addresses))]).toEqual([addresses, 'TARGET_REFUSED', 0, 1]);
  }
});

test('410 disables the endpoint and cancels what waits; an administrator enables it again', async () => {
  const { unitId, caseId, endpoint } = await department();
  const { send } = aSender(supervision, settings);
  portal.answer(() => 410);
  for (let i = 0; i < 6; i += 1) await raise(supervision, aNotice(unitId, { caseId }));
  await send();
  const states = new Set((await deliveriesOf(supervision, endpoint.id)).map((one) => one.state));
  expect([...states].sort()).toEqual(['CANCELLED', 'FAILED']);
  expect(await endpointNow(supervision, endpoint.id)).toMatchObject({ state: 'DISABLED', isGone: true });
  await raise(supervision, aNotice(unitId, { caseId }));
  expect(await deliveriesOf(supervision, endpoint.id)).toHaveLength(6);
  const again = await manage(supervision, 'changeWebhookEndpoint', { endpointId: endpoint.id, expectedVersion: (await endpointNow(supervision, endpoint.id))?.version, state: 'ENABLED' });
  expect(again.endpoint).toMatchObject({ state: 'ENABLED', isGone: false });
  portal.answer(() => 204);
  const arrived = since();
  await raise(supervision, aNotice(unitId, { caseId }));
  await send();
  expect(arrived()).toHaveLength(1);
});

test('《信访工作条例》第三十条第三款: nothing of a case leaves that was sealed, or from which the unit was excluded, before it was sent', async () => {
  const { unitId, caseId, endpoint, handler } = await department();
  const { send } = aSender(supervision, settings);
  const arrived = since();
  for (const [version, part] of [[2, { isSealed: true }], [3, { excluded: [{ kind: 'UNIT', id: unitId }] }]] satisfies [number, Partial<CaseScope>][]) {
    await haveCaseScope(supervision.db, { caseId, parties: [{ kind: 'UNIT', id: unitId, role: 'REFERRED' }], ...part }, version);
    await raise(supervision, aNotice(unitId, { caseId }));
    await send();
  }
  expect(arrived()).toEqual([]);
  expect((await stored<{ state: string }>(supervision, 'SELECT state FROM webhook_deliveries')).map((row) => row.state)).toEqual(['WITHHELD', 'WITHHELD']);
  // nor does the log say that there was something
  expect([await deliveriesOf(supervision, endpoint.id), await deliveriesOf(supervision, endpoint.id, handler)]).toEqual([[], []]);
  await haveCaseScope(supervision.db, { caseId, parties: [{ kind: 'UNIT', id: unitId, role: 'REFERRED' }] }, 4);
  await raise(supervision, aNotice(unitId, { caseId }));
  await send();
  expect(arrived()).toHaveLength(1);
  expect(await deliveriesOf(supervision, endpoint.id, handler)).toHaveLength(3);
});

test('a notice waits until it is known who may see its case', async () => {
  const { unitId } = await department();
  const { send } = aSender(supervision, settings);
  const arrived = since();
  const notice = await raise(supervision, aNotice(unitId));
  await send();
  expect(arrived()).toEqual([]);
  await haveCaseScope(supervision.db, { caseId: notice.caseId ?? '' });
  await send();
  expect(arrived()).toHaveLength(1);
});

test('with another message key the secret does not open: named, not sent, mended by rotating', async () => {
  const { unitId, caseId, endpoint } = await department();
  await raise(supervision, aNotice(unitId, { caseId }));
  const arrived = since();
  const { box } = targets('');
  await aSender(supervision, settings, { box }).send();
  expect([arrived().length, (await deliveriesOf(supervision, endpoint.id))[0]?.attempts[0]?.fault]).toEqual([0, 'SECRET_UNREADABLE']);
});
