import { randomUUID } from 'node:crypto';
import { viewers } from '@anjie/testing';
import { acting, listed } from './acting';
import { departments, openStage, type Departments, type Stage } from './stage';

interface Mediation {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly confirmBy: string | null;
  readonly items: readonly { id: string; version: number; promise: string; doneOn: string | null }[];
}
interface Item {
  readonly id: string;
  readonly version: number;
  readonly doneOn: string | null;
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

const mediation = () => acting<Mediation>(stage, {
  payload: 'MediationPayload', refusal: 'MediationRefusal', field: 'mediation',
  fields: `id state version kind { code } petitionerAnswer petitionerAnsweredOn respondentAnswer toldFreeOn startedOn endedOn stoppedBy agreementRef effectiveOn confirmBy confirmedOn
    respondentUnit { id } mediatorUnit { id } mediatorParticipant { name } items { id version promise dueOn doneOn obligorUnit { id } obligorOfficial { id } }`,
});
const items = () => acting<Item>(stage, { payload: 'AgreementItemPayload', refusal: 'MediationRefusal', field: 'item', fields: 'id version doneOn evidenceRef' });
const aProposal = (part: object = {}) => ({ caseId: d.caseId, kind: 'PEOPLES_MEDIATION', respondentUnitId: d.aid, mediatorUnitId: d.other, dispute: '管道漏水的修复与补偿', ...part });
const on = ({ id, version }: Mediation, part: object = {}) => ({ mediationId: id, expectedVersion: version, ...part });
const consent = { answer: 'CONSENTED', answeredOn: '2024-03-01', toldFreeOn: '2024-03-01' };

async function underWay(part: object = {}): Promise<Mediation> {
  const proposed = await mediation().done(d.sender, 'proposeMediation', aProposal(part));
  const first = await mediation().done(d.sender, 'answerMediation', on(proposed, { side: 'PETITIONER', ...consent }));
  const both = await mediation().done(d.receiver, 'answerMediation', on(first, { side: 'RESPONDENT', ...consent }));
  return mediation().done(d.sender, 'startMediation', on(both));
}
const agreement = (part: object = {}) => ({ outcome: 'AGREED', agreement: { reference: '调解〔2024〕3号', effectiveOn: '2024-03-01', items: [{ obligorUnitId: d.aid, promise: '30日内修复管道', dueOn: '2024-03-31' }], ...part } });

test('people’s mediation: both sides consent, knowing that it is free; the agreement binds the unit by an obligation · row 96', async () => {
  const proposed = await mediation().done(d.sender, 'proposeMediation', aProposal());
  expect(proposed).toMatchObject({ state: 'PROPOSED', petitionerAnswer: 'OFFERED', respondentAnswer: 'OFFERED' });
  expect(await mediation().act(d.sender, 'answerMediation', on(proposed, { side: 'PETITIONER', answer: 'CONSENTED', answeredOn: '2024-03-01' }))).toMatchObject({ code: 'FREE_OF_CHARGE_UNTOLD', basis: '《人民调解法》第四条' });
  const first = await mediation().done(d.sender, 'answerMediation', on(proposed, { side: 'PETITIONER', ...consent }));
  expect(first).toMatchObject({ state: 'PROPOSED', petitionerAnswer: 'CONSENTED' });
  expect(await mediation().act(d.sender, 'startMediation', on(first))).toMatchObject({ code: 'ILLEGAL_STATE' });
  const both = await mediation().done(d.receiver, 'answerMediation', on(first, { side: 'RESPONDENT', ...consent }));
  expect(both).toMatchObject({ state: 'CONSENTED' });
  const agreed = await mediation().done(d.sender, 'concludeMediation', on(await mediation().done(d.sender, 'startMediation', on(both)), agreement()));
  expect(agreed).toMatchObject({ state: 'AGREED', agreementRef: '调解〔2024〕3号', effectiveOn: '2024-03-01', confirmBy: '2024-04-01', items: [{ promise: '30日内修复管道', dueOn: '2024-03-31', obligorUnit: { id: d.aid } }] });
  expect(await stage.told('obligation-declared')).toMatchObject([
    { dutyCode: 'AGREEMENT_ITEM', state: 'OPEN', obligorUnitId: d.aid, obligorOfficialId: null, dueOn: '2024-03-31', subject: { type: 'AgreementItem', id: agreed.items[0]?.id } },
  ]);
});

test('whoever owes an item reports it done, the named official too, and the obligation is met · row 96', async () => {
  const official = viewers.plain(await stage.haveOfficial(d.other));
  const promise = { items: [{ obligorUnitId: d.aid, promise: '修复管道', dueOn: '2024-03-31' }, { obligorOfficialId: official.subject, promise: '每周查看一次', dueOn: '2024-03-31' }] };
  const agreed = await mediation().done(d.sender, 'concludeMediation', on(await underWay(), agreement(promise)));
  await stage.itIs('2024-03-20');
  const done = (index: number) => ({ itemId: agreed.items[index]?.id, expectedVersion: 1, doneOn: '2024-03-20', evidenceRef: '验收单' });
  expect(await items().act(d.sender, 'recordAgreementPerformance', done(0))).toMatchObject({ code: 'NOT_PERMITTED' });
  // whoever mediates sees what was promised and reports nothing for whoever owes it
  expect(await items().act(d.stranger, 'recordAgreementPerformance', done(0))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await items().act(viewers.handler(d.office), 'recordAgreementPerformance', done(0))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await items().done(d.receiver, 'recordAgreementPerformance', done(0))).toMatchObject({ doneOn: '2024-03-20' });
  expect(await items().done(official, 'recordAgreementPerformance', done(1))).toMatchObject({ doneOn: '2024-03-20' });
  expect((await stage.told('obligation-declared')).filter(({ state }) => state === 'MET')).toHaveLength(2);
  expect((await listed(stage, d.receiver, { type: 'Unit', ids: [d.aid, d.other], field: 'agreementItems' }))).toEqual({ found: [[agreed.items[0]?.id], []], statements: 1 });
});

test('《人民调解法》第三十三条: the sides ask the court within 30 days of the agreement, not later · row 96', async () => {
  const agreed = await mediation().done(d.sender, 'concludeMediation', on(await underWay(), agreement()));
  await stage.itIs('2024-04-10');
  expect(await mediation().act(d.sender, 'recordCourtConfirmation', on(agreed, { appliedOn: '2024-04-02' }))).toMatchObject({ code: 'CONFIRMATION_TOO_LATE' });
  const asked = await mediation().done(d.sender, 'recordCourtConfirmation', on(agreed, { appliedOn: '2024-04-01' }));
  expect(await mediation().done(d.sender, 'recordCourtConfirmation', on(asked, { appliedOn: '2024-04-01', confirmedOn: '2024-04-08', reference: '（2024）宁0104民特1号' }))).toMatchObject({ state: 'AGREED', confirmedOn: '2024-04-08' });
  const administrative = await mediation().done(d.sender, 'concludeMediation', on(await underWayToday('ADMINISTRATIVE_MEDIATION'), agreement()));
  expect(await mediation().act(d.sender, 'recordCourtConfirmation', on(administrative, { appliedOn: '2024-04-10' }))).toMatchObject({ code: 'NOT_CONFIRMABLE' });
});

/** The same on another day. */
async function underWayToday(kind: string): Promise<Mediation> {
  const today = { answer: 'CONSENTED', answeredOn: '2024-04-10', toldFreeOn: '2024-04-10' };
  const proposed = await mediation().done(d.sender, 'proposeMediation', aProposal({ kind }));
  const first = await mediation().done(d.sender, 'answerMediation', on(proposed, { side: 'PETITIONER', ...today }));
  return mediation().done(d.sender, 'startMediation', on(await mediation().done(d.receiver, 'answerMediation', on(first, { side: 'RESPONDENT', ...today }))));
}

test('a side declines or stops at any time and nobody asks why · rows 96, 97', async () => {
  const declined = await mediation().done(d.sender, 'answerMediation', on(await mediation().done(d.sender, 'proposeMediation', aProposal()), { side: 'PETITIONER', answer: 'DECLINED', answeredOn: '2024-03-01' }));
  expect(declined).toMatchObject({ state: 'DECLINED', petitionerAnswer: 'DECLINED', endedOn: '2024-03-01' });
  const stopped = await mediation().done(d.receiver, 'stopMediation', on(await underWay(), { side: 'RESPONDENT' }));
  expect(stopped).toMatchObject({ state: 'STOPPED', stoppedBy: 'RESPONDENT' });
  expect(await mediation().done(d.sender, 'stopMediation', on(await underWay(), { side: 'PETITIONER' }))).toMatchObject({ state: 'STOPPED', stoppedBy: 'PETITIONER' });
  const inputs = await stage.client.query<Record<string, { inputFields: { name: string }[] }>>(d.sender, '{ a: __type(name: "AnswerMediationInput") { inputFields { name } } b: __type(name: "StopMediationInput") { inputFields { name } } }');
  expect(Object.values(inputs).flatMap(({ inputFields }) => inputFields.map(({ name }) => name)).filter((name) => /reason|why|note/i.test(name))).toEqual([]);
});

test('the other side’s unit answers by its own staff, and nobody answers for it · row 96', async () => {
  const proposed = await mediation().done(d.sender, 'proposeMediation', aProposal());
  expect(await mediation().act(d.sender, 'answerMediation', on(proposed, { side: 'RESPONDENT', ...consent }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await mediation().act(d.stranger, 'answerMediation', on(proposed, { side: 'PETITIONER', ...consent }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await stage.told('notice-raised')).toMatchObject([{ noticeKind: 'MEDIATION_PROPOSED', recipient: { id: d.aid } }]);
  expect(await mediation().act(viewers.handler(await stage.haveUnit('水务局')), 'answerMediation', on(proposed, { side: 'PETITIONER', ...consent }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('the four dialogue forms are kinds: in 说事 the unit owes the talk, the petitioner may decline · row 97', async () => {
  const talk = await mediation().done(d.sender, 'proposeMediation', aProposal({ kind: 'TALKING_IT_OVER' }));
  expect(await mediation().act(d.receiver, 'answerMediation', on(talk, { side: 'RESPONDENT', answer: 'DECLINED', answeredOn: '2024-03-01' }))).toMatchObject({ code: 'CONSENT_NOT_ASKED' });
  expect(await mediation().done(d.sender, 'answerMediation', on(talk, { side: 'PETITIONER', ...consent }))).toMatchObject({ state: 'CONSENTED' });
  for (const kind of ['NEGOTIATION', 'REASONING']) expect(await mediation().act(d.sender, 'proposeMediation', aProposal({ kind }))).toMatchObject({ __typename: 'MediationPayload' });
  const kinds = await stage.client.query<{ mediationKinds: { code: string; catalogueRows: number[] }[] }>(d.sender, '{ mediationKinds { code name basis catalogueRows needsBothConsents mayConfirmInCourt confirmWithinDays } }');
  expect(kinds.mediationKinds.filter(({ catalogueRows }) => catalogueRows.includes(97)).map(({ code }) => code)).toEqual(['NEGOTIATION', 'REASONING', 'TALKING_IT_OVER']);
});

test('after the remedies have ended the dispute goes to joint mediation, and only then · rows 72, 73', async () => {
  expect(await mediation().act(d.sender, 'proposeMediation', aProposal({ kind: 'POST_FINAL_MEDIATION' }))).toMatchObject({ code: 'NOT_FINAL', basis: '《信访工作条例》第三十七条' });
  await stage.haveCase({ caseId: d.caseId, status: 'TERMINATED', parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }] });
  expect(await mediation().done(d.sender, 'proposeMediation', aProposal({ kind: 'POST_FINAL_MEDIATION' }))).toMatchObject({ state: 'PROPOSED', kind: { code: 'POST_FINAL_MEDIATION' } });
});

test('an agreement that asks for a waiver is not recorded, and none is recorded without its paper · row 96', async () => {
  const talking = await underWay();
  const waiver = agreement({ items: [{ obligorUnitId: d.aid, promise: '支付补偿款，信访人不再上访', dueOn: '2024-03-31' }] });
  expect(await mediation().act(d.sender, 'concludeMediation', on(talking, waiver))).toMatchObject({ code: 'CONDITIONAL' });
  expect(await mediation().act(d.sender, 'concludeMediation', on(talking, { outcome: 'AGREED' }))).toMatchObject({ code: 'AGREEMENT_MISSING' });
  expect(await mediation().act(d.sender, 'concludeMediation', on(talking, agreement({ items: [{ obligorUnitId: randomUUID(), promise: '修复', dueOn: '2024-03-31' }] })))).toMatchObject({ code: 'OBLIGOR_INVALID' });
  expect(await mediation().act(d.sender, 'concludeMediation', on(talking, agreement({ items: [{ promise: '本人按时腾退', dueOn: '2024-03-31' }] })))).toMatchObject({ code: 'OBLIGOR_INVALID' });
  expect(await mediation().done(d.sender, 'concludeMediation', on(talking, { outcome: 'NOT_AGREED' }))).toMatchObject({ state: 'NOT_AGREED', items: [] });
});

test('a side of the dispute does not mediate, nor whoever is kept out of the case, nor a form’s stranger · row 96', async () => {
  expect(await mediation().act(d.sender, 'proposeMediation', aProposal({ mediatorUnitId: d.aid }))).toMatchObject({ code: 'CONFLICT_OF_INTEREST' });
  expect(await mediation().act(d.sender, 'proposeMediation', aProposal({ mediatorUnitId: null }))).toMatchObject({ code: 'MEDIATOR_INVALID' });
  expect(await mediation().act(d.sender, 'proposeMediation', aProposal({ mediatorUnitId: null, mediatorOfficialId: await stage.haveOfficial(d.other) }))).toMatchObject({ code: 'MEDIATOR_INVALID' });
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: d.other }] });
  expect(await mediation().act(d.sender, 'proposeMediation', aProposal())).toMatchObject({ code: 'CONFLICT_OF_INTEREST' });
});

test('第三十条第三款: whoever is kept out of the case proposes nothing in it, mediates by no post, and owes nothing by its agreement · row 96', async () => {
  const talking = await underWay();
  const below = await stage.haveUnit('信访局一科', { ancestorIds: [d.lead] });
  const acting = await stage.haveOfficial(d.other, [{ unitId: d.office, kind: 'ACTING' }]);
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: d.office }, { kind: 'UNIT', id: below }] });
  expect(await mediation().act(d.sender, 'proposeMediation', aProposal({ unitId: below }))).toMatchObject({ code: 'NOT_PERMITTED', basis: '《信访工作条例》第三十条第三款' });
  expect(await mediation().act(d.sender, 'proposeMediation', aProposal({ kind: 'ADMINISTRATIVE_MEDIATION', mediatorUnitId: null, mediatorOfficialId: acting }))).toMatchObject({ code: 'CONFLICT_OF_INTEREST' });
  for (const obligor of [{ obligorUnitId: d.office }, { obligorUnitId: below }, { obligorOfficialId: acting }]) {
    const bound = agreement({ items: [{ obligorUnitId: d.aid, promise: '修复管道', dueOn: '2024-03-31' }, { ...obligor, promise: '每周查看', dueOn: '2024-03-31' }] });
    expect(await mediation().act(d.sender, 'concludeMediation', on(talking, bound))).toMatchObject({ code: 'UNIT_EXCLUDED', basis: '《信访工作条例》第三十条第三款' });
  }
  expect(await stage.told('obligation-declared')).toEqual([]);
  expect(await mediation().done(d.sender, 'concludeMediation', on(talking, agreement()))).toMatchObject({ state: 'AGREED' });
});

test('an agreement counts in the rollup from its day; mediations under cases and units cost one statement · rows 96, 97', async () => {
  const agreed = await mediation().done(d.sender, 'concludeMediation', on(await underWay(), agreement()));
  const { _entities } = await stage.client.query<{ _entities: { mediationsAgreed: { value: number } }[] }>(
    d.jointOffice, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { mediationsAgreed { value formula } } } }',
    { r: ['2024-02-29', '2024-03-01'].map((asOf) => ({ __typename: 'DivisionRollup', campaignId: campaign, divisionCode: '640104', asOf })) },
  );
  expect(_entities.map(({ mediationsAgreed }) => mediationsAgreed.value)).toEqual([0, 1]);
  expect(await listed(stage, d.jointOffice, { type: 'Case', ids: [d.caseId, randomUUID()], field: 'mediations' })).toEqual({ found: [[agreed.id], null], statements: 2 });
  expect(await listed(stage, d.sender, { type: 'Unit', ids: [d.lead, d.other], field: 'mediations' })).toEqual({ found: [[agreed.id], []], statements: 1 });
  for (const [choice, found] of [['kinds: ["PEOPLES_MEDIATION"], state: AGREED', [agreed.id]], ['kinds: ["NEGOTIATION"]', []], ['kinds: []', []], ['state: STOPPED', []]] as const) {
    expect([choice, (await listed(stage, d.sender, { type: 'Case', ids: [d.caseId], field: 'mediations', choice })).found]).toEqual([choice, [found]]);
  }
});

test('a repeat with the same key proposes once, and an old version answers CONFLICT · row 96', async () => {
  const input = { idempotencyKey: randomUUID(), ...aProposal() };
  expect(await mediation().act(d.sender, 'proposeMediation', input)).toEqual(await mediation().act(d.sender, 'proposeMediation', input));
  expect(await stage.rows('SELECT id FROM mediations')).toHaveLength(1);
  const [row] = await stage.rows<Mediation>('SELECT id, version FROM mediations');
  expect(await mediation().fault(d.sender, 'startMediation', { mediationId: row?.id, expectedVersion: 7 })).toBe('CONFLICT');
});

test('the official who mediates sees the mediation and what was promised in it, also without a part in the case; whoever is kept out does not · row 96', async () => {
  const official = viewers.plain(await stage.haveOfficial(d.other));
  const agreed = await mediation().done(d.sender, 'concludeMediation', on(await underWay({ kind: 'NEGOTIATION', mediatorUnitId: null, mediatorOfficialId: official.subject }), agreement()));
  const sees = async (viewer: typeof official) =>
    (await stage.client.query<{ mediation: { items: object[] } | null }>(viewer, 'query ($id: ID!) { mediation(id: $id) { items { id } } }', { id: agreed.id })).mediation?.items.length;
  const owed = async (viewer: typeof official) => (await listed(stage, viewer, { type: 'Unit', ids: [d.aid], field: 'agreementItems' })).found[0]?.length;
  expect([await sees(official), await sees(d.receiver), await sees(viewers.plain())]).toEqual([1, 1, undefined]);
  expect([await owed(official), await owed(d.sender), await owed(viewers.plain())]).toEqual([1, 1, 0]);
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'OFFICIAL', id: official.subject }] });
  expect([await sees(official), await owed(official)]).toEqual([undefined, 0]);
});
