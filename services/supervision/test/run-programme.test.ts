import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { haveCaseScope, viewers } from '@anjie/testing';
import { sweepDeadlines } from '../src/deadlines/deadline-service';
import { at, COUNTY, haveKnownUnit, log, openSupervision, type Supervision } from './builders';
import { inboxOf, kindsIn } from './notices';
import { aCity, actor, aLedgerCase, CITY, type City } from './reports';

let supervision: Supervision;
let city: City;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-10-09T02:00:00Z');
  city = await aCity(supervision);
});
afterAll(() => supervision.close());

const campaignId = randomUUID();
interface Target {
  readonly id: string;
  readonly version: number;
}
interface Entry {
  readonly id: string;
  readonly version: number;
  readonly yearsInARow: number | null;
  readonly isOverdue: boolean;
}
interface Programme {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly targets: Target[];
  readonly entries: { nodes: Entry[] };
  readonly members: { nodes: object[] };
}
const PROGRAMME = `id state version title kind { code catalogueRows yearsInARow } unit { id } division { code } startedOn endedOn summary
  members { totalCount nodes { kind unit { id } division { code } case { id } } } targets { id version title goal direction value asOf isMet metOn }
  entries { totalCount nodes { id version kind title state dueOn isOverdue settlement year yearsInARow unit { id } division { code } } }`;
const act = (viewer: Viewer, name: string, input: object) =>
  actor(supervision)<{ programme: Programme & Record<string, unknown> }>(viewer, name, { input, answer: `... on ProgrammePayload { programme { ${PROGRAMME} } } ... on ProgrammeRefusal { code message }` });
const draft = (input: object = {}, viewer: Viewer = city.office) =>
  act(viewer, 'draftProgramme', { kind: 'DOMAIN_TREATMENT', title: '住房领域信访突出问题专项治理', divisionCode: CITY, unitId: city.housing, campaignId, startsOn: '2025-10-09', ...input });
const on = ({ programme }: { programme: Programme }) => ({ programmeId: programme.id, expectedVersion: programme.version });

async function running() {
  let answer = await draft();
  answer = await act(city.office, 'changeProgrammeMembers', { ...on(answer), add: [{ unitId: city.housing }, { unitId: city.west }] });
  answer = await act(city.office, 'setProgrammeTarget', { ...on(answer), title: '化解率', formula: '化解数÷台账数', goal: '85' });
  return act(city.office, 'moveProgramme', { ...on(answer), to: 'RUNNING' });
}
const met = async (asOf: string): Promise<number | undefined> =>
  (await supervision.client.query<{ _entities: { programmeTargetsMet: { value: number } }[] }>(
    city.office, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { programmeTargetsMet { value formula asOf } } } }',
    { r: [{ __typename: 'DivisionRollup', campaignId, divisionCode: CITY, asOf }] },
  ))._entities[0]?.programmeTargetsMet.value;

test('drafted, joined, given a target, run and ended with what came of it · row 40', async () => {
  const drafted = await draft();
  expect(drafted.programme).toMatchObject({ state: 'DRAFTED', kind: { code: 'DOMAIN_TREATMENT', catalogueRows: [40] }, unit: { id: city.housing }, division: { code: CITY } });
  expect(await act(city.office, 'moveProgramme', { ...on(drafted), to: 'RUNNING' })).toMatchObject({ code: 'NOT_READY' });
  const run = await running();
  expect(run.programme).toMatchObject({ state: 'RUNNING', startedOn: '2025-10-09', members: { totalCount: 2, nodes: [{ kind: 'UNIT', unit: { id: city.housing } }, { unit: { id: city.west } }] } });
  expect(await act(city.office, 'moveProgramme', { ...on(run), to: 'ENDED' })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  const ended = await act(city.office, 'moveProgramme', { ...on(run), to: 'ENDED', summary: '重点领域积案化解过半。' });
  expect(ended.programme).toMatchObject({ state: 'ENDED', endedOn: '2025-10-09', summary: '重点领域积案化解过半。' });
  expect(await act(city.office, 'changeProgrammeMembers', { ...on(ended), remove: [{ unitId: city.west }] })).toMatchObject({ code: 'WRONG_STATE' });
});

test('progress is reported with its day; the campaign counts a target from the day on which it is met · rows 14, 40', async () => {
  const { programme } = await running();
  const report = (expectedVersion: number, value: string, asOf: string, viewer: Viewer = viewers.handler(city.housing)) => act(viewer, 'recordProgrammeProgress', { targetId: programme.targets[0]?.id, expectedVersion, value, asOf });
  expect((await report(1, '84.99', '2025-10-08')).programme.targets[0]).toMatchObject({ value: '84.99', asOf: '2025-10-08', isMet: false, metOn: null });
  expect([await report(2, '85%', '2025-10-09'), await report(2, '85', '2025-10-10'), await report(2, '85', '2025-10-07')].map(({ code }) => code)).toEqual(['TARGET_NOT_FIT', 'DAY_NOT_FIT', 'DAY_NOT_FIT']);
  expect(await report(2, '85', '2025-10-09', viewers.handler(city.west))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await met('2025-10-09')).toBe(0);
  expect((await report(2, '85.00', '2025-10-09')).programme.targets[0]).toMatchObject({ isMet: true, metOn: '2025-10-09' });
  await at(supervision.db, '2025-10-20T02:00:00Z');
  await report(3, '80', '2025-10-20');
  expect([await met('2025-10-08'), await met('2025-10-09'), await met('2025-10-20')]).toEqual([0, 1, 0]);
});

test('无信访积案县: a designation by year, and how many years it stands without a gap · row 14', async () => {
  const drafted = await draft({ kind: 'NO_BACKLOG_COUNTY', title: '无信访积案县创建' });
  let answer = await act(city.office, 'changeProgrammeMembers', { ...on(drafted), add: [{ divisionCode: COUNTY }] });
  expect(await act(city.office, 'changeProgrammeMembers', { ...on(answer), add: [{ unitId: city.housing }] })).toMatchObject({ code: 'MEMBER_NOT_FIT' });
  expect(await act(city.office, 'changeProgrammeMembers', { ...on(answer), add: [{ divisionCode: '640200' }] })).toMatchObject({ code: 'MEMBER_NOT_FIT' });
  for (const year of [2023, 2024, 2025]) answer = await act(city.office, 'addProgrammeEntry', { ...on(answer), kind: 'AWARD', title: `无信访积案县（${year}）`, divisionCode: COUNTY, year });
  const library = await supervision.client.query<{ programmeEntries: { nodes: { year: number; yearsInARow: number }[] } }>(city.office, '{ programmeEntries(filter: { kinds: [AWARD] }) { nodes { year yearsInARow } } }');
  expect(library.programmeEntries.nodes.toSorted((a, b) => a.year - b.year)).toEqual([{ year: 2023, yearsInARow: 1 }, { year: 2024, yearsInARow: 2 }, { year: 2025, yearsInARow: 3 }]);
  expect(await act(city.office, 'addProgrammeEntry', { ...on(answer), kind: 'AWARD', title: '再次', divisionCode: COUNTY, year: 2026 })).toMatchObject({ code: 'ENTRY_NOT_FIT' });
});

test('a measure has a unit and a day and is seen when it is late; the unit that it names settles it · row 138', async () => {
  const run = await running();
  const added = await act(city.office, 'addProgrammeEntry', { ...on(run), kind: 'MEASURE', title: '逐案会商', unitId: city.west, dueOn: '2025-10-15' });
  const caused = await act(viewers.handler(city.housing), 'addProgrammeEntry', { ...on(added), kind: 'ROOT_CAUSE', title: '办证政策不延续', text: '历史项目缺规划手续，“证缴分离”政策未落实。' });
  await at(supervision.db, '2025-10-16T02:00:00Z');
  const list = await supervision.client.query<{ programme: Programme }>(city.office, 'query ($id: ID!) { programme(id: $id) { entries(kinds: [MEASURE]) { nodes { id version isOverdue } } } }', { id: caused.programme.id });
  const [measure] = list.programme.entries.nodes;
  expect(measure).toMatchObject({ isOverdue: true });
  const settle = (viewer: Viewer) => act(viewer, 'settleProgrammeEntry', { entryId: measure?.id, expectedVersion: 1, settlement: '已会商12次，纪要在卷。' });
  expect(await settle(viewers.handler(city.labour))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect((await settle(viewers.handler(city.west))).programme.entries.nodes.find(({ id }) => id === measure?.id)).toMatchObject({ state: 'SETTLED', isOverdue: false, settlement: '已会商12次，纪要在卷。' });
  expect(await settle(viewers.handler(city.west))).toMatchObject({ code: 'WRONG_STATE' });
});

describe('what a running programme gives a unit to do is an obligation · row 138', () => {
  const owed = async (viewer: Viewer = city.office) =>
    (await supervision.client.query<{ obligations: { nodes: { state: string; dueOn: string; obligorUnit: { id: string } | null }[] } }>(
      viewer, '{ obligations(filter: { dutyCode: "PROGRAMME_MEASURE" }, first: 20) { nodes { state dueOn case { id } obligorUnit { id } } } }',
    )).obligations.nodes.map(({ state, dueOn, obligorUnit }) => [obligorUnit?.id, state, dueOn]);
  const measure = (dueOn: string, part: object = {}) => ({ kind: 'MEASURE', title: '逐案会商', unitId: city.west, dueOn, ...part });
  const given = async (): Promise<string[]> => kindsIn(await inboxOf(supervision, viewers.handler(city.west))).filter((kind) => kind === 'PROGRAMME_MEASURE_GIVEN');
  const start = async (entries: readonly object[], startsOn: string) => {
    let answer = await draft();
    for (const entry of entries) answer = await act(city.office, 'addProgrammeEntry', { ...on(answer), ...entry });
    answer = await act(city.office, 'changeProgrammeMembers', { ...on(answer), add: [{ unitId: city.west }] });
    answer = await act(city.office, 'setProgrammeTarget', { ...on(answer), title: '化解率', formula: '化解数÷台账数', goal: '85' });
    expect([await owed(), await given()]).toEqual([[], []]);
    await at(supervision.db, startsOn);
    return act(city.office, 'moveProgramme', { ...on(answer), to: 'RUNNING' });
  };

  test('nobody owes what is only drafted; from the start each unit is told, and owes what it can still do in time; the last day itself counts', async () => {
    const run = await start([measure('2025-10-10'), measure('2025-10-13'), measure('2027-01-15')], '2025-10-13T02:00:00Z');
    expect(await owed()).toEqual([[city.west, 'OPEN', '2025-10-13'], [city.west, 'OPEN', '2027-01-15']]);
    expect(await given()).toHaveLength(3);
    await act(city.office, 'addProgrammeEntry', { ...on(run), ...measure('2025-10-20') });
    expect(await owed()).toContainEqual([city.west, 'OPEN', '2025-10-20']);
    expect(await given()).toHaveLength(4);
  });

  test('the unit that owes it and the unit that leads the programme see it, nobody else', async () => {
    await start([measure('2025-10-20')], '2025-10-09T02:00:00Z');
    const seen = async (unitId: string) => (await owed(viewers.handler(unitId))).length;
    expect([await seen(city.west), await seen(city.housing), await seen(city.labour)]).toEqual([1, 1, 0]);
  });

  test('reminded before and on its day, overdue after it; settled it is met, and what is open when the programme ends is owed no more', async () => {
    const run = await start([measure('2025-10-20'), measure('2025-10-21'), { kind: 'ROOT_CAUSE', title: '办证政策不延续', text: '历史项目缺规划手续。', unitId: city.west, dueOn: '2025-11-03' }], '2025-10-09T02:00:00Z');
    for (const on of ['2025-10-17', '2025-10-21']) {
      await at(supervision.db, `${on}T02:00:00Z`);
      await sweepDeadlines(supervision.db, log);
    }
    expect(kindsIn(await inboxOf(supervision, viewers.handler(city.west)))).toEqual(expect.arrayContaining(['DUTY_PAST_DUE', 'DUTY_DUE_TODAY', 'DUTY_COMING_DUE']));
    expect(await owed()).toEqual([[city.west, 'OVERDUE', '2025-10-20'], [city.west, 'OPEN', '2025-10-21'], [city.west, 'OPEN', '2025-11-03']]);
    const [late] = run.programme.entries.nodes.filter((entry) => (entry as unknown as { dueOn: string }).dueOn === '2025-10-20');
    await act(viewers.handler(city.west), 'settleProgrammeEntry', { entryId: late?.id, expectedVersion: 1, settlement: '已会商12次，纪要在卷。' });
    await act(city.office, 'moveProgramme', { ...on(run), to: 'ENDED', summary: '重点领域积案化解过半。' });
    expect(await owed()).toEqual([[city.west, 'MET', '2025-10-20'], [city.west, 'CANCELLED', '2025-10-21'], [city.west, 'CANCELLED', '2025-11-03']]);
  });
});

test('a unit outside the place sees a running programme that gives it something to do, and settles it · row 138', async () => {
  const outside = viewers.handler(await haveKnownUnit(supervision.db, { divisionCode: '640200' }));
  const run = await running();
  const seen = async () => (await supervision.client.query<{ programmes: { totalCount: number } }>(outside, '{ programmes { totalCount } }')).programmes.totalCount;
  expect(await seen()).toBe(0);
  const { programme } = await act(city.office, 'addProgrammeEntry', { ...on(run), kind: 'MEASURE', title: '提供历史资料', unitId: outside.unitId, dueOn: '2025-10-15' });
  expect(await seen()).toBe(1);
  const settled = await act(outside, 'settleProgrammeEntry', { entryId: programme.entries.nodes[0]?.id, expectedVersion: 1, settlement: '资料已移交。' });
  expect(settled.programme.entries.nodes).toMatchObject([{ state: 'SETTLED', settlement: '资料已移交。' }]);
});

test('民生项目清单 lists cases, for who may see them; an accusation is never listed · row 21', async () => {
  const scope = await aLedgerCase(supervision, { unitId: city.labour, campaignId });
  const sealed = await haveCaseScope(supervision.db, { isSealed: true, divisionCode: COUNTY, parties: [{ kind: 'UNIT', id: city.cityOffice, role: 'LEAD' }] });
  const drafted = await draft({ kind: 'LIVELIHOOD_LIST', title: '民生项目清单', endsOn: '2026-10-01' });
  const added = await act(city.office, 'changeProgrammeMembers', { ...on(drafted), add: [{ caseId: scope.caseId }] });
  expect(added.programme.members.nodes).toEqual([{ kind: 'CASE', unit: null, division: null, case: { id: scope.caseId } }]);
  expect(await act(city.office, 'changeProgrammeMembers', { ...on(added), add: [{ caseId: sealed.caseId }] })).toMatchObject({ code: 'CASE_SEALED' });
  expect(await act(city.office, 'changeProgrammeMembers', { ...on(added), add: [{ caseId: randomUUID() }] })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await draft({ kind: 'LIVELIHOOD_LIST', endsOn: null })).toMatchObject({ code: 'PERIOD_NOT_FIT' });
  const seen = await supervision.client.query<{ programme: Programme }>(viewers.handler(city.housing), 'query ($id: ID!) { programme(id: $id) { members { totalCount } } }', { id: added.programme.id });
  expect(seen.programme.members).toEqual({ totalCount: 0 });
  const under = (viewer: Viewer) => supervision.client.query<{ _entities: unknown[] }>(viewer, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { programmes { nodes { title } } } } }', { r: [{ __typename: 'Case', id: scope.caseId }] });
  expect([(await under(city.office))._entities, (await under(viewers.handler(city.housing)))._entities]).toEqual([[{ programmes: { nodes: [{ title: '民生项目清单' }] } }], [null]]);
});

test('a running programme is seen in its place and by its members, a draft by those who run it · row 18', async () => {
  const { programme: drafted } = await draft({ kind: 'BRAND', title: '和谐信访品牌' });
  const { programme } = await running();
  const seen = async (viewer: Viewer) =>
    (await supervision.client.query<{ programmes: { nodes: { id: string }[] } }>(viewer, '{ programmes { nodes { id } } }')).programmes.nodes.map(({ id }) => id).toSorted();
  expect(await seen(city.office)).toEqual([drafted.id, programme.id].toSorted());
  expect(await seen(viewers.handler(city.housing))).toEqual([drafted.id, programme.id].toSorted());
  expect([await seen(viewers.handler(city.labour)), await seen(viewers.handler(city.west)), await seen(viewers.jointOffice('640200', randomUUID())), await seen(viewers.plain())]).toEqual([[programme.id], [programme.id], [], []]);
});

test('who does not run it changes nothing, and a version that has moved is a conflict · row 40', async () => {
  const run = await running();
  expect(await act(viewers.handler(city.labour), 'moveProgramme', { ...on(run), to: 'ENDED', summary: '结束' })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await draft({}, viewers.handler(city.labour))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await draft({ kind: 'NONE' })).toMatchObject({ code: 'KIND_UNKNOWN' });
  expect(await draft({ unitId: randomUUID() })).toMatchObject({ code: 'UNIT_UNKNOWN' });
  const stale = await supervision.client.ask(city.office, 'mutation ($input: MoveProgrammeInput!) { moveProgramme(input: $input) { __typename } }', {
    input: { idempotencyKey: `key-${randomUUID()}`, programmeId: run.programme.id, expectedVersion: 1, to: 'ENDED', summary: '结束' },
  });
  expect(JSON.stringify(stale.errors)).toContain('Somebody changed this first');
});

test('programmes hang under unit, division and campaign, each list in one statement; lessons are a library · rows 139, 138, 40', async () => {
  const run = await running();
  await act(city.office, 'addProgrammeEntry', { ...on(run), kind: 'LESSON', title: '一案三会商', text: '先会政策、再会资金、后会群众。' });
  const list = 'programmes { nodes { id } }';
  const { result, statements } = await supervision.counted(() => supervision.client.query<{ _entities: unknown[] }>(
    city.office, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { ${list} } ... on Division { ${list} } ... on Campaign { ${list} } } }`,
    { r: [{ __typename: 'Unit', id: city.housing }, { __typename: 'Unit', id: city.west }, { __typename: 'Unit', id: city.civil }, { __typename: 'Division', code: COUNTY }, { __typename: 'Campaign', id: campaignId }] },
  ));
  const one = { programmes: { nodes: [{ id: run.programme.id }] } };
  expect(result._entities).toEqual([one, one, { programmes: { nodes: [] } }, { programmes: { nodes: [] } }, one]);
  expect(statements).toBe(3);
  const library = await supervision.client.query(viewers.handler(city.labour), '{ programmeEntries(filter: { kinds: [LESSON] }) { nodes { title text state programme { id } } } programmeKinds { code members } }');
  expect(library).toMatchObject({ programmeEntries: { nodes: [{ title: '一案三会商', state: 'SETTLED', programme: { id: run.programme.id } }] } });
});

describe('every kind of this release is drafted, joined and run by its own rules', () => {
  test.each([
    ['NO_BACKLOG_COUNTY', '14'], ['MODEL_COUNTY', '15'], ['THREE_GREAT', '16'], ['FIVE_MEASURES', '17'], ['BRAND', '18'], ['SERVICE_DRIVE', '20'], ['LIVELIHOOD_LIST', '21'], ['DOMAIN_TREATMENT', '40'],
    ['ROOT_CAUSES', '138'], ['GOOD_PRACTICE', '139'],
  ])('%s · row %s', async (kind, row) => {
    const { programmeKinds } = await supervision.client.query<{ programmeKinds: { code: string; members: string[]; hasTargets: boolean; mostMonths: number | null; catalogueRows: number[] }[] }>(
      city.office, '{ programmeKinds { code members hasTargets mostMonths catalogueRows } }',
    );
    const rules = programmeKinds.find(({ code }) => code === kind);
    expect(rules?.catalogueRows).toEqual([Number(row)]);
    let answer = await draft({ kind, title: '专项', endsOn: rules?.mostMonths ? '2026-09-30' : null });
    const member = rules?.members.includes('UNIT') ? { unitId: city.labour } : { divisionCode: COUNTY };
    answer = await act(city.office, 'changeProgrammeMembers', { ...on(answer), add: [member] });
    if (rules?.hasTargets) {
      expect(await act(city.office, 'moveProgramme', { ...on(answer), to: 'RUNNING' })).toMatchObject({ code: 'NOT_READY' });
      answer = await act(city.office, 'setProgrammeTarget', { ...on(answer), title: '目标', formula: '完成数', goal: '1' });
    }
    expect((await act(city.office, 'moveProgramme', { ...on(answer), to: 'RUNNING' })).programme).toMatchObject({ state: 'RUNNING', kind: { code: kind } });
  });
});
