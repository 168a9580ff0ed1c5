import { eventually } from '@anjie/testing';
import { actingIn, createActs, opinion, type Office } from './acts';
import { createGraphClient, moveBusinessNow, runningSystem, settled } from './system';

const system = runningSystem();
const graph = createGraphClient(system);
const { caseNow, step, deliver, register, assign, officeOf, close } = createActs(system, graph);
let housing: Office;
let office: Office;
let civilAffairs: Office;
beforeAll(async () => {
  [housing, office, civilAffairs] = [await officeOf('NX-640104-ZJJ', ['UNIT_HANDLER']), await officeOf('NX-640104-XLB', ['JOINT_OFFICE']), await officeOf('NX-640104-MZJ', ['UNIT_HANDLER'])];
});
/** Back to where the demo stands, for the journeys after this one. */
afterAll(() => moveBusinessNow(system, '2022-09-27T09:30:00+08:00'));

const marks = actingIn<{ mark: { colour: string | null; ground: string | null; progressClass: string | null } }>(graph, { payload: 'CaseMarkPayload', refusal: 'CaseMarkRefusal', fields: 'mark { colour ground progressClass }' });
const lines = actingIn<{ dutyLine: { id: string; version: number; state: string } }>(graph, { payload: 'DutyLinePayload', refusal: 'DutyLineRefusal', fields: 'dutyLine { id version state }' });

/** 三色三类: urgency of the matter and how far its resolution is, each with a reason; a word about a person is refused. */
async function mark(caseId: string): Promise<void> {
  const words = { reason: '危房已现裂缝，雨季将至', reviewOn: '2022-10-27' };
  const set = async (name: string, part: object) => marks.attempt('district-office', name, { caseId, expectedVersion: (await caseNow(caseId)).version, ...words, ...part });
  expect(await set('setUrgencyColour', { colour: 'RED', ground: 'HARM' })).toMatchObject({ mark: { colour: 'RED', ground: 'HARM' } });
  expect(await set('setProgressClass', { progressClass: 'B' })).toMatchObject({ mark: { progressClass: 'B' } });
  expect(await set('setUrgencyColour', { colour: 'RED', ground: 'HARM', reason: '多次越级上访，影响恶劣' })).toMatchObject({ code: 'ABOUT_A_PERSON' });
}

/** 三到位一处理: what a hard life needs is a duty of a unit with a day. */
async function help(caseId: string): Promise<void> {
  const { dutyLine } = await lines.done('district-office', 'setDutyLine', { caseId, line: 'ASSIST', unitId: civilAffairs.unitId, dueOn: '2022-10-31', reason: '该户失业，生活困难' });
  const ended = await lines.done('district-office', 'endDutyLine', { dutyLineId: dutyLine.id, expectedVersion: dutyLine.version, isDischarged: true, outcome: '民政局已发放临时救助金三千元' });
  expect(ended.dutyLine.state).toBe('DISCHARGED');
}

async function live(caseId: string): Promise<void> {
  await step('housing-portal', 'routeCase', { caseId, route: 'ART31_6', ground: '需要调查核实并出具意见' });
  await step('housing-portal', 'acceptCase', { caseId, noticeMethod: 'IN_PERSON' });
  await step('housing-portal', 'investigateCase', { caseId, note: '当天现场查证' });
  const { claims } = await caseNow(caseId);
  const replied = await step('housing-portal', 'replyToCase', { caseId, opinion: opinion(claims, { result: 'SUPPORTED', answer: '反映情况属实，予以支持，已修复。' }) });
  await deliver('housing-portal', caseId, { documentId: replied.document?.id, days: ['2022-09-28', '2022-09-29'] });
}

const INQUIRY = 'inquiry { id version state tracedUnit { id } conductingUnit { id } findings { id } timeline { nodes { code } } }';
interface Inquiry {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly tracedUnit: { id: string };
  readonly conductingUnit: { id: string };
  readonly findings: { id: string }[];
  readonly timeline: { nodes: { code: string }[] };
}
const inquiries = actingIn<{ inquiry: Inquiry }>(graph, { payload: 'InquiryPayload', refusal: 'InquiryRefusal', fields: INQUIRY });
const traces = actingIn<{ request: { state: string; inquiry: Inquiry } }>(graph, { payload: 'BackTracePayload', refusal: 'BackTraceRefusal', fields: `request { state ${INQUIRY} }` });

/** 责任倒查: one case, one inquiry, about how the unit handled it; the unit answers before two persons conclude. */
async function traceBack(caseId: string): Promise<void> {
  const request = await eventually('the relapse asks for a back-trace', async () => {
    const { case: found } = await graph.query<{ case: { backTraceRequests: { nodes: { id: string; version: number; state: string; isWithinWatch: boolean; tracedUnit: { id: string }; inquiryUnit: { id: string } }[] } } }>(
      'district-office', 'query ($id: ID!) { case(id: $id) { backTraceRequests { nodes { id version state isWithinWatch tracedUnit { id } inquiryUnit { id } } } } }', { id: caseId },
    );
    return found.backTraceRequests.nodes[0];
  });
  expect(request).toMatchObject({ state: 'REQUESTED', isWithinWatch: true, tracedUnit: { id: housing.unitId }, inquiryUnit: { id: office.unitId } });
  const decision = { requestId: request.id, expectedVersion: request.version, decision: 'INQUIRY_ORDERED', reason: '结案后一月内再次反映同一问题。' };
  expect(await traces.attempt('housing-portal', 'decideBackTrace', decision)).toMatchObject({ code: expect.stringMatching(/NOT_PERMITTED|NOT_FOUND/) as string });
  const { request: ordered } = await traces.done(office.clerk, 'decideBackTrace', decision);
  expect(ordered).toMatchObject({ state: 'INQUIRY_ORDERED', inquiry: { state: 'OPEN', tracedUnit: { id: housing.unitId }, conductingUnit: { id: office.unitId } } });
  expect(ordered.inquiry.timeline.nodes.map(({ code }) => code)).toEqual(expect.arrayContaining(['LEAD_UNIT_NAMED', 'CLOSING_SUBMITTED', 'CLOSED', 'CAME_AGAIN']));

  const { inquiry: found } = await inquiries.done(office.clerk, 'recordInquiryFinding', {
    inquiryId: ordered.inquiry.id, expectedVersion: ordered.inquiry.version, ground: 'SHIRKED_OR_LATE', unitId: housing.unitId, responsibility: 'UNIT', occurredOn: '2022-09-28', text: '报结时未核实修复质量。', evidenceRef: '卷3',
  });
  const { inquiry: sent } = await inquiries.done(office.clerk, 'sendInquiryFindings', { inquiryId: found.id, expectedVersion: found.version });
  const conclusion = { inquiryId: sent.id, result: 'FAULT', text: '认定报结前核实不到位，责任在承办单位。', judgements: sent.findings.map(({ id }) => ({ findingId: id, stands: true })), instrumentKind: 'CIRCULAR' };
  expect(await inquiries.attempt(office.clerk, 'proposeInquiryConclusion', { ...conclusion, expectedVersion: sent.version })).toMatchObject({ code: 'REPLY_PENDING' });
  const { inquiry: answered } = await inquiries.done('housing-portal', 'replyToInquiryFinding', { inquiryId: sent.id, findingId: sent.findings[0]?.id, reply: '接受，已安排返修。' });
  const { inquiry: proposed } = await inquiries.done(office.clerk, 'proposeInquiryConclusion', { ...conclusion, expectedVersion: answered.version });
  const confirmation = { inquiryId: sent.id, expectedVersion: proposed.version, verdict: 'CONFIRM' };
  expect(await inquiries.attempt(office.clerk, 'confirmInquiryConclusion', confirmation)).toMatchObject({ code: 'SAME_PERSON' });
  expect(await inquiries.done('district-office', 'confirmInquiryConclusion', confirmation)).toMatchObject({ inquiry: { state: 'CONCLUDED' } });
}

test('恒口: marked by colour and class, helped by a line of duty, handed in with what the 三个不结案 leave open, resolved; it comes again, and the unit’s handling is traced back · rows 11, 26, 31, 111, 127', async () => {
  const { id } = await register({ title: '房屋漏水维修问题' });
  await assign(id, { leadUnitId: housing.unitId, supportUnitIds: [civilAffairs.unitId], limitOn: '2022-12-20' });
  await settled(system);
  await mark(id);
  await help(id);
  await live(id);
  await close(id, { head: housing.head, who: 'housing-portal', reservations: [{ code: 'PETITIONER_DISSATISFIED', reason: '对时间过长不满意', plan: '一个月内上门回访' }] });
  const { case: closed } = await graph.query<{ case: object }>('district-office', 'query ($id: ID!) { case(id: $id) { urgencyColour progressClass dutyLines { nodes { line state } } closings { state reservations { code reason plan } } } }', { id });
  expect(closed).toMatchObject({
    urgencyColour: 'RED', progressClass: 'B', dutyLines: { nodes: [{ line: 'ASSIST', state: 'DISCHARGED' }] },
    closings: [{ state: 'PASSED', reservations: [{ code: 'PETITIONER_DISSATISFIED', reason: '对时间过长不满意', plan: '一个月内上门回访' }] }],
  });
  expect((await caseNow(id)).ends).toMatchObject({ handled: { on: '2022-09-28' }, resolved: { on: '2022-09-29' } });

  await moveBusinessNow(system, '2022-10-28T10:00:00+08:00');
  await register({ caseId: id, petitionedOn: '2022-10-28', channel: 'LETTER', petitioners: [], title: '房屋漏水维修问题', summary: '反映维修后仍渗水。' });
  expect(await caseNow(id)).toMatchObject({ status: 'HANDLING', closedOn: null, ends: { resolved: null, handled: { on: '2022-09-28' } } });
  await traceBack(id);
}, 300_000);

interface Programme {
  readonly programme: { id: string; version: number; state: string; entries: { nodes: { id: string; version: number; title: string; state: string }[] } };
}
const programmes = actingIn<Programme>(graph, { payload: 'ProgrammePayload', refusal: 'ProgrammeRefusal', fields: 'programme { id version state entries { nodes { id version title state } } }' });

test('恒口: the programme of five measures, each of a unit with its day, runs and one measure is done · row 17', async () => {
  await moveBusinessNow(system, '2022-09-27T09:30:00+08:00');
  let { programme } = await programmes.done('district-office', 'draftProgramme', { kind: 'FIVE_MEASURES', title: '依法信访“五举措”', divisionCode: '640104', unitId: office.unitId, startsOn: '2022-09-27' });
  const next = async (name: string, part: object) => void ({ programme } = await programmes.done('district-office', name, { programmeId: programme.id, expectedVersion: programme.version, ...part }));
  await next('changeProgrammeMembers', { add: [{ unitId: housing.unitId }, { unitId: civilAffairs.unitId }] });
  const titles = ['三色三类分类施策', '三清三同步', '一案一策四步法', '依法依规宣传', '改进作风提质增效'];
  for (const title of titles) await next('addProgrammeEntry', { kind: 'MEASURE', title, unitId: housing.unitId, dueOn: '2022-12-31' });
  await next('moveProgramme', { to: 'RUNNING' });
  expect(programme.entries.nodes.map((entry) => entry.title).sort()).toEqual([...titles].sort());
  const first = programme.entries.nodes.find(({ title }) => title === titles[0]);
  ({ programme } = await programmes.done('district-office', 'settleProgrammeEntry', { entryId: first?.id, expectedVersion: first?.version, settlement: '已对全部积案分类标注。' }));
  expect(programme.state).toBe('RUNNING');
  expect(programme.entries.nodes.filter(({ state }) => state === 'SETTLED').map(({ title }) => title)).toEqual([titles[0]]);
}, 120_000);
