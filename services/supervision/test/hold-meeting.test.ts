import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { haveCaseScope, viewers } from '@anjie/testing';
import { asking, made } from './asking-oversight';
import { at, countRows, COUNTY, haveKnownOfficial, haveKnownUnit, key, openSupervision, type Supervision } from './builders';
import { haveOffice } from './closing';
import { inboxOf, kindsIn } from './notices';

let supervision: Supervision;
let meet: ReturnType<typeof asking<Meeting>>;
let decide: ReturnType<typeof asking<Decision>>;
beforeAll(async () => {
  supervision = await openSupervision();
  meet = asking<Meeting>(supervision, { payload: 'MeetingPayload', refusal: 'MeetingRefusal', node: 'meeting', fields: MEETING });
  decide = asking<Decision>(supervision, { payload: 'MeetingDecisionPayload', refusal: 'MeetingRefusal', node: 'decision', fields: DECISION });
});
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

const DECISION = 'id state version text dueOn report evidenceRef obligorUnit { id } obligorOfficial { id } case { id } meeting { id } obligation { state dueOn metOn dutyName case { id } obligor { __typename ... on Unit { id } ... on Official { id } } }';
const MEETING = `id state version heldOn minutes minutesDueOn callOffReason kind { code name } minutesObligation { state dueOn metOn } attendees { unit { id } official { id } isPresent }
  points { id title record case { id } } decisions { nodes { ${DECISION} } }`;
interface Decision {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly obligation: { readonly state: string } | null;
}
interface Meeting {
  readonly id: string;
  readonly version: number;
  readonly points: { readonly id: string; readonly case: { readonly id: string } | null }[];
  readonly decisions: { readonly nodes: Decision[] };
}

async function aWorld() {
  const { db } = supervision;
  const office = await haveOffice(supervision, COUNTY);
  const [bureau, other] = [await haveKnownUnit(db), await haveKnownUnit(db)];
  const leader = await haveKnownOfficial(db, bureau);
  const scope = await haveCaseScope(db, { parties: [{ kind: 'UNIT', id: bureau, role: 'LEAD' }] });
  return { office, bureau, other, leader, caseId: scope.caseId, scope, chief: viewers.jointOffice(COUNTY, office), handler: viewers.handler(bureau) };
}
type World = Awaited<ReturnType<typeof aWorld>>;

const call = (world: World, part: object = {}, viewer: Viewer = world.chief) => meet(viewer, 'callMeeting', {
  kind: 'JOINT_CONFERENCE', title: '第三次联席会议', plannedOn: '2025-08-04', unitIds: [world.bureau], officialIds: [world.leader],
  points: [{ title: '产权登记积案', caseId: world.caseId }, { title: '听取进展汇报' }], ...part,
});
const hold = (world: World, meeting: Meeting, part: object = {}, viewer: Viewer = world.chief) => meet(viewer, 'holdMeeting', {
  meetingId: meeting.id, expectedVersion: meeting.version, heldOn: '2025-08-04', presentUnitIds: [world.office, world.bureau], presentOfficialIds: [], records: [], decisions: [], ...part,
});

test('the joint conference is called, held and decides; each decision is owed by its unit or official by its day · rows 61, 71', async () => {
  const world = await aWorld();
  const meeting = made(await call(world));
  expect(meeting).toMatchObject({ state: 'CALLED', kind: { code: 'JOINT_CONFERENCE', name: 'Joint conference on petition work' }, attendees: expect.arrayContaining([{ unit: { id: world.office }, official: null, isPresent: null }]) });
  const [about, general] = meeting.points;
  const held = made(await hold(world, meeting, {
    records: [{ pointId: about?.id, record: '测绘已完成。' }],
    decisions: [
      { pointId: about?.id, text: '由住建局办理产权登记。', obligorUnitId: world.bureau, dueOn: '2025-09-30' }, { pointId: general?.id, text: '由其汇总全区进展。', obligorOfficialId: world.leader, dueOn: '2025-08-29' },
    ],
  }));
  expect(held).toMatchObject({
    state: 'HELD', heldOn: '2025-08-04', points: [{ record: '测绘已完成。' }, { record: null }], minutesDueOn: '2025-08-14', minutesObligation: { state: 'OPEN', dueOn: '2025-08-14' },
    decisions: { nodes: [
      { state: 'OPEN', case: { id: world.caseId }, obligation: { state: 'OPEN', dueOn: '2025-09-30', dutyName: 'carry out what the meeting decided', case: { id: world.caseId }, obligor: { id: world.bureau } } },
      { state: 'OPEN', case: null, obligation: { state: 'OPEN', dueOn: '2025-08-29', case: null, obligor: { __typename: 'Official', id: world.leader } } },
    ] },
  });
  expect((held as unknown as { attendees: { isPresent: boolean }[] }).attendees.filter((one) => one.isPresent)).toHaveLength(2);
  expect(await countRows(supervision.db, 'deadlines')).toBeGreaterThan(0);
  expect(kindsIn(await inboxOf(supervision, world.handler))).toEqual(['MEETING_CALLED', 'MEETING_DECISION_GIVEN']);
  expect(kindsIn(await inboxOf(supervision, viewers.plain(world.leader)))).toEqual(['MEETING_CALLED', 'MEETING_DECISION_GIVEN']);
  const minuted = made(await meet(world.chief, 'recordMeetingMinutes', { meetingId: held.id, expectedVersion: 2, minutes: '会议听取了汇报。' }));
  expect(minuted).toMatchObject({ minutes: '会议听取了汇报。', minutesObligation: { state: 'MET', metOn: '2025-08-04' } });
});

test('a decision is reported with evidence, returned by a new day, reported again and confirmed · rows 61, 71', async () => {
  const world = await aWorld();
  const meeting = made(await call(world));
  const held = made(await hold(world, meeting, { minutes: '略', decisions: [{ pointId: meeting.points[0]?.id, text: '月底前完成登记。', obligorUnitId: world.bureau, dueOn: '2025-08-29' }] }));
  const [first] = held.decisions.nodes;
  const report = (expectedVersion: number, viewer = world.handler) => decide(viewer, 'reportMeetingDecision', { decisionId: first?.id, expectedVersion, report: '已登记。', evidenceRef: '不动产登记簿12号' });
  expect(await report(1, world.chief)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(made(await report(1))).toMatchObject({ state: 'REPORTED', report: '已登记。', evidenceRef: '不动产登记簿12号', obligation: { state: 'MET', metOn: '2025-08-04' } });
  const follow = (expectedVersion: number, part: object, viewer = world.chief) => decide(viewer, 'followUpMeetingDecision', { decisionId: first?.id, expectedVersion, ...part });
  expect(await follow(2, { verdict: 'RETURN', note: '尚缺两户。' })).toMatchObject({ code: 'DATE_NOT_ACCEPTABLE' });
  expect(await follow(2, { verdict: 'RETURN', dueOn: '2025-09-10' })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  expect(await follow(2, { verdict: 'CONFIRM' }, world.handler)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(made(await follow(2, { verdict: 'RETURN', note: '尚缺两户。', dueOn: '2025-09-10' }))).toMatchObject({ state: 'OPEN', dueOn: '2025-09-10', obligation: { state: 'OPEN', dueOn: '2025-09-10' } });
  await report(3);
  expect(made(await follow(4, { verdict: 'CONFIRM' }))).toMatchObject({ state: 'CONFIRMED', obligation: { state: 'MET' } });
  expect(await follow(5, { verdict: 'WITHDRAW', note: '不再需要' })).toMatchObject({ code: 'WRONG_STATE' });
  expect(await select(supervision.db.manager, "SELECT state, COUNT(*) AS n FROM obligations WHERE duty_code = 'MEETING_DECISION' GROUP BY state")).toMatchObject([{ state: 'MET' }]);
});

test('the conference for exchanging experience only notes what it decides; 民情分析会 is a unit\'s own · rows 71, 105', async () => {
  const world = await aWorld();
  const meeting = made(await call(world, { kind: 'EXPERIENCE_EXCHANGE', points: [{ title: '经验交流' }] }));
  const decision = { pointId: meeting.points[0]?.id, text: '推广首接首办做法。' };
  expect(await hold(world, meeting, { decisions: [{ ...decision, dueOn: '2025-09-01' }] })).toMatchObject({ code: 'DATE_NOT_ACCEPTABLE' });
  expect(made(await hold(world, meeting, { decisions: [decision] }))).toMatchObject({ minutesDueOn: null, decisions: { nodes: [{ state: 'NOTED', dueOn: null, obligation: null }] } });
  expect(await countRows(supervision.db, 'obligations')).toBe(0);
  expect(made(await call(world, { kind: 'PUBLIC_CONCERNS', points: [], unitIds: [] }, world.handler))).toMatchObject({ kind: { code: 'PUBLIC_CONCERNS' } });
  expect(await call(world, {}, world.handler)).toMatchObject({ code: 'NOT_PERMITTED' });
});

test.each<[string, string, (world: World) => object]>([
  ['no such kind', 'KIND_NOT_USABLE', () => ({ kind: 'TEA' })],
  ['积案研判分析会 without a case', 'CASE_NEEDED', () => ({ kind: 'BACKLOG_ANALYSIS', points: [{ title: '形势' }] })],
  ['a case that is not seen', 'NOT_FOUND', () => ({ points: [{ title: '某案', caseId: randomUUID() }] })],
  ['the same case twice', 'CASE_ON_AGENDA', (world) => ({ points: [{ title: '一', caseId: world.caseId }, { title: '二', caseId: world.caseId }] })],
  ['a unit that nobody knows', 'PARTY_UNKNOWN', () => ({ unitIds: [randomUUID()] })],
  ['a day that is over', 'DATE_NOT_ACCEPTABLE', () => ({ plannedOn: '2025-08-01' })],
  ['a title that speaks of watching people', 'TEXT_NOT_ACCEPTABLE', () => ({ title: '稳控工作会' })],
])('called with %s: %s, and nothing is left behind · row 71', async (_sentence, code, part) => {
  const world = await aWorld();
  expect(await call(world, part(world))).toMatchObject({ code });
  expect(await countRows(supervision.db, 'meetings')).toBe(0);
});

test('第三十条第三款: no sealed case on an agenda, nobody called whom the report names, nothing decided on a case that was sealed since · row 71', async () => {
  const world = await aWorld();
  await haveCaseScope(supervision.db, { ...world.scope, excluded: [{ kind: 'OFFICIAL', id: world.leader }] }, 2);
  expect(await call(world)).toMatchObject({ code: 'PARTY_NAMED', basis: '《信访工作条例》第三十条第三款' });
  await haveCaseScope(supervision.db, { ...world.scope, excluded: [{ kind: 'UNIT', id: world.other }] }, 3);
  const meeting = made(await call(world));
  const decisions = [{ pointId: meeting.points[0]?.id, text: '由其办理。', obligorUnitId: world.other, dueOn: '2025-09-01' }];
  expect(await hold(world, meeting, { decisions })).toMatchObject({ code: 'PARTY_NAMED' });
  await haveCaseScope(supervision.db, { ...world.scope, isSealed: true, parties: [...world.scope.parties, { kind: 'UNIT', id: world.office, role: 'REGISTRAR' }] }, 4);
  expect(await hold(world, meeting, { decisions: [{ ...decisions[0], obligorUnitId: world.bureau }] })).toMatchObject({ code: 'CASE_SEALED' });
  expect(await meet(world.chief, 'callMeeting', { kind: 'CONSULTATION', title: '会商', plannedOn: '2025-08-05', unitIds: [], officialIds: [], points: [{ title: '某案', caseId: world.caseId }] })).toMatchObject({ code: 'CASE_SEALED' });
  expect(made(await hold(world, meeting))).toMatchObject({ state: 'HELD' });
});

test('a part in a case of another county puts it on no agenda of an office there; a unit brings what it handles · row 71', async () => {
  const world = await aWorld();
  const sponsor = viewers.jointOffice('640105', world.other);
  await haveCaseScope(supervision.db, { ...world.scope, parties: [...world.scope.parties, { kind: 'OFFICIAL', id: sponsor.subject, role: 'SPONSOR' }] }, 2);
  const about = { kind: 'CASE_CONSULTATION', unitIds: [], officialIds: [], points: [{ title: '某案', caseId: world.caseId }] };
  expect(await call(world, about, sponsor)).toMatchObject({ code: 'NOT_PERMITTED' });
  const meeting = made(await call(world, { ...about, points: [{ title: '形势' }], kind: 'CONSULTATION' }, sponsor));
  expect(await meet(sponsor, 'addMeetingPoint', { meetingId: meeting.id, expectedVersion: 1, point: about.points[0] })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(made(await call(world, about, world.handler)).points).toMatchObject([{ case: { id: world.caseId } }]);
  const ours = made(await call(world));
  await haveCaseScope(supervision.db, { ...world.scope, divisionCode: '640105', parties: [...world.scope.parties, { kind: 'OFFICIAL', id: world.chief.subject, role: 'SPONSOR' }] }, 3);
  expect(await hold(world, ours, { records: [{ pointId: ours.points[0]?.id, record: '略' }] })).toMatchObject({ code: 'NOT_PERMITTED' });
});

test('a point is added before, not after; a meeting is called off with a reason; the same key twice is one meeting · row 71', async () => {
  const world = await aWorld();
  const idempotencyKey = key();
  const once = made(await call(world, { idempotencyKey, points: [{ title: '一' }] }));
  expect(made(await call(world, { idempotencyKey, points: [{ title: '一' }] })).id).toBe(once.id);
  const added = made(await meet(world.chief, 'addMeetingPoint', { meetingId: once.id, expectedVersion: 1, point: { title: '二', caseId: world.caseId } }));
  expect(added.points.map((one) => one.case?.id ?? null)).toEqual([null, world.caseId]);
  expect(await meet(world.handler, 'callOffMeeting', { meetingId: once.id, expectedVersion: 2, reason: '改期' })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(made(await meet(world.chief, 'callOffMeeting', { meetingId: once.id, expectedVersion: 2, reason: '改期' }))).toMatchObject({ state: 'CALLED_OFF', callOffReason: '改期' });
  expect(await meet(world.chief, 'addMeetingPoint', { meetingId: once.id, expectedVersion: 3, point: { title: '三' } })).toMatchObject({ code: 'WRONG_STATE' });
});

describe('who sees what of a meeting · rows 61, 71', () => {
  test('case-bound parts go with the case, the rest with the meeting; under case, unit, division and campaign it is found in one statement', async () => {
    const world = await aWorld();
    const campaignId = randomUUID();
    const meeting = made(await call(world, { campaignId }));
    const decisions = meeting.points.map((one, i) => ({ pointId: one.id, text: `事项${i}`, obligorUnitId: world.bureau, dueOn: '2025-09-01' }));
    const held = made(await hold(world, meeting, { decisions }));
    const see = async (viewer: Viewer) => {
      const data = await supervision.client.query<{ meeting: { points: unknown[] } | null; meetingDecisions: { totalCount: number } }>(viewer, 'query ($id: ID!) { meeting(id: $id) { points { id } } meetingDecisions { totalCount } }', { id: held.id });
      return [data.meeting?.points.length ?? null, data.meetingDecisions.totalCount];
    };
    const attendee = viewers.plain(world.leader);
    expect(await Promise.all([world.chief, world.handler, attendee, viewers.jointOffice('640100', randomUUID()), viewers.jointOffice('640105', randomUUID()), viewers.handler(world.other), viewers.plain()].map(see)))
      .toEqual([[2, 2], [2, 2], [1, 1], [2, 2], [null, 0], [null, 0], [null, 0]]);
    const { result, statements } = await supervision.counted(() => supervision.client.query<{ _entities: Record<string, { totalCount: number }>[] }>(
      world.chief, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { meetings { nodes { id } } } ... on Division { meetings { nodes { id } } } ... on Campaign { meetings { nodes { id } } } } }',
      { r: [world.bureau, world.office, world.other].map((id) => ({ __typename: 'Unit', id })).concat([{ __typename: 'Division', code: COUNTY } as never, { __typename: 'Campaign', id: campaignId } as never]) },
    ));
    expect(result._entities.map((one) => JSON.stringify(one).includes(held.id))).toEqual([true, true, false, true, true]);
    expect(statements).toBe(3);
    const ofCase = await supervision.client.query(world.handler, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { meetings { totalCount } meetingDecisions { totalCount nodes { text } } } } }', { r: [{ __typename: 'Case', id: world.caseId }] });
    expect(ofCase).toEqual({ _entities: [{ meetings: { totalCount: 1 }, meetingDecisions: { totalCount: 1, nodes: [{ text: '事项0' }] } }] });
  });

  test('the decisions of a campaign\'s meeting count in its figures while they are owed · row 61', async () => {
    const world = await aWorld();
    const campaignId = randomUUID();
    await haveCaseScope(supervision.db, { ...world.scope, ledgers: [{ campaignId, divisionCode: COUNTY, enteredOn: '2025-01-01', removedOn: null }] }, 2);
    const meeting = made(await call(world, { campaignId }));
    const held = made(await hold(world, meeting, { minutes: '略', decisions: meeting.points.map((one, i) => ({ pointId: one.id, text: `事项${i}`, obligorUnitId: world.bureau, dueOn: '2025-09-01' })) }));
    const open = async () => (await supervision.client.query<{ _entities: { decisionsOpen: { value: number } }[] }>(
      world.chief, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { decisionsOpen { value formula asOf } } } }', { r: [{ __typename: 'DivisionRollup', campaignId, divisionCode: COUNTY, asOf: '2025-08-04' }] },
    ))._entities[0]?.decisionsOpen.value;
    expect(await open()).toBe(2);
    await decide(world.handler, 'reportMeetingDecision', { decisionId: held.decisions.nodes[0]?.id, expectedVersion: 1, report: '已办。', evidenceRef: '卷1' });
    expect(await open()).toBe(1);
  });

  test('the kinds are shown in the viewer\'s language, with the rules that a form needs · rows 61, 105', async () => {
    const ask = (locale: 'en' | 'zh-CN') => supervision.client.query<{ meetingKinds: Record<string, unknown>[] }>({ ...viewers.plain(), locale }, '{ meetingKinds { code name basis catalogueRows isRetired mayCall needsCase takesCandidates minutesDueDays decisionsBecomeObligations } }');
    expect((await ask('zh-CN')).meetingKinds[0]).toEqual({
      code: 'JOINT_CONFERENCE', name: '信访工作联席会议', basis: '《信访工作条例》第二十四条第一款、第三十九条', catalogueRows: [61, 70, 71], isRetired: false, mayCall: ['JOINT_OFFICE'], needsCase: false,
      takesCandidates: true, minutesDueDays: 10, decisionsBecomeObligations: true,
    });
    expect((await ask('en')).meetingKinds.find((one) => one['code'] === 'PUBLIC_CONCERNS')).toMatchObject({ name: 'Meeting on what people are concerned about', catalogueRows: [105], mayCall: ['JOINT_OFFICE', 'UNIT'] });
  });
});
