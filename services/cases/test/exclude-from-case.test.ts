import { randomUUID } from 'node:crypto';
import { putKnownOfficials } from '@anjie/service-kit/facts';
import { viewers } from '@anjie/testing';
import { assign, count, seesCase, told } from './asking';
import { accuse, actor, exclude, lift, official, placeUnits, transfer, unit } from './sealed-world';
import { openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => {
  world = await openCases();
});
beforeEach(async () => {
  await world.reset();
  await placeUnits(world);
});
afterAll(() => world?.close());

const aCase = async (): Promise<string> => (await register(world, actor.clerk)).case.id;

test('《信访工作条例》第三十条第三款: an office keeps a unit with its subtree out of an ordinary case, and lets it in again', async () => {
  const id = await aCase();
  await assign(world, id, { leadUnitId: unit.centre }, actor.office);
  expect([await seesCase(world, actor.centre, id), await seesCase(world, actor.bureau, id)]).toEqual([true, true]);
  const done = await exclude(world, id, { unitId: unit.bureau.toUpperCase() });
  expect(done).toMatchObject({ __typename: 'ExclusionPayload', case: { exclusions: [{ unit: { id: unit.bureau }, official: null, ground: 'OFFICE' }] } });
  expect([await seesCase(world, actor.centre, id), await seesCase(world, actor.bureau, id), await seesCase(world, actor.cityBureau, id), await seesCase(world, actor.clerk, id)]).toEqual([false, false, true, true]);
  expect((await told(world, 'case-scope-changed')).at(-1)).toMatchObject({ caseId: id, isSealed: false, excluded: [{ kind: 'UNIT', id: unit.bureau }] });
  expect(await lift(world, id, done.case.exclusions[0]?.id ?? '')).toMatchObject({ case: { exclusions: [] } });
  expect([await seesCase(world, actor.centre, id), (await told(world, 'case-scope-changed')).at(-1)?.['excluded']]).toEqual([true, []]);
  expect(await count(world, 'exclusion_records', 'lifted_on IS NOT NULL AND reason_sealed IS NOT NULL AND lift_reason_sealed IS NOT NULL')).toBe(1);
  expect(await count(world, 'case_events', `action IN ('EXCLUDED', 'EXCLUSION_LIFTED')`)).toBe(2);
});

test('an official is kept out wherever they serve', async () => {
  const id = await aCase();
  await exclude(world, id, { officialId: official.mole });
  expect(await Promise.all([viewers.clerk(unit.hall, official.mole), viewers.jointOffice('640104', unit.office, official.mole), viewers.jointOffice('640000', randomUUID(), official.mole)]
    .map((viewer) => seesCase(world, viewer, id)))).toEqual([false, false, false]);
  expect(await seesCase(world, actor.clerk, id)).toBe(true);
});

test('a unit that is kept out is neither made responsible nor made to help; with its line it may again after the lifting', async () => {
  const id = await aCase();
  const done = await exclude(world, id, { unitId: unit.bureau });
  expect(await assign(world, id, { leadUnitId: unit.centre }, actor.office)).toMatchObject({ code: 'UNIT_EXCLUDED', basis: '《信访工作条例》第三十条第三款' });
  expect(await assign(world, id, { leadUnitId: place.housing, supportUnitIds: [unit.bureau] }, actor.office)).toMatchObject({ code: 'UNIT_EXCLUDED' });
  await lift(world, id, done.case.exclusions[0]?.id ?? '');
  expect(await assign(world, id, { leadUnitId: unit.centre }, actor.office)).toMatchObject({ __typename: 'AssignCasePayload' });
});

test.each<[string, Record<string, unknown>, typeof actor.office, string]>([
  ['by a window', { unitId: unit.bureau }, actor.clerk, 'NOT_PERMITTED'], ['by somebody who does not see the case', { unitId: unit.bureau }, people.otherCounty, 'NOT_FOUND'],
  ['of nobody', {}, actor.office, 'TARGET_NOT_FIT'], ['of both', { unitId: unit.bureau, officialId: official.mole }, actor.office, 'TARGET_NOT_FIT'],
  ['of a unit that is not known', { unitId: randomUUID() }, actor.office, 'TARGET_NOT_FIT'], ['of a text', { unitId: 'x' }, actor.office, 'TARGET_NOT_FIT'],
  ['of the own unit', { unitId: unit.office }, actor.office, 'OWN_UNIT'], ['without a reason', { unitId: unit.bureau, reason: '无' }, actor.office, 'REASON_MISSING'],
])('an exclusion %s is refused and nothing is written', async (_what, target, viewer, code) => {
  const id = await aCase();
  expect(await exclude(world, id, target, viewer)).toMatchObject({ __typename: 'ExclusionRefusal', code });
  expect([await count(world, 'exclusion_records'), await count(world, 'case_exclusions')]).toEqual([0, 0]);
});

test('twice is told; an exclusion of another case is not found through this one; two at once leave one', async () => {
  const [id, other] = [await aCase(), await aCase()];
  const done = await exclude(world, id, { unitId: unit.bureau });
  expect(await exclude(world, id, { unitId: unit.bureau })).toMatchObject({ code: 'ALREADY_EXCLUDED' });
  expect(await lift(world, other, done.case.exclusions[0]?.id ?? '')).toMatchObject({ code: 'NOT_FOUND' });
  const both = await Promise.all([exclude(world, other, { officialId: official.mole }), exclude(world, other, { officialId: official.mole }, actor.province)]);
  expect(both.map((one) => one.code ?? 'done').sort()).toEqual(['ALREADY_EXCLUDED', 'done']);
});

test('no office blinds the one above it: units and officials of an upper place are kept out by that place, whichever post of theirs it is', async () => {
  const id = await aCase();
  const [cityClerk, both, coming, former] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const posts = (officialId: string, ...held: [string, string, string | null][]) => putKnownOfficials(world.db.manager, [{
    officialId, staffNo: officialId.slice(0, 8), name: '某科员', unitId: held[0]?.[0] ?? null, validTo: null, posts: held.map(([unitId, startedOn, endedOn]) => ({ unitId, kind: 'PRIMARY', startedOn, endedOn })),
  }]);
  await posts(cityClerk, [unit.cityBureau, '2020-01-01', null]);
  await posts(both, [unit.bureau, '2020-01-01', null], [unit.cityBureau, '2020-01-01', null]);
  await posts(coming, [unit.bureau, '2020-01-01', null], [unit.cityDiscipline, '2023-01-01', null]);
  await posts(former, [unit.bureau, '2021-01-01', null], [unit.cityBureau, '2020-01-01', '2020-12-31']);
  for (const target of [{ unitId: unit.cityBureau }, { unitId: unit.cityDiscipline }, ...[cityClerk, both, coming].map((officialId) => ({ officialId }))]) {
    expect(await exclude(world, id, target)).toMatchObject({ __typename: 'ExclusionRefusal', code: 'NOT_PERMITTED', basis: '《信访工作条例》第三十条' });
  }
  expect([await count(world, 'exclusion_records'), await seesCase(world, actor.province, id)]).toEqual([0, true]);
  expect(await exclude(world, id, { officialId: former })).toMatchObject({ __typename: 'ExclusionPayload' });
  for (const target of [{ unitId: unit.cityBureau }, { officialId: cityClerk }]) expect(await exclude(world, id, target, actor.province)).toMatchObject({ __typename: 'ExclusionPayload' });
});

test('what an office above has recorded is lifted by that office, not from below', async () => {
  const id = await aCase();
  const city = viewers.jointOffice('640100', unit.cityBureau);
  const recorded = await exclude(world, id, { unitId: unit.bureau }, city);
  const exclusionId = recorded.case.exclusions[0]?.id ?? '';
  expect(await lift(world, id, exclusionId)).toMatchObject({ __typename: 'ExclusionRefusal', code: 'NOT_PERMITTED' });
  expect(await seesCase(world, actor.bureau, id)).toBe(false);
  expect(await lift(world, id, exclusionId, city)).toMatchObject({ case: { exclusions: [] } });
});

test('of an accusation the unit that has it records more of the accused, with their line; nothing is lifted, and the holder stays', async () => {
  const { id } = (await accuse(world, { accused: [] })).case;
  expect(await exclude(world, id, { unitId: unit.bureau }, actor.clerk)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await exclude(world, id, { unitId: unit.bureau }, actor.office)).toMatchObject({ code: 'NOT_FOUND' });
  await transfer(world, id);
  expect(await exclude(world, id, { unitId: unit.centre }, actor.discipline)).toMatchObject({ __typename: 'ExclusionPayload', case: { exclusions: [] } });
  expect(await count(world, 'case_exclusions', `case_id = '${id}'`)).toBe(3);
  const [record] = await world.db.query('SELECT id FROM exclusion_records LIMIT 1') as { id: string }[];
  expect(await lift(world, id, record?.id ?? '', actor.discipline)).toMatchObject({ code: 'NOT_LIFTABLE' });
  expect(await exclude(world, id, { unitId: unit.discipline }, actor.discipline)).toMatchObject({ code: 'OWN_UNIT' });
});

test('only joint offices read who is kept out of an ordinary case', async () => {
  const id = await aCase();
  await exclude(world, id, { unitId: unit.bureau });
  const read = async (viewer: typeof actor.clerk) => (await world.client.query<{ case: { exclusions: object[] } }>(viewer, 'query ($id: ID!) { case(id: $id) { exclusions { id } } }', { id })).case.exclusions.length;
  expect([await read(actor.office), await read(actor.province), await read(actor.clerk)]).toEqual([1, 1, 0]);
});

describe('posts besides the one that is used (第三十条第三款: whoever serves in the accused unit, wherever they sit)', () => {
  type Post = { unitId: string; kind: 'PRIMARY' | 'ACTING' | 'SECONDED'; startedOn: string; endedOn: string | null };
  const post = (unitId: string, part: Partial<Post> = {}): Post => ({ unitId, kind: 'PRIMARY', startedOn: '2020-01-01', endedOn: null, ...part });
  const havePosts = (officialId: string, posts: Post[]): Promise<void> =>
    putKnownOfficials(world.db.manager, [{ officialId, staffNo: officialId.slice(0, 8), name: '某科员', unitId: posts[0]?.unitId ?? null, validTo: null, posts }]);

  // the case is filed on 2022-09-27; the bureau with the centre below it is accused
  test.each<[string, Post[], boolean]>([
    ['has no other post', [post(unit.hall)], true],
    ['is seconded here from the accused unit', [post(unit.bureau), post(unit.hall, { kind: 'SECONDED' })], false],
    ['is seconded from a unit below the accused one', [post(unit.centre), post(unit.hall, { kind: 'SECONDED' })], false],
    ['acts for the accused unit beside the own post', [post(unit.hall), post(unit.bureau, { kind: 'ACTING', endedOn: '2022-12-31' })], false],
    ['moved here from the accused unit after the filing', [post(unit.hall, { startedOn: '2022-10-10' }), post(unit.bureau, { endedOn: '2022-10-10' })], false],
    ['moved here from the accused unit on the day of the filing', [post(unit.hall, { startedOn: '2022-09-27' }), post(unit.bureau, { endedOn: '2022-09-27' })], false],
    ['moved here from the accused unit before the filing', [post(unit.hall, { startedOn: '2022-09-26' }), post(unit.bureau, { endedOn: '2022-09-26' })], true],
    ['will move to the accused unit', [post(unit.hall), post(unit.bureau, { startedOn: '2023-01-01' })], false],
    ['comes from the unit above the accused one', [post(unit.cityBureau), post(unit.hall, { kind: 'SECONDED' })], true],
  ])('a clerk of the window that registered who %s sees the case: %#', async (_who, posts, sees) => {
    const id = await aCase();
    const clerk = viewers.clerk(unit.hall);
    await havePosts(clerk.subject, posts);
    expect(await seesCase(world, clerk, id)).toBe(true);
    await exclude(world, id, { unitId: unit.bureau });
    expect([await seesCase(world, clerk, id), await seesCase(world, actor.clerk, id)]).toEqual([sees, true]);
  });

  test('the same holds for an accusation, which nobody seconded from the accused unit may take in either', async () => {
    const { id } = (await accuse(world)).case;
    const [stranger, seconded] = [viewers.clerk(unit.hall), viewers.clerk(unit.hall)];
    await havePosts(seconded.subject, [post(unit.centre), post(unit.hall, { kind: 'SECONDED' })]);
    expect([await seesCase(world, stranger, id), await seesCase(world, seconded, id)]).toEqual([true, false]);
    expect((await told(world, 'case-scope-changed')).at(-1)?.['excluded']).toContainEqual({ kind: 'UNIT', id: unit.centre, since: '2022-09-27' });
    expect(await accuse(world, {}, seconded)).toMatchObject({ __typename: 'PetitionRefusal', code: 'UNIT_EXCLUDED' });
    expect(await count(world, 'accusations')).toBe(1);
  });
});
