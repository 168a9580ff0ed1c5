import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { putKnownOfficials } from '@anjie/service-kit/facts';
import { haveCaseScope, viewers } from '@anjie/testing';
import { asking, made } from './asking-oversight';
import { at, COUNTY, declare, haveKnownOfficial, haveKnownUnit, key, openSupervision, type Supervision } from './builders';
import { haveOffice, relapse, reviewer, submit } from './closing';
import { inboxOf, kindsIn } from './notices';

interface Finding {
  readonly id: string;
  readonly stands: boolean | null;
}
interface Inquiry {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly findings: Finding[];
}
const INQUIRY = `id state version openedOn dueOn replyUntil result conclusion instrumentKind { code } concludedOn returnReason appealUntil appeal appealResult appealDecidedOn tracedUnit { id } conductingUnit { id }
  obligation { state dueOn metOn dutyName } appealUnit { id } appealObligation { state dueOn } proposedBy { id } confirmedBy { id }
  findings { id ordinal ground { code basis } unit { id } official { id } responsibility text sentOn reply repliedOn stands isExempt } objections { official { id } objectedOn text }`;

let supervision: Supervision;
let ask: ReturnType<typeof asking<Inquiry>>;
beforeAll(async () => {
  supervision = await openSupervision();
  ask = asking<Inquiry>(supervision, { payload: 'InquiryPayload', refusal: 'InquiryRefusal', node: 'inquiry', fields: INQUIRY });
});
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-04-30T02:00:00Z');
});
afterAll(() => supervision.close());

const see = async (viewer: Viewer, id: string) => (await supervision.client.query<{ inquiry: (Inquiry & Record<string, unknown>) | null }>(viewer, `query ($id: ID!) { inquiry(id: $id) { ${INQUIRY} } }`, { id })).inquiry;

/** A case that a bureau closed and that came again; the county's office, or the city's, orders the inquiry. */
async function anInquiry(part: { campaignId?: string; orderedByCity?: boolean } = {}) {
  const { db, client } = supervision;
  const [office, city] = [await haveOffice(supervision, COUNTY), await haveOffice(supervision, '640100')];
  const leader = randomUUID();
  const bureau = await haveKnownUnit(db, { headOfficialId: leader });
  await putKnownOfficials(db.manager, [{ officialId: leader, staffNo: 'L1', name: '干部', unitId: bureau, validTo: null, posts: [{ unitId: bureau, title: '局长', kind: 'PRIMARY', startedOn: '2020-01-01', endedOn: null }] } as never]);
  const clerk = await haveKnownOfficial(db, bureau);
  const scope = await haveCaseScope(db, {
    leadUnitId: bureau, leadSince: '2025-01-10', parties: [{ kind: 'UNIT', id: bureau, role: 'LEAD' }],
    ledgers: part.campaignId ? [{ campaignId: part.campaignId, divisionCode: COUNTY, enteredOn: '2025-01-01', removedOn: null }] : [],
  });
  const { caseId } = scope;
  await declare(db, { caseId, obligorUnitId: bureau, dutyCode: 'T4', ruleCode: 'T4', startOn: '2025-01-10', dueRaw: '2025-01-25', dueOn: '2025-01-25', state: 'MET', metOn: '2025-02-20' });
  const [first, second, third] = [viewers.jointOffice(COUNTY, office), viewers.jointOffice(COUNTY, office), viewers.jointOffice(COUNTY, office)];
  const { closeReviewId } = await submit(supervision, { caseId, submittedUnitId: bureau, submittedBy: clerk, submittedOn: '2025-04-28' });
  await reviewer(supervision).examine(first, closeReviewId);
  await reviewer(supervision).decide(second, closeReviewId);
  await at(db, '2025-08-04T02:00:00Z');
  const { relapseId } = await relapse(supervision, { caseId, unitId: bureau, closedOn: '2025-04-30', repeatedOn: '2025-07-30' });
  const above = viewers.jointOffice('640100', city);
  const inquirer = part.orderedByCity ? above : third;
  const ordered = await client.query<{ decideBackTrace: { request: { inquiry: Inquiry } } }>(
    inquirer, `mutation ($input: DecideBackTraceInput!) { decideBackTrace(input: $input) { ... on BackTracePayload { request { state inquiry { ${INQUIRY} } } } } }`,
    { input: { idempotencyKey: key(), requestId: relapseId, expectedVersion: 1, decision: 'INQUIRY_ORDERED', reason: '结案九十日内再次信访。' } },
  );
  return { inquiry: ordered.decideBackTrace.request.inquiry, office, city, bureau, leader, clerk, scope, caseId, inquirer, other: part.orderedByCity ? viewers.jointOffice('640100', city) : first, county: first, above, handler: viewers.handler(bureau) };
}
type World = Awaited<ReturnType<typeof anInquiry>>;

const finding = (world: World, part: object = {}) => ({
  inquiryId: world.inquiry.id, ground: 'NOT_TOLD_IN_TIME', unitId: world.bureau, responsibility: 'UNIT', occurredOn: '2025-02-20', text: '收到后四十一日才书面告知。', evidenceRef: '卷3', ...part,
});
const judge = (inquiry: Inquiry, stands: boolean) => inquiry.findings.map((one) => ({ findingId: one.id, stands }));

/** Two findings, about the unit and about its head, sent to both. */
async function sent(world: World) {
  await ask(world.inquirer, 'recordInquiryFinding', { ...finding(world), expectedVersion: 1 });
  const two = made(await ask(world.inquirer, 'recordInquiryFinding', { ...finding(world, { officialId: world.leader, responsibility: 'PRINCIPAL_LEADER', text: '未督促按期告知。' }), expectedVersion: 2 }));
  return made(await ask(world.inquirer, 'sendInquiryFindings', { inquiryId: two.id, expectedVersion: two.version }));
}
const propose = (viewer: Viewer, inquiry: Inquiry, part: object = {}) => ask(viewer, 'proposeInquiryConclusion', {
  inquiryId: inquiry.id, expectedVersion: inquiry.version, result: 'FAULT', text: '认定告知超期，责任在承办单位。', judgements: judge(inquiry, true), instrumentKind: 'CIRCULAR', ...part,
});
async function concluded(world: World) {
  const open = await sent(world);
  await at(supervision.db, '2025-08-15T02:00:00Z');
  const proposed = made(await propose(world.inquirer, open));
  return made(await ask(world.other, 'confirmInquiryConclusion', { inquiryId: open.id, expectedVersion: proposed.version, verdict: 'CONFIRM' }));
}

test('ordering an inquiry reconstructs the timeline: each step with its unit, its official in office, due and actual day · rows 127, 130', async () => {
  const world = await anInquiry();
  expect(world.inquiry).toMatchObject({ state: 'OPEN', openedOn: '2025-08-04', dueOn: '2025-10-09', tracedUnit: { id: world.bureau }, conductingUnit: { id: world.office }, obligation: { state: 'OPEN', dueOn: '2025-10-09', dutyName: 'conclude the back-trace inquiry' } });
  const { inquiry } = await supervision.client.query<{ inquiry: { timeline: { totalCount: number; nodes: Record<string, unknown>[] } } }>(
    world.inquirer, 'query ($id: ID!) { inquiry(id: $id) { timeline { totalCount nodes { ordinal source code name unit { id } official { id } officialGround startedOn dueOn actualOn isLate } } } }', { id: world.inquiry.id },
  );
  expect(inquiry.timeline.nodes.map((one) => [one['code'], one['actualOn'], one['isLate']])).toEqual([
    ['LEAD_UNIT_NAMED', '2025-01-10', false], ['T4', '2025-02-20', true], ['CLOSING_SUBMITTED', '2025-04-28', false], ['CLOSED', '2025-04-30', false], ['CLOSING_DECIDED', '2025-04-30', false],
    ['CLOSING_EXAMINED', '2025-04-30', false], ['CAME_AGAIN', '2025-07-30', false],
  ]);
  expect(inquiry.timeline.nodes[1]).toMatchObject({ source: 'OBLIGATION', name: 'tell that it is received and how it is handled', unit: { id: world.bureau }, official: { id: world.leader }, officialGround: 'HEAD', startedOn: '2025-01-10', dueOn: '2025-01-25' });
  expect(inquiry.timeline.nodes[2]).toMatchObject({ official: { id: world.clerk }, officialGround: 'ACTED' });
});

test('those concerned are told, may reply until a day, and nothing is concluded before · row 127', async () => {
  const world = await anInquiry();
  expect(await see(world.handler, world.inquiry.id)).toBeNull();
  const open = await sent(world);
  expect(open).toMatchObject({ state: 'REPLYING', replyUntil: '2025-08-14', findings: [{ ground: { code: 'NOT_TOLD_IN_TIME', basis: '《信访工作条例》第四十四条第三项' }, sentOn: '2025-08-04' }, { responsibility: 'PRINCIPAL_LEADER', official: { id: world.leader } }] });
  expect(kindsIn(await inboxOf(supervision, viewers.plain(world.leader, world.bureau)))).toContain('INQUIRY_FINDINGS_SENT');
  expect(kindsIn(await inboxOf(supervision, world.handler))).toContain('INQUIRY_FINDINGS_SENT');
  expect(await propose(world.inquirer, open)).toMatchObject({ code: 'REPLY_PENDING' });
  const reply = (viewer: Viewer, at_: number) => ask(viewer, 'replyToInquiryFinding', { inquiryId: open.id, findingId: open.findings[at_]?.id, reply: '档案显示已于一月电话告知。' });
  const leader = viewers.plain(world.leader);
  expect(await reply(leader, 0)).toMatchObject({ code: 'NOT_CONCERNED' });
  expect(made(await reply(world.handler, 0))).toMatchObject({ findings: [{ reply: '档案显示已于一月电话告知。', repliedOn: '2025-08-04' }] });
  expect(await reply(world.handler, 0)).toMatchObject({ code: 'REPLY_OVER' });
  made(await reply(leader, 1));
  const now = (await see(world.inquirer, open.id)) as Inquiry;
  await expect(propose(world.inquirer, open)).rejects.toThrow('Somebody changed this first');
  expect(made(await propose(world.inquirer, now))).toMatchObject({ state: 'PROPOSED', result: 'FAULT', findings: [{ reply: '档案显示已于一月电话告知。', stands: true }, { stands: true }] });
});

test('a conclusion is made by two persons, and those concerned see it when it is, with their replies beside it · row 127', async () => {
  const world = await anInquiry();
  const open = await sent(world);
  await at(supervision.db, '2025-08-15T02:00:00Z');
  const late = ask(world.handler, 'replyToInquiryFinding', { inquiryId: open.id, findingId: open.findings[0]?.id, reply: '补充。' });
  expect(await late).toMatchObject({ code: 'REPLY_OVER' });
  const proposed = made(await propose(world.inquirer, open));
  expect(await see(world.handler, open.id)).toMatchObject({ state: 'PROPOSED', result: null, conclusion: null, proposedBy: null, findings: [{ stands: null }] });
  const confirm = (viewer: Viewer, expectedVersion: number, part: object = { verdict: 'CONFIRM' }) => ask(viewer, 'confirmInquiryConclusion', { inquiryId: open.id, expectedVersion, ...part });
  expect(await confirm(world.inquirer, proposed.version)).toMatchObject({ code: 'SAME_PERSON' });
  expect(await confirm(world.other, proposed.version, { verdict: 'RETURN' })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  expect(made(await confirm(world.other, proposed.version, { verdict: 'RETURN', reason: '请补充告知凭证。' }))).toMatchObject({ state: 'REPLYING', result: null, returnReason: '请补充告知凭证。' });
  const again = made(await propose(world.inquirer, (await see(world.inquirer, open.id)) as Inquiry));
  expect(made(await confirm(world.other, again.version))).toMatchObject({
    state: 'CONCLUDED', result: 'FAULT', instrumentKind: { code: 'CIRCULAR' }, concludedOn: '2025-08-15', appealUntil: '2025-09-15', obligation: { state: 'MET', metOn: '2025-08-15' },
    proposedBy: { id: world.inquirer.subject }, confirmedBy: { id: world.other.subject },
  });
  expect(await see(world.handler, open.id)).toMatchObject({ result: 'FAULT', conclusion: '认定告知超期，责任在承办单位。', returnReason: null, findings: [{ stands: true }] });
  expect(kindsIn(await inboxOf(supervision, world.handler))).toContain('INQUIRY_CONCLUDED');
  await expect(supervision.db.query('UPDATE inquiries SET confirmed_by = proposed_by')).rejects.toThrow(/CONSTRAINT/);
});

test('《信访工作责任制实施办法》: an official who explicitly objected bears no leadership liability · row 127', async () => {
  const world = await anInquiry();
  const open = await sent(world);
  const recorded = made(await ask(world.inquirer, 'recordInquiryObjection', { inquiryId: open.id, expectedVersion: open.version, officialId: world.leader, objectedOn: '2025-02-01', text: '会上明确反对延后告知。', evidenceRef: '会议纪要4' }));
  expect(recorded).toMatchObject({ objections: [{ official: { id: world.leader }, objectedOn: '2025-02-01' }], findings: [{ isExempt: false }, { isExempt: true }] });
  await at(supervision.db, '2025-08-15T02:00:00Z');
  expect(await propose(world.inquirer, recorded)).toMatchObject({ code: 'OBJECTION_EXEMPTS', basis: '《信访工作责任制实施办法》' });
  const [unit, leader] = recorded.findings;
  expect(made(await propose(world.inquirer, recorded, { judgements: [{ findingId: unit?.id, stands: true }, { findingId: leader?.id, stands: false }] }))).toMatchObject({ state: 'PROPOSED' });
  expect(await see(viewers.plain(world.leader), open.id)).toMatchObject({ objections: [{ official: { id: world.leader } }], findings: [{ isExempt: true }] });
  expect(await see(world.handler, open.id)).toMatchObject({ objections: [] });
});

test('申诉: once, in time, decided by other persons of another office · row 127', async () => {
  const world = await anInquiry();
  const done = await concluded(world);
  const appeal = (viewer: Viewer, expectedVersion = done.version) => ask(viewer, 'appealInquiry', { inquiryId: done.id, expectedVersion, reason: '电话告知有录音。' });
  expect(await appeal(world.above)).toMatchObject({ code: 'NOT_CONCERNED' });
  const appealed = made(await appeal(world.handler));
  expect(appealed).toMatchObject({ state: 'APPEALED', appeal: '电话告知有录音。', appealUnit: { id: world.city }, appealObligation: { state: 'OPEN', dueOn: '2025-09-15' } });
  expect(await appeal(viewers.plain(world.leader), appealed.version)).toMatchObject({ code: 'APPEAL_OVER' });
  const decide = (viewer: Viewer) => ask(viewer, 'decideInquiryAppeal', { inquiryId: done.id, expectedVersion: appealed.version, result: 'CHANGED', reason: '录音属实。' });
  for (const viewer of [world.inquirer, world.other, { ...world.above, subject: world.inquirer.subject }]) expect(await decide(viewer)).toMatchObject({ code: 'SAME_PERSON' });
  expect(await decide(world.handler)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(made(await decide(world.above))).toMatchObject({ state: 'FINAL', appealResult: 'CHANGED', appealDecidedOn: '2025-08-15', appealObligation: { state: 'MET' } });
  expect(await see(viewers.plain(world.leader), done.id)).toMatchObject({ state: 'FINAL', appealResult: 'CHANGED' });
});

test('由其上级联席办决定: an appeal from the city\'s inquiry goes to the province, and the county\'s office overturns nothing · row 127', async () => {
  const province = await haveOffice(supervision, '640000');
  const world = await anInquiry({ orderedByCity: true });
  const done = await concluded(world);
  const appealed = made(await ask(world.handler, 'appealInquiry', { inquiryId: done.id, expectedVersion: done.version, reason: '电话告知有录音。' }));
  expect(appealed).toMatchObject({ conductingUnit: { id: world.city }, appealUnit: { id: province }, appealObligation: { state: 'OPEN' } });
  const decide = (viewer: Viewer) => ask(viewer, 'decideInquiryAppeal', { inquiryId: done.id, expectedVersion: appealed.version, result: 'CHANGED', reason: '录音属实。' });
  expect(await decide(world.county)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await decide(viewers.jointOffice('640100', randomUUID()))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(made(await decide(viewers.jointOffice('640000', province)))).toMatchObject({ state: 'FINAL', appealResult: 'CHANGED', appealObligation: { state: 'MET' } });
});

test('after its last day there is no appeal; without a fault there is none either · row 127', async () => {
  const world = await anInquiry();
  const done = await concluded(world);
  await at(supervision.db, '2025-09-16T02:00:00Z');
  expect(await ask(world.handler, 'appealInquiry', { inquiryId: done.id, expectedVersion: done.version, reason: '申诉' })).toMatchObject({ code: 'APPEAL_OVER' });
  const second = await anInquiry();
  const proposed = made(await propose(second.inquirer, second.inquiry, { result: 'NO_FAULT', text: '未发现责任。', judgements: [], instrumentKind: null }));
  const cleared = made(await ask(second.other, 'confirmInquiryConclusion', { inquiryId: second.inquiry.id, expectedVersion: proposed.version, verdict: 'CONFIRM' }));
  expect(cleared).toMatchObject({ state: 'CONCLUDED', result: 'NO_FAULT', appealUntil: null });
  expect(await ask(second.handler, 'appealInquiry', { inquiryId: cleared.id, expectedVersion: cleared.version, reason: '申诉' })).toMatchObject({ code: 'APPEAL_OVER' });
});

test('第二十八条: nobody of the traced unit inquires, nor whoever handled the case, nor an office elsewhere · rows 127, 130', async () => {
  const world = await anInquiry();
  const moonlighter = viewers.jointOffice(COUNTY, world.office, world.clerk);
  const sponsor = viewers.jointOffice(COUNTY, world.office);
  await haveCaseScope(supervision.db, { ...world.scope, parties: [...world.scope.parties, { kind: 'OFFICIAL', id: sponsor.subject, role: 'SPONSOR' }] }, 2);
  const record = (viewer: Viewer, part: object = {}) => ask(viewer, 'recordInquiryFinding', { ...finding(world, part), expectedVersion: 1 });
  expect(await record(moonlighter)).toMatchObject({ code: 'OF_TRACED_UNIT', basis: '《信访工作条例》第二十八条' });
  expect(await record(sponsor)).toMatchObject({ code: 'PART_IN_CASE' });
  expect(await record(world.above)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await record(viewers.jointOffice('640105', randomUUID()))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await record(world.inquirer, { officialId: world.leader })).toMatchObject({ code: 'PARTY_UNKNOWN' });
  expect(await record(world.inquirer, { text: '对其稳控不力' })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  expect(await ask(world.inquirer, 'sendInquiryFindings', { inquiryId: world.inquiry.id, expectedVersion: 1 })).toMatchObject({ code: 'WRONG_STATE' });
  expect(made(await record(world.inquirer))).toMatchObject({ version: 2, findings: [{ ordinal: 1 }] });
});

describe('who sees what · rows 127, 130', () => {
  test('from within everything, those concerned what was sent to them, others nothing', async () => {
    const world = await anInquiry();
    await ask(world.inquirer, 'recordInquiryFinding', { ...finding(world), expectedVersion: 1 });
    const stranger = viewers.handler(await haveKnownUnit(supervision.db));
    const ofTraced = viewers.jointOffice(COUNTY, world.bureau);
    const count = async (viewer: Viewer) => (await see(viewer, world.inquiry.id))?.findings.length ?? null;
    expect(await Promise.all([world.inquirer, world.above, world.handler, ofTraced, stranger, viewers.plain(world.leader)].map(count))).toEqual([1, 1, null, null, null, null]);
    const two = made(await ask(world.inquirer, 'recordInquiryFinding', { ...finding(world, { officialId: world.leader, responsibility: 'DIRECT' }), expectedVersion: 2 }));
    await ask(world.inquirer, 'sendInquiryFindings', { inquiryId: two.id, expectedVersion: 3 });
    expect(await Promise.all([world.inquirer, world.above, world.handler, ofTraced, stranger, viewers.plain(world.leader)].map(count))).toEqual([2, 2, 1, 1, null, 1]);
    await haveCaseScope(supervision.db, { ...world.scope, excluded: [{ kind: 'UNIT', id: world.bureau }] }, 2);
    expect(await Promise.all([world.inquirer, world.handler].map(count))).toEqual([2, null]);
  });

  test('under case, unit and request it is found, in one statement each, and it counts while its conclusion is owed', async () => {
    const campaignId = randomUUID();
    const world = await anInquiry({ campaignId });
    const open = async () => (await supervision.client.query<{ _entities: { inquiriesOpen: { value: number } }[] }>(
      world.above, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { inquiriesOpen { value formula } } } }', { r: [{ __typename: 'DivisionRollup', campaignId, divisionCode: COUNTY, asOf: '2025-12-31' }] },
    ))._entities[0]?.inquiriesOpen.value;
    expect(await open()).toBe(1);
    const { result, statements } = await supervision.counted(() => supervision.client.query<{ _entities: unknown[] }>(
      world.inquirer, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { inquiries { nodes { id } } } ... on Unit { inquiries { nodes { id } } } } }',
      { r: [{ __typename: 'Case', id: world.caseId }, { __typename: 'Unit', id: world.bureau }, { __typename: 'Unit', id: world.office }] },
    ));
    expect(result._entities).toEqual([{ inquiries: { nodes: [{ id: world.inquiry.id }] } }, { inquiries: { nodes: [{ id: world.inquiry.id }] } }, { inquiries: { nodes: [] } }]);
    expect(statements).toBe(3);
    await concluded(world);
    expect(await open()).toBe(0);
  });
});
