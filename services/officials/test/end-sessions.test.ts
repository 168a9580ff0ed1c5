import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { createAdmission, readStanding, type Admit } from '@anjie/service-kit/sessions';
import { setBusinessNow, viewers } from '@anjie/testing';
import { tellPosts } from '../src/officials/official-service';
import { admin, key, openOfficials, PUT_OFFICIALS, PUT_UNITS, toldOf, type Officials } from './fixture';

let officials: Officials;
let admit: Admit;
beforeAll(async () => void (officials = await openOfficials()));
beforeEach(async () => {
  await officials.truncate();
  await setBusinessNow(officials.db, new Date('2026-06-30T09:00:00+08:00'));
  await officials.divisions();
  await officials.put(PUT_UNITS, ['A', 'B'].map((code) => ({ code, name: code, kind: 'DEPARTMENT', divisionCode: '640104', validFrom: '2020-01-01' })));
  // nothing is remembered: each look is a new one
  admit = (viewer: Viewer) => createAdmission((id) => readStanding(officials.db.manager, 'officials', id))(viewer);
});
afterAll(() => officials.close());

const END = `mutation ($input: EndSessionsInput!) { endSessions(input: $input) { __typename
  ... on EndSessionsPayload { official { staffNo } sessionsValidAfter } ... on DirectoryRefusal { code } } }`;
type Ended = { __typename: string; code?: string; official?: { staffNo: string }; sessionsValidAfter?: string };
const end = async (officialId: string, viewer: Viewer = admin, part: object = {}): Promise<Ended> =>
  (await officials.client.query<{ endSessions: Ended }>(viewer, END, { input: { idempotencyKey: key(), officialId, reason: '令牌遗失，已报告', ...part } })).endSessions;

const person = (part: object = {}) => ({ staffNo: 'S1', name: '某某', unitCode: 'A', title: '科长', startedOn: '2024-01-01', ...part });
const idOf = async (staffNo = 'S1'): Promise<string> => (await select<{ id: string }>(officials.db.manager, 'SELECT id FROM officials WHERE staff_no = ?', [staffNo]))[0]?.id ?? '';
const unitOf = async (code: string): Promise<string> => (await select<{ id: string }>(officials.db.manager, 'SELECT id FROM units WHERE code = ?', [code]))[0]?.id ?? '';
const signedIn = async (unit: string, seconds = 0): Promise<Viewer> => ({ ...viewers.handler(await unitOf(unit), await idOf()), signedInAt: Math.floor(Date.now() / 1000) + seconds });
const isIn = async (unit: string, seconds = 0): Promise<boolean> => ((await admit(await signedIn(unit, seconds)))?.roles ?? []).includes('UNIT_HANDLER');
const lastTold = async () => (await toldOf(officials.db, 'official-changed')).at(-1)?.payload;

test('an administrator ends the sessions of an official: told to everybody, audited, and a later sign-in is good', async () => {
  await officials.put(PUT_OFFICIALS, [person()]);
  expect(await isIn('A')).toBe(true);
  const done = await end(await idOf());
  expect(done).toMatchObject({ __typename: 'EndSessionsPayload', official: { staffNo: 'S1' } });
  expect([await isIn('A', -60), await isIn('A', 5)]).toEqual([false, true]);
  expect(await lastTold()).toMatchObject({ sessionsValidAfter: done.sessionsValidAfter, posts: [{ kind: 'PRIMARY', startedOn: '2024-01-01', endedOn: null }] });
  expect(await select(officials.db.manager, `SELECT subject_id AS id FROM audit_entries WHERE action = 'SESSIONS_ENDED'`)).toEqual([{ id: await idOf() }]);
});

test('the same key answers the same and ends nothing again', async () => {
  await officials.put(PUT_OFFICIALS, [person()]);
  const input = { idempotencyKey: key() };
  const first = await end(await idOf(), admin, input);
  expect(await end(await idOf(), admin, input)).toEqual(first);
  expect(await toldOf(officials.db, 'official-changed')).toHaveLength(2);
});

test('nobody else ends sessions; a reason is needed; nobody is nobody', async () => {
  await officials.put(PUT_OFFICIALS, [person()]);
  const id = await idOf();
  expect(await end(id, viewers.jointOffice('640000', await unitOf('A')))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await end(id, admin, { reason: '无' })).toMatchObject({ code: 'REASON_MISSING' });
  for (const nobody of [key(), 'x']) expect(await end(nobody)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await isIn('A')).toBe(true);
});

test.each<[string, object, boolean]>([
  ['who leaves', { validTo: '2026-06-30' }, true],
  ['who moves to another unit', { unitCode: 'B', startedOn: '2026-06-30' }, true],
  ['who will leave next month', { validTo: '2026-07-30' }, false],
  ['who will move next month', { unitCode: 'B', startedOn: '2026-07-30' }, false],
  ['whose name is corrected', { name: '某某某' }, false],
])('the sessions of an official %s end: %s', async (_who, change, ends) => {
  await officials.put(PUT_OFFICIALS, [person()]);
  await officials.put(PUT_OFFICIALS, [person(change)]);
  expect(typeof (await lastTold())?.['sessionsValidAfter']).toBe(ends ? 'string' : 'object');
});

test('posts are told with kind and days, those that ended included; an acting post needs its end, and ends by itself', async () => {
  const posts = [person(), person({ unitCode: 'B', title: '副局长', kind: 'ACTING', startedOn: '2026-06-01', endsOn: '2026-07-01' })];
  expect(await officials.put(PUT_OFFICIALS, [{ ...posts[1], endsOn: null }])).toMatchObject({ code: 'ROW_NOT_FIT' });
  expect(await officials.put(PUT_OFFICIALS, posts)).toMatchObject({ created: 1 });
  expect(await officials.put(PUT_OFFICIALS, posts)).toMatchObject({ unchanged: 1 });
  expect([await isIn('A'), await isIn('B')]).toEqual([true, true]);
  await setBusinessNow(officials.db, new Date('2026-07-01T00:10:00+08:00'));
  expect([await isIn('A'), await isIn('B')]).toEqual([true, false]);
  expect(await officials.put(PUT_OFFICIALS, [person({ title: '处长', startedOn: '2026-07-01' })])).toMatchObject({ changed: 1 });
  expect((await lastTold())?.['posts']).toEqual([
    { unitId: await unitOf('A'), kind: 'PRIMARY', startedOn: '2024-01-01', endedOn: '2026-07-01' },
    { unitId: await unitOf('B'), kind: 'ACTING', startedOn: '2026-06-01', endedOn: '2026-07-01' },
    { unitId: await unitOf('A'), kind: 'PRIMARY', startedOn: '2026-07-01', endedOn: null },
  ]);
});

test('while nobody is recorded an administrator may begin the directory, and is nobody any more once somebody else is', async () => {
  const founder = { ...viewers.admin(), unitId: await unitOf('A'), roles: ['ADMIN', 'JOINT_OFFICE'] as Viewer['roles'] };
  expect(await admit(founder)).toMatchObject({ unitId: null, roles: ['ADMIN'] });
  expect(await admit(viewers.handler(await unitOf('A')))).toBeUndefined();
  await officials.put(PUT_OFFICIALS, [person()]);
  expect(await admit(founder)).toBeUndefined();
  await officials.put(PUT_OFFICIALS, [{ id: founder.subject, staffNo: 'ADMIN', name: '管理员' }]);
  expect(await admit({ ...founder, unitId: null })).toMatchObject({ roles: ['ADMIN', 'JOINT_OFFICE'], divisionCode: null });
});

test('officials of before posts were told are told again, once', async () => {
  await officials.put(PUT_OFFICIALS, [person(), person({ staffNo: 'S2' })]);
  await officials.db.query('UPDATE officials SET is_post_told = 0');
  const tell = () => officials.db.transaction((tx) => tellPosts(tx, officials.outbox, { viewer: viewers.service('officials'), requestId: 'again' }));
  expect([await tell(), await tell()]).toEqual([2, 0]);
  expect((await toldOf(officials.db, 'official-changed')).filter(({ version }) => version === 2).map(({ payload }) => (payload['posts'] as unknown[]).length)).toEqual([1, 1]);
});
