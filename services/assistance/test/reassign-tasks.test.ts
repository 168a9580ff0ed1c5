import { randomUUID } from 'node:crypto';
import { OfficialChanged, type PayloadOf } from '@anjie/contracts';
import { inTransaction } from '@anjie/service-kit/database';
import { putKnownUnits } from '@anjie/service-kit/facts';
import { viewers } from '@anjie/testing';
import { reactions } from '../src/jobs';
import { actOn, delivered, departments, openStage, referralActs, step, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
let leaver: string;
let successor: string;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  stage.forget();
  d = await departments(stage);
  [leaver, successor] = [await stage.haveOfficial(d.aid), await stage.haveOfficial(d.aid)];
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

/** A referral, a part in another one, a visit and an agency task of the civil affairs office, all with the official who will leave. */
async function fourTasks(): Promise<void> {
  const one = await delivered(stage, d);
  await referralActs(stage).act(d.receiver, 'signReferral', step(one));
  await referralActs(stage).act(d.receiver, 'acceptReferral', step({ id: one.id, version: 3 }, { officialId: leaver, completeBy: '2024-03-10' }));
  const other = await delivered(stage, d, { toUnitId: d.other });
  await actOn(stage, '__typename')(d.sender, 'askCoHandler', { referralId: other.id, expectedVersion: 2, unitId: d.aid, task: '请核对', completeBy: '2024-03-20' });
  await stage.haveCase({ caseId: d.caseId, leadUnitId: d.lead, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }, { kind: 'UNIT', id: d.aid, role: 'REFERRED' }] });
  await actOn(stage, '__typename ... on FollowUpVisitRefusal { code }')(d.receiver, 'planFollowUpVisit', { caseId: d.caseId, kind: 'OTHER', plannedOn: '2024-03-05', officialId: leaver });
  await actOn(stage, '__typename ... on AgencyTaskRefusal { code }')(d.receiver, 'offerAgencyTask', { caseId: d.caseId, kind: 'BRING_PAPERS', level: 'TOWNSHIP', officialId: leaver });
  await stage.db.query('UPDATE referral_co_handlings SET assigned_official_id = ?', [leaver]);
}

interface Task {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly dueOn: string | null;
  readonly assignedTo: { id: string } | null;
}
const tasks = async (viewer: typeof d.sender, filter: object = {}): Promise<Task[]> =>
  (await stage.client.query<{ assistanceTasks: { nodes: Task[] } }>(
    viewer, 'query ($f: AssistanceTaskFilter) { assistanceTasks(filter: $f) { totalCount nodes { kind id version dueOn state assignedTo { id } unit { id } case { id } } } }', { f: filter },
  )).assistanceTasks.nodes;
const ROWS = '__typename ... on ReassignTasksPayload { rows { __typename ... on ReassignedTask { kind id version } ... on AssistanceTaskRefusal { code } } } ... on AssistanceTaskRefusal { code }';
interface Answer {
  readonly code?: string;
  readonly rows?: { code?: string; kind?: string; version?: number }[];
}
const reassign = (viewer: typeof d.sender, input: object) => actOn(stage, ROWS)<Answer>(viewer, 'reassignTasks', input);
const items = (list: readonly Task[]) => list.map(({ kind, id, version }) => ({ kind, id, expectedVersion: version }));

test('whatever an official has is one list, the nearest due first; all of it goes to another one in one act · row 78', async () => {
  await fourTasks();
  const mine = await tasks(d.receiver, { officialId: leaver });
  expect(mine.map(({ kind, dueOn }) => [kind, dueOn])).toEqual([['VISIT', '2024-03-05'], ['CO_HANDLING', '2024-03-08'], ['REFERRAL', '2024-03-10'], ['AGENCY', null]]);
  const answer = await reassign(d.receiver, { toOfficialId: successor, items: items(mine) });
  expect(answer.rows?.map(({ kind }) => kind)).toEqual(['VISIT', 'CO_HANDLING', 'REFERRAL', 'AGENCY']);
  expect([(await tasks(d.receiver, { officialId: leaver })).length, (await tasks(d.receiver, { officialId: successor })).length]).toEqual([0, 4]);
  const history = await stage.rows<{ act: string | null }>(`SELECT act FROM referral_events WHERE act IS NOT NULL AND act <> 'CO_HANDLER_ASKED'`);
  expect(history).toEqual([{ act: 'REASSIGNED' }]);
});

test('each row is answered for itself: stale, foreign and ended ones are refused, others go through · row 78', async () => {
  await fourTasks();
  const mine = await tasks(d.receiver, { officialId: leaver });
  const stranger = await stage.haveOfficial(d.other);
  expect(await reassign(d.receiver, { toOfficialId: stranger, items: items(mine.slice(0, 1)) })).toMatchObject({ rows: [{ code: 'OFFICIAL_NOT_FOUND' }] });
  const answer = await reassign(d.receiver, {
    toOfficialId: successor,
    items: [...items(mine.slice(0, 1)), { kind: 'VISIT', id: randomUUID(), expectedVersion: 1 }, { ...items(mine.slice(1, 2))[0], expectedVersion: 9 }],
  });
  expect(answer.rows?.map(({ code, kind }) => code ?? kind)).toEqual(['VISIT', 'NOT_FOUND', 'CHANGED_MEANWHILE']);
  expect(await reassign(d.sender, { toOfficialId: successor, items: items(mine.slice(2, 3)) })).toMatchObject({ rows: [{ code: 'NOT_PERMITTED' }] });
  expect(await reassign(d.receiver, { items: [] })).toMatchObject({ code: 'COUNT_OUT_OF_RANGE' });
});

const left = (part: Partial<PayloadOf<typeof OfficialChanged>> = {}, version = 2) => {
  const reaction = reactions(stage.services).find(({ event }) => event.name === OfficialChanged.name);
  const payload = { officialId: leaver, staffNo: '1', name: '张三', unitId: d.other, validTo: null, posts: [{ unitId: d.aid, kind: 'PRIMARY' as const, startedOn: '2020-01-01', endedOn: '2024-02-29' }], ...part };
  return inTransaction(stage.db, (tx) => reaction?.effectOfMany(tx, [{ payload, message: { id: randomUUID(), source: 'officials', aggregateId: leaver, version, requestId: 'test' } }]) ?? Promise.resolve());
};

test('when the post ends the tasks have nobody, and the head of the unit is told once · row 78', async () => {
  await fourTasks();
  const head = randomUUID();
  await putKnownUnits(stage.db.manager, [{ unitId: d.aid, code: '民政局', name: '民政局', kind: 'DEPARTMENT', divisionCode: '640104', ancestorIds: [], headOfficialId: head, successorUnitId: null, validTo: null }]);
  stage.forget();
  await left();
  expect((await tasks(d.receiver, { isUnassigned: true })).map(({ kind, assignedTo }) => [kind, assignedTo]).sort()).toEqual([['AGENCY', null], ['CO_HANDLING', null], ['REFERRAL', null], ['VISIT', null]]);
  expect(stage.announced('notice-raised').map(({ noticeKind, recipient }) => [noticeKind, recipient])).toEqual([['TASKS_UNASSIGNED', { kind: 'OFFICIAL', id: head }]]);
  await left({}, 3);
  expect(stage.announced('notice-raised')).toHaveLength(1);
});

test('whoever keeps a post there, an acting one too, keeps the tasks · row 78', async () => {
  await fourTasks();
  await left({ posts: [{ unitId: d.aid, kind: 'ACTING', startedOn: '2024-02-01', endedOn: null }] });
  expect(await tasks(d.receiver, { officialId: leaver })).toHaveLength(4);
});

test('a post counts from its first day to the day before its end, the own one and an acting one alike · row 78', async () => {
  await fourTasks();
  const [referral] = (await tasks(d.receiver, { officialId: leaver })).filter(({ kind }) => kind === 'REFERRAL');
  const give = async (toOfficialId: string): Promise<string | undefined> => (await reassign(d.receiver, { toOfficialId, items: items(referral ? [referral] : []) })).rows?.[0]?.code;
  const acting = (startedOn: string, endedOn: string | null) => stage.haveOfficial(d.other, [{ unitId: d.aid, kind: 'ACTING', startedOn, endedOn }]);
  expect(await give(await acting('2024-03-02', null))).toBe('OFFICIAL_NOT_FOUND');
  expect(await give(await acting('2024-02-01', '2024-03-01'))).toBe('OFFICIAL_NOT_FOUND');
  expect(await give(await stage.haveOfficial(d.aid, [{ unitId: d.other }]).then(async (id) => (await stage.rows("UPDATE posts SET ended_on = '2024-03-01' WHERE official_id = ? AND unit_id = ?", [id, d.aid]), id)))).toBe('OFFICIAL_NOT_FOUND');
  expect(await give(await acting('2024-03-01', '2024-03-02'))).toBeUndefined();
});

test('an acting post that ends on a later day keeps its tasks until that day, and the head is told then · row 78', async () => {
  await fourTasks();
  await left({ posts: [{ unitId: d.aid, kind: 'ACTING', startedOn: '2024-02-01', endedOn: '2024-06-30' }] });
  expect(await tasks(d.receiver, { officialId: leaver })).toHaveLength(4);
  // whoever offers in person for a unit below never held a post there, and keeps what is open
  const below = await stage.haveUnit('救助站', { ancestorIds: [d.aid] });
  await stage.db.query('UPDATE agency_tasks SET agent_official_id = ?, unit_id = ?', [successor, below]);
  await stage.itIs('2024-06-29');
  expect(await stage.services.departures.followEnded()).toBe(0);
  await stage.itIs('2024-06-30');
  stage.forget();
  expect([await stage.services.departures.followEnded(), await stage.services.departures.followEnded()]).toEqual([1, 0]);
  expect((await tasks(d.receiver, { isUnassigned: true })).map(({ kind }) => kind).sort()).toEqual(['CO_HANDLING', 'REFERRAL', 'VISIT']);
  expect(await tasks(d.receiver, { officialId: successor })).toHaveLength(1);
  expect(stage.announced('notice-raised').map(({ noticeKind, recipient }) => [noticeKind, recipient])).toEqual([['TASKS_UNASSIGNED', { kind: 'UNIT', id: d.aid }]]);
});

test('a post that begins on a later day keeps no tasks until then · row 78', async () => {
  await fourTasks();
  await left({ posts: [{ unitId: d.aid, kind: 'PRIMARY', startedOn: '2020-01-01', endedOn: '2024-03-01' }, { unitId: d.aid, kind: 'ACTING', startedOn: '2024-04-01', endedOn: '2024-06-30' }] }, 3);
  expect(await tasks(d.receiver, { isUnassigned: true })).toHaveLength(4);
});

test('a task list is of the own units; a unit and an official show theirs to whoever may see them · row 78', async () => {
  await fourTasks();
  expect([(await tasks(d.sender)).length, (await tasks(d.receiver)).length, (await tasks(viewers.plain())).length]).toEqual([0, 4, 0]);
  const r = [{ __typename: 'Unit', id: d.aid }, { __typename: 'Official', id: leaver }];
  const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { assistanceTasks { totalCount } } ... on Official { assistanceTasks { totalCount } } } }';
  const counts = async (viewer: typeof d.sender) => (await stage.client.query<{ _entities: { assistanceTasks: { totalCount: number } }[] }>(viewer, query, { r }))._entities.map(({ assistanceTasks }) => assistanceTasks.totalCount);
  expect([await counts(d.jointOffice), await counts(viewers.handler(await stage.haveUnit('旅游局')))]).toEqual([[4, 4], [0, 0]]);
});

test('units that work on one matter see each other’s open work; a count is of work, by unit · row 78', async () => {
  await fourTasks();
  await stage.itIs('2024-03-12');
  const query = 'query ($f: AssistanceWorkloadFilter) { assistanceWorkloads(filter: $f) { totalCount nodes { unit { id } referrals coHandlings visits agencyTasks unassigned overdue } } }';
  const seen = async (viewer: typeof d.sender, f: object) => (await stage.client.query<{ assistanceWorkloads: { totalCount: number; nodes: { unit: { id: string } }[] } }>(viewer, query, { f })).assistanceWorkloads;
  const loads = await seen(d.jointOffice, { divisionCode: '640100' });
  expect(loads.totalCount).toBe(2);
  expect(loads.nodes.find(({ unit }) => unit.id === d.aid)).toMatchObject({ referrals: 1, coHandlings: 1, visits: 1, agencyTasks: 1, unassigned: 0, overdue: 3 });
  expect(loads.nodes.find(({ unit }) => unit.id === d.other)).toMatchObject({ referrals: 1, unassigned: 1 });
  expect((await seen(d.sender, { caseId: d.caseId })).totalCount).toBe(2);
  expect((await seen(d.jointOffice, { divisionCode: '330400' })).totalCount).toBe(0);
});
