import type { Viewer } from '@anjie/access';
import { setBusinessNow, viewers } from '@anjie/testing';
import { select } from '@anjie/service-kit/database';
import { assign, ASSIGN, anAssignment, count, seesCase, told } from './asking';
import { giveGuidance, sharedCase } from './asking-responsibility';
import { key, openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const DUAL = '双向交办 (practice)';
const aCase = async (): Promise<string> => (await register(world)).case.id;
const duties = async (code: string) => (await told(world, 'obligation-declared')).filter((duty) => duty['dutyCode'] === code);
const step = async (viewer: Viewer, name: string, input: string, part: object): Promise<void> => {
  const answer = await world.client.query<Record<string, { __typename: string }>>(viewer, `mutation ($input: ${input}!) { ${name}(input: $input) { __typename } }`, { input: { idempotencyKey: key(), ...part } });
  expect(answer[name]?.__typename).not.toMatch(/Refusal/);
};
const assignments = async (id: string) => (await world.client.query<{ case: { assignments: { nodes: object[] } } }>(
  people.county, 'query ($id: ID!) { case(id: $id) { assignments { nodes { leadUnit { id } guideUnit { id } guidanceDueOn origin endedOn } } } }', { id },
)).case.assignments.nodes;

test(`${DUAL}: one case, the territory answers and the line department guides; both see it · row 68`, async () => {
  const id = await aCase();
  expect(await seesCase(world, people.civilAffairs, id)).toBe(false);
  await assign(world, id, { guideUnitId: place.civilAffairs.toUpperCase(), limitOn: '2022-12-31' });
  expect(await sharedCase(world, id)).toMatchObject({ leadUnit: { id: place.housing }, guideUnit: { id: place.civilAffairs }, supportUnits: [] });
  expect(await assignments(id)).toEqual([{ leadUnit: { id: place.housing }, guideUnit: { id: place.civilAffairs }, guidanceDueOn: null, origin: 'ORDER', endedOn: null }]);
  expect(await Promise.all([people.housing, people.civilAffairs, people.stranger, viewers.clerk(place.civilAffairs)].map((viewer) => seesCase(world, viewer, id)))).toEqual([true, true, false, false]);
  expect((await told(world, 'case-scope-changed')).at(-1)).toMatchObject({ parties: [{ role: 'REGISTRAR' }, { role: 'LEAD', id: place.housing }, { role: 'GUIDE', id: place.civilAffairs }] });
  expect((await duties('CAMPAIGN_LIMIT')).map((duty) => duty['obligorUnitId'])).toEqual([place.housing]);
  expect(await duties('GUIDANCE')).toEqual([]);
});

test(`${DUAL}: a guide owes guidance only by a day that was given, and has met it when it gave it`, async () => {
  const id = await aCase();
  await assign(world, id, { guideUnitId: place.civilAffairs, guidanceDueOn: '2022-10-20' });
  expect(await duties('GUIDANCE')).toMatchObject([{ state: 'OPEN', obligorUnitId: place.civilAffairs, startOn: '2022-09-27', dueOn: '2022-10-20', basis: '双向交办要求' }]);
  await setBusinessNow(world.db, new Date('2022-10-10T09:00:00+08:00'));
  expect(await giveGuidance(world, id)).toMatchObject({ __typename: 'GiveGuidancePayload' });
  expect((await duties('GUIDANCE')).at(-1)).toMatchObject({ state: 'MET', metOn: '2022-10-10' });
  expect(await select(world.db.manager, "SELECT ground, actor_unit_id AS unit FROM case_events WHERE case_id = ? AND action = 'GUIDANCE_GIVEN'", [id])).toEqual([{ ground: '按政策先行核实面积。', unit: place.civilAffairs }]);
});

test(`${DUAL}: only the guide gives guidance`, async () => {
  const id = await aCase();
  await assign(world, id, { guideUnitId: place.civilAffairs, guidanceDueOn: '2022-10-20' });
  for (const viewer of [people.housing, people.county, people.province, viewers.plain(people.civilAffairs.subject, place.civilAffairs)]) {
    expect(await giveGuidance(world, id, {}, viewer)).toMatchObject({ code: expect.stringMatching(/NOT_PERMITTED|NOT_FOUND/) as string });
  }
  expect(await giveGuidance(world, id, { opinion: ' ' })).toMatchObject({ code: 'TEXT_LENGTH' });
  expect(await giveGuidance(world, id, { opinion: '导'.repeat(1_001) })).toMatchObject({ code: 'TEXT_LENGTH' });
  expect(await duties('GUIDANCE')).toHaveLength(1);
});

test('a later assignment ends an earlier request for guidance, and may ask another guide', async () => {
  const id = await aCase();
  await assign(world, id, { guideUnitId: place.civilAffairs, guidanceDueOn: '2022-10-20' });
  await assign(world, id, { expectedVersion: 2, guideUnitId: place.elsewhere, guidanceDueOn: '2022-11-20' });
  expect((await duties('GUIDANCE')).map((duty) => [duty['state'], duty['obligorUnitId']]).sort()).toEqual([['CANCELLED', place.civilAffairs], ['OPEN', place.civilAffairs], ['OPEN', place.elsewhere]].sort());
  expect([await seesCase(world, people.civilAffairs, id), await seesCase(world, people.stranger, id)]).toEqual([false, true]);
});

test.each<[string, string, () => object]>([
  ['the lead unit as its own guide', 'UNIT_TWICE', () => ({ guideUnitId: place.housing })],
  ['a supporting unit as guide', 'UNIT_TWICE', () => ({ supportUnitIds: [place.civilAffairs], guideUnitId: place.civilAffairs })],
  ['a guide that is not known', 'UNIT_UNKNOWN', () => ({ guideUnitId: 'nobody' })],
  ['a date without a guide', 'GUIDE_MISSING', () => ({ guidanceDueOn: '2022-10-20' })],
  ['a date of guidance today', 'DATE_NOT_AFTER_TODAY', () => ({ guideUnitId: place.civilAffairs, guidanceDueOn: '2022-09-27' })],
])('%s is refused: %s, and nothing is written', async (_what, code, part) => {
  const id = await aCase();
  expect(await assign(world, id, part() as Record<string, unknown>)).toMatchObject({ code });
  expect([await count(world, 'assignments'), await count(world, 'case_first_handlers')]).toEqual([0, 0]);
});

test('首接首办: the unit of the first assignment is the first handler, and stays it · row 86', async () => {
  const id = await aCase();
  expect((await sharedCase(world, id)).firstHandler).toBeNull();
  await assign(world, id);
  await setBusinessNow(world.db, new Date('2022-10-10T09:00:00+08:00'));
  await assign(world, id, { expectedVersion: 2, leadUnitId: place.civilAffairs });
  expect((await sharedCase(world, id)).firstHandler).toEqual({ unit: { id: place.housing }, official: null, since: '2022-09-27' });
});

test('首接首办: the official who accepts for that unit is added, once; one of another unit is not · row 86', async () => {
  const id = await aCase();
  await assign(world, id, { leadUnitId: place.civilAffairs });
  await step(people.civilAffairs, 'routeCase', 'RouteCaseInput', { caseId: id, expectedVersion: 2, route: 'ART31_6', ground: '属于申诉求决事项' });
  await assign(world, id, { expectedVersion: 3 });
  await step(people.housing, 'acceptCase', 'AcceptCaseInput', { caseId: id, expectedVersion: 4, isAddressUnknown: true });
  expect((await sharedCase(world, id)).firstHandler).toMatchObject({ unit: { id: place.civilAffairs }, official: null });
  const other = await aCase();
  await assign(world, other);
  await step(people.housing, 'routeCase', 'RouteCaseInput', { caseId: other, expectedVersion: 2, route: 'ART31_6', ground: '属于申诉求决事项' });
  await step(people.housing, 'acceptCase', 'AcceptCaseInput', { caseId: other, expectedVersion: 3, isAddressUnknown: true });
  expect(await sharedCase(world, other)).toMatchObject({ status: 'ACCEPTED', firstHandler: { unit: { id: place.housing }, official: { id: people.housing.subject } } });
});

test('of two people who name different guides for the same state at once exactly one wins', async () => {
  const id = await aCase();
  const inputs = [place.civilAffairs, place.elsewhere].map((guideUnitId) => anAssignment(id, { guideUnitId }));
  const answers = await Promise.all(inputs.map((input) => world.client.ask(people.county, ASSIGN, { input })));
  expect(answers.filter((answer) => answer.errors).map((answer) => answer.errors?.[0]?.message)).toHaveLength(1);
  expect(await count(world, 'assignments', 'active_case_id IS NOT NULL')).toBe(1);
});
