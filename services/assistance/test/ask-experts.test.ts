import { randomUUID } from 'node:crypto';
import { viewers } from '@anjie/testing';
import { acting, listed } from './acting';
import { departments, openStage, type Departments, type Stage } from './stage';

interface Consultation {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}
interface Person {
  readonly id: string;
  readonly version: number;
}
let stage: Stage;
let d: Departments;
let countyOffice: ReturnType<typeof viewers.jointOffice>;
let county: string;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
  county = await stage.haveUnit('兴庆区联席办', { kind: 'JOINT_OFFICE' });
  countyOffice = viewers.jointOffice('640104', county);
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const consultation = () => acting<Consultation>(stage, {
  payload: 'LegalConsultationPayload', refusal: 'LegalConsultationRefusal', field: 'consultation',
  fields: 'id state version level poolDivisionCode dueOn office { id } experts { expert { id name } } higherAnswer higherAnswerReason deliveredOn documentRef qualification facts law advice',
});
const experts = () => acting<Person>(stage, { payload: 'ExpertPayload', refusal: 'ServingRefusal', field: 'expert', fields: 'id version name field level poolDivisionCode validTo employerUnit { id }' });
const anExpert = (part: object = {}) => ({ name: '陈律师', field: '行政法', poolDivisionCode: '640104', consentedOn: '2024-01-01', validFrom: '2024-01-01', ...part });
const aRequest = (part: object = {}) => ({ caseId: d.caseId, poolDivisionCode: '640104', question: '开发企业欠税的，首次登记能否先行办理（证缴分离）？', ...part });
const on = ({ id, version }: Consultation, part: object = {}) => ({ consultationId: id, expectedVersion: version, ...part });
const opinion = { documentRef: '法审〔2024〕1号', qualification: '不动产登记履职纠纷', facts: '2015年交付，企业欠税。', law: '《不动产登记暂行条例》第十四条', advice: '建议证缴分离，先行登记。' };

test('a unit asks the county’s pool; experts are sent with a day, the opinion advises and meets the duty · row 99', async () => {
  const { id } = await experts().done(countyOffice, 'appointExpert', anExpert());
  const asked = await consultation().done(d.sender, 'requestLegalOpinion', aRequest());
  expect(asked).toMatchObject({ state: 'REQUESTED', level: 'COUNTY', experts: [] });
  expect(await consultation().act(d.sender, 'sendExperts', on(asked, { expertIds: [id], dueOn: '2024-03-15' }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await consultation().act(d.jointOffice, 'sendExperts', on(asked, { expertIds: [id], dueOn: '2024-03-15' }))).toMatchObject({ code: 'NOT_PERMITTED' });
  const sent = await consultation().done(countyOffice, 'sendExperts', on(asked, { expertIds: [id], dueOn: '2024-03-15' }));
  expect(sent).toMatchObject({ state: 'ASSIGNED', dueOn: '2024-03-15', office: { id: county }, experts: [{ expert: { id, name: '陈律师' } }] });
  expect(await consultation().act(countyOffice, 'deliverLegalOpinion', on(sent, { ...opinion, advice: ' ' }))).toMatchObject({ code: 'TEXT_MISSING' });
  expect(await consultation().done(countyOffice, 'deliverLegalOpinion', on(sent, opinion))).toMatchObject({ state: 'DELIVERED', deliveredOn: '2024-03-01', ...opinion });
  expect(await stage.told('obligation-declared')).toMatchObject([
    { dutyCode: 'LEGAL_OPINION', state: 'OPEN', obligorUnitId: county, dueOn: '2024-03-15', subject: { type: 'LegalConsultation', id: asked.id } }, { dutyCode: 'LEGAL_OPINION', state: 'MET' },
  ]);
  expect(await stage.told('notice-raised')).toMatchObject([{ noticeKind: 'LEGAL_OPINION_DELIVERED', recipient: { id: d.lead } }]);
});

test('the county’s office asks the city’s pool, which may decline with a reason or take the question over · row 99', async () => {
  const cityExpert = (await experts().done(d.jointOffice, 'appointExpert', anExpert({ poolDivisionCode: '640100' }))).id;
  const asked = await consultation().done(d.sender, 'requestLegalOpinion', aRequest());
  expect(await consultation().act(countyOffice, 'askHigherPool', on(asked, { toDivisionCode: '640104', reason: '三跨三分离' }))).toMatchObject({ code: 'POOL_INVALID' });
  let now = await consultation().done(countyOffice, 'askHigherPool', on(asked, { toDivisionCode: '640100', reason: '涉及三跨三分离，本级没有相应专家' }));
  expect(now).toMatchObject({ state: 'ESCALATION_ASKED' });
  expect(await consultation().act(countyOffice, 'answerHigherPool', on(now, { answer: 'ACCEPTED' }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await consultation().act(d.jointOffice, 'answerHigherPool', on(now, { answer: 'DECLINED' }))).toMatchObject({ code: 'TEXT_MISSING' });
  now = await consultation().done(d.jointOffice, 'answerHigherPool', on(now, { answer: 'DECLINED', reason: '本月专家已满' }));
  expect(now).toMatchObject({ state: 'REQUESTED', poolDivisionCode: '640104', higherAnswer: 'DECLINED', higherAnswerReason: '本月专家已满' });
  now = await consultation().done(d.jointOffice, 'answerHigherPool', on(await consultation().done(countyOffice, 'askHigherPool', on(now, { toDivisionCode: '640100', reason: '再次请求' })), { answer: 'ACCEPTED' }));
  expect(now).toMatchObject({ state: 'REQUESTED', poolDivisionCode: '640100', level: 'CITY', higherAnswer: 'ACCEPTED' });
  expect(await consultation().act(countyOffice, 'sendExperts', on(now, { expertIds: [cityExpert], dueOn: '2024-03-20' }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await consultation().done(d.jointOffice, 'sendExperts', on(now, { expertIds: [cityExpert], dueOn: '2024-03-20' }))).toMatchObject({ state: 'ASSIGNED', office: { id: d.office } });
});

test('an office that sends others, asks above or is not needed any more owes nothing of before · row 99', async () => {
  const [a, b] = [(await experts().done(countyOffice, 'appointExpert', anExpert())).id, (await experts().done(countyOffice, 'appointExpert', anExpert({ name: '刘教授' }))).id];
  let now = await consultation().done(d.sender, 'requestLegalOpinion', aRequest());
  now = await consultation().done(countyOffice, 'sendExperts', on(now, { expertIds: [a], dueOn: '2024-03-10' }));
  now = await consultation().done(countyOffice, 'sendExperts', on(now, { expertIds: [b], dueOn: '2024-03-20' }));
  await consultation().done(d.sender, 'withdrawConsultation', on(now));
  const told = (await stage.told('obligation-declared')).map(({ state, dueOn }) => `${String(dueOn)} ${String(state)}`).sort();
  expect(told).toEqual(['2024-03-10 CANCELLED', '2024-03-10 OPEN', '2024-03-20 CANCELLED', '2024-03-20 OPEN']);
});

test('《信访工作条例》第二十八条: an expert employed by a unit of the case, of another pool or out of time is not sent · row 99', async () => {
  const asked = await consultation().done(d.sender, 'requestLegalOpinion', aRequest());
  const send = async (part: object) => consultation().act(countyOffice, 'sendExperts', on(asked, { expertIds: [(await experts().done(d.jointOffice, 'appointExpert', anExpert(part))).id], dueOn: '2024-03-15' }));
  expect(await send({ employerUnitId: d.lead })).toMatchObject({ code: 'CONFLICT_OF_INTEREST', basis: '《信访工作条例》第二十八条' });
  expect(await send({ poolDivisionCode: '640100' })).toMatchObject({ code: 'EXPERT_INVALID' });
  expect(await send({ validTo: '2024-02-29' })).toMatchObject({ code: 'NOT_SERVING' });
  expect(await send({ employerUnitId: d.aid })).toMatchObject({ row: { state: 'ASSIGNED' } });
});

test('pools of three levels are kept by the joint office of their division, with the expert’s consent first · row 99', async () => {
  expect(await experts().act(countyOffice, 'appointExpert', anExpert({ poolDivisionCode: '640100' }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await experts().act(d.sender, 'appointExpert', anExpert())).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await experts().act(countyOffice, 'appointExpert', anExpert({ consentedOn: '2024-02-01' }))).toMatchObject({ code: 'DATE_INVALID' });
  const province = viewers.jointOffice('640000', await stage.haveUnit('自治区联席办'));
  for (const [viewer, poolDivisionCode, name] of [[province, '640000', '甲'], [d.jointOffice, '640100', '乙'], [countyOffice, '640104', '丙']] as const) await experts().done(viewer, 'appointExpert', anExpert({ poolDivisionCode, name }));
  const names = async (filter: object) => (await stage.client.query<{ experts: { nodes: { name: string; level: string }[] } }>(d.sender, 'query ($f: ExpertFilter) { experts(filter: $f) { nodes { name level } } }', { f: filter })).experts.nodes.map(({ name, level }) => `${name} ${level}`);
  expect([await names({ level: 'PROVINCE' }), await names({ level: 'CITY' }), await names({ level: 'COUNTY' })]).toEqual([['甲 PROVINCE'], ['乙 CITY'], ['丙 COUNTY']]);
  expect((await names({ divisionCode: '640100' })).sort()).toEqual(['丙 COUNTY', '乙 CITY'].sort());
  const dismissed = await experts().done(countyOffice, 'appointExpert', anExpert({ name: '丁' }));
  await experts().done(countyOffice, 'dismissExpert', { expertId: dismissed.id, expectedVersion: dismissed.version, validTo: '2024-02-29' });
  expect(await names({ level: 'COUNTY', servesOn: '2024-03-01' })).toEqual(['丙 COUNTY']);
});

test('whoever asked and whoever sees the case sees it, others do not; lists cost one statement · row 99', async () => {
  const asked = await consultation().done(d.sender, 'requestLegalOpinion', aRequest());
  expect(await listed(stage, d.jointOffice, { type: 'Case', ids: [d.caseId, randomUUID()], field: 'legalConsultations' })).toEqual({ found: [[asked.id], null], statements: 2 });
  expect((await listed(stage, d.sender, { type: 'Unit', ids: [d.lead, d.other], field: 'legalConsultations' }))).toEqual({ found: [[asked.id], []], statements: 1 });
  expect((await listed(stage, d.stranger, { type: 'Unit', ids: [d.lead], field: 'legalConsultations' })).found).toEqual([[]]);
  expect(await consultation().act(d.stranger, 'withdrawConsultation', on(asked))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await consultation().act(d.sender, 'requestLegalOpinion', aRequest({ poolDivisionCode: '330402' }))).toMatchObject({ code: 'POOL_INVALID' });
  expect(await consultation().act(d.sender, 'requestLegalOpinion', aRequest({ question: '如何让其停止上访？' }))).toMatchObject({ code: 'CONDITIONAL' });
});
