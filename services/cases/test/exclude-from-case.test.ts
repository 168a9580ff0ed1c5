import { randomUUID } from 'node:crypto';
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
