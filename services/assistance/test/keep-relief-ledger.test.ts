import { randomUUID } from 'node:crypto';
import { aCaseScope } from '@anjie/testing';
import { inTransaction } from '@anjie/service-kit/database';
import { onCaseScopeChanged } from '../src/jobs/on-case-scope-changed';
import { acting, listed } from './acting';
import { departments, openStage, type Departments, type Stage } from './stage';

interface Application {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly decideBy: string | null;
  readonly paidAmount: string;
  readonly openAmount: string | null;
  readonly kind: { readonly code: string; readonly name: string };
  readonly entries: readonly { id: string; seq: number; kind: string; amount: string; ofEntryId: string | null; reason: string | null }[];
}
let stage: Stage;
let d: Departments;
const campaign = randomUUID();
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage, { ledgers: [{ campaignId: campaign, divisionCode: '640104', enteredOn: '2024-01-01', removedOn: null }] });
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const relief = () => acting<Application>(stage, {
  payload: 'AssistanceApplicationPayload', refusal: 'AssistanceApplicationRefusal', field: 'application',
  fields: 'id state version decideBy paidAmount openAmount decidedAmount isUrgent publicisedOn answeredOn need kind { code name } entries { id seq kind amount ofEntryId reason }',
});
const anApplication = (part: object = {}) => ({ caseId: d.caseId, kind: 'CIVIL_AFFAIRS_AID', unitId: d.aid, requestedAmount: '8000', need: '住房漏雨，收入中断', ...part });
const on = ({ id, version }: Application, part: object = {}) => ({ applicationId: id, expectedVersion: version, ...part });
const approved = async (amount: string, part: object = {}) =>
  relief().done(d.receiver, 'decideAssistanceApplication', on(await relief().done(d.sender, 'submitAssistanceApplication', anApplication(part)), { decision: 'APPROVE', amount }));
const LEDGER = 'applications approved declined decidedAmount paidAmount openAmount asOf formula';

test('one decision, several payments: decided is paid plus open at every step, and no cent more is paid · rows 31, 104', async () => {
  let one = await approved('5000.05');
  expect(one).toMatchObject({ paidAmount: '0.00', openAmount: '5000.05' });
  one = await relief().done(d.receiver, 'recordAssistancePayment', on(one, { paidOn: '2024-03-01', evidenceRef: '凭证1', amount: '3000.10' }));
  expect(one).toMatchObject({ state: 'APPROVED', paidAmount: '3000.10', openAmount: '1999.95' });
  expect(await relief().act(d.receiver, 'recordAssistancePayment', on(one, { paidOn: '2024-03-01', evidenceRef: '凭证2', amount: '1999.96' }))).toMatchObject({ code: 'OVERPAID', basis: '《信访工作条例》第三十七条' });
  one = await relief().done(d.receiver, 'recordAssistancePayment', on(one, { paidOn: '2024-03-01', evidenceRef: '凭证2' }));
  expect(one).toMatchObject({ state: 'PAID', paidAmount: '5000.05', openAmount: '0.00', entries: [{ seq: 1, amount: '3000.10' }, { seq: 2, amount: '1999.95' }] });
});

test('a payment that came back is countered by an entry of its own; the first entry stays as it was · row 104', async () => {
  let one = await relief().done(d.receiver, 'recordAssistancePayment', on(await approved('100'), { paidOn: '2024-03-01', evidenceRef: '凭证1' }));
  const [payment] = one.entries;
  const counter = (part: object) => on(one, { entryId: payment?.id, on: '2024-03-01', reason: 'RETURNED_BY_BANK', evidenceRef: '退汇1', ...part });
  expect(await relief().act(d.receiver, 'correctAssistancePayment', counter({ amount: '100.01' }))).toMatchObject({ code: 'AMOUNT_INVALID' });
  one = await relief().done(d.receiver, 'correctAssistancePayment', counter({ amount: '40' }));
  expect(one).toMatchObject({ state: 'APPROVED', paidAmount: '60.00', openAmount: '40.00', entries: [{ id: payment?.id, amount: '100.00' }, { kind: 'COUNTER_ENTRY', ofEntryId: payment?.id, amount: '40.00', reason: 'RETURNED_BY_BANK' }] });
  one = await relief().done(d.receiver, 'correctAssistancePayment', counter({}));
  expect(one).toMatchObject({ paidAmount: '0.00', openAmount: '100.00' });
  expect(await relief().act(d.receiver, 'correctAssistancePayment', counter({}))).toMatchObject({ code: 'AMOUNT_INVALID' });
});

test('the deciding unit owes a decision by the day that the kind names, until it decides · row 104', async () => {
  const one = await relief().done(d.sender, 'submitAssistanceApplication', anApplication({ kind: 'JUDICIAL_AID' }));
  expect(one.decideBy).toBe('2024-03-15');
  await relief().done(d.receiver, 'decideAssistanceApplication', on(one, { decision: 'DECLINE', reason: '不符合救助条件' }));
  expect(await stage.told('obligation-declared')).toMatchObject([
    { dutyCode: 'AID_DECISION', state: 'OPEN', obligorUnitId: d.aid, obligorOfficialId: null, dueOn: '2024-03-15', basis: expect.stringContaining('10个工作日'), subject: { type: 'AssistanceApplication', id: one.id } },
    { dutyCode: 'AID_DECISION', state: 'MET', metOn: '2024-03-01' },
  ]);
  expect(await stage.told('notice-raised')).toMatchObject([{ noticeKind: 'RELIEF_REQUESTED', recipient: { kind: 'UNIT', id: d.aid } }]);
});

test('help is never conditional: a need or a reason that asks for a waiver is not recorded · row 104', async () => {
  const conditional = { code: 'CONDITIONAL', basis: expect.stringContaining('《宪法》第四十一条') };
  expect(await relief().act(d.sender, 'submitAssistanceApplication', anApplication({ need: '生活困难，本人承诺不再信访' }))).toMatchObject(conditional);
  const one = await relief().done(d.sender, 'submitAssistanceApplication', anApplication());
  expect(await relief().act(d.receiver, 'decideAssistanceApplication', on(one, { decision: 'DECLINE', reason: '未签署息诉罢访协议' }))).toMatchObject(conditional);
  expect(await relief().done(d.receiver, 'decideAssistanceApplication', on(one, { decision: 'DECLINE', reason: '家庭收入高于标准' }))).toMatchObject({ state: 'DECLINED' });
  const fields = await stage.client.query<{ __type: { fields: { name: string }[] } }>(d.sender, '{ __type(name: "AssistanceApplication") { fields { name } } }');
  expect(fields.__type.fields.map(({ name }) => name).filter((name) => /condition|waiver|commit|promise/i.test(name))).toEqual([]);
});

test('《社会救助暂行办法》第四十八条: temporary aid is made public before it is approved, the urgent case is spared · row 104', async () => {
  const asked = await relief().done(d.sender, 'submitAssistanceApplication', anApplication({ kind: 'TEMPORARY_AID' }));
  expect(await relief().act(d.receiver, 'decideAssistanceApplication', on(asked, { decision: 'APPROVE', amount: '500' }))).toMatchObject({ code: 'PUBLICITY_MISSING', basis: '《社会救助暂行办法》第四十八条' });
  expect(await relief().done(d.receiver, 'decideAssistanceApplication', on(asked, { decision: 'APPROVE', amount: '500', publicisedOn: '2024-03-01' }))).toMatchObject({ state: 'APPROVED', publicisedOn: '2024-03-01' });
  expect(await approved('500', { kind: 'TEMPORARY_AID', isUrgent: true })).toMatchObject({ state: 'APPROVED', isUrgent: true, publicisedOn: null });
});

test('psychological counsel is offered, and accepted or declined; nothing else is kept and nobody applies for it · row 104', async () => {
  expect(await relief().act(d.sender, 'submitAssistanceApplication', anApplication({ kind: 'PSYCHOLOGICAL_COUNSEL', requestedAmount: null }))).toMatchObject({ code: 'ILLEGAL_STATE' });
  expect(await relief().act(d.sender, 'offerRelief', { caseId: d.caseId, kind: 'CIVIL_AFFAIRS_AID' })).toMatchObject({ code: 'ILLEGAL_STATE' });
  const offers = [await relief().done(d.sender, 'offerRelief', { caseId: d.caseId, kind: 'PSYCHOLOGICAL_COUNSEL' }), await relief().done(d.sender, 'offerRelief', { caseId: d.caseId, kind: 'PSYCHOLOGICAL_COUNSEL' })] as const;
  expect(await relief().done(d.sender, 'answerReliefOffer', on(offers[0], { answer: 'ACCEPTED', answeredOn: '2024-03-01' }))).toMatchObject({ state: 'ACCEPTED', need: '' });
  expect(await relief().done(d.sender, 'answerReliefOffer', on(offers[1], { answer: 'DECLINED', answeredOn: '2024-03-01' }))).toMatchObject({ state: 'NOT_TAKEN', need: '' });
  expect(await stage.told('obligation-declared')).toEqual([]);
  const kept = await stage.rows<Record<string, unknown>>(`SELECT * FROM assistance_applications WHERE state = 'NOT_TAKEN'`);
  expect(Object.values(kept[0] ?? {}).filter((value) => typeof value === 'string' && /[\u4e00-\u9fff]/.test(value))).toEqual([]);
});

test('help in kind is decided without an amount and given with evidence · rows 31, 104', async () => {
  const asked = await relief().done(d.sender, 'submitAssistanceApplication', anApplication({ kind: 'HARDSHIP_HELP', requestedAmount: null }));
  expect(await relief().act(d.receiver, 'decideAssistanceApplication', on(asked, { decision: 'APPROVE', amount: '1.00' }))).toMatchObject({ code: 'AMOUNT_INVALID' });
  const granted = await relief().done(d.receiver, 'decideAssistanceApplication', on(asked, { decision: 'APPROVE' }));
  expect(await relief().done(d.receiver, 'recordAssistancePayment', on(granted, { paidOn: '2024-03-01', evidenceRef: '帮扶记录1' }))).toMatchObject({ state: 'PAID', paidAmount: '0.00', entries: [{ amount: '0.00' }] });
});

test('a kind has its deciding bodies, a retired or unknown code none, and who is complained of decides nothing · row 104', async () => {
  const court = await stage.haveUnit('法院', { kind: 'COURT_PROCURATORATE' });
  expect(await relief().act(d.sender, 'submitAssistanceApplication', anApplication({ unitId: court }))).toMatchObject({ code: 'UNIT_NOT_COMPETENT' });
  expect(await relief().act(d.sender, 'submitAssistanceApplication', anApplication({ unitId: court, kind: 'JUDICIAL_AID' }))).toMatchObject({ row: { kind: { code: 'JUDICIAL_AID', name: 'Judicial aid' } } });
  expect(await relief().fault(d.sender, 'submitAssistanceApplication', anApplication({ kind: 'NO_SUCH_AID' }))).toBe('BAD_USER_INPUT');
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: d.aid }] });
  expect(await relief().act(d.sender, 'submitAssistanceApplication', anApplication())).toMatchObject({ code: 'UNIT_EXCLUDED', basis: '《信访工作条例》第三十条第三款' });
});

test('after finality aid is still asked for and granted · row 72', async () => {
  await stage.haveCase({ caseId: d.caseId, status: 'TERMINATED', parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }] });
  expect(await approved('300')).toMatchObject({ state: 'APPROVED' });
});

test('the ledger of units and of a campaign sums exactly, as of a day, for whoever may see it · row 104', async () => {
  const first = await approved('5000.05');
  await stage.itIs('2024-03-05');
  await relief().done(d.receiver, 'recordAssistancePayment', on(first, { paidOn: '2024-03-05', evidenceRef: '1', amount: '0.10' }));
  await approved('0.20', { kind: 'PETITION_AID' });
  const ofUnit = async (viewer: typeof d.sender, args = '') =>
    (await stage.client.query<{ _entities: { reliefLedger: object }[] }>(viewer, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { reliefLedger${args} { ${LEDGER} } } } }`, { r: [{ __typename: 'Unit', id: d.aid }] }))._entities[0]?.reliefLedger;
  expect(await ofUnit(d.receiver)).toMatchObject({ applications: 2, approved: 2, declined: 0, decidedAmount: '5000.25', paidAmount: '0.10', openAmount: '5000.15', asOf: '2024-03-05', formula: expect.stringContaining('未发放余额') });
  expect(await ofUnit(d.receiver, '(asOf: "2024-03-01")')).toMatchObject({ applications: 1, decidedAmount: '5000.05', paidAmount: '0.00' });
  expect(await ofUnit(d.receiver, '(kinds: ["PETITION_AID"])')).toMatchObject({ applications: 1, decidedAmount: '0.20' });
  expect(await ofUnit(d.stranger)).toMatchObject({ applications: 0, decidedAmount: '0.00' });
  const ofCampaign = async (viewer: typeof d.sender, divisionCode: string) =>
    (await stage.client.query<{ _entities: { reliefLedger: object | null }[] }>(viewer, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Campaign { reliefLedger(divisionCode: "${divisionCode}") { ${LEDGER} } } } }`, { r: [{ __typename: 'Campaign', id: campaign }] }))._entities[0]?.reliefLedger;
  expect(await ofCampaign(d.jointOffice, '640100')).toMatchObject({ applications: 2, decidedAmount: '5000.25', openAmount: '5000.15' });
  expect([await ofCampaign(d.jointOffice, '330400'), await ofCampaign(d.sender, '640104')]).toEqual([null, null]);
});

test('a case counts once in the rollup from the first approval on, however many follow · row 104', async () => {
  const granted = async (asOf: string) => (await stage.client.query<{ _entities: { reliefGranted: { value: number; formula: string } }[] }>(
    d.jointOffice, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { reliefGranted { value formula asOf } } } }',
    { r: [{ __typename: 'DivisionRollup', campaignId: campaign, divisionCode: '640104', asOf }] },
  ))._entities[0]?.reliefGranted;
  await approved('100');
  await stage.itIs('2024-03-05');
  await approved('200');
  expect([(await granted('2024-02-29'))?.value, (await granted('2024-03-01'))?.value, (await granted('2024-03-05'))?.value]).toEqual([0, 1, 1]);
  expect((await granted('2024-03-05'))?.formula).toContain('已批准救助');
  await inTransaction(stage.db, (tx) => onCaseScopeChanged(stage.services).effectOfMany(tx, [{
    payload: aCaseScope({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], ledgers: [] }),
    message: { id: randomUUID(), source: 'cases', aggregateId: d.caseId, version: 2, requestId: 'test' },
  }]));
  expect((await granted('2024-03-05'))?.value).toBe(0);
});

test('applications under cases and under deciding units cost one statement each · row 104', async () => {
  const one = await approved('100');
  expect(await listed(stage, d.receiver, { type: 'Unit', ids: [d.aid, d.other], field: 'assistanceApplications' })).toEqual({ found: [[one.id], []], statements: 1 });
  expect(await listed(stage, d.jointOffice, { type: 'Case', ids: [d.caseId, randomUUID()], field: 'assistanceApplications' })).toEqual({ found: [[one.id], null], statements: 2 });
  const kinds = await stage.client.query<{ reliefKinds: { code: string; name: string; catalogueRows: number[]; decideWithinDays: number | null }[] }>({ ...d.sender, locale: 'zh-CN' }, '{ reliefKinds { code name catalogueRows decideWithinDays } }');
  expect(kinds.reliefKinds).toContainEqual({ code: 'JUDICIAL_AID', name: '司法救助', catalogueRows: [31, 72, 104], decideWithinDays: 10 });
});
