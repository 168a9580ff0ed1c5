import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { haveCaseScope, viewers } from '@anjie/testing';
import { asking, made } from './asking-oversight';
import { at, countRows, COUNTY, haveKnownOfficial, haveKnownUnit, openSupervision, type Supervision } from './builders';
import { haveOffice } from './closing';
import { inboxOf, kindsIn } from './notices';

interface Finding {
  readonly id: string;
  readonly version: number;
  readonly obligation: { readonly state: string };
}
interface Inspection {
  readonly id: string;
  readonly version: number;
  readonly findings: { readonly nodes: Finding[] };
}
const OWED = '{ state dueOn metOn dutyName obligor { __typename ... on Unit { id } ... on Official { id } } }';
const FINDING = `id state version rectifyBy ground text rectification decisionNote unit { id } case { id } obligation ${OWED} sharedObligation ${OWED}`;
const INSPECTION = `id state version startedOn reportDueOn report reportedOn closedOn isResponsibilityShared kind { code mode } team { id } partners { unit { id } } unit { id } division { code } case { id }
  reportObligation ${OWED} findings { nodes { ${FINDING} } }`;

let supervision: Supervision;
let inspect: ReturnType<typeof asking<Inspection>>;
let mend: ReturnType<typeof asking<Finding>>;
let team: ReturnType<typeof asking<{ id: string; version: number }>>;
beforeAll(async () => {
  supervision = await openSupervision();
  inspect = asking<Inspection>(supervision, { payload: 'InspectionPayload', refusal: 'InspectionRefusal', node: 'inspection', fields: INSPECTION });
  mend = asking<Finding>(supervision, { payload: 'InspectionFindingPayload', refusal: 'InspectionRefusal', node: 'finding', fields: FINDING });
  team = asking(supervision, {
    payload: 'InspectionTeamPayload', refusal: 'InspectionRefusal', node: 'team',
    fields: 'id version kind name disbandedOn members { official { id } isLeader since until } divisions { division { code } sharesResponsibility since until }',
  });
});
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

async function aWorld() {
  const { db } = supervision;
  const city = await haveOffice(supervision, '640100');
  const [bureau, partner] = [await haveKnownUnit(db), await haveKnownUnit(db)];
  const [leader, member] = [await haveKnownOfficial(db, city), await haveKnownOfficial(db, city)];
  return { city, bureau, partner, leader, member, mayor: viewers.jointOffice('640100', city), handler: viewers.handler(bureau) };
}
type World = Awaited<ReturnType<typeof aWorld>>;

const form = (world: World, part: object = {}) => team(world.mayor, 'formInspectionTeam', {
  kind: 'SUPERVISION', name: '第一督导组', leaderId: world.leader, memberIds: [world.member], divisions: [{ divisionCode: COUNTY, sharesResponsibility: true }], ...part,
});
const plan = (world: World, part: object = {}, viewer: Viewer = world.mayor) => inspect(viewer, 'planInspection', {
  kind: 'FIELD_INSPECTION', title: '八月督查', unitId: world.bureau, partnerUnitIds: [], plannedOn: '2025-08-04', ...part,
});
const start = (viewer: Viewer, { id, version }: Inspection) => inspect(viewer, 'startInspection', { inspectionId: id, expectedVersion: version });
const find = (viewer: Viewer, { id, version }: Inspection, part: object) => inspect(viewer, 'recordInspectionFinding', {
  inspectionId: id, expectedVersion: version, ground: 'DELAY', text: '三件到期未答复。', evidenceRef: '抽卷记录2', rectifyBy: '2025-09-01', ...part,
});
const look = async (viewer: Viewer, id: string) => (await supervision.client.query<{ inspection: Inspection }>(viewer, `query ($id: ID!) { inspection(id: $id) { ${INSPECTION} } }`, { id })).inspection;
const duties = async (viewer: Viewer): Promise<number> => (await supervision.client.query<{ obligations: { totalCount: number } }>(viewer, '{ obligations(first: 1) { totalCount } }')).obligations.totalCount;
const seen = async (viewer: Viewer): Promise<number> => (await supervision.client.query<{ inspections: { totalCount: number } }>(viewer, '{ inspections { totalCount } }')).inspections.totalCount;

test('实地督查 by a team that is bound to the region: planned unseen by the unit, begun, found, reported, rectified, accepted, closed · rows 124, 132', async () => {
  const world = await aWorld();
  const bound = made(await form(world));
  const planned = made(await plan(world, { teamId: bound.id }));
  expect(planned).toMatchObject({ state: 'PLANNED', isResponsibilityShared: true, kind: { code: 'FIELD_INSPECTION', mode: 'FIELD' }, team: { id: bound.id }, division: { code: COUNTY } });
  expect(await Promise.all([world.handler, viewers.plain(world.leader), world.mayor].map(seen))).toEqual([0, 1, 1]);
  const member = viewers.plain(world.member);
  const begun = made(await start(member, planned));
  expect(begun).toMatchObject({ state: 'UNDER_WAY', startedOn: '2025-08-04', reportDueOn: '2025-08-19' });
  expect(await look(world.mayor, planned.id)).toMatchObject({ reportObligation: { state: 'OPEN', dueOn: '2025-08-19', obligor: { id: world.city } } });
  expect(await seen(world.handler)).toBe(1);
  expect(begun).toMatchObject({ reportObligation: { state: 'OPEN', obligor: { id: world.city } } });
  const found = made(await find(member, begun, { unitId: world.bureau }));
  expect(found.findings.nodes).toMatchObject([{ obligation: { state: 'OPEN' }, sharedObligation: { state: 'OPEN' } }]);
  expect(await Promise.all([member, viewers.plain(world.leader), viewers.plain()].map(duties))).toEqual([3, 3, 0]);
  expect((await look(world.mayor, planned.id)).findings.nodes).toMatchObject([{
    state: 'OPEN', rectifyBy: '2025-09-01', unit: { id: world.bureau }, obligation: { state: 'OPEN', dueOn: '2025-09-01', dutyName: 'rectify what the inspection found', obligor: { id: world.bureau } },
    sharedObligation: { state: 'OPEN', dueOn: '2025-09-01', dutyName: 'see the rectification through, sharing the responsibility', obligor: { __typename: 'Official', id: world.leader } },
  }]);
  expect(kindsIn(await inboxOf(supervision, world.handler))).toEqual(['INSPECTION_FOUND']);
  const reported = made(await inspect(member, 'reportInspection', { inspectionId: planned.id, expectedVersion: found.version, report: '总体情况与问题清单。' }));
  expect(await look(world.mayor, planned.id)).toMatchObject({ state: 'REPORTED', reportObligation: { state: 'MET', metOn: '2025-08-04' } });
  expect(await inspect(member, 'closeInspection', { inspectionId: planned.id, expectedVersion: reported.version })).toMatchObject({ code: 'FINDINGS_OPEN' });
  const [finding] = found.findings.nodes;
  const rectify = (expectedVersion: number) => mend(world.handler, 'reportRectification', { findingId: finding?.id, expectedVersion, rectification: '三件均已答复。', evidenceRef: '送达回证' });
  expect(made(await rectify(1))).toMatchObject({ state: 'RECTIFIED', obligation: { state: 'MET' } });
  expect((await look(world.mayor, planned.id)).findings.nodes).toMatchObject([{ sharedObligation: { state: 'OPEN' } }]);
  const decide = (viewer: Viewer, expectedVersion: number, part: object) => mend(viewer, 'decideRectification', { findingId: finding?.id, expectedVersion, ...part });
  expect(await decide(world.handler, 2, { verdict: 'ACCEPT' })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(made(await decide(member, 2, { verdict: 'RETURN', note: '第三件未送达。', rectifyBy: '2025-09-10' }))).toMatchObject({ state: 'OPEN', rectifyBy: '2025-09-10' });
  expect((await look(world.mayor, planned.id)).findings.nodes).toMatchObject([{ obligation: { state: 'OPEN', dueOn: '2025-09-10' }, sharedObligation: { state: 'OPEN', dueOn: '2025-09-10' } }]);
  await rectify(3);
  expect(made(await decide(member, 4, { verdict: 'ACCEPT' }))).toMatchObject({ state: 'ACCEPTED' });
  expect((await look(world.mayor, planned.id)).findings.nodes).toMatchObject([{ sharedObligation: { state: 'MET' } }]);
  expect(made(await inspect(member, 'closeInspection', { inspectionId: planned.id, expectedVersion: reported.version }))).toMatchObject({ state: 'CLOSED', closedOn: '2025-08-04' });
});

test('电话督办 is closed without a report; 会同督查室联合督查 names its partners, who see it; 专案协调 is about a case · rows 124, 125', async () => {
  const world = await aWorld();
  const phoned = made(await start(world.mayor, made(await plan(world, { kind: 'PHONE_SUPERVISION' }))));
  expect(phoned).toMatchObject({ reportDueOn: null, reportObligation: null });
  expect(made(await inspect(world.mayor, 'closeInspection', { inspectionId: phoned.id, expectedVersion: 2 }))).toMatchObject({ state: 'CLOSED' });
  expect(await plan(world, { kind: 'JOINT_INSPECTION' })).toMatchObject({ code: 'PARTNER_NEEDED' });
  expect(await plan(world, { partnerUnitIds: [world.partner] })).toMatchObject({ code: 'PARTNER_NEEDED' });
  expect(made(await plan(world, { kind: 'JOINT_INSPECTION', partnerUnitIds: [world.partner] }))).toMatchObject({ partners: [{ unit: { id: world.partner } }] });
  expect(await seen(viewers.handler(world.partner))).toBe(1);
  expect(await plan(world, { kind: 'CASE_COORDINATION' })).toMatchObject({ code: 'CASE_NEEDED' });
  const scope = await haveCaseScope(supervision.db, { parties: [{ kind: 'UNIT', id: world.bureau, role: 'LEAD' }] });
  const about = made(await start(world.mayor, made(await plan(world, { kind: 'CASE_COORDINATION', caseId: scope.caseId }))));
  const found = made(await find(world.mayor, about, { unitId: world.bureau }));
  expect(found.findings.nodes).toMatchObject([{ case: { id: scope.caseId }, sharedObligation: null }]);
});

test('a part in a case of another county is no ground to coordinate it, nor to find anything on it · row 124', async () => {
  const world = await aWorld();
  const scope = await haveCaseScope(supervision.db, {
    divisionCode: '640202', parties: [{ kind: 'UNIT', id: world.bureau, role: 'SUPPORT' }, { kind: 'OFFICIAL', id: world.mayor.subject, role: 'SPONSOR' }],
  });
  expect(await plan(world, { kind: 'CASE_COORDINATION', caseId: scope.caseId })).toMatchObject({ code: 'OUTSIDE_DIVISION' });
  const begun = made(await start(world.mayor, made(await plan(world))));
  expect(await find(world.mayor, begun, { unitId: world.bureau, caseId: scope.caseId })).toMatchObject({ code: 'OUTSIDE_DIVISION' });
});

test('a plan is dropped with a reason, and the unit never hears of it · row 124', async () => {
  const world = await aWorld();
  const planned = made(await plan(world));
  expect(await inspect(world.mayor, 'closeInspection', { inspectionId: planned.id, expectedVersion: 1 })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  expect(made(await inspect(world.mayor, 'closeInspection', { inspectionId: planned.id, expectedVersion: 1, note: '并入联合督查' }))).toMatchObject({ state: 'CLOSED', startedOn: null });
  expect(await seen(world.handler)).toBe(0);
});

test('a team is formed, changed and disbanded by its office; outside its regions it does not inspect · rows 124, 132', async () => {
  const world = await aWorld();
  const formed = made(await form(world, { kind: 'GUIDANCE', name: '第一指导组' }));
  expect(formed).toMatchObject({ kind: 'GUIDANCE', members: [{ official: { id: world.leader }, isLeader: true }, { official: { id: world.member }, isLeader: false }], divisions: [{ division: { code: COUNTY }, sharesResponsibility: true }] });
  expect(await form(world, { divisions: [{ divisionCode: '640200', sharesResponsibility: false }] })).toMatchObject({ code: 'OUTSIDE_DIVISION' });
  expect(await form(world, { memberIds: [randomUUID()] })).toMatchObject({ code: 'PARTY_UNKNOWN' });
  const change = { teamId: formed.id, expectedVersion: 1, leaderId: world.member, memberIds: [], divisions: [{ divisionCode: '640105', sharesResponsibility: false }] };
  expect(await team(viewers.jointOffice('640000', randomUUID()), 'changeInspectionTeam', change)).toMatchObject({ code: 'NOT_PERMITTED' });
  await at(supervision.db, '2025-08-20T02:00:00Z');
  expect(made(await team(world.mayor, 'changeInspectionTeam', change))).toMatchObject({
    version: 2, members: [{ official: { id: world.leader }, until: '2025-08-20' }, { official: { id: world.member }, isLeader: true, until: null }, { until: '2025-08-20' }],
    divisions: [{ division: { code: COUNTY }, until: '2025-08-20' }, { division: { code: '640105' }, until: null }],
  });
  expect(await plan(world, { teamId: formed.id, plannedOn: '2025-08-20' })).toMatchObject({ code: 'OUTSIDE_TEAM' });
  expect(made(await team(world.mayor, 'disbandInspectionTeam', { teamId: formed.id, expectedVersion: 2 }))).toMatchObject({ disbandedOn: '2025-08-20' });
  const ofDivision = async (code: string) => (await supervision.client.query<{ _entities: { inspectionTeams: { totalCount: number } }[] }>(world.mayor, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Division { inspectionTeams { totalCount } } } }', { r: [{ __typename: 'Division', code }] }))._entities[0]?.inspectionTeams.totalCount;
  expect(await ofDivision('640105')).toBe(0);
  made(await form(world));
  expect([await ofDivision(COUNTY), await ofDivision('640105')]).toEqual([1, 0]);
});

test('第二十八条 and 第三十条第三款: nobody of the inspected unit, no sealed case, no unit that the report names · rows 124, 125', async () => {
  const world = await aWorld();
  const { db } = supervision;
  const own = await haveKnownOfficial(db, world.bureau);
  const bound = made(await form(world, { memberIds: [world.member, own] }));
  expect(await plan(world, { teamId: bound.id }, viewers.plain(own))).toMatchObject({ code: 'OF_INSPECTED_UNIT', basis: '《信访工作条例》第二十八条' });
  expect(await plan(world, {}, world.handler)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await plan(world, {}, viewers.jointOffice('640200', await haveOffice(supervision, '640200')))).toMatchObject({ code: 'OUTSIDE_DIVISION' });
  const scope = await haveCaseScope(db, { excluded: [{ kind: 'UNIT', id: world.bureau }] });
  const begun = made(await start(world.mayor, made(await plan(world))));
  expect(await find(world.mayor, begun, { unitId: world.bureau, caseId: scope.caseId })).toMatchObject({ code: 'PARTY_NAMED' });
  expect(await find(world.mayor, begun, { unitId: world.bureau, text: '未落实稳控' })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  expect(await find(world.mayor, begun, { unitId: world.bureau, rectifyBy: '2025-08-04' })).toMatchObject({ code: 'DATE_NOT_ACCEPTABLE' });
  const sealed = await haveCaseScope(db, { isSealed: true, parties: [{ kind: 'UNIT', id: world.city, role: 'REGISTRAR' }] });
  expect(await plan(world, { kind: 'CASE_COORDINATION', caseId: sealed.caseId })).toMatchObject({ code: 'CASE_SEALED' });
  expect(await countRows(db, 'inspection_findings')).toBe(0);
});

test('第二十八条: a plan is hidden from the office below that is to be inspected and from a member who serves there, and not from whoever plans it; who left the team hears of no plan after · rows 124, 132', async () => {
  const world = await aWorld();
  const below = await haveOffice(supervision, COUNTY, [world.city]);
  const [member, clerk] = [viewers.plain(world.member), viewers.plain(await haveKnownOfficial(supervision.db, below), below)];
  const bound = made(await form(world, { memberIds: [world.member, clerk.subject] }));
  const planned = made(await plan(world, { teamId: bound.id, unitId: below }));
  const seenByAll = () => Promise.all([world.mayor, member, clerk, viewers.jointOffice(COUNTY, below)].map(seen));
  expect(await seenByAll()).toEqual([1, 1, 0, 0]);
  made(await start(world.mayor, planned));
  expect(await seenByAll()).toEqual([1, 1, 1, 1]);
  await at(supervision.db, '2025-08-05T02:00:00Z');
  made(await team(world.mayor, 'changeInspectionTeam', { teamId: bound.id, expectedVersion: 1, leaderId: world.leader, memberIds: [], divisions: [{ divisionCode: COUNTY, sharesResponsibility: false }] }));
  made(await plan(world, { teamId: bound.id, plannedOn: '2025-08-05' }));
  expect(await Promise.all([world.mayor, viewers.plain(world.leader), member].map(seen))).toEqual([2, 2, 1]);
});

test('under unit, division and case an inspection is found by whoever may see it, each in one statement, and counts where it was reported · rows 124, 125', async () => {
  const world = await aWorld();
  const { db, client } = supervision;
  const campaignId = randomUUID();
  const scope = await haveCaseScope(db, { parties: [{ kind: 'UNIT', id: world.bureau, role: 'LEAD' }] });
  const begun = made(await start(world.mayor, made(await plan(world, { caseId: scope.caseId, campaignId }))));
  const found = made(await find(world.mayor, begun, { unitId: world.bureau }));
  await inspect(world.mayor, 'reportInspection', { inspectionId: begun.id, expectedVersion: found.version, report: '报告' });
  const r = [{ __typename: 'Unit', id: world.bureau }, { __typename: 'Unit', id: world.partner }, { __typename: 'Division', code: COUNTY }];
  const { result, statements } = await supervision.counted(() => client.query<{ _entities: unknown[] }>(
    world.mayor, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { inspections { nodes { id } } inspectionFindings { nodes { text } } } ... on Division { inspections { nodes { id } } } } }', { r },
  ));
  expect(result._entities).toEqual([
    { inspections: { nodes: [{ id: begun.id }] }, inspectionFindings: { nodes: [{ text: '三件到期未答复。' }] } }, { inspections: { nodes: [] }, inspectionFindings: { nodes: [] } }, { inspections: { nodes: [{ id: begun.id }] } },
  ]);
  expect(statements).toBe(3);
  const reported = await client.query(world.mayor, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { inspectionsReported { value asOf } } ... on Case { inspections { totalCount } } } }', {
    r: [{ __typename: 'DivisionRollup', campaignId, divisionCode: COUNTY, asOf: '2025-08-04' }, { __typename: 'DivisionRollup', campaignId, divisionCode: COUNTY, asOf: '2025-08-03' }, { __typename: 'Case', id: scope.caseId }],
  });
  expect(reported).toEqual({ _entities: [{ inspectionsReported: { value: 1, asOf: '2025-08-04' } }, { inspectionsReported: { value: 0, asOf: '2025-08-03' } }, { inspections: { totalCount: 1 } }] });
  expect(await Promise.all([viewers.handler(world.partner), viewers.jointOffice('640105', randomUUID()), viewers.plain()].map(seen))).toEqual([0, 0, 0]);
});
