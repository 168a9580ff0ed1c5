import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { viewers } from '@anjie/testing';
import { actOn, departments, openStage, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  stage.forget();
  d = await departments(stage);
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const ANSWER = `__typename ... on AgencyTaskPayload { agencyTask { id state version level since authorityScope authorityUntil finishBy doneOn outcome endReason kind { code name } unit { id } agent { id } case { id } } }
  ... on AgencyTaskRefusal { code basis }`;
interface Answer {
  readonly code?: string;
  readonly agencyTask?: { id: string; state: string; version: number; since: string; endReason: string | null; agent: { id: string } | null };
}
const act = (viewer: typeof d.sender, mutation: string, input: object) => actOn(stage, ANSWER)<Answer>(viewer, mutation, input);
const offered = async (part: object = {}): Promise<string> =>
  (await act(d.sender, 'offerAgencyTask', { caseId: d.caseId, kind: 'BRING_PAPERS', level: 'TOWNSHIP', ...part })).agencyTask?.id ?? '';
const authorise = (id: string, part: object = {}) =>
  act(d.sender, 'authoriseAgencyTask', { agencyTaskId: id, expectedVersion: 1, documentId: randomUUID(), scope: '代为递交、领取材料', until: '2024-05-01', ...part });
const start = (id: string, part: object = {}) => act(d.sender, 'startAgencyTask', { agencyTaskId: id, expectedVersion: 2, finishBy: '2024-03-20', ...part });
const moves = () => stage.announced('agency-task-moved').map(({ state, level, since }) => [state, level, since]);

test('offered, authorised in writing, done by the promised day: each step is told to cases for the petitioner to see · row 84', async () => {
  const agent = await stage.haveOfficial(d.lead);
  const id = await offered({ officialId: agent });
  await authorise(id);
  await stage.itIs('2024-03-04');
  expect((await start(id)).agencyTask).toMatchObject({ state: 'UNDER_WAY', since: '2024-03-04', agent: { id: agent } });
  await stage.itIs('2024-03-10');
  const done = await act(d.sender, 'completeAgencyTask', { agencyTaskId: id, expectedVersion: 3, outcome: '材料已递交窗口' });
  expect(done.agencyTask).toMatchObject({ state: 'DONE', doneOn: '2024-03-10', kind: { code: 'BRING_PAPERS', name: 'hand in and fetch papers' } });
  expect(moves()).toEqual([['OFFERED', 'TOWNSHIP', '2024-03-01'], ['AUTHORISED', 'TOWNSHIP', '2024-03-01'], ['UNDER_WAY', 'TOWNSHIP', '2024-03-04'], ['DONE', 'TOWNSHIP', '2024-03-10']]);
  expect((await stage.told('obligation-declared')).map(({ dutyCode, state, dueOn, metOn }) => [dutyCode, state, dueOn, metOn])).toEqual([['AGENCY_DUE', 'OPEN', '2024-03-20', null], ['AGENCY_DUE', 'MET', '2024-03-20', '2024-03-10']]);
  expect(stage.announced('notice-raised')).toEqual([expect.objectContaining({ noticeKind: 'AGENCY_TASK_GIVEN', recipient: { kind: 'OFFICIAL', id: agent } })]);
});

test('nothing starts without authority, and the petitioner takes it back at any time without a reason; the duty ends · row 84', async () => {
  const id = await offered();
  expect(await start(id, { expectedVersion: 1 })).toMatchObject({ code: 'ILLEGAL_STATE' });
  await authorise(id);
  await start(id);
  expect((await act(d.sender, 'endAgencyTask', { agencyTaskId: id, expectedVersion: 3, reason: 'AUTHORITY_WITHDRAWN' })).agencyTask).toMatchObject({ state: 'ENDED', endReason: 'AUTHORITY_WITHDRAWN' });
  expect((await stage.told('obligation-declared')).at(-1)).toMatchObject({ state: 'CANCELLED' });
  expect(await act(d.sender, 'completeAgencyTask', { agencyTaskId: id, expectedVersion: 4, outcome: '好' })).toMatchObject({ code: 'ILLEGAL_STATE' });
});

test('an authority has a scope without names, an end that the kind allows, and work is promised within it · row 84', async () => {
  const id = await offered();
  expect(await authorise(id, { scope: ' ' })).toMatchObject({ code: 'TEXT_MISSING' });
  expect(await authorise(id, { scope: '代王女士递交材料' })).toMatchObject({ code: 'IDENTITY_IN_TEXT' });
  expect(await authorise(id, { scope: '代办，本人承诺不再上访' })).toMatchObject({ code: 'WAIVER_IN_TEXT' });
  for (const until of ['2024-02-29', '2024-06-01']) expect(await authorise(id, { until })).toMatchObject({ code: 'DATE_INVALID' });
  expect(await authorise(id)).toMatchObject({ agencyTask: { state: 'AUTHORISED' } });
  expect(await start(id, { finishBy: '2024-05-02' })).toMatchObject({ code: 'DATE_INVALID' });
});

test('an authority that is over ends what was not done, by itself · row 84', async () => {
  const id = await offered();
  await authorise(id, { until: '2024-03-10' });
  await stage.itIs('2024-03-10');
  expect(await stage.services.agencyTasks.endOutlived()).toBe(0);
  await stage.itIs('2024-03-11');
  expect(await stage.services.agencyTasks.endOutlived()).toBe(1);
  expect(await stage.rows('SELECT state, end_reason FROM agency_tasks')).toEqual([{ state: 'ENDED', end_reason: 'AUTHORITY_OVER' }]);
});

test('a kind is offered at its levels, by the own unit and those below; the unit that is complained of is no agent · row 84', async () => {
  const offer = (part: object, viewer = d.sender) => act(viewer, 'offerAgencyTask', { caseId: d.caseId, kind: 'COORDINATE', level: 'COUNTY', ...part });
  expect(await offer({ level: 'VILLAGE' })).toMatchObject({ code: 'LEVEL_INVALID' });
  expect(await offer({ kind: 'NO_SUCH' })).toMatchObject({ code: 'KIND_UNKNOWN' });
  expect(await offer({ unitId: d.aid })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await offer({}, d.stranger)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await offer({ officialId: await stage.haveOfficial(d.aid) })).toMatchObject({ code: 'OFFICIAL_NOT_FOUND' });
  const below = await stage.haveUnit('村代办点', { ancestorIds: [d.lead] });
  expect(await offer({ unitId: below, kind: 'BRING_PAPERS', level: 'VILLAGE' })).toMatchObject({ agencyTask: { level: 'VILLAGE' } });
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: below }] });
  expect(await offer({ unitId: below, kind: 'BRING_PAPERS', level: 'VILLAGE' })).toMatchObject({ code: 'NOT_PERMITTED' });
});

test('the agent’s unit, the agent and whoever sees the case see the task; a named agent without a role moves it · row 84', async () => {
  const below = await stage.haveUnit('村代办点', { ancestorIds: [d.lead] });
  const agent = await stage.haveOfficial(below);
  const id = await offered({ unitId: below, officialId: agent });
  await authorise(id);
  const person = viewers.plain(agent, below);
  expect(await act(person, 'startAgencyTask', { agencyTaskId: id, expectedVersion: 2, finishBy: '2024-03-20' })).toMatchObject({ agencyTask: { state: 'UNDER_WAY' } });
  const seen = async (viewer: typeof d.sender) => (await stage.client.query<{ agencyTasks: { totalCount: number } }>(viewer, '{ agencyTasks(filter: { kinds: ["BRING_PAPERS"] }) { totalCount } }')).agencyTasks.totalCount;
  expect([await seen(person), await seen(d.jointOffice), await seen(viewers.handler(below)), await seen(d.receiver), await seen(d.stranger)]).toEqual([1, 1, 1, 0, 0]);
});

test('under cases and units agency tasks are lists, and kinds are data with levels and basis · row 84', async () => {
  await offered();
  const r = [{ __typename: 'Case', id: d.caseId }, { __typename: 'Unit', id: d.lead }];
  const data = await stage.client.query<{ _entities: unknown[]; agencyTaskKinds: { code: string; levels: string[] }[] }>(
    d.sender, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { agencyTasks { totalCount nodes { state } } } ... on Unit { agencyTasks(filter: { state: OFFERED }) { totalCount } } } agencyTaskKinds { code levels basis longestAuthorityDays catalogueRows } }', { r },
  );
  expect(data._entities).toEqual([{ agencyTasks: { totalCount: 1, nodes: [{ state: 'OFFERED' }] } }, { agencyTasks: { totalCount: 1 } }]);
  expect(data.agencyTaskKinds.map(({ code, levels }) => [code, levels.length])).toEqual([['FILE_PETITION', 3], ['FOLLOW_PROGRESS', 3], ['BRING_PAPERS', 3], ['COORDINATE', 2]]);
});

test('under many cases the agency tasks cost one statement beside the guard · row 84', async () => {
  await offered();
  const ids = [d.caseId, (await departments(stage)).caseId, (await departments(stage)).caseId];
  let statements = 0;
  const counting = { query: (...args: [string, unknown[]]) => ((statements += 1), stage.db.manager.query(...args)) } as unknown as EntityManager;
  const data = await stage.clientOn(counting).query<{ _entities: unknown[] }>(
    d.jointOffice, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { agencyTasks { nodes { state unit { id } kind { code } } } } } }', { r: ids.map((id) => ({ __typename: 'Case', id })) },
  );
  expect(data._entities).toHaveLength(3);
  expect(statements).toBe(2);
});

test('an authority names its document by id, nothing else · row 84', async () => {
  const id = await offered();
  await expect(authorise(id, { documentId: '授权委托书（王女士）' })).rejects.toThrow('The input is not valid');
  expect(await stage.rows('SELECT state FROM agency_tasks')).toEqual([{ state: 'OFFERED' }]);
});
