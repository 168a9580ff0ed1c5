import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { viewers } from '@anjie/testing';
import { sweepChecklists } from '../src/checklists/sweep-checklists';
import { at, COUNTY, openSupervision, type Supervision } from './builders';
import { formDigests } from '../src/notifications/digest-service';
import { haveOffice } from './closing';
import { digestsOf, inboxOf, kindsIn } from './notices';
import { aCity, actor, aLedgerCase, CITY, relapse, resolve, type City } from './reports';

let supervision: Supervision;
let city: City;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-10-13T02:00:00Z');
  city = await aCity(supervision);
});
afterAll(() => supervision.close());

const campaignId = randomUUID();
interface Checklist {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly from: string;
  readonly unit: { id: string };
}
const CHECKLIST = 'id version state from to dueOn isLate filledOn unit { id } kind { code } answers { item { code text isRequired } yes count text }';
const sweep = async (): Promise<void> => {
  while (await sweepChecklists(supervision.db, supervision.kinds));
};
const assign = (input: object = {}, viewer: Viewer = city.office) =>
  actor(supervision)<{ changedCount: number }>(viewer, 'assignChecklist', {
    input: { kind: 'WEEKLY_SETTLE', unitIds: [city.housing, city.labour], campaignId, startsOn: '2025-10-15', ...input }, answer: '... on AssignChecklistPayload { changedCount } ... on ChecklistRefusal { code }',
  });
const full = [{ item: 'DUE_THIS_WEEK', count: 4 }, { item: 'SETTLED', count: 4 }, { item: 'TOLD_PROGRESS', yes: true }];
const fill = (viewer: Viewer, { id, version }: Checklist, answers: object[] = full) =>
  actor(supervision)<{ checklist: Checklist & Record<string, unknown> }>(viewer, 'fillChecklist', {
    input: { checklistId: id, expectedVersion: version, answers }, answer: `... on ChecklistPayload { checklist { ${CHECKLIST} } } ... on ChecklistRefusal { code }`,
  });
const list = async (viewer: Viewer, filter = ''): Promise<Checklist[]> =>
  (await supervision.client.query<{ checklists: { nodes: Checklist[] } }>(viewer, `{ checklists${filter} { nodes { ${CHECKLIST} } } }`)).checklists.nodes;
const overdue = async (asOf: string): Promise<number | undefined> =>
  (await supervision.client.query<{ _entities: { checklistsOverdue: { value: number } }[] }>(
    city.office, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { checklistsOverdue { value } } } }', { r: [{ __typename: 'DivisionRollup', campaignId, divisionCode: CITY, asOf }] },
  ))._entities[0]?.checklistsOverdue.value;

test('周周结: each week opens one for each unit; what is missing after its day is seen, counted, and counted back when it comes · row 88', async () => {
  expect(await assign()).toEqual({ changedCount: 2 });
  expect(await assign()).toEqual({ changedCount: 0 });
  await sweep();
  await sweep();
  const opened = await list(city.office);
  expect(opened.map(({ state, from }) => [state, from])).toEqual([['OPEN', '2025-10-13'], ['OPEN', '2025-10-13']]);
  const of = (unitId: string) => opened.find(({ unit }) => unit.id === unitId) as Checklist;
  expect((await fill(viewers.handler(city.housing), of(city.housing))).checklist).toMatchObject({
    state: 'FILLED', isLate: false, dueOn: '2025-10-20', answers: [{ item: { code: 'DUE_THIS_WEEK' }, count: 4, yes: null }, { count: 4 }, { yes: true, count: null }],
  });
  await at(supervision.db, '2025-10-21T02:00:00Z');
  await sweep();
  expect((await list(city.office, '(filter: { state: OVERDUE })')).map(({ unit }) => unit.id)).toEqual([city.labour]);
  expect([await overdue('2025-10-20'), await overdue('2025-10-21')]).toEqual([0, 1]);
  const [late] = await list(viewers.handler(city.labour), '(filter: { state: OVERDUE })');
  expect((await fill(viewers.handler(city.labour), late as Checklist)).checklist).toMatchObject({ state: 'FILLED', isLate: true, filledOn: '2025-10-21' });
  expect([await overdue('2025-10-20'), await overdue('2025-10-21')]).toEqual([0, 0]);
  expect((await list(city.office)).filter(({ from }) => from === '2025-10-20')).toHaveLength(2);
});

test('a unit finds its checklist in the digest of the last day, once, and again when it is missing; what is filled in is told of no more · row 88', async () => {
  await assign();
  await sweep();
  const told = async (unitId: string): Promise<string[]> => kindsIn(await inboxOf(supervision, viewers.handler(unitId)));
  expect(await told(city.labour)).toEqual([]);
  const [filled] = (await list(city.office)).filter(({ unit }) => unit.id === city.housing);
  await fill(viewers.handler(city.housing), filled as Checklist);
  await at(supervision.db, '2025-10-20T00:30:00Z');
  await sweep();
  await sweep();
  expect([await told(city.labour), await told(city.housing)]).toEqual([['CHECKLIST_DUE_TODAY'], []]);
  await at(supervision.db, '2025-10-20T01:00:00Z');
  await formDigests(supervision.db);
  expect((await digestsOf(supervision, viewers.handler(city.labour))).map(({ day, counts }) => [day, counts])).toEqual([['2025-10-20', [{ kind: { code: 'CHECKLIST_DUE_TODAY' }, count: 1 }]]]);
  await at(supervision.db, '2025-10-21T02:00:00Z');
  await sweep();
  await sweep();
  expect([await told(city.labour), await told(city.housing)]).toEqual([['CHECKLIST_DUE_TODAY', 'CHECKLIST_MISSING'], []]);
});

test('日日清 is asked for on working days, and a worker that was away catches up · row 88', async () => {
  await at(supervision.db, '2025-09-29T02:00:00Z');
  await assign({ kind: 'DAILY_CLEAR', unitIds: [city.civil], startsOn: '2025-09-27' });
  await at(supervision.db, '2025-10-10T02:00:00Z');
  await sweep();
  expect((await list(city.office)).map(({ from }) => from).toSorted()).toEqual(['2025-09-28', '2025-09-29', '2025-09-30', '2025-10-09', '2025-10-10']);
});

test('答案: each required item in its kind, by a handler of the unit; until its day it can be mended · rows 19, 88', async () => {
  await assign({ kind: 'FIVE_MUSTS', unitIds: [city.housing] });
  await sweep();
  const [one] = await list(city.office);
  const musts = ['RESPONSIBILITY', 'COMBINED_MEASURES', 'FOUNDATIONS', 'STRENGTH', 'MECHANISMS'].map((item) => ({ item, yes: true }));
  const whole = [...musts, { item: 'WEAK_POINTS', text: '网络不健全，年底前补齐。' }];
  expect((await fill(viewers.handler(city.housing), one as Checklist, musts)).code).toBe('ANSWERS_NOT_FIT');
  expect((await fill(viewers.handler(city.housing), one as Checklist, [...musts, { item: 'WEAK_POINTS', text: '重点人员稳控' }])).code).toBe('TEXT_NOT_ACCEPTABLE');
  expect((await fill(city.office, one as Checklist, whole)).code).toBe('NOT_PERMITTED');
  expect((await fill(viewers.handler(city.labour), one as Checklist, whole)).code).toBe('NOT_FOUND');
  const { checklist } = await fill(viewers.handler(city.housing), one as Checklist, whole);
  expect((await fill(viewers.handler(city.housing), checklist, [...whole.slice(1), { item: 'RESPONSIBILITY', yes: false }])).checklist).toMatchObject({ state: 'FILLED', answers: expect.arrayContaining([expect.objectContaining({ yes: false })]) });
  await at(supervision.db, '2026-02-01T02:00:00Z');
  expect((await fill(viewers.handler(city.housing), { ...checklist, version: checklist.version + 1 }, whole)).code).toBe('WRONG_STATE');
});

test('a joint office asks units of its own division, and stops · row 88', async () => {
  expect((await assign({}, viewers.handler(city.housing))).code).toBe('NOT_PERMITTED');
  expect((await assign({}, viewers.jointOffice('640105', randomUUID()))).code).toBe('OUTSIDE_DIVISION');
  expect((await assign({ unitIds: [randomUUID()] })).code).toBe('UNIT_UNKNOWN');
  expect((await assign({ kind: 'NONE' })).code).toBe('KIND_UNKNOWN');
  await assign({ unitIds: [city.civil] });
  const { checklistAssignments } = await supervision.client.query<{ checklistAssignments: { nodes: { id: string; version: number }[] } }>(city.office, '{ checklistAssignments { nodes { id version startsOn unit { id } kind { code } } } }');
  expect(checklistAssignments.nodes).toMatchObject([{ startsOn: '2025-10-13', unit: { id: city.civil }, kind: { code: 'WEEKLY_SETTLE' } }]);
  const end = () => actor(supervision)<{ changedCount: number }>(city.office, 'endChecklistAssignment', { input: { assignmentId: checklistAssignments.nodes[0]?.id, expectedVersion: 1 }, answer: '... on AssignChecklistPayload { changedCount } ... on ChecklistRefusal { code }' });
  expect([await end(), await end()]).toMatchObject([{ changedCount: 1 }, { code: 'WRONG_STATE' }]);
  await sweep();
  expect(await list(city.office)).toEqual([]);
});

test('what the city asks for is not ended by the county, what the county asks for is by the city · row 88', async () => {
  const county = viewers.jointOffice(COUNTY, await haveOffice(supervision, COUNTY));
  await assign({ unitIds: [city.civil] });
  await assign({ unitIds: [city.labour] }, county);
  const { checklistAssignments: { nodes } } = await supervision.client.query<{ checklistAssignments: { nodes: { id: string; unit: { id: string } }[] } }>(county, '{ checklistAssignments { nodes { id unit { id } } } }');
  const end = (viewer: Viewer, unitId: string) =>
    actor(supervision)<{ changedCount: number }>(viewer, 'endChecklistAssignment', {
      input: { assignmentId: nodes.find(({ unit }) => unit.id === unitId)?.id, expectedVersion: 1 }, answer: '... on AssignChecklistPayload { changedCount } ... on ChecklistRefusal { code }',
    });
  expect([await end(county, city.civil), await end(city.office, city.labour), await end(city.office, city.civil)]).toMatchObject([{ code: 'OUTSIDE_DIVISION' }, { changedCount: 1 }, { changedCount: 1 }]);
});

test('how far a unit filled in, and its 一次性化解率, for the unit and its overseers alone · rows 88, 89', async () => {
  await assign({ campaignId: null });
  await sweep();
  const opened = await list(city.office);
  await fill(viewers.handler(city.housing), opened.find(({ unit }) => unit.id === city.housing) as Checklist);
  const cases = [await aLedgerCase(supervision, { unitId: city.housing, campaignId }), await aLedgerCase(supervision, { unitId: city.housing, campaignId })];
  for (const { caseId } of cases) await resolve(supervision, { caseId, unitId: city.housing });
  await relapse(supervision, { caseId: cases[0]?.caseId ?? '', unitId: city.housing, closedOn: '2025-10-13', repeatedOn: '2025-10-13' });
  await at(supervision.db, '2025-10-21T02:00:00Z');
  await sweep();
  const ask = async (viewer: Viewer) => (await supervision.counted(() => supervision.client.query<{ _entities: Record<string, unknown>[] }>(
    viewer, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { checklistCompletion(from: "2025-10-01", to: "2025-10-25") { expected { value asOf } inTime { value } late { value } overdue { value } }
      oneTimeResolution(from: "2025-10-01", to: "2025-10-31") { value base text formula asOf } } } }`, { r: [{ __typename: 'Unit', id: city.housing }, { __typename: 'Unit', id: city.labour }] },
  )));
  const { result, statements } = await ask(city.office);
  expect(result._entities).toMatchObject([
    { checklistCompletion: { expected: { value: 1, asOf: '2025-10-21' }, inTime: { value: 1 }, overdue: { value: 0 } }, oneTimeResolution: { value: 1, base: 2, text: '50.00% (1/2)', asOf: '2025-10-21', formula: expect.stringContaining('首次通过结案审核') } },
    { checklistCompletion: { expected: { value: 1 }, inTime: { value: 0 }, overdue: { value: 1 } }, oneTimeResolution: { value: 0, base: 0, text: '—' } },
  ]);
  expect(statements).toBe(4);
  expect((await ask(viewers.handler(city.labour))).result._entities).toMatchObject([{ checklistCompletion: null, oneTimeResolution: null }, { checklistCompletion: { overdue: { value: 1 } } }]);
});

test('化解层级 is a count of a unit’s work and stands in nobody’s way · row 93', async () => {
  await assign({ kind: 'RESOLUTION_LEVEL', unitIds: [city.housing] });
  await sweep();
  const [one] = await list(city.office, '(filter: { kinds: ["RESOLUTION_LEVEL"] })');
  const { checklist } = await fill(viewers.handler(city.housing), one as Checklist, [{ item: 'IN_VILLAGE', count: 12 }, { item: 'IN_TOWNSHIP', count: 3 }, { item: 'IN_COUNTY', count: 0 }]);
  expect(checklist).toMatchObject({ state: 'FILLED', kind: { code: 'RESOLUTION_LEVEL' } });
  const { checklistKinds } = await supervision.client.query<{ checklistKinds: { code: string; basis: string | null; catalogueRows: number[] }[] }>(city.office, '{ checklistKinds { code basis catalogueRows items { code answer isRequired } } }');
  expect(checklistKinds.find(({ code }) => code === 'RESOLUTION_LEVEL')).toMatchObject({ catalogueRows: [93], basis: expect.stringContaining('不作为向上反映的前置条件') });
});
