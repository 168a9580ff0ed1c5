import { eventually } from '@anjie/testing';
import { asking, caseLedBy, castOf, deputyOf, dutyIn, type Cast, type Who } from './story-cast';
import { createGraphClient, key, runningSystem, settled } from './system';

const system = runningSystem();
const graph = createGraphClient(system);

interface Row {
  readonly id: string;
  readonly version: number;
}
const put = async (rows: readonly object[]): Promise<void> => {
  const { putOfficials } = await graph.query<{ putOfficials: { code?: string; message?: string } }>(
    'admin', 'mutation ($input: PutOfficialsInput!) { putOfficials(input: $input) { ... on PutDirectoryPayload { changed } ... on DirectoryRefusal { code message } } }', { input: { idempotencyKey: key(), rows } },
  );
  if (putOfficials.code) throw new Error(`the directory refused: ${putOfficials.code} ${putOfficials.message}`);
  await settled(system);
};
/** What puts the directory back as it was; run at the end, whatever happened before. */
const putBack: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const back of putBack) await back();
});

let unit: Cast;
let handler: Who;
let city: Who;
beforeAll(async () => {
  unit = await castOf(graph, 'NX-640104-MZJ');
  handler = unit.as(1, 'UNIT_HANDLER');
  city = (await castOf(graph, 'NX-640100-XLB')).as(0, 'JOINT_OFFICE');
});

const experts = asking<Row>(graph, { payload: 'Expert', refusal: 'Serving', field: 'expert', fields: 'id version level' });
const consultations = asking<Row>(graph, {
  payload: 'LegalConsultation', field: 'consultation', fields: 'id version state level poolDivisionCode dueOn higherAnswer higherAnswerReason deliveredOn documentRef advice experts { expert { name } }',
});
const OPINION = {
  documentRef: '法审〔2022〕1号', qualification: '社会救助给付争议', facts: '2018年停发，未送达书面决定。', law: '《社会救助暂行办法》第十三条', advice: '建议复核家庭状况后补发。',
};

test('三级专家库: the county\'s pool stands back where an expert serves a unit of the case, the city\'s says no with its reason, the province\'s takes it over; the opinion advises and decides nothing · row 99', async () => {
  const caseId = await caseLedBy(graph, system, { unitId: unit.unitId, title: '低保待遇停发问题' });
  const appoint = (who: Who, part: object) => experts.have(who, 'appointExpert', { field: '行政法', consentedOn: '2022-09-01', validFrom: '2022-09-01', ...part });
  const own = await appoint('district-office', { name: '陈律师', poolDivisionCode: '640104', employerUnitId: unit.unitId });
  const [ofCity, ofProvince] = [await appoint(city, { name: '刘教授', poolDivisionCode: '640100' }), await appoint('province-office', { name: '周律师', poolDivisionCode: '640000' })];
  expect([own, ofCity, ofProvince]).toMatchObject([{ level: 'COUNTY' }, { level: 'CITY' }, { level: 'PROVINCE' }]);

  const asked = await consultations.have(handler, 'requestLegalOpinion', { caseId, poolDivisionCode: '640104', question: '未送达书面决定即停发的，应当如何纠正？' });
  expect(asked).toMatchObject({ state: 'REQUESTED', level: 'COUNTY', experts: [] });
  const on = ({ id, version }: Row, part: object) => ({ consultationId: id, expectedVersion: version, ...part });
  const dueOn = '2022-10-14';
  expect(await consultations.ask('district-office', 'sendExperts', on(asked, { expertIds: [own.id], dueOn }))).toMatchObject({ code: 'CONFLICT_OF_INTEREST', basis: '《信访工作条例》第二十八条' });
  expect(await consultations.ask('district-office', 'sendExperts', on(asked, { expertIds: [ofCity.id], dueOn }))).toMatchObject({ code: 'EXPERT_INVALID' });

  let now = await consultations.have('district-office', 'askHigherPool', on(asked, { toDivisionCode: '640100', reason: '本级专家应当回避' }));
  expect(await consultations.ask('district-office', 'answerHigherPool', on(now, { answer: 'ACCEPTED' }))).toMatchObject({ code: 'NOT_PERMITTED' });
  now = await consultations.have(city, 'answerHigherPool', on(now, { answer: 'DECLINED', reason: '市级没有社会救助专家' }));
  expect(now).toMatchObject({ state: 'REQUESTED', level: 'COUNTY', higherAnswer: 'DECLINED', higherAnswerReason: '市级没有社会救助专家' });
  now = await consultations.have('district-office', 'askHigherPool', on(now, { toDivisionCode: '640000', reason: '市级没有相应专家' }));
  now = await consultations.have('province-office', 'answerHigherPool', on(now, { answer: 'ACCEPTED' }));
  expect(now).toMatchObject({ state: 'REQUESTED', level: 'PROVINCE', poolDivisionCode: '640000' });
  now = await consultations.have('province-office', 'sendExperts', on(now, { expertIds: [ofProvince.id], dueOn }));
  expect(now).toMatchObject({ state: 'ASSIGNED', experts: [{ expert: { name: '周律师' } }] });
  expect(await dutyIn(graph, caseId, { dutyCode: 'LEGAL_OPINION', state: 'OPEN' })).toMatchObject([{ dueOn }]);

  const look = async () => (await graph.query<{ case: { status: string; version: number; claims: object[]; legalConsultations: { nodes: object[] } } }>(
    handler, 'query ($id: ID!) { case(id: $id) { status version claims { id } legalConsultations(first: 5) { nodes { state documentRef advice experts { expert { name } } } } } }', { id: caseId },
  )).case;
  const before = await look();
  await consultations.have('province-office', 'deliverLegalOpinion', on(now, OPINION));
  await dutyIn(graph, caseId, { dutyCode: 'LEGAL_OPINION', state: 'MET' });
  expect(await look()).toEqual({ ...before, legalConsultations: { nodes: [{ state: 'DELIVERED', documentRef: '法审〔2022〕1号', advice: '建议复核家庭状况后补发。', experts: [{ expert: { name: '周律师' } }] }] } });
});

const SPONSORSHIP = 'id version isActive endReason official { id } duties(first: 10) { nodes { state } } handOver { state since dueOn head { id } note successor { official { id } } }';
interface Sponsorship extends Row {
  readonly handOver: { readonly state: string } | null;
}
const seen = async (id: string): Promise<Sponsorship> => (await graph.query<{ sponsorship: Sponsorship }>('district-office', `query ($id: ID!) { sponsorship(id: $id) { ${SPONSORSHIP} } }`, { id })).sponsorship;
const sponsorships = (payload: string, field = 'sponsorship') => asking<Sponsorship>(graph, { payload, refusal: 'Sponsorship', field, fields: SPONSORSHIP });
const recusals = asking<Row>(graph, { payload: 'Recusal', field: 'recusal', fields: 'id version state decidedOn official { id }' });

test('五个一之一包到底: who has an interest stays out; a sponsor who moves post leaves the case to nobody by chance: the head owes the hand-over, and the successor takes over everything that is open · rows 51, 52, 76', async () => {
  const [leaders, joint] = await Promise.all([castOf(graph, 'NX-640104-ZF'), castOf(graph, 'NX-640104-XLB')]);
  const caseId = await caseLedBy(graph, system, { unitId: unit.unitId, title: '优抚待遇补发问题' });
  const sponsor = (officialId: string | undefined) => sponsorships('SponsorCase').ask('district-office', 'sponsorCase', { caseId, officialId, startOn: '2022-09-26' });

  // 第二十八条: asked by the unit, decided by the office, and kept to
  const interested = leaders.people[4]?.id;
  const request = await recusals.have(handler, 'requestRecusal', { caseId, officialId: interested, ground: 'DIRECT_INTEREST', reason: '该干部与所涉企业有直接利害关系' });
  const recuse = (who: Who) => recusals.ask(who, 'decideRecusal', { recusalId: request.id, expectedVersion: request.version, isGranted: true, decision: '情况属实' });
  expect([(await recuse(handler)).code, (await recuse(leaders.as(4))).code]).toEqual(['NOT_PERMITTED', 'NOT_PERMITTED']);
  expect((await recuse('district-office')).node).toMatchObject({ state: 'GRANTED', decidedOn: '2022-09-27' });
  expect(await sponsor(interested)).toMatchObject({ code: 'OFFICIAL_RECUSED', basis: '《信访工作条例》第二十八条' });

  // 一名领导 with 六包; then he is moved to another county
  const mover = await castOf(graph, 'NX-640104-ZRJ');
  const [head, moving] = mover.people;
  if (!head || !moving) throw new Error('the bureau is not staffed');
  const given = (await sponsor(moving.id)).node;
  if (!given) throw new Error(`not sponsored: ${JSON.stringify(await sponsor(moving.id))}`);
  await sponsorships('SponsorDuties').have('district-office', 'openSponsorDuties', { sponsorshipId: given.id });
  await settled(system);
  expect(await dutyIn(graph, caseId, { dutyCode: 'SPONSOR_DUTY', state: 'OPEN' })).toHaveLength(6);
  const post = { staffNo: moving.staffNo, name: moving.name };
  putBack.push(() => put([{ ...post, unitCode: 'NX-640104-ZRJ', title: '信访专员', startedOn: '2022-09-27' }]));
  await put([{ ...post, unitCode: 'NX-640105-ZRJ', title: '副局长', startedOn: '2022-09-27' }]);
  const due = await eventually('the hand-over is due', async () => {
    const found = await seen(given.id);
    return found.handOver ? found : undefined;
  });
  expect(due).toMatchObject({ isActive: true, handOver: { state: 'DUE', since: '2022-09-27', head: { id: head.id }, successor: null } });
  expect(await dutyIn(graph, caseId, { dutyCode: 'HAND_OVER', state: 'OPEN' })).toMatchObject([{ obligor: { id: head.id } }]);

  // 一包到底
  const successor = leaders.people[3]?.id;
  const handOver = (who: Who, part: object = {}) => sponsorships('HandOver', 'replaced').ask(who, 'handOverSponsorship', { sponsorshipId: given.id, expectedVersion: due.version, successorId: successor, note: '已约定十月底答复。', ...part });
  expect(await handOver(deputyOf(joint), { successorId: interested })).toMatchObject({ code: 'OFFICIAL_RECUSED' });
  // the head has no part in the case, sees what is owed, and nothing more
  const owed = await graph.query<{ sponsorships: { nodes: { id: string; case: object | null }[] } }>(mover.as(0), '{ sponsorships(filter: { handOverDue: true }) { nodes { id case { id } } } }');
  expect(owed.sponsorships.nodes).toContainEqual({ id: given.id, case: null });
  expect((await handOver(mover.as(0))).node).toMatchObject({ id: given.id, isActive: false, endReason: 'POST_CHANGED', handOver: { state: 'DONE', note: '已约定十月底答复。' }, duties: { nodes: [] } });
  const { case: told } = await graph.query<{ case: { sponsorship: object } }>('district-office', `query ($id: ID!) { case(id: $id) { sponsorship { ${SPONSORSHIP} } } }`, { id: caseId });
  expect(told.sponsorship).toMatchObject({ isActive: true, official: { id: successor }, duties: { nodes: Array(6).fill({ state: 'OPEN' }) as object[] } });
  await dutyIn(graph, caseId, { dutyCode: 'HAND_OVER', state: 'MET' });
  await settled(system);
  expect((await dutyIn(graph, caseId, { dutyCode: 'SPONSOR_DUTY', state: 'OPEN' })).map((one) => one.obligor.id)).toEqual(Array(6).fill(successor));
});

const DECISION = 'id version state dueOn obligation { state dueOn metOn obligor { ... on Unit { id } } }';
interface Meeting extends Row {
  readonly points: readonly { readonly id: string }[];
  readonly decisions: { readonly nodes: readonly Row[] };
}
const meetings = asking<Meeting>(graph, { payload: 'Meeting', field: 'meeting', fields: `id version state kind { code } attendees { unit { id } isPresent } points { id case { id } record } minutesObligation { state } decisions { nodes { ${DECISION} } }` });
const decisions = asking<Row>(graph, { payload: 'MeetingDecision', refusal: 'Meeting', field: 'decision', fields: DECISION });

test('信访联席会议: the city calls the conference over a county\'s case, what it decides is owed by the unit by its day, reported with evidence and followed up · rows 61, 71', async () => {
  const caseId = await caseLedBy(graph, system, { unitId: unit.unitId, title: '跨区安置补助问题' });
  const call = { kind: 'JOINT_CONFERENCE', title: '第三次信访工作联席会议', plannedOn: '2022-09-27', unitIds: [unit.unitId], officialIds: [], points: [{ title: '跨区安置积案', caseId }] };
  expect(await meetings.ask(handler, 'callMeeting', call)).toMatchObject({ code: 'NOT_PERMITTED' });
  const called = await meetings.have(city, 'callMeeting', call);
  const pointId = called.points[0]?.id;
  const held = await meetings.have(city, 'holdMeeting', {
    meetingId: called.id, expectedVersion: called.version, heldOn: '2022-09-27', presentUnitIds: [unit.unitId], presentOfficialIds: [], records: [{ pointId, record: '两区对补助标准意见一致。' }],
    decisions: [{ pointId, text: '由兴庆区民政局核定并发放补助。', obligorUnitId: unit.unitId, dueOn: '2022-10-31' }],
  });
  expect(held).toMatchObject({ state: 'HELD', points: [{ case: { id: caseId } }], minutesObligation: { state: 'OPEN' }, decisions: { nodes: [{ state: 'OPEN', obligation: { state: 'OPEN', dueOn: '2022-10-31', obligor: { id: unit.unitId } } }] } });
  expect(await meetings.have(city, 'recordMeetingMinutes', { meetingId: held.id, expectedVersion: held.version, minutes: '会议议定一项。' })).toMatchObject({ minutesObligation: { state: 'MET' } });

  const decisionId = held.decisions.nodes[0]?.id;
  const report = (who: Who, expectedVersion: number) => decisions.ask(who, 'reportMeetingDecision', { decisionId, expectedVersion, report: '补助已核定发放。', evidenceRef: '发放台账12号' });
  expect(await report(city, 1)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect((await report(handler, 1)).node).toMatchObject({ state: 'REPORTED', obligation: { state: 'MET', metOn: '2022-09-27' } });
  const follow = (expectedVersion: number, part: object) => decisions.have(city, 'followUpMeetingDecision', { decisionId, expectedVersion, ...part });
  expect(await follow(2, { verdict: 'RETURN', note: '尚缺两户。', dueOn: '2022-11-10' })).toMatchObject({ state: 'OPEN', dueOn: '2022-11-10', obligation: { state: 'OPEN' } });
  expect((await report(handler, 3)).node).toMatchObject({ state: 'REPORTED' });
  expect(await follow(4, { verdict: 'CONFIRM' })).toMatchObject({ state: 'CONFIRMED', obligation: { state: 'MET' } });
  const { case: told } = await graph.query<{ case: { meetings: { totalCount: number }; meetingDecisions: { nodes: { text: string; state: string }[] } } }>(
    handler, 'query ($id: ID!) { case(id: $id) { meetings { totalCount } meetingDecisions { nodes { text state } } } }', { id: caseId },
  );
  expect(told).toEqual({ meetings: { totalCount: 1 }, meetingDecisions: { nodes: [{ text: '由兴庆区民政局核定并发放补助。', state: 'CONFIRMED' }] } });
});
