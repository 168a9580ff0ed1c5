import { randomUUID } from 'node:crypto';
import { viewers } from '@anjie/testing';
import { acting, listed } from './acting';
import { departments, openStage, type Departments, type Stage } from './stage';

interface Row {
  readonly id: string;
  readonly version: number;
}
interface Contract extends Row {
  readonly deliverables: readonly { id: string; seq: number; deliveredOn: string | null; acceptedOn: string | null }[];
}
let stage: Stage;
let d: Departments;
let countyOffice: ReturnType<typeof viewers.jointOffice>;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
  countyOffice = viewers.jointOffice('640104', await stage.haveUnit('兴庆区联席办', { kind: 'JOINT_OFFICE' }));
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const directory = () => acting<Row>(stage, { payload: 'ParticipantPayload', refusal: 'ServingRefusal', field: 'participant', fields: 'id version name kind { code name isOrganisation } divisionCode validTo' });
const team = () => acting<Row>(stage, {
  payload: 'ServiceEngagementPayload', refusal: 'ServiceEngagementRefusal', field: 'engagement', fields: 'id version state role { code name } participant { name } contract { provider } offeredOn answeredOn',
});
const contracts = () => acting<Contract>(stage, {
  payload: 'ServiceContractPayload', refusal: 'ServiceContractRefusal', field: 'contract',
  fields: 'id version state provider scope confidentialityOn unit { id } supervisingUnit { id } endedOn deliverables { id seq title dueOn deliveredOn acceptedOn remarks }',
});
const aPerson = (part: object = {}) => ({ kind: 'LAWYER', name: '陈律师', divisionCode: '640104', employer: '某律师事务所', consentedOn: '2024-01-01', validFrom: '2024-01-01', ...part });
const listedPerson = async (part: object = {}): Promise<string> => (await directory().done(countyOffice, 'listParticipant', aPerson(part))).id;
const aContract = (part: object = {}) => ({
  provider: '某律师事务所', scope: '政策解释、调解、调查取证', contractRef: '服务〔2024〕1号', fromOn: '2024-03-01', toOn: '2024-12-31', confidentialityOn: '2024-02-28', supervisingUnitId: d.other,
  deliverables: [{ title: '季度服务报告', dueOn: '2024-06-30' }], ...part,
});

test('lawyer, mediator and counsellor are offered to a petitioner and accepted or declined; only that is kept · rows 100, 101', async () => {
  const counsellor = await listedPerson({ kind: 'PSYCHOLOGICAL_COUNSELLOR', name: '李咨询师' });
  for (const [role, participantId] of [['LAWYER', await listedPerson()], ['MEDIATOR', await listedPerson({ kind: 'PEOPLES_MEDIATOR', name: '老娘舅' })], ['COUNSELLOR', counsellor]] as const) {
    const offered = await team().done(d.sender, 'offerService', { caseId: d.caseId, role, participantId });
    expect(await team().done(d.sender, 'answerServiceOffer', { engagementId: offered.id, expectedVersion: 1, answer: role === 'COUNSELLOR' ? 'DECLINED' : 'ACCEPTED', answeredOn: '2024-03-01' }))
      .toMatchObject({ state: role === 'COUNSELLOR' ? 'DECLINED' : 'ACCEPTED', role: { code: role } });
  }
  const columns = await stage.rows<{ name: string }>(`SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'service_engagements' AND data_type LIKE '%text%' OR table_name = 'service_engagements' AND character_maximum_length > 48`);
  expect(columns).toEqual([]);
});

test('an acceptance may be taken back; an answer is none of tomorrow or of before the offer · row 101', async () => {
  const offered = await team().done(d.sender, 'offerService', { caseId: d.caseId, role: 'LAWYER' });
  const answer = (part: object) => team().act(d.sender, 'answerServiceOffer', { engagementId: offered.id, expectedVersion: 1, answer: 'ACCEPTED', answeredOn: '2024-03-01', ...part });
  for (const answeredOn of ['2024-02-29', '2024-03-02']) expect(await answer({ answeredOn })).toMatchObject({ code: 'DATE_INVALID' });
  await answer({});
  expect(await answer({ expectedVersion: 2, answer: 'DECLINED' })).toMatchObject({ row: { state: 'DECLINED' } });
  expect(await answer({ expectedVersion: 3, answer: 'ACCEPTED' })).toMatchObject({ code: 'ILLEGAL_STATE' });
});

test('whoever serves fits the role, serves on the day and has nothing to do with the case · rows 100, 101, 102', async () => {
  const offer = (participantId: string, role = 'LAWYER') => team().act(d.sender, 'offerService', { caseId: d.caseId, role, participantId });
  expect(await offer(await listedPerson({ kind: 'VETERAN_TEACHER' }))).toMatchObject({ code: 'ROLE_INVALID' });
  expect(await offer(await listedPerson({ kind: 'VETERAN_TEACHER' }), 'MEDIATOR')).toMatchObject({ __typename: 'ServiceEngagementPayload' });
  expect(await offer(await listedPerson({ employerUnitId: d.lead }))).toMatchObject({ code: 'CONFLICT_OF_INTEREST', basis: '《信访工作条例》第二十八条' });
  expect(await offer(await listedPerson({ validTo: '2024-02-29' }))).toMatchObject({ code: 'NOT_SERVING' });
  expect(await offer(randomUUID())).toMatchObject({ code: 'NOT_SERVING' });
});

test('the directory knows twelve kinds of people and five of partner bodies, none that watches anybody · rows 102, 103', async () => {
  const { participantKinds } = await stage.client.query<{ participantKinds: { code: string; name: string; isOrganisation: boolean; catalogueRows: number[] }[] }>({ ...d.sender, locale: 'zh-CN' }, '{ participantKinds { code name isOrganisation catalogueRows } }');
  const names = (isOrganisation: boolean) => participantKinds.filter((kind) => kind.isOrganisation === isOrganisation).map(({ name }) => name);
  expect(names(false)).toEqual(['党代表', '人大代表', '政协委员', '律师', '心理咨询师', '老党员', '老军人', '老干部', '老教师', '老模范', '乡贤', '人民调解员（老娘舅）']);
  expect(names(true)).toEqual(['基层党组织', '村委会', '居委会', '行业协会', '群团组织']);
  expect(participantKinds.filter(({ name }) => /稳/.test(name))).toEqual([]);
  const [committee] = [await listedPerson({ kind: 'VILLAGERS_COMMITTEE', name: '掌政村村民委员会', employer: null })];
  const { participants } = await stage.client.query<{ participants: { nodes: { id: string; name: string }[] } }>(d.sender, '{ participants(filter: { kinds: ["VILLAGERS_COMMITTEE"], divisionCode: "640100", servesOn: "2024-03-01" }) { nodes { id name } } }');
  expect(participants.nodes).toEqual([{ id: committee, name: '掌政村村民委员会' }]);
});

test('the joint office of the place keeps the directory; nobody is listed without consent · row 102', async () => {
  expect(await directory().act(d.sender, 'listParticipant', aPerson())).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await directory().act(countyOffice, 'listParticipant', aPerson({ divisionCode: '640105' }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await directory().act(countyOffice, 'listParticipant', aPerson({ consentedOn: '2024-03-02', validFrom: '2024-03-02' }))).toMatchObject({ code: 'DATE_INVALID' });
  expect(await directory().fault(countyOffice, 'listParticipant', aPerson({ kind: 'INFORMANT' }))).toBe('BAD_USER_INPUT');
  const id = await listedPerson();
  expect(await directory().done(countyOffice, 'endParticipant', { participantId: id, expectedVersion: 1, validTo: '2024-03-01' })).toMatchObject({ validTo: '2024-03-01' });
  await stage.itIs('2024-03-02');
  expect(await team().act(d.sender, 'offerService', { caseId: d.caseId, role: 'LAWYER', participantId: id })).toMatchObject({ code: 'NOT_SERVING' });
});

test('《个人信息保护法》第二十一条: a provider signs its undertaking before it begins; the supervising unit accepts what it delivers · row 100', async () => {
  expect(await contracts().act(d.sender, 'signServiceContract', aContract({ confidentialityOn: null }))).toMatchObject({ code: 'CONFIDENTIALITY_MISSING', basis: '《个人信息保护法》第二十一条' });
  const signed = await contracts().done(d.sender, 'signServiceContract', aContract());
  expect(signed).toMatchObject({ state: 'IN_FORCE', supervisingUnit: { id: d.other }, deliverables: [{ seq: 1, dueOn: '2024-06-30', deliveredOn: null }] });
  await stage.itIs('2024-06-28');
  const on = (version: number, part: object = {}) => ({ contractId: signed.id, expectedVersion: version, deliverableId: signed.deliverables[0]?.id, ...part });
  await contracts().done(d.sender, 'recordDelivery', on(1, { deliveredOn: '2024-06-28', evidenceRef: '报告' }));
  expect(await contracts().act(d.sender, 'acceptDeliverable', on(2, { isAccepted: true }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await contracts().done(d.stranger, 'acceptDeliverable', on(2, { isAccepted: false, remarks: '缺少调查取证部分' }))).toMatchObject({ deliverables: [{ deliveredOn: null, remarks: '缺少调查取证部分' }] });
  await contracts().done(d.sender, 'recordDelivery', on(3, { deliveredOn: '2024-06-28', evidenceRef: '报告（补）' }));
  expect(await contracts().done(d.stranger, 'acceptDeliverable', on(4, { isAccepted: true }))).toMatchObject({ deliverables: [{ acceptedOn: '2024-06-28' }] });
});

test('a contract serves in a case of its unit while it is in force, and is seen by its two units and the office of the place · row 100', async () => {
  const signed = await contracts().done(d.sender, 'signServiceContract', aContract());
  expect(await team().done(d.sender, 'offerService', { caseId: d.caseId, role: 'LAWYER', contractId: signed.id })).toMatchObject({ contract: { provider: '某律师事务所' } });
  expect(await listed(stage, countyOffice, { type: 'Unit', ids: [d.lead, d.aid], field: 'serviceContracts' })).toEqual({ found: [[signed.id], []], statements: 1 });
  expect((await listed(stage, d.receiver, { type: 'Unit', ids: [d.lead], field: 'serviceContracts' })).found).toEqual([[]]);
  expect((await listed(stage, viewers.jointOffice('330400', d.office), { type: 'Unit', ids: [d.lead], field: 'serviceContracts' })).found).toEqual([[]]);
  await contracts().done(d.sender, 'endServiceContract', { contractId: signed.id, expectedVersion: 1, endedOn: '2024-03-01', reason: '提前终止' });
  expect(await team().act(d.sender, 'offerService', { caseId: d.caseId, role: 'LAWYER', contractId: signed.id })).toMatchObject({ code: 'CONTRACT_INVALID' });
  expect(await contracts().act(d.sender, 'endServiceContract', { contractId: signed.id, expectedVersion: 2, endedOn: '2024-03-01', reason: '再次终止' })).toMatchObject({ code: 'ILLEGAL_STATE' });
});

test('offers under many cases cost one statement beside the guard · row 101', async () => {
  const offered = await team().done(d.sender, 'offerService', { caseId: d.caseId, role: 'LAWYER' });
  expect(await listed(stage, d.jointOffice, { type: 'Case', ids: [d.caseId, randomUUID()], field: 'serviceEngagements' })).toEqual({ found: [[offered.id], null], statements: 2 });
});

test('an offer is answered where it was made, also when the unit has no part in the case any more · row 101', async () => {
  const offered = await team().done(d.sender, 'offerService', { caseId: d.caseId, role: 'LAWYER' });
  await stage.haveCase({ caseId: d.caseId, leadUnitId: d.aid, parties: [{ kind: 'UNIT', id: d.aid, role: 'LEAD' }] });
  const sees = async (viewer: typeof d.sender) =>
    (await stage.client.query<{ serviceEngagement: object | null }>(viewer, 'query ($id: ID!) { serviceEngagement(id: $id) { case { id } } }', { id: offered.id })).serviceEngagement;
  expect([await sees(d.sender), await sees(d.receiver), await sees(d.stranger)]).toEqual([{ case: null }, { case: { id: d.caseId } }, null]);
  expect(await team().done(d.sender, 'answerServiceOffer', { engagementId: offered.id, expectedVersion: 1, answer: 'ACCEPTED', answeredOn: '2024-03-01' })).toMatchObject({ state: 'ACCEPTED' });
});
