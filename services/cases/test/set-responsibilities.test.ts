import { randomUUID } from 'node:crypto';
import { write } from '@anjie/service-kit/database';
import { setBusinessNow, viewers } from '@anjie/testing';
import { assign, count, faultOf, seesCase, told } from './asking';
import { abroad, aSet, assists, cityOffice, cooperates, farTown, haveOffices, otherTown, requestCoordination, resolves, SET, setResponsibilities, sharedCase } from './asking-responsibility';
import { openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(async () => {
  await world.reset();
  await haveOffices(world);
});
afterAll(() => world?.close());

const PRACTICE = '三跨三分离 (practice)';
const aCase = async (): Promise<string> => {
  const { id } = (await register(world)).case;
  await assign(world, id);
  return id;
};

test(`${PRACTICE}: the place of occurrence resolves, the residence assists, the household place cooperates; each sees the case, a stranger does not · row 69`, async () => {
  const id = await aCase();
  const sight = () => Promise.all([people.housing, otherTown, farTown, people.stranger, people.otherCounty].map((viewer) => seesCase(world, viewer, id)));
  expect(await sight()).toEqual([true, false, false, false, false]);
  const done = await setResponsibilities(world, id, { responsibilities: [resolves(), assists(), cooperates()] }, people.province);
  expect(done.case).toMatchObject({ version: 3, leadUnit: { id: place.housing } });
  expect(new Map(done.case.responsibilities.nodes.map((row) => [row.unit.id, `${row.role} ${row.placeKind} ${row.since} ${row.until}`]))).toEqual(new Map([
    [place.housing, 'RESOLVE OCCURRENCE 2022-09-27 null'], [abroad.otherTown, 'ASSIST RESIDENCE 2022-09-27 null'], [abroad.farTown, 'COOPERATE HOUSEHOLD 2022-09-27 null'],
  ]));
  expect(await sight()).toEqual([true, true, true, false, false]);
  expect((await told(world, 'case-scope-changed')).at(-1)).toMatchObject({
    parties: [{ role: 'REGISTRAR' }, { role: 'LEAD', id: place.housing }, { role: 'ASSIST', id: abroad.otherTown }, { role: 'COOPERATE', id: abroad.farTown }],
  });
  expect(await count(world, 'case_events', "action = 'RESPONSIBILITIES_SET'")).toBe(1);
});

test('a later set ends what it changes and keeps the first day of what stays', async () => {
  const id = await aCase();
  await setResponsibilities(world, id);
  await setBusinessNow(world.db, new Date('2022-10-10T09:00:00+08:00'));
  await setResponsibilities(world, id, { expectedVersion: 3, responsibilities: [resolves(), cooperates(abroad.otherTown)] });
  const all = await world.client.query<{ case: { responsibilities: { totalCount: number; nodes: { unit: { id: string }; role: string; since: string; until: string | null }[] } } }>(
    people.province, 'query ($id: ID!) { case(id: $id) { responsibilities(inForce: false) { totalCount nodes { unit { id } role since until } } } }', { id },
  );
  expect(all.case.responsibilities.totalCount).toBe(3);
  expect(all.case.responsibilities.nodes).toEqual(expect.arrayContaining([
    { unit: { id: place.housing }, role: 'RESOLVE', since: '2022-09-27', until: null },
    { unit: { id: abroad.otherTown }, role: 'ASSIST', since: '2022-09-27', until: '2022-10-10' },
    { unit: { id: abroad.otherTown }, role: 'COOPERATE', since: '2022-10-10', until: null },
  ]));
});

test('resolving goes with the lead unit when the case is assigned to another', async () => {
  const id = await aCase();
  await setResponsibilities(world, id, { responsibilities: [resolves(), assists(place.civilAffairs, { placeKind: null }), cooperates(abroad.otherTown)] });
  await assign(world, id, { expectedVersion: 3, leadUnitId: place.civilAffairs });
  expect((await sharedCase(world, id)).responsibilities.nodes.map((row) => [row.unit.id, row.role]).sort()).toEqual([[abroad.otherTown, 'COOPERATE'], [place.civilAffairs, 'RESOLVE']].sort());
});

test.each<[string, string, () => object]>([
  ['two that resolve', 'ONE_RESOLVER', () => ({ responsibilities: [resolves(), resolves(abroad.otherTown)] })],
  ['nobody', 'COUNT_OUT_OF_RANGE', () => ({ responsibilities: [] })],
  ['a unit twice, in other letters', 'UNIT_TWICE', () => ({ responsibilities: [resolves(), assists(place.housing.toUpperCase())] })],
  ['a ground of 501 characters', 'TEXT_LENGTH', () => ({ responsibilities: [resolves(place.housing, { ground: '地'.repeat(501) })] })],
  ['the residence that resolves', 'ROLE_NOT_BY_PLACE', () => ({ responsibilities: [resolves(place.housing, { placeKind: 'RESIDENCE' })] })],
  ['the household place that assists', 'ROLE_NOT_BY_PLACE', () => ({ responsibilities: [resolves(), assists(abroad.otherTown, { placeKind: 'HOUSEHOLD' })] })],
  ['a unit that resolves and does not lead', 'RESOLVER_NOT_LEAD', () => ({ responsibilities: [resolves(abroad.otherTown)] })],
  ['a unit that is not known', 'UNIT_UNKNOWN', () => ({ responsibilities: [resolves(), assists(randomUUID())] })],
  ['a unit that is no id', 'UNIT_UNKNOWN', () => ({ responsibilities: [resolves(), assists("x' OR '1'='1")] })],
  ['a case that does not exist', 'NOT_FOUND', () => ({ caseId: randomUUID() })],
])(`${PRACTICE}: %s is refused: %s, and nothing is written`, async (_what, code, part) => {
  const id = await aCase();
  expect(await setResponsibilities(world, id, part())).toMatchObject({ __typename: 'ResponsibilityRefusal', code });
  expect([await count(world, 'case_responsibilities'), await count(world, 'cases', 'version = 2')]).toEqual([0, 1]);
});

test('《信访工作条例》第三十条第三款: a unit that is kept out of the case gets no part in it, and no sub-unit of it either', async () => {
  const id = await aCase();
  await write(world.db.manager, "INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'UNIT', ?)", [id, abroad.otherTown]);
  expect(await setResponsibilities(world, id)).toMatchObject({ code: 'UNIT_EXCLUDED', basis: '《信访工作条例》第三十条第三款' });
  expect(await setResponsibilities(world, id, { responsibilities: [resolves(), cooperates(abroad.farTown)] }, people.province)).toMatchObject({ __typename: 'SetResponsibilitiesPayload' });
});

test('before there is a lead unit nobody can resolve', async () => {
  const { id } = (await register(world)).case;
  expect(await setResponsibilities(world, id, { expectedVersion: 1 })).toMatchObject({ code: 'NOT_ASSIGNED' });
});

test('《信访工作条例》第二十四条第一款: only an office whose division holds all places sets; the county asks the city', async () => {
  const id = await aCase();
  for (const viewer of [people.county, people.housing, people.clerk]) expect(await setResponsibilities(world, id, {}, viewer)).toMatchObject({ code: 'NOT_PERMITTED', basis: '《信访工作条例》第二十四条第一款' });
  for (const viewer of [people.otherCounty, people.stranger, otherTown, viewers.admin(), viewers.plain()]) expect(await setResponsibilities(world, id, {}, viewer)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await setResponsibilities(world, id, { responsibilities: [resolves(), assists(place.civilAffairs, { placeKind: null })] }, people.county)).toMatchObject({ __typename: 'SetResponsibilitiesPayload' });
  expect(await setResponsibilities(world, id, { expectedVersion: 3 }, cityOffice)).toMatchObject({ __typename: 'SetResponsibilitiesPayload' });
  expect(await setResponsibilities(world, id, { expectedVersion: 4, responsibilities: [resolves(), cooperates()] }, cityOffice)).toMatchObject({ code: 'NOT_PERMITTED' });
});

test('while a request for coordination is open, nobody sets past it', async () => {
  const id = await aCase();
  await requestCoordination(world, id);
  expect(await setResponsibilities(world, id)).toMatchObject({ code: 'REQUEST_OPEN' });
});

test('whoever saw an older state gets CONFLICT; of 20 at once exactly one wins', async () => {
  const id = await aCase();
  const answers = await Promise.all(Array.from({ length: 20 }, (_unused, i) => faultOf(world, cityOffice, SET, { input: aSet(id, { responsibilities: [resolves(), i % 2 ? assists() : cooperates(abroad.otherTown)] }) })));
  expect(answers.filter((fault) => !fault)).toHaveLength(1);
  expect(answers.filter((fault) => fault)).toEqual(Array.from({ length: 19 }, () => ({ code: 'CONFLICT', detail: { currentVersion: 3 } })));
  expect(await count(world, 'case_responsibilities', 'active_case_id IS NOT NULL')).toBe(2);
});

test('the same request sent again sets once', async () => {
  const input = aSet(await aCase());
  for (let i = 0; i < 3; i += 1) await world.client.query(cityOffice, SET, { input });
  expect(await count(world, 'case_responsibilities')).toBe(2);
});
