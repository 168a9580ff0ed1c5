import { randomUUID } from 'node:crypto';
import { setBusinessNow, viewers } from '@anjie/testing';
import { select, write } from '@anjie/service-kit/database';
import { assign, count, faultOf, seesCase, told } from './asking';
import { abroad, aDecision, aRequest, aUnit, assists, cityOffice, COORDINATE, cooperates, decide, DECIDE, haveOffices, haveUnits, otherTown, requestCoordination, resolves, sharedCase, withdraw } from './asking-responsibility';
import { openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(async () => {
  await world.reset();
  await haveOffices(world);
});
afterAll(() => world?.close());

const ART24 = '《信访工作条例》第二十四条第一款';
const aCase = async (part: Record<string, unknown> = {}): Promise<string> => {
  const { id } = (await register(world)).case;
  await assign(world, id, part);
  return id;
};
const duties = async (code: string) => (await told(world, 'obligation-declared')).filter((duty) => duty['dutyCode'] === code);

test(`${ART24}: the lead unit asks the office of the common superior, which has five working days (practice) · rows 69, 70`, async () => {
  const id = await aCase();
  const { request } = await requestCoordination(world, id);
  expect(request).toMatchObject({
    state: 'OPEN', requestedBy: { id: place.housing }, requestedOn: '2022-09-27', superior: { code: '640100' }, office: { id: abroad.cityOffice }, decidedOn: null,
    proposal: [{ unit: { id: place.housing }, role: 'RESOLVE', placeKind: 'OCCURRENCE' }, { unit: { id: abroad.otherTown }, role: 'ASSIST', placeKind: 'RESIDENCE' }],
  });
  // 28, 29, 30 September; the holiday; 8 and 9 October are make-up working days
  expect(request.dueOn).toBe('2022-10-09');
  expect(await duties('COORDINATION')).toMatchObject([{ state: 'OPEN', obligorUnitId: abroad.cityOffice, dueOn: '2022-10-09', subject: { type: 'CoordinationRequest', id: request.id } }]);
  expect(await seesCase(world, otherTown, id)).toBe(false);
});

test('T6: a dispute stops no time limit', async () => {
  const id = await aCase({ limitOn: '2022-12-31' });
  const before = await select(world.db.manager, "SELECT code, state, due_on, version FROM case_clocks WHERE case_id = ? AND code <> 'COORDINATION' ORDER BY code", [id]);
  await requestCoordination(world, id);
  expect(await select(world.db.manager, "SELECT code, state, due_on, version FROM case_clocks WHERE case_id = ? AND code <> 'COORDINATION' ORDER BY code", [id])).toEqual(before);
  expect(before.map((clock) => (clock as { code: string }).code)).toEqual(expect.arrayContaining(['CAMPAIGN_LIMIT', 'T4']));
});

test.each<[string, () => object[], string]>([
  ['two counties of one city', () => [resolves(), assists()], '640100'],
  ['another city of the province', () => [resolves(), cooperates()], '640000'],
  ['one county', () => [resolves(), assists(place.civilAffairs, { placeKind: null })], '640104'],
])(`${ART24}: %s`, async (_what, proposal, code) => {
  expect((await requestCoordination(world, await aCase(), { proposal: proposal() })).request.superior.code).toBe(code);
});

test(`${ART24}: where the lowest division has no office, or one that is kept out of the case, the next above decides`, async () => {
  const id = await aCase();
  await write(world.db.manager, "INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'UNIT', ?)", [id, abroad.cityOffice]);
  expect((await requestCoordination(world, id)).request).toMatchObject({ superior: { code: '640000' }, office: { id: abroad.provinceOffice } });
  const other = await aCase();
  await write(world.db.manager, "UPDATE known_units SET valid_to = '2022-01-01' WHERE kind = 'JOINT_OFFICE'");
  expect(await requestCoordination(world, other)).toMatchObject({ code: 'NO_COMMON_SUPERIOR', basis: ART24 });
});

test(`${ART24}: two provinces have no common superior here`, async () => {
  const id = await aCase();
  expect(await requestCoordination(world, id, { proposal: [resolves(), cooperates(abroad.shaanxiTown)] })).toMatchObject({ code: 'NO_COMMON_SUPERIOR' });
  expect([await count(world, 'coordination_requests'), (await duties('COORDINATION')).length]).toEqual([0, 0]);
});

test('the decision sets the responsibilities, meets the duty of the office and lets the other place see the case', async () => {
  const id = await aCase();
  const { request } = await requestCoordination(world, id);
  await setBusinessNow(world.db, new Date('2022-09-29T09:00:00+08:00'));
  const done = await decide(world, request.id);
  expect(done.request).toMatchObject({ state: 'DECIDED', decidedOn: '2022-09-29', decisionGround: '会商一致', minutesNumber: '银信联纪〔2022〕1号' });
  expect(done.case.responsibilities.nodes.map((row) => [row.role, row.decidedBy?.id]).sort()).toEqual([['ASSIST', request.id], ['RESOLVE', request.id]]);
  expect((await duties('COORDINATION')).map((duty) => [duty['state'], duty['metOn']])).toEqual([['OPEN', null], ['MET', '2022-09-29']]);
  expect(await seesCase(world, otherTown, id)).toBe(true);
  expect(await count(world, 'case_events', "action = 'COORDINATION_DECIDED'")).toBe(1);
});

test('a conference may decide what the places alone do not give; the unit that resolves becomes the lead and owes the same on the same days', async () => {
  const id = await aCase({ limitOn: '2022-12-31', supportUnitIds: [place.civilAffairs] });
  const { request } = await requestCoordination(world, id);
  await setBusinessNow(world.db, new Date('2022-09-29T09:00:00+08:00'));
  const before = (await duties('CAMPAIGN_LIMIT')).at(-1);
  const done = await decide(world, request.id, { responsibilities: [resolves(abroad.otherTown, { placeKind: 'RESIDENCE' }), assists(place.housing, { placeKind: 'OCCURRENCE' })] });
  expect(done.case).toMatchObject({ status: 'ASSIGNED', leadUnit: { id: abroad.otherTown }, leadSince: '2022-09-29', limitOn: '2022-12-31', supportUnits: [{ id: place.civilAffairs }] });
  expect((await duties('CAMPAIGN_LIMIT')).at(-1)).toEqual({ ...before, obligorUnitId: abroad.otherTown });
  const newest = (await told(world, 'notice-raised')).filter((one) => one['occasion'] === 'v3').map((one) => `${String(one['noticeKind'])} ${(one['recipient'] as { id: string }).id}`);
  expect(newest.sort()).toEqual([`CASE_ASSIGNED ${abroad.otherTown}`, `CASE_REASSIGNED ${place.housing}`]);
  expect(await select(world.db.manager, 'SELECT origin, lead_unit_id AS lead FROM assignments WHERE active_case_id = ?', [id])).toEqual([{ origin: 'COORDINATION', lead: abroad.otherTown }]);
  expect((await duties('T2')).map((duty) => duty['obligorUnitId'])).toEqual([place.jointOffice, place.jointOffice]);
  expect(done.case.firstHandler).toMatchObject({ unit: { id: place.housing } });
});

test(`${ART24}: only the office of the lowest division that holds all places decides, not one above and not one below`, async () => {
  const id = await aCase();
  const { request } = await requestCoordination(world, id);
  for (const viewer of [people.province, people.county, people.housing, people.clerk]) expect(await decide(world, request.id, {}, viewer)).toMatchObject({ code: 'NOT_PERMITTED', basis: ART24 });
  for (const viewer of [people.otherCounty, people.stranger, otherTown, viewers.admin(), viewers.handler(abroad.cityOffice)]) expect(await decide(world, request.id, {}, viewer)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await count(world, 'coordination_requests', "state = 'OPEN'")).toBe(1);
  expect(await decide(world, request.id)).toMatchObject({ __typename: 'CoordinationPayload' });
});

test('only the lead unit asks and withdraws; a unit that merely helps does not', async () => {
  const id = await aCase({ supportUnitIds: [place.civilAffairs] });
  for (const viewer of [people.civilAffairs, people.county, people.clerk, people.province]) expect(await requestCoordination(world, id, {}, viewer)).toMatchObject({ code: 'NOT_PERMITTED' });
  for (const viewer of [people.stranger, people.otherCounty, viewers.plain(people.housing.subject, place.housing)]) expect(await requestCoordination(world, id, {}, viewer)).toMatchObject({ code: 'NOT_FOUND' });
  const { request } = await requestCoordination(world, id);
  expect(await withdraw(world, request.id, {}, cityOffice)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect((await withdraw(world, request.id)).request).toMatchObject({ state: 'WITHDRAWN', decisionGround: '各地已达成一致' });
  expect((await duties('COORDINATION')).at(-1)).toMatchObject({ state: 'CANCELLED', metOn: null });
  expect(await decide(world, request.id)).toMatchObject({ code: 'REQUEST_NOT_OPEN' });
  expect(await withdraw(world, request.id)).toMatchObject({ code: 'REQUEST_NOT_OPEN' });
  expect(await requestCoordination(world, id)).toMatchObject({ __typename: 'CoordinationPayload' });
});

test.each<[string, string, () => object]>([
  ['without a ground', 'TEXT_LENGTH', () => ({ ground: '　'.trim() })],
  ['with a ground of 1,001 characters', 'TEXT_LENGTH', () => ({ ground: '因'.repeat(1_001) })],
  ['with a NUL', 'TEXT_LENGTH', () => ({ ground: 'a\u0000b' })],
  ['with nobody who resolves', 'ONE_RESOLVER', () => ({ proposal: [assists()] })],
  ['with a unit that is not known', 'UNIT_UNKNOWN', () => ({ proposal: [resolves(randomUUID())] })],
  ['about a case that is no id', 'NOT_FOUND', () => ({ caseId: 'nothing' })],
])('a request %s is refused: %s, and nothing is written', async (_what, code, part) => {
  const id = await aCase();
  expect(await requestCoordination(world, id, part())).toMatchObject({ code });
  expect([await count(world, 'coordination_requests'), await count(world, 'coordination_proposals'), (await duties('COORDINATION')).length]).toEqual([0, 0, 0]);
});

test.each<[string, string, () => object]>([
  ['about units outside the division of the office', 'NOT_PERMITTED', () => ({ responsibilities: [resolves(), cooperates()] })],
  ['with two that resolve', 'ONE_RESOLVER', () => ({ responsibilities: [resolves(), resolves(abroad.otherTown)] })],
  ['without a ground', 'TEXT_LENGTH', () => ({ ground: '' })],
  ['with minutes of 65 characters', 'TEXT_LENGTH', () => ({ minutesNumber: '纪'.repeat(65) })],
])('a decision %s is refused: %s, and the request stays open', async (_what, code, part) => {
  const { request } = await requestCoordination(world, await aCase());
  expect(await decide(world, request.id, part())).toMatchObject({ code });
  expect([await count(world, 'coordination_requests', "state = 'OPEN'"), await count(world, 'case_responsibilities')]).toEqual([1, 0]);
});

test('a request that does not exist, or is no id, is not found', async () => {
  for (const id of [randomUUID(), 'nothing', '']) {
    expect(await decide(world, id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await withdraw(world, id)).toMatchObject({ code: 'NOT_FOUND' });
  }
});

test('of 20 requests at once one is opened, of 20 decisions at once one is made', async () => {
  const id = await aCase();
  const asked = await Promise.all(Array.from({ length: 20 }, () => requestCoordination(world, id)));
  expect(asked.filter((answer) => answer.__typename === 'CoordinationPayload')).toHaveLength(1);
  expect(asked.filter((answer) => answer.code === 'REQUEST_OPEN')).toHaveLength(19);
  const requestId = asked.find((answer) => answer.request)?.request.id ?? '';
  expect(await faultOf(world, cityOffice, DECIDE, { input: aDecision(requestId, { expectedVersion: 1 }) })).toEqual({ code: 'CONFLICT', detail: { currentVersion: 2 } });
  const decided = await Promise.all(Array.from({ length: 20 }, () => decide(world, requestId)));
  expect(decided.filter((answer) => answer.__typename === 'CoordinationPayload')).toHaveLength(1);
  expect(decided.filter((answer) => answer.code === 'REQUEST_NOT_OPEN')).toHaveLength(19);
  expect(await count(world, 'audit_entries', "action = 'COORDINATION_DECIDED'")).toBe(1);
});

test('the same request sent again is one request', async () => {
  const input = aRequest(await aCase());
  const ids = await Promise.all(Array.from({ length: 10 }, async () => JSON.stringify(await world.client.query(people.housing, COORDINATE, { input }))));
  expect([new Set(ids).size, await count(world, 'coordination_requests')]).toEqual([1, 1]);
});

test('an office finds the requests of its division by their state; a unit of another place finds none', async () => {
  const [first, second] = [await aCase(), await aCase()];
  const { request } = await requestCoordination(world, first);
  await requestCoordination(world, second);
  await decide(world, request.id);
  const list = async (viewer: Parameters<typeof seesCase>[1], state: string | null) => (await world.client.query<{ coordinationRequests: { totalCount: number; nodes: { case: { id: string } }[] } }>(
    viewer, 'query ($state: CoordinationState) { coordinationRequests(state: $state) { totalCount nodes { case { id } } } }', { state },
  )).coordinationRequests;
  expect([(await list(cityOffice, 'OPEN')).nodes, (await list(cityOffice, 'DECIDED')).nodes]).toEqual([[{ case: { id: second } }], [{ case: { id: first } }]]);
  expect([(await list(cityOffice, null)).totalCount, (await list(otherTown, null)).totalCount, (await list(people.otherCounty, null)).totalCount]).toEqual([2, 1, 0]);
});

test('a unit that a reform closed is asked for under its successor', async () => {
  const closed = randomUUID();
  await haveUnits(world, aUnit(closed, { divisionCode: '640121', validTo: '2022-01-01', successorUnitId: abroad.otherTown }));
  expect((await requestCoordination(world, await aCase(), { proposal: [resolves(), assists(closed)] })).request.proposal).toMatchObject([{}, { unit: { id: abroad.otherTown } }]);
});

test('the history says who decided what on what ground', async () => {
  const id = await aCase();
  const { request } = await requestCoordination(world, id);
  await decide(world, request.id);
  expect(await select(world.db.manager, "SELECT action, ground, basis FROM case_events WHERE case_id = ? AND action LIKE 'COORDINATION%' ORDER BY seq", [id])).toEqual([
    { action: 'COORDINATION_REQUESTED', ground: '两地对责任意见不一致', basis: ART24 }, { action: 'COORDINATION_DECIDED', ground: '会商一致', basis: ART24 },
  ]);
  expect((await sharedCase(world, id)).version).toBe(3);
});
