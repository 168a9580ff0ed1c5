import { randomUUID } from 'node:crypto';
import { UnitChanged } from '@anjie/contracts';
import { select, write } from '@anjie/service-kit/database';
import { setBusinessNow, viewers } from '@anjie/testing';
import { assign, ASSIGN, anAssignment, count, faultOf, seesCase, told } from './asking';
import { abroad, aDesignation, assists, aUnit, cityOffice, designate, DESIGNATE, haveOffices, haveUnits, resolves, setResponsibilities, sharedCase, type UnitPart } from './asking-responsibility';
import { hear } from './hearing';
import { openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(async () => {
  await world.reset();
  await haveOffices(world);
});
afterAll(() => world?.close());

const ART24 = '《信访工作条例》第二十四条第二款';
const aCase = async (): Promise<string> => (await register(world)).case.id;
const close = (unitId: string, part: UnitPart = {}) => haveUnits(world, aUnit(unitId, { validTo: '2022-09-01', ...part }));
let version = 0;
const hearUnit = (unitId: string, part: UnitPart) =>
  hear(world, { event: UnitChanged, aggregateId: unitId, version: (version += 1), payload: aUnit(unitId, { validTo: '2022-09-27', ...part }) });
const moveAll = async (): Promise<number> => {
  let steps = 0;
  while (await world.services.successions.moveNext()) steps += 1;
  return steps;
};
const duties = async (code: string) => (await told(world, 'obligation-declared')).filter((duty) => duty['dutyCode'] === code);
const SUCCESSIONS = ASSIGN.replace('... on AssignCasePayload {', '... on AssignCasePayload { successions { from { id } to { id } }');

test(`${ART24}: assigning to a closed unit reaches its successor, and says so in the answer and in the history`, async () => {
  const [id, older] = [await aCase(), randomUUID()];
  await close(place.housing, { successorUnitId: place.civilAffairs });
  await close(older, { successorUnitId: place.housing });
  const done = await world.client.query<{ assignCase: object }>(people.county, SUCCESSIONS, { input: anAssignment(id, { leadUnitId: older.toUpperCase() }) });
  expect(done.assignCase).toMatchObject({ successions: [{ from: { id: older }, to: { id: place.civilAffairs } }], case: { leadUnit: { id: place.civilAffairs } } });
  const [event] = await select<{ detail: string }>(world.db.manager, "SELECT detail FROM case_events WHERE case_id = ? AND action = 'ASSIGNED'", [id]);
  expect(JSON.parse(event?.detail ?? '{}')).toMatchObject({ leadUnitId: place.civilAffairs, successions: [{ fromUnitId: older, toUnitId: place.civilAffairs }] });
});

test.each<[string, () => Promise<unknown>]>([
  ['without a successor', () => close(place.housing)],
  ['whose successors lead in a circle', async () => (await close(place.housing, { successorUnitId: place.elsewhere }), await close(place.elsewhere, { successorUnitId: place.housing }))],
  ['that is its own successor', () => close(place.housing, { successorUnitId: place.housing })],
  ['whose successor is not known here', () => close(place.housing, { successorUnitId: randomUUID() })],
])(`${ART24}: a closed unit %s is refused: UNIT_CLOSED`, async (_what, given) => {
  const id = await aCase();
  await given();
  for (const part of [{}, { leadUnitId: place.civilAffairs, supportUnitIds: [place.housing] }, { leadUnitId: place.civilAffairs, guideUnitId: place.housing }]) {
    expect(await assign(world, id, part)).toMatchObject({ code: 'UNIT_CLOSED', basis: ART24 });
  }
  expect(await count(world, 'assignments')).toBe(0);
});

test('two names that lead to one unit are one unit twice; a successor that is kept out of the case is refused', async () => {
  const id = await aCase();
  await close(place.housing, { successorUnitId: place.civilAffairs });
  expect(await assign(world, id, { supportUnitIds: [place.civilAffairs] })).toMatchObject({ code: 'UNIT_TWICE' });
  await write(world.db.manager, "INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'UNIT', ?)", [id, place.civilAffairs]);
  expect(await assign(world, id)).toMatchObject({ code: 'UNIT_EXCLUDED', basis: '《信访工作条例》第三十条第三款' });
});

test(`${ART24}: when a unit ends with a successor, the cases that it leads, supports and guides go over, with the same dates · row 46`, async () => {
  const [led, supported, guided, strange] = [await aCase(), await aCase(), await aCase(), await aCase()];
  await assign(world, led, { limitOn: '2022-12-31' });
  await assign(world, supported, { leadUnitId: place.civilAffairs, supportUnitIds: [place.housing] });
  await assign(world, guided, { leadUnitId: place.civilAffairs, guideUnitId: place.housing, guidanceDueOn: '2022-10-20' });
  await assign(world, strange, { leadUnitId: place.civilAffairs });
  const clocks = (owner: string) => select(world.db.manager, "SELECT code, nature, start_on, due_raw, due_on, state FROM case_clocks WHERE case_id = ? AND obligor_unit_id = ? AND state = 'OPEN' ORDER BY code", [led, owner]);
  const [before, running] = [[(await duties('CAMPAIGN_LIMIT')).at(-1), (await duties('GUIDANCE')).at(-1)], await clocks(place.housing)];
  expect(running).toMatchObject([{ code: 'CAMPAIGN_LIMIT' }, { code: 'T4' }, { code: 'T5' }]);
  await setBusinessNow(world.db, new Date('2022-10-11T09:00:00+08:00'));
  await hearUnit(place.housing, { successorUnitId: place.elsewhere });
  await moveAll();
  expect(await Promise.all([led, supported, guided].map((id) => sharedCase(world, id)))).toMatchObject([
    { leadUnit: { id: place.elsewhere }, leadSince: '2022-10-11', limitOn: '2022-12-31', version: 3, firstHandler: { unit: { id: place.housing }, since: '2022-09-27' } },
    { leadUnit: { id: place.civilAffairs }, leadSince: '2022-09-27', supportUnits: [{ id: place.elsewhere }], version: 3 },
    { leadUnit: { id: place.civilAffairs }, guideUnit: { id: place.elsewhere }, version: 3 },
  ]);
  expect([(await duties('CAMPAIGN_LIMIT')).at(-1), (await duties('GUIDANCE')).at(-1)]).toEqual(before.map((duty) => ({ ...duty, obligorUnitId: place.elsewhere })));
  expect([await clocks(place.elsewhere), await clocks(place.housing)]).toEqual([running, []]);
  expect((await sharedCase(world, strange)).version).toBe(2);
  expect(await Promise.all([led, supported, guided, strange].map((id) => seesCase(world, people.stranger, id)))).toEqual([true, true, true, false]);
  expect(await Promise.all([led, supported, guided].map((id) => seesCase(world, people.housing, id)))).toEqual([false, false, false]);
  expect(await select(world.db.manager, "SELECT DISTINCT basis, actor_kind AS kind FROM case_events WHERE action = 'UNIT_SUCCEEDED'")).toEqual([{ basis: ART24, kind: 'SERVICE' }]);
  expect([await count(world, 'case_events', "action = 'UNIT_SUCCEEDED'"), await count(world, 'unit_successions', "state = 'DONE' AND moved_cases = 3")]).toEqual([3, 1]);
});

test('responsibilities go over too, and a unit that had a part of its own keeps the stronger one', async () => {
  const id = await aCase();
  await assign(world, id);
  await setResponsibilities(world, id, { responsibilities: [resolves(), assists(place.civilAffairs, { placeKind: null }), assists(abroad.otherTown)] });
  await hearUnit(place.housing, { successorUnitId: place.civilAffairs });
  await moveAll();
  expect((await sharedCase(world, id)).responsibilities.nodes.map((row) => [row.unit.id, row.role, row.placeKind]).sort()).toEqual(
    [[abroad.otherTown, 'ASSIST', 'RESIDENCE'], [place.civilAffairs, 'RESOLVE', 'OCCURRENCE']].sort());
});

test('a unit that now leads guides no more, and its own guidance is owed no more', async () => {
  const id = await aCase();
  await assign(world, id, { guideUnitId: place.civilAffairs, guidanceDueOn: '2022-10-20' });
  await hearUnit(place.housing, { successorUnitId: place.civilAffairs });
  await moveAll();
  expect(await sharedCase(world, id)).toMatchObject({ leadUnit: { id: place.civilAffairs }, guideUnit: null });
  expect((await duties('GUIDANCE')).map((duty) => duty['state'])).toEqual(['OPEN', 'CANCELLED']);
});

test('the registrar stays in the record; what it still owed is owed by its successor on the same day', async () => {
  const id = await aCase();
  await hearUnit(place.jointOffice, { successorUnitId: place.elsewhere, kind: 'JOINT_OFFICE' });
  await moveAll();
  expect((await duties('T2')).map((duty) => [duty['state'], duty['obligorUnitId'], duty['dueOn']])).toEqual([['OPEN', place.jointOffice, '2022-10-12'], ['OPEN', place.elsewhere, '2022-10-12']]);
  expect(await select(world.db.manager, 'SELECT registered_unit_id AS unit FROM cases WHERE id = ?', [id])).toEqual([{ unit: place.jointOffice }]);
});

test('an end in the future moves nothing before its day; a withdrawn end moves nothing at all', async () => {
  const id = await aCase();
  await assign(world, id);
  await hearUnit(place.housing, { validTo: '2022-10-10', successorUnitId: place.elsewhere });
  await moveAll();
  expect((await sharedCase(world, id)).leadUnit).toEqual({ id: place.housing });
  await hearUnit(place.housing, { validTo: null, successorUnitId: place.elsewhere });
  await setBusinessNow(world.db, new Date('2022-10-11T09:00:00+08:00'));
  await moveAll();
  expect((await sharedCase(world, id)).leadUnit).toEqual({ id: place.housing });
  await hearUnit(place.housing, { validTo: '2022-10-11', successorUnitId: place.elsewhere });
  await moveAll();
  expect((await sharedCase(world, id)).leadUnit).toEqual({ id: place.elsewhere });
});

test('a chain that leads nowhere waits until somebody is named at its end', async () => {
  const id = await aCase();
  await assign(world, id);
  await hearUnit(place.civilAffairs, { successorUnitId: null });
  await hearUnit(place.housing, { successorUnitId: place.civilAffairs });
  expect([await moveAll(), (await sharedCase(world, id)).leadUnit?.id, await count(world, 'unit_successions', "state = 'STUCK'")]).toEqual([1, place.housing, 1]);
  await hearUnit(place.civilAffairs, { successorUnitId: place.elsewhere });
  await moveAll();
  expect((await sharedCase(world, id)).leadUnit?.id).toBe(place.elsewhere);
});

test('closed cases stay with whom they had, and a case from which the successor is kept out waits for a person', async () => {
  const [ended, watched, kept] = [await aCase(), await aCase(), await aCase()];
  for (const id of [ended, watched, kept]) await assign(world, id);
  await write(world.db.manager, "UPDATE cases SET status = 'RESOLVED' WHERE id IN (?, ?)", [ended, watched]);
  await write(world.db.manager, "UPDATE cases SET relapse_until = '2022-12-01' WHERE id = ?", [watched]);
  await write(world.db.manager, "INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'UNIT', ?)", [kept, place.elsewhere]);
  await hearUnit(place.housing, { successorUnitId: place.elsewhere });
  await moveAll();
  expect(await Promise.all([ended, watched, kept].map(async (id) => (await sharedCase(world, id)).leadUnit?.id))).toEqual([place.housing, place.elsewhere, place.housing]);
  expect(await designate(world, kept)).toMatchObject({ case: { leadUnit: { id: place.civilAffairs } } });
});

test('hundreds of cases go over in chunks, each chunk in a fixed number of statements, two workers at once', async () => {
  const { case: { id } } = await register(world);
  await assign(world, id);
  await write(world.db.manager, `INSERT INTO cases (id, number, title, summary, search_grams, status, purpose, content_category, division_code, registered_on, registered_unit_id, lead_unit_id, lead_since, limit_on, plan_since, version)
    SELECT UUID(), CONCAT('M-', s.seq), title, summary, search_grams, status, purpose, content_category, division_code, registered_on, registered_unit_id, lead_unit_id, lead_since, limit_on, plan_since, 1 FROM cases, seq_1_to_249 s WHERE id = ?`, [id]);
  await hearUnit(place.housing, { successorUnitId: place.elsewhere });
  await Promise.all([moveAll(), moveAll()]);
  await moveAll();
  expect([await count(world, 'cases', `lead_unit_id = '${place.elsewhere}'`), await count(world, 'case_events', "action = 'UNIT_SUCCEEDED'"), await count(world, 'audit_entries', "action = 'UNIT_SUCCEEDED'")]).toEqual([250, 250, 3]);
  expect(await count(world, 'unit_successions', "state = 'DONE' AND moved_cases = 250")).toBe(1);
});

test(`${ART24}: for a closed unit without a successor the joint office, as designee, decides who continues`, async () => {
  const id = await aCase();
  await assign(world, id, { limitOn: '2022-12-31' });
  await close(place.housing);
  const before = (await duties('CAMPAIGN_LIMIT')).at(-1);
  const done = await designate(world, id);
  expect(done.case).toMatchObject({ leadUnit: { id: place.civilAffairs }, version: 3 });
  expect((await duties('CAMPAIGN_LIMIT')).at(-1)).toEqual({ ...before, obligorUnitId: place.civilAffairs });
  expect(await select(world.db.manager, 'SELECT origin FROM assignments WHERE active_case_id = ?', [id])).toEqual([{ origin: 'DESIGNATION' }]);
  expect(await select(world.db.manager, "SELECT ground, basis FROM case_events WHERE action = 'SUCCESSOR_DESIGNATED'")).toEqual([{ ground: '机构改革方案', basis: ART24 }]);
});

test.each<[string, string, () => Promise<object>]>([
  ['an open unit', 'UNIT_NOT_ORPHANED', async () => ({})],
  ['a unit whose successor is known', 'UNIT_NOT_ORPHANED', async () => (await close(place.housing, { successorUnitId: place.elsewhere }), {})],
  ['a unit without a part', 'UNIT_WITHOUT_PART', async () => (await close(place.elsewhere), { closedUnitId: place.elsewhere })],
  ['a unit that is not known', 'UNIT_UNKNOWN', async () => ({ closedUnitId: 'nobody' })],
  ['a successor that is not known', 'UNIT_UNKNOWN', async () => (await close(place.housing), { successorUnitId: randomUUID() })],
  ['a successor that is closed itself', 'UNIT_CLOSED', async () => (await close(place.housing), await close(place.elsewhere), { successorUnitId: place.elsewhere })],
  ['no ground', 'TEXT_LENGTH', async () => (await close(place.housing), { ground: ' ' })],
  ['a successor in another county', 'NOT_PERMITTED', async () => (await close(place.housing), { successorUnitId: abroad.otherTown })],
  ['a case that does not exist', 'NOT_FOUND', async () => ({ caseId: randomUUID() })],
])('a designation for %s is refused: %s, and nothing is written', async (_what, code, given) => {
  const id = await aCase();
  await assign(world, id);
  expect(await designate(world, id, await given())).toMatchObject({ code });
  expect([await count(world, 'cases', 'version = 2'), await count(world, 'assignments')]).toEqual([1, 1]);
});

test('only a joint office that sees the case designates, and only once', async () => {
  const id = await aCase();
  await assign(world, id);
  await close(place.housing);
  for (const viewer of [people.housing, people.clerk]) expect(await designate(world, id, {}, viewer)).toMatchObject({ code: 'NOT_PERMITTED' });
  for (const viewer of [people.otherCounty, people.stranger, viewers.admin()]) expect(await designate(world, id, {}, viewer)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await faultOf(world, people.county, DESIGNATE, { input: aDesignation(id, { expectedVersion: 1 }) })).toEqual({ code: 'CONFLICT', detail: { currentVersion: 2 } });
  const answers = await Promise.all([people.county, cityOffice, people.province].map((viewer) => faultOf(world, viewer, DESIGNATE, { input: aDesignation(id) })));
  expect(answers.filter((fault) => !fault).length).toBeGreaterThanOrEqual(1);
  expect([await count(world, 'case_events', "action = 'SUCCESSOR_DESIGNATED'"), await count(world, 'assignments', 'active_case_id IS NOT NULL')]).toEqual([1, 1]);
});
