import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@anjie/testing';
import { request } from 'undici';
import { housingCase, people, petition, REGISTER, startOwnSystem, units, type OwnSystem } from './own-system';
import { key } from './system';

let system: OwnSystem;
jest.setTimeout(150_000);
beforeAll(async () => void (system = await startOwnSystem()), 180_000);
afterAll(() => system.stop(), 60_000);

/** One field of each subgraph. */
const FIELDS = { cases: '{ cases(first: 1) { totalCount } }', officials: '{ me { staffNo } }', supervision: '{ obligations(first: 1) { totalCount } }', assistance: '{ referrals(first: 1) { totalCount } }' };
type Subgraph = keyof typeof FIELDS;
const SUBGRAPHS = Object.keys(FIELDS) as Subgraph[];
const PROMISED_MS = 60_000;
/** The gateway's clock skew and the second of which nothing is known. */
const SKEW_MS = 6_000;

async function askWith(token: string, query: string): Promise<{ status: number; text: string }> {
  const answer = await request(`${system.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query }) });
  return { status: answer.statusCode, text: await answer.body.text() };
}
const statuses = (token: string): Promise<number[]> => Promise.all(SUBGRAPHS.map(async (name) => (await askWith(token, FIELDS[name])).status));
const claimsOf = (who: keyof typeof people, change: object = {}) => {
  const { place: _place, ...claims } = people[who];
  return { ...claims, ...change };
};

/** How long after `from` each subgraph still answered. */
async function refusedEverywhere(token: string, from: number): Promise<Record<Subgraph, number>> {
  const took = {} as Record<Subgraph, number>;
  await eventually('every subgraph refuses the token', async () => {
    const now = await statuses(token);
    SUBGRAPHS.forEach((name, i) => {
      if (now[i] === 401) took[name] ??= Date.now() - from;
      else delete took[name];
    });
    return now.every((status) => status === 401);
  }, PROMISED_MS);
  return took;
}

const END = 'mutation ($input: EndSessionsInput!) { endSessions(input: $input) { ... on EndSessionsPayload { sessionsValidAfter } ... on DirectoryRefusal { code message } } }';
const PUT = 'mutation ($input: PutOfficialsInput!) { putOfficials(input: $input) { ... on PutDirectoryPayload { created changed } ... on DirectoryRefusal { code message } } }';
const put = (...rows: object[]) => system.query<{ putOfficials: { created: number; changed: number } }>('admin', PUT, { input: { idempotencyKey: key(), rows } });
const row = (name: string, id: string, part: object) => ({ id, staffNo: `E2E-${name}`, name: `马某${name}`, title: '工作人员', startedOn: '2020-01-01', ...part });

test('ended sessions are over on every subgraph within a minute, with hundreds of messages under way; a later sign-in is good', async () => {
  await housingCase(system);
  const token = system.tokenOf('housing');
  expect(await statuses(token)).toEqual([200, 200, 200, 200]);
  const crowd = Array.from({ length: 400 }, (_none, n) => row(`C${n}`, randomUUID(), { unitCode: units.civilAffairs.code }));
  await put(...crowd);
  for (let i = 0; i < 4; i += 1) await system.ask('clerk', REGISTER, { input: petition() });
  const under = await system.rows<{ n: number }>("SELECT COUNT(*) AS n FROM officials.outbox_messages WHERE state <> 'ACKED'");
  const from = Date.now();
  expect(await system.query('admin', END, { input: { idempotencyKey: key(), officialId: people.housing.sub, reason: '设备遗失，结束会话' } })).toMatchObject({ endSessions: { sessionsValidAfter: expect.any(String) as string } });
  const took = await refusedEverywhere(token, from);
  console.log(`sessions ended with ${under[0]?.n} messages under way: refused after ${SUBGRAPHS.map((name) => `${name} ${took[name]} ms`).join(', ')}`);
  expect(Math.max(...Object.values(took))).toBeLessThan(PROMISED_MS);
  expect((await askWith(token, FIELDS.cases)).text).toBe('{"errors":[{"message":"未登录或令牌无效。","extensions":{"code":"UNAUTHENTICATED"}}]}');
  await sleep(SKEW_MS);
  expect(await statuses(await system.tokenOfStranger(claimsOf('housing')))).toEqual([200, 200, 200, 200]);
  // nobody else was thrown out
  expect(await statuses(system.tokenOf('clerk'))).toEqual([200, 200, 200, 200]);
  await system.settled();
});

test('one answer is not half an answer: where one subgraph already knows, nothing of the others is shown', async () => {
  const id = randomUUID();
  await put(row('LEAVER', id, { unitCode: units.housing.code }));
  await system.settled();
  const token = await system.tokenOfStranger(claimsOf('housing', { sub: id }));
  const BOTH = '{ me { staffNo } cases(first: 1) { totalCount } }';
  expect(await askWith(token, BOTH)).toMatchObject({ status: 200 });
  await put(row('LEAVER', id, { unitCode: units.housing.code, validTo: '2022-09-26' }));
  await eventually('officials knows', async () => (await askWith(token, FIELDS.officials)).status === 401, PROMISED_MS);
  expect(await askWith(token, BOTH)).toEqual({ status: 401, text: '{"errors":[{"message":"未登录或令牌无效。","extensions":{"code":"UNAUTHENTICATED"}}]}' });
  await refusedEverywhere(token, Date.now());
});

test('whom the directory does not know is nobody, whatever the token says; an upload is refused too', async () => {
  const token = await system.tokenOfStranger(claimsOf('office', { sub: randomUUID(), roles: ['ADMIN', 'JOINT_OFFICE'] }));
  expect(await statuses(token)).toEqual([401, 401, 401, 401]);
  const sent = await request(`${system.url}/files?purpose=LEDGER_IMPORT`, { method: 'POST', body: 'x', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream', 'x-file-name': 'a.xlsx' } });
  expect([sent.statusCode, ((await sent.body.json()) as { error: { code: string } }).error.code]).toEqual([403, 'FORBIDDEN']);
});

test('a clerk who moves is out at once, and within a minute is what the new post makes of them, whatever unit the provider still says', async () => {
  await housingCase(system);
  const id = randomUUID();
  const seen = async (token: string): Promise<number | undefined> => (JSON.parse((await askWith(token, FIELDS.cases)).text) as { data?: { cases: { totalCount: number } } }).data?.cases.totalCount;
  await put(row('MOVER', id, { unitCode: units.housing.code }));
  await system.settled();
  const before = await system.tokenOfStranger(claimsOf('housing', { sub: id }));
  expect(await seen(before)).toBeGreaterThan(0);
  await put(row('MOVER', id, { unitCode: units.civilAffairs.code, startedOn: '2022-09-26' }));
  await refusedEverywhere(before, Date.now());
  await sleep(SKEW_MS);
  // the provider has not heard of the move; the gateway refused the old session before the services had heard of it
  const after = await system.tokenOfStranger(claimsOf('housing', { sub: id }));
  await eventually('the services know the new post', async () => (await seen(after)) === 0, PROMISED_MS);
  expect(await statuses(await system.tokenOfStranger(claimsOf('civilAffairs', { sub: id })))).toEqual([200, 200, 200, 200]);
  // a division beyond the unit's own is none
  expect(await seen(await system.tokenOfStranger(claimsOf('office', { division: '640000' })))).toBe(0);
  expect(await seen(system.tokenOf('office'))).toBeGreaterThan(0);
});
