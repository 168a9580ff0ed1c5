import { connect as connectSocket } from 'node:net';
import { eventually } from '@anjie/testing';
import { request } from 'undici';
import { expectNoLeak } from './no-leak';
import { delivered, expectArrivedOnce, holdInserts, housingCase, petition, referralInput, register, releaseLocks, sendReferral, startOwnSystem, REGISTER, SEND_REFERRAL, units, type OwnSystem, type Person, type RawAnswer } from './own-system';
import { key, type Answer } from './system';

let system: OwnSystem;
jest.setTimeout(120_000);
beforeAll(async () => void (system = await startOwnSystem()), 180_000);
afterEach(() => Promise.all([releaseLocks(), ...streams.map((stream) => stream.stop())]));
afterAll(() => system.stop(), 60_000);

const read = (answer: RawAnswer): Answer<Record<string, unknown>> => {
  expectNoLeak(answer);
  return { status: answer.status, ...(JSON.parse(answer.text) as object) };
};
const codesOf = ({ errors }: Answer<unknown>): string[] => (errors ?? []).map(({ extensions }) => extensions.code);
const health = async (path: string): Promise<number> => {
  const answer = await request(`${system.url}${path}`);
  expectNoLeak({ status: answer.statusCode, text: await answer.body.text() });
  return answer.statusCode;
};
const pids = () => [...system.stack.processes].map(([name, { pid, running }]) => [name, running() ? pid : 'ended']);

const PORTAL = `query ($id: ID!) { case(id: $id) { id number leadUnit { name } readiness { isComplete } referrals(first: 5) { nodes { state } } nextDueOn obligations(first: 5) { nodes { dutyCode } } } }`;
type PortalCase = Record<'id' | 'number' | 'leadUnit' | 'readiness' | 'referrals' | 'nextDueOn' | 'obligations', unknown>;

test('a dead subgraph: the rest is answered, the gap is named at its path, and all is whole again after its restart', async () => {
  const id = await housingCase(system);
  const portal = async () => read(await system.send('office', { query: PORTAL, variables: { id } }));
  const whole = await portal();
  expect(whole).toMatchObject({ status: 200, data: { case: { id, leadUnit: { name: units.housing.name }, readiness: {}, obligations: { nodes: expect.arrayContaining([{ dutyCode: 'T2' }, { dutyCode: 'T4' }, { dutyCode: 'CAMPAIGN_LIMIT' }]) } } } });
  expect([whole.errors, await health('/readyz'), await health('/livez')]).toEqual([undefined, 200, 200]);

  await system.processOf('supervision').kill9();
  for (let turn = 0; turn < 8; turn += 1) { // longer than the circuit needs to open
    const { status, data, errors } = await portal();
    expect(status).toBe(200);
    expect(data?.['case']).toEqual({ ...(whole.data?.['case'] as PortalCase), nextDueOn: null, obligations: null });
    expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code]).sort()).toEqual([['case.nextDueOn', 'SERVICE_UNAVAILABLE'], ['case.obligations', 'SERVICE_UNAVAILABLE']]);
  }
  const root = read(await system.send('office', { query: '{ obligations { totalCount } }' }));
  expect([root.data, codesOf(root)]).toEqual([null, ['SERVICE_UNAVAILABLE']]);
  await eventually('the gateway says that it is not ready', async () => (await health('/readyz')) === 503);
  expect(await health('/livez')).toBe(200);
  // what concerns the others goes on, and what the dead one must learn waits for it
  const referral = await sendReferral(system, id);
  await delivered(system, referral);

  await system.stack.restart('supervision');
  await eventually('the gateway is ready', async () => (await health('/readyz')) === 200);
  await expectArrivedOnce(system, referral);
  const again = await portal();
  expect(again).toMatchObject({ status: 200, data: { case: { obligations: { nodes: [{}, {}, {}, {}] }, referrals: { nodes: [{ state: 'DELIVERED' }] } } } });
  expect(again.errors).toBeUndefined();
});

test('a dead Redis: every mutation is accepted meanwhile, and the referral arrives once when Redis is back', async () => {
  const id = await housingCase(system);
  const before = pids();
  await system.engines.running.redis.kill9();
  const startedAt = Date.now();
  const referral = await sendReferral(system, id);
  const { case: registered } = await register(system);
  console.log(`without Redis: two mutations took ${Date.now() - startedAt} ms`);
  expect(read(await system.send('office', { query: PORTAL, variables: { id } })).data).toMatchObject({ case: { referrals: { nodes: [{ state: 'SENT' }] } } });
  await system.engines.restartRedis();
  const backAt = Date.now();
  await delivered(system, referral, 40_000);
  console.log(`Redis back: delivered after ${Date.now() - backAt} ms`);
  await expectArrivedOnce(system, referral);
  expect(await system.query('office', PORTAL, { id: registered.id })).toMatchObject({ case: { readiness: { isComplete: false }, obligations: { nodes: [{}] } } });
  expect(pids()).toEqual(before);
});

const streams: { stop(): Promise<unknown> }[] = [];
/** Registers petitions one after another, as a clerk's program would, until told to stop; keeps what was acknowledged. */
function registerOnAndOn() {
  let stopped = false;
  const acknowledged = new Map<string, string>();
  const failed: object[] = [];
  const codes = new Set<string>();
  const loop = async (): Promise<void> => {
    while (!stopped) {
      const input = petition();
      const answer = read(await system.send('clerk', { query: REGISTER, variables: { input } }));
      const made = answer.data?.['registerPetition'] as { petition: { number: string } } | undefined;
      if (made) acknowledged.set(input.idempotencyKey, made.petition.number);
      else failed.push(input);
      for (const code of codesOf(answer)) codes.add(code);
    }
  };
  const loops = Promise.all([loop(), loop(), loop()]);
  const stream = { acknowledged, failed, codes, stop: () => ((stopped = true), loops) };
  streams.push(stream);
  return stream;
}

test('a dead MariaDB: a clear answer in time, and after its restart every acknowledged mutation is there, without restarting a process of ours', async () => {
  const id = await housingCase(system);
  const before = pids();
  const petitions = async () => (await system.rows<{ number: string }>('SELECT number FROM cases.petitions')).map(({ number }) => number);
  const already = (await petitions()).length;
  const stream = registerOnAndOn();
  await eventually('some are acknowledged', async () => stream.acknowledged.size >= 20);
  await system.engines.running.mariadb.kill9();
  await eventually('the outage is noticed', async () => stream.failed.length >= 3);
  await stream.stop();
  expect([...stream.codes]).toEqual(['SERVICE_UNAVAILABLE']);

  const input = referralInput(id);
  for (const body of [{ query: PORTAL, variables: { id } }, { query: '{ obligations { totalCount } }' }, { query: SEND_REFERRAL, variables: { input } }]) {
    const askedAt = Date.now();
    const answer = read(await system.send('housing', body));
    expect(Date.now() - askedAt).toBeLessThan(6_000);
    expect([...new Set(codesOf(answer))]).toEqual(['SERVICE_UNAVAILABLE']);
    expect(Object.values(answer.data ?? {}).filter((value) => value !== null)).toEqual([]);
  }
  expect(await health('/livez')).toBe(200);

  await system.engines.restartMariadb();
  for (const name of ['gateway', ...system.stack.services]) await system.ready(name);
  expect(await petitions()).toEqual(expect.arrayContaining([...stream.acknowledged.values()]));
  // whoever got no answer asks again with the same key: one petition per key, whatever had become of the first try
  for (const failed of stream.failed) expect(await system.query('clerk', REGISTER, { input: failed })).toMatchObject({ registerPetition: { petition: {} } });
  expect(await petitions()).toHaveLength(already + stream.acknowledged.size + stream.failed.length);
  const { sendReferral: sent } = await system.query<{ sendReferral: { referral: { id: string } } }>('housing', SEND_REFERRAL, { input });
  await delivered(system, sent.referral.id, 40_000);
  await expectArrivedOnce(system, sent.referral.id);
  expect(pids()).toEqual(before);
});

interface Slow {
  readonly service: string;
  readonly as: Person;
  readonly query: string;
  readonly input: (caseId: string) => object;
}
const SLOW: Readonly<Record<string, Slow>> = {
  cases: { service: 'cases', as: 'clerk', query: REGISTER, input: () => petition() },
  officials: {
    service: 'officials', as: 'admin', query: 'mutation ($input: PutDivisionsInput!) { putDivisions(input: $input) { ... on PutDirectoryPayload { unchanged } } }',
    input: () => ({ idempotencyKey: key(), rows: [{ code: '640000', name: '宁夏回族自治区' }] }),
  },
  supervision: {
    service: 'supervision', as: 'office', query: 'mutation ($input: IssueSupervisionLetterInput!) { issueSupervisionLetter(input: $input) { ... on SupervisionLetterPayload { letter { number } } ... on SupervisionLetterRefusal { code message } } }',
    input: (caseId) => ({ idempotencyKey: key(), kind: 'URGE_NOTE', caseId, toUnitId: units.housing.id, ground: 'DELAY', body: '请于期限内报送办理进展。' }),
  },
  assistance: { service: 'assistance', as: 'housing', query: 'mutation ($input: SendReferralInput!) { sendReferral(input: $input) { ... on ReferralPayload { referral { id } } ... on ReferralRefusal { code } } }', input: referralInput },
};
const refusesConnections = (port: number): Promise<true> =>
  eventually(`nobody listens at ${port}`, () => new Promise<boolean>((resolve) => {
    const socket = connectSocket(port, '127.0.0.1', () => (socket.destroy(), resolve(false))).on('error', () => resolve(true));
  }));

test.each(['gateway', 'cases', 'officials', 'supervision', 'assistance'])('%s told to stop while a request runs: no new one is taken, the running one is answered, exit code 0', async (name) => {
  const { service, as, query, input } = SLOW[name] ?? (SLOW['cases'] as Slow);
  const variables = { input: input(await housingCase(system)) };
  const lock = await holdInserts(system, `${service}.idempotency_keys`);
  const running = system.send(as, { query, variables });
  await lock.waiting('web');
  const stopping = system.processOf(name);
  process.kill(stopping.pid, 'SIGTERM');
  await refusesConnections(Number(system.stack.wiring.ports.get(name)));
  expect(stopping.running()).toBe(true);
  await lock.release();
  const answer = read(await running);
  expect([answer.status, answer.errors]).toEqual([200, undefined]);
  expect(Object.values(answer.data ?? {})).toEqual([expect.not.objectContaining({ code: expect.anything() as unknown })]);
  const toldAt = Date.now();
  expect(await stopping.exited).toEqual({ code: 0, signal: null });
  // a connection that is only kept alive must not hold the process: a rolling restart waits for it
  expect(Date.now() - toldAt).toBeLessThan(3_000);
  await system.stack.restart(name);
  await system.ready(name);
  await system.ready();
  expect(await system.query(as, query, variables)).toEqual(answer.data); // the same key: done once, answered again
});

test.each(['cases-worker', 'officials-worker', 'supervision-worker', 'assistance-worker'])('%s told to stop under load: exit code 0, and nothing is lost', async (name) => {
  const stream = registerOnAndOn();
  await eventually('the load is on', async () => stream.acknowledged.size >= 5);
  const stopping = system.processOf(name);
  const toldAt = Date.now();
  process.kill(stopping.pid, 'SIGTERM');
  expect(await stopping.exited).toEqual({ code: 0, signal: null });
  console.log(`${name}: ended after ${Date.now() - toldAt} ms`);
  const more = stream.acknowledged.size + 5;
  await eventually('the load goes on without it', async () => stream.acknowledged.size >= more);
  await stream.stop();
  expect(stream.failed).toEqual([]);
  await system.stack.restart(name);
  await system.settled();
  for (const service of ['officials', 'supervision', 'assistance']) {
    expect(await system.rows(`SELECT c.number FROM cases.cases c LEFT JOIN ${service}.case_scopes s ON s.case_id = c.id WHERE s.case_id IS NULL`)).toEqual([]);
  }
});

test('the assistance worker told to stop while it receives a referral: it finishes that one, exit code 0', async () => {
  const caseId = await housingCase(system);
  const lock = await holdInserts(system, 'assistance.referral_receipts');
  const id = await sendReferral(system, caseId);
  await lock.waiting('jobs');
  const stopping = system.processOf('assistance-worker');
  process.kill(stopping.pid, 'SIGTERM');
  await eventually('it has heard', async () => /"stopping"/.test(stopping.logTail(5)));
  await lock.release();
  expect(await stopping.exited).toEqual({ code: 0, signal: null });
  await delivered(system, id);
  await system.stack.restart('assistance-worker');
  await expectArrivedOnce(system, id);
});
