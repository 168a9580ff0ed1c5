import { randomUUID } from 'node:crypto';
import { REVOCATION_BUDGET, type Viewer } from '@anjie/access';
import { openTestDatabase, setBusinessNow, viewers } from '@anjie/testing';
import { kitMigrations, kitTables } from '../src/database';
import { caseScopeMigrations, caseScopeTables, directoryMigrations, directoryTables, putKnownOfficials, putKnownUnits } from '../src/facts';
import { createAdmission, readStanding, type Admit } from '../src/sessions';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let nowMs = 0;
let asked = 0;
let admit: Admit;
beforeAll(async () => void (database = await openTestDatabase({
  service: 'kit_admit', tables: [...kitTables, ...caseScopeTables, ...directoryTables], migrations: [...kitMigrations, ...caseScopeMigrations, ...directoryMigrations],
})));
beforeEach(async () => {
  await database.truncate();
  await setBusinessNow(database.db, new Date('2022-09-27T00:30:00+08:00'));
  await putKnownUnits(database.db.manager, [unit(BUREAU), unit(HALL), unit(OLD, '2022-09-27')]);
  [nowMs, asked] = [1_000_000, 0];
  admit = createAdmission((officialId) => ((asked += 1), readStanding(database.db.manager, 'cases', officialId)), () => nowMs);
});
afterAll(() => database.close());

const [BUREAU, HALL, OLD] = [randomUUID(), randomUUID(), randomUUID()] as const;
const unit = (unitId: string, validTo: string | null = null) => ({
  unitId, code: unitId.slice(0, 8), name: 'x', kind: 'DEPARTMENT', divisionCode: '640104', ancestorIds: [], headOfficialId: null, successorUnitId: null, validTo,
});
type Post = { unitId: string; kind?: 'PRIMARY' | 'ACTING' | 'SECONDED'; startedOn?: string; endedOn?: string | null };
/** An official as officials tells of them. */
async function haveOfficial(posts: readonly Post[], part: { id?: string; validTo?: string | null; sessionsValidAfter?: string | null } = {}): Promise<string> {
  const officialId = part.id ?? randomUUID();
  await putKnownOfficials(database.db.manager, [{
    officialId, staffNo: officialId.slice(0, 8), name: '某某', unitId: posts[0]?.unitId ?? null, validTo: part.validTo ?? null, sessionsValidAfter: part.sessionsValidAfter ?? null,
    posts: posts.map((post) => ({ kind: 'PRIMARY', startedOn: '2020-01-01', endedOn: null, ...post })),
  }]);
  return officialId;
}
const handler = (unitId: string, subject: string): Viewer => ({ ...viewers.handler(unitId, subject), divisionCode: '640104', signedInAt: Math.floor(Date.now() / 1000) });
const rolesIn = async (unitId: string, subject: string): Promise<readonly string[] | undefined> => (await admit(handler(unitId, subject)))?.roles;
const IN = ['UNIT_HANDLER'];

test.each<[string, Post, readonly string[]]>([
  ['a post that is held', { unitId: BUREAU }, IN],
  ['a post that begins today', { unitId: BUREAU, startedOn: '2022-09-27' }, IN],
  ['a post that begins tomorrow', { unitId: BUREAU, startedOn: '2022-09-28' }, []],
  ['an acting post on its last day', { unitId: BUREAU, kind: 'ACTING', endedOn: '2022-09-28' }, IN],
  ['an acting post from the day of its end', { unitId: BUREAU, kind: 'ACTING', endedOn: '2022-09-27' }, []],
  ['a secondment', { unitId: BUREAU, kind: 'SECONDED', endedOn: '2022-12-31' }, IN],
  ['a post of another unit', { unitId: HALL }, []],
])('%s, by the business day in Asia/Shanghai', async (_what, post, roles) => {
  expect(await rolesIn(BUREAU, await haveOfficial([post]))).toEqual(roles);
});

test('each of two posts may be used, and neither lends its roles to a third unit', async () => {
  const subject = await haveOfficial([{ unitId: BUREAU }, { unitId: HALL, kind: 'SECONDED' }]);
  expect([await rolesIn(BUREAU, subject), await rolesIn(HALL, subject), await rolesIn(randomUUID(), subject)]).toEqual([IN, IN, []]);
});

test("a closed unit's account is nobody in that unit; the successor counts once the directory gives a post there", async () => {
  const subject = await haveOfficial([{ unitId: OLD }]);
  expect(await admit(handler(OLD, subject))).toMatchObject({ subject, unitId: null, divisionCode: null, roles: [] });
  await haveOfficial([{ unitId: OLD, endedOn: '2022-09-27' }, { unitId: HALL, startedOn: '2022-09-27' }], { id: subject });
  nowMs += REVOCATION_BUDGET.standingKeptMs;
  expect([await rolesIn(OLD, subject), await rolesIn(HALL, subject)]).toEqual([[], IN]);
});

test.each<[string, () => Promise<string>]>([
  ['whom the directory does not know', async () => randomUUID()],
  ['whose id is no id', async () => "1' OR '1'='1"],
  ['who has left', () => haveOfficial([{ unitId: BUREAU }], { validTo: '2022-09-27' })],
  ['whose sessions were ended', () => haveOfficial([{ unitId: BUREAU }], { sessionsValidAfter: new Date(Date.now() + 1_000).toISOString() })],
])('an official %s is not let in; one who leaves tomorrow is', async (_who, have) => {
  expect(await admit(handler(BUREAU, await have()))).toBeUndefined();
  expect(await rolesIn(BUREAU, await haveOfficial([{ unitId: BUREAU }], { validTo: '2022-09-28' }))).toEqual(IN);
});

test('sessions that were ended stay ended whatever is told later; a new sign-in is let in', async () => {
  const ended = new Date(Date.now() - 60_000);
  const subject = await haveOfficial([{ unitId: BUREAU }], { sessionsValidAfter: ended.toISOString() });
  await haveOfficial([{ unitId: BUREAU }], { id: subject });
  const signedIn = (s: number): Promise<Viewer | undefined> => admit({ ...handler(BUREAU, subject), signedInAt: Math.floor(ended.getTime() / 1000) + s });
  expect([await signedIn(-1), await signedIn(0), (await signedIn(1))?.subject]).toEqual([undefined, undefined, subject]);
});

test('an empty copy lets nobody in, an administrator neither: only where the directory is kept may somebody begin it', async () => {
  expect(await admit(viewers.admin())).toBeUndefined();
});

test('services at work and public portals are no officials', async () => {
  for (const viewer of [viewers.service('cases'), viewers.portal()]) expect(await admit(viewer)).toBe(viewer);
  expect(asked).toBe(0);
});

test('who is in is asked about once in a while, whoever was refused each time, many at once together', async () => {
  const subject = await haveOfficial([{ unitId: BUREAU }]);
  await Promise.all(Array.from({ length: 20 }, () => rolesIn(BUREAU, subject)));
  expect(asked).toBe(1);
  await haveOfficial([{ unitId: BUREAU }], { id: subject, validTo: '2022-09-01' });
  nowMs += REVOCATION_BUDGET.standingKeptMs - 1;
  expect([await rolesIn(BUREAU, subject), asked]).toEqual([IN, 1]);
  nowMs += 1;
  expect([await rolesIn(BUREAU, subject), await rolesIn(BUREAU, subject), asked]).toEqual([undefined, undefined, 3]);
});

test('a message of before posts were told leaves the posts that are known', async () => {
  const subject = await haveOfficial([{ unitId: BUREAU }]);
  await putKnownOfficials(database.db.manager, [{ officialId: subject, staffNo: 'S', name: '某某', unitId: BUREAU, validTo: null }]);
  expect(await rolesIn(BUREAU, subject)).toEqual(IN);
});

test('while the database is away it is an outage, and the next look is a new one', async () => {
  let isAway = true;
  const subject = await haveOfficial([{ unitId: BUREAU }]);
  const flaky = createAdmission((id) => (isAway ? Promise.reject(new Error('away')) : readStanding(database.db.manager, 'cases', id)));
  await expect(flaky(handler(BUREAU, subject))).rejects.toThrow('away');
  isAway = false;
  expect((await flaky(handler(BUREAU, subject)))?.roles).toEqual(IN);
});
