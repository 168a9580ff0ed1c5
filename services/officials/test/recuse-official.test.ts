import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { viewers } from '@anjie/testing';
import { openOfficials, toldOf, type Officials } from './fixture';
import { entities, haveCase, mutate, setStage, sponsorIt, type Stage } from './stage';

let officials: Officials;
let stage: Stage;
let caseId: string;
beforeAll(async () => void (officials = await openOfficials()));
beforeEach(async () => {
  stage = await setStage(officials);
  caseId = await haveCase(officials, stage);
});
afterAll(() => officials?.close());

interface Recusal {
  readonly id: string;
  readonly version: number;
  readonly state: string;
}
const FIELDS = '... on RecusalPayload { recusal { id version state origin ground reason requestedOn decidedOn decision official { name } case { id } } } ... on RecusalRefusal { code basis }';
const request = (viewer: Viewer, part: object = {}) => mutate<{ recusal?: Recusal }>(officials, viewer, {
  name: 'requestRecusal', type: 'RequestRecusalInput', fields: FIELDS, input: { caseId, officialId: stage.deputy, ground: 'DIRECT_INTEREST', reason: '该干部系所涉企业股东', ...part },
});
const decide = (viewer: Viewer, recusal: Recusal | undefined, isGranted = true) => mutate<{ recusal?: Recusal }>(officials, viewer, {
  name: 'decideRecusal', type: 'DecideRecusalInput', fields: FIELDS, input: { recusalId: recusal?.id, expectedVersion: recusal?.version, isGranted, decision: '情况属实' },
});
const force = (officialIds: readonly string[]) => mutate(officials, stage.office, {
  name: 'formTaskForce', type: 'FormTaskForceInput', fields: '... on TaskForceRefusal { code basis } ... on FormTaskForcePayload { taskForce { members { official { name } leftOn } } }',
  input: { caseId, name: '专班', purpose: '化解', members: officialIds.map((officialId, i) => ({ officialId, duty: i === 0 ? 'LEADER' : 'MEMBER' })) },
});

test('《信访工作条例》第二十八条: the official, a unit in the case or a window for somebody asks; the head or the office decides, never the one concerned · row 76', async () => {
  expect(await request(viewers.handler(stage.town))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await request(stage.handler, { origin: 'ON_BEHALF' })).toMatchObject({ code: 'NOT_PERMITTED', basis: '《信访工作条例》第二十八条' });
  const { recusal } = await request(stage.handler);
  expect(recusal).toMatchObject({ state: 'REQUESTED', origin: 'UNIT', ground: 'DIRECT_INTEREST', requestedOn: '2026-06-30', official: { name: '王副局长' }, case: { id: caseId } });
  expect(await request(stage.office)).toMatchObject({ code: 'ALREADY_REQUESTED' });
  expect(await decide(viewers.plain(stage.deputy, stage.bureau), recusal)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await decide(stage.handler, recusal)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await decide(viewers.plain(stage.head, stage.bureau), recusal)).toMatchObject({ recusal: { state: 'GRANTED', decidedOn: '2026-06-30', decision: '情况属实', version: 2 } });
  expect(await decide(stage.office, { ...recusal, version: 2 } as Recusal)).toMatchObject({ code: 'ALREADY_DECIDED' });
});

test('a window asks for somebody without saying who it is; a request that was refused may be made again · row 76', async () => {
  const registered = await haveCase(officials, stage, { parties: [{ kind: 'UNIT', id: stage.officeUnit, role: 'REGISTRAR' }, { kind: 'UNIT', id: stage.bureau, role: 'LEAD' }] });
  const { recusal } = await request(stage.clerk, { caseId: registered, origin: 'ON_BEHALF' });
  expect(recusal).toMatchObject({ origin: 'ON_BEHALF', state: 'REQUESTED' });
  expect(await decide(stage.office, recusal, false)).toMatchObject({ recusal: { state: 'REFUSED' } });
  expect(await request(stage.clerk, { caseId: registered, origin: 'ON_BEHALF' })).toMatchObject({ recusal: { state: 'REQUESTED' } });
  expect(await request(stage.office, { reason: '信访人系重点人员' })).toMatchObject({ code: 'TEXT_NOT_KEPT' });
  expect(await request(stage.office, { officialId: randomUUID() })).toMatchObject({ code: 'OFFICIAL_UNKNOWN' });
});

test('recused, an official leaves every part in the case, and cases hears who is left · row 76', async () => {
  await sponsorIt(officials, stage.office, { caseId, officialId: stage.deputy });
  await force([stage.head, stage.deputy]);
  await mutate(officials, stage.handler, { name: 'appoint', type: 'AppointInput', fields: '', input: { kind: 'HANDLING_OFFICER', caseId, officialId: stage.deputy, qualification: '法律职业资格' } });
  const asked = await request(viewers.plain(stage.deputy, stage.bureau), { origin: 'THE_OFFICIAL' });
  // whoever only sponsors sees the case by that part in cases' own copy; here the joint office asks for them
  const { recusal } = asked.recusal ? asked : await request(stage.office, { origin: 'UNIT' });
  await decide(stage.office, recusal);
  const [row] = await entities<{ sponsorship: object | null; sponsorships: { nodes: object[] }; taskForce: { members: { official: { name: string }; leftOn: string | null }[] }; appointments: { nodes: object[] } }>(officials, stage.office, {
    type: 'Case', ids: [caseId], fields: 'sponsorship { id } sponsorships { nodes { endReason } } taskForce { members { official { name } leftOn } } appointments { nodes { isCurrent endReason } }',
  });
  expect(row).toMatchObject({ sponsorship: null, sponsorships: { nodes: [{ endReason: 'RECUSED' }] }, appointments: { nodes: [{ isCurrent: false, endReason: '回避' }] } });
  expect(row?.taskForce.members.map((member) => [member.official.name, member.leftOn])).toEqual([['李局长', null], ['王副局长', '2026-06-30']]);
  expect((await toldOf(officials.db, 'case-crew-changed')).at(-1)?.payload).toEqual({ caseId, sponsorIds: [], taskForceIds: [stage.head] });
  const notices = (await toldOf(officials.db, 'notice-raised')).map(({ payload }) => [payload['noticeKind'], payload['recipient']]);
  expect(notices).toEqual(expect.arrayContaining([['RECUSAL_REQUESTED', { kind: 'OFFICIAL', id: stage.head }], ['RECUSAL_DECIDED', { kind: 'OFFICIAL', id: stage.deputy }]]));
});

test('a recused official may not sponsor, join a task force, be appointed, take part in an activity or sign; in another case they may · rows 76, 77', async () => {
  await decide(stage.office, (await request(stage.office)).recusal);
  const basis = '《信访工作条例》第二十八条';
  expect(await sponsorIt(officials, stage.office, { caseId, officialId: stage.deputy })).toMatchObject({ code: 'OFFICIAL_RECUSED', basis });
  expect(await force([stage.head, stage.deputy])).toMatchObject({ code: 'OFFICIAL_RECUSED', basis });
  expect(await mutate(officials, stage.handler, { name: 'appoint', type: 'AppointInput', fields: '... on AppointmentRefusal { code }', input: { kind: 'CASE_LEADERSHIP', caseId, officialId: stage.deputy } })).toMatchObject({ code: 'OFFICIAL_RECUSED' });
  expect(await mutate(officials, stage.handler, {
    name: 'planActivity', type: 'PlanActivityInput', fields: '... on ActivityRefusal { code }',
    input: { kind: 'REPORT_HEARD', unitId: stage.bureau, title: '听取汇报', plannedOn: '2026-06-30', participants: [{ officialId: stage.deputy, part: 'LEADER' }], caseIds: [caseId] },
  })).toMatchObject({ code: 'OFFICIAL_RECUSED' });
  const other = await haveCase(officials, stage);
  expect(await sponsorIt(officials, stage.office, { caseId: other, officialId: stage.deputy })).toMatchObject({ __typename: 'SponsorCasePayload' });
  await decide(stage.office, (await request(stage.office, { officialId: stage.head })).recusal);
  const signing = await mutate(officials, viewers.handler(stage.bureau, stage.head), {
    name: 'signClosingOpinion', type: 'SignClosingOpinionInput', fields: '... on ClosingOpinionRefusal { code }', input: { caseId, isAgreed: true, opinion: '同意报结', onReport: '办结报告' },
  });
  expect(signing.code).toBe('OFFICIAL_RECUSED');
});

test('requests hang under the case and the official, and are seen with the case only · row 76', async () => {
  const { recusal } = await request(stage.office);
  const seen = async (viewer: Viewer) => (await officials.client.query<{ recusal: object | null }>(viewer, `{ recusal(id: "${recusal?.id}") { id } }`)).recusal !== null;
  expect([await seen(stage.office), await seen(stage.handler), await seen(viewers.plain(stage.head)), await seen(viewers.plain(stage.deputy)), await seen(viewers.plain()), await seen(stage.elsewhere)]).toEqual([true, true, true, true, false, false]);
  for (const [type, ids] of [['Case', [caseId]], ['Official', [stage.deputy]]] as const) {
    const [row] = await entities<{ recusals: { totalCount: number } }>(officials, stage.office, { type, ids, fields: 'recusals(state: REQUESTED) { totalCount }' });
    expect(row?.recusals.totalCount).toBe(1);
  }
});
