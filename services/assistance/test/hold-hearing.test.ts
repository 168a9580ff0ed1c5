import { randomUUID } from 'node:crypto';
import { viewers } from '@anjie/testing';
import { acting, listed } from './acting';
import { departments, openStage, type Departments, type Stage } from './stage';

interface Hearing {
  readonly id: string;
  readonly state: string;
  readonly version: number;
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

const hearing = () => acting<Hearing>(stage, {
  payload: 'HearingPayload', refusal: 'HearingRefusal', field: 'hearing',
  fields: `id state version kind { code excludesReviewClock } trigger { code name } isRequested refusalReason noticedOn scheduledOn place isPublic heldOn endedOn concludedOn opinion suggestion minutesRef
    panel { isChair official { id } expert { id } participant { id } } interestedUnits { unit { id } }`,
});
const expert = () => acting<{ id: string }>(stage, { payload: 'ExpertPayload', refusal: 'ServingRefusal', field: 'expert', fields: 'id' });
const anOpening = (part: object = {}) => ({ caseId: d.caseId, kind: 'HEARING', trigger: 'WIDE_EFFECT', isRequested: false, subject: '小区产权办理的责任与期限', ...part });
const on = ({ id, version }: Hearing, part: object = {}) => ({ hearingId: id, expectedVersion: version, ...part });
const anExpert = async (part: object = {}): Promise<string> =>
  (await expert().done(d.jointOffice, 'appointExpert', { name: '陈律师', field: '不动产', poolDivisionCode: '640100', consentedOn: '2024-01-01', validFrom: '2024-01-01', ...part })).id;
const aPanel = async () => [
  { isChair: true, officialId: await stage.haveOfficial(d.office) }, { isChair: false, expertId: await anExpert() }, { isChair: false, expertId: await anExpert() },
];
const aNotice = async (part: object = {}) => ({ scheduledOn: '2024-03-06', place: '信访局听证室', panel: await aPanel(), ...part });

async function consented(part: object = {}): Promise<Hearing> {
  return hearing().done(d.sender, 'answerHearing', on(await hearing().done(d.sender, 'openHearing', anOpening(part)), { answer: 'CONSENTED', answeredOn: '2024-03-01' }));
}
async function held(part: object = {}): Promise<Hearing> {
  const noticed = await hearing().done(d.sender, 'noticeHearing', on(await consented(part), await aNotice()));
  await stage.itIs('2024-03-08');
  return hearing().done(d.sender, 'holdHearing', on(noticed, { heldOn: '2024-03-06', endedOn: '2024-03-07' }));
}
const conclusion = (part: object = {}) => ({ opinion: 'SUPPORTED', suggestion: 'SETTLE', opinionText: '诉求属实，建议在三个月内办理。', minutesRef: '听证笔录〔2024〕1号', ...part });

test('proposed with consent, noticed with panel and units, held, concluded with opinion and minutes · rows 97, 98', async () => {
  const agreed = await consented({ kind: 'HEARING_AND_EVALUATION' });
  expect(agreed).toMatchObject({ state: 'CONSENTED', trigger: { code: 'WIDE_EFFECT' }, isRequested: false });
  const noticed = await hearing().done(d.sender, 'noticeHearing', on(agreed, await aNotice({ interestedUnitIds: [d.aid, d.other] })));
  expect(noticed).toMatchObject({ state: 'NOTICED', noticedOn: '2024-03-01', scheduledOn: '2024-03-06', isPublic: true, panel: [{ isChair: true }, { isChair: false }, { isChair: false }] });
  expect((await stage.told('notice-raised')).map(({ noticeKind, recipient }) => [noticeKind, (recipient as { id: string }).id]).sort()).toEqual([['HEARING_NOTICED', d.aid], ['HEARING_NOTICED', d.other]].sort());
  await stage.itIs('2024-03-08');
  const sat = await hearing().done(d.sender, 'holdHearing', on(noticed, { heldOn: '2024-03-06', endedOn: '2024-03-07' }));
  const concluded = await hearing().done(d.sender, 'concludeHearing', on(sat, conclusion()));
  expect(concluded).toMatchObject({ state: 'CONCLUDED', heldOn: '2024-03-06', endedOn: '2024-03-07', concludedOn: '2024-03-08', opinion: 'SUPPORTED', suggestion: 'SETTLE', minutesRef: '听证笔录〔2024〕1号' });
  expect(await stage.told('hearing-concluded')).toEqual([]);
});

test('《信访工作条例》第三十六条第二款: only the hearing of a re-review is told to cases, with the days that stop its clock · row 98', async () => {
  const sat = await held({ kind: 'RE_REVIEW_HEARING', trigger: 'RE_REVIEW_OPINION_DISPUTED' });
  await hearing().done(d.sender, 'concludeHearing', on(sat, conclusion({ opinion: 'NOT_SUPPORTED', suggestion: 'END_BY_CONCLUSION' })));
  expect(await stage.told('hearing-concluded')).toEqual([{ hearingId: sat.id, caseId: d.caseId, noticedOn: '2024-03-01', heldOn: '2024-03-06', endedOn: '2024-03-07', concludedOn: '2024-03-08' }]);
});

test('宿信发〔2024〕8号第二条: on application or with consent; a petitioner declines without a reason, a unit refuses with one · row 98', async () => {
  const proposed = await hearing().done(d.sender, 'openHearing', anOpening());
  expect(await hearing().act(d.sender, 'noticeHearing', on(proposed, await aNotice()))).toMatchObject({ code: 'ILLEGAL_STATE' });
  expect(await hearing().act(d.sender, 'answerHearing', on(proposed, { answer: 'DECLINED', answeredOn: '2024-03-01', reason: '不愿公开' }))).toMatchObject({ code: 'NOTHING_TO_RECORD' });
  expect(await hearing().done(d.sender, 'answerHearing', on(proposed, { answer: 'DECLINED', answeredOn: '2024-03-01' }))).toMatchObject({ state: 'DECLINED', refusalReason: null });
  const requested = await hearing().done(d.sender, 'openHearing', anOpening({ isRequested: true }));
  expect(requested).toMatchObject({ state: 'REQUESTED', isRequested: true });
  expect(await hearing().act(d.sender, 'answerHearing', on(requested, { answer: 'DECLINED', answeredOn: '2024-03-01' }))).toMatchObject({ code: 'TEXT_MISSING' });
  expect(await hearing().done(d.sender, 'answerHearing', on(requested, { answer: 'DECLINED', answeredOn: '2024-03-01', reason: '事实已查清，争议不大' }))).toMatchObject({ state: 'DECLINED', refusalReason: '事实已查清，争议不大' });
  expect(await hearing().act(d.sender, 'openHearing', anOpening({ trigger: 'REPEATED_VISITS' }))).toMatchObject({ code: 'TRIGGER_INVALID' });
  const kinds = await stage.client.query<{ hearingKinds: { code: string; triggers: { code: string; name: string }[]; noticeDays: number }[] }>(d.sender, '{ hearingKinds { code triggers { code name } noticeDays panelMin } }');
  expect(kinds.hearingKinds[0]?.triggers).toHaveLength(5);
});

test('notice leaves the days that the kind says, and may be given again for a later day · row 98', async () => {
  const agreed = await consented();
  expect(await hearing().act(d.sender, 'noticeHearing', on(agreed, await aNotice({ scheduledOn: '2024-03-05' })))).toMatchObject({ code: 'NOTICE_TOO_SHORT', basis: expect.stringContaining('地方做法') });
  const first = await hearing().done(d.sender, 'noticeHearing', on(agreed, await aNotice({ isPublic: false })));
  const again = await hearing().done(d.sender, 'noticeHearing', on(first, await aNotice({ scheduledOn: '2024-03-20' })));
  expect(again).toMatchObject({ state: 'NOTICED', scheduledOn: '2024-03-20', isPublic: true, panel: [{}, {}, {}] });
  expect(await hearing().act(d.sender, 'holdHearing', on(again, { heldOn: '2024-03-06' }))).toMatchObject({ code: 'DATE_INVALID' });
  expect(await hearing().done(d.sender, 'callOffHearing', on(again, { reason: '主持人另有公务' }))).toMatchObject({ state: 'CALLED_OFF' });
});

test('《信访工作条例》第二十八条: nobody sits on the panel who is employed by a unit of the case or kept out of it · rows 98, 99', async () => {
  const agreed = await consented();
  const [chair, second] = await aPanel();
  const notice = async (third: object) => hearing().act(d.sender, 'noticeHearing', on(agreed, await aNotice({ panel: [chair, second, { isChair: false, ...third }] })));
  const branch = await stage.haveUnit('信访局一科', { ancestorIds: [d.lead] });
  expect(await notice({ expertId: await anExpert({ employerUnitId: branch }) })).toMatchObject({ code: 'CONFLICT_OF_INTEREST', basis: '《信访工作条例》第二十八条' });
  expect(await notice({ expertId: await anExpert({ validTo: '2024-03-05' }) })).toMatchObject({ code: 'NOT_SERVING' });
  expect(await notice({ expertId: randomUUID() })).toMatchObject({ code: 'NOT_SERVING' });
  expect(await notice({})).toMatchObject({ code: 'PANEL_INVALID' });
  expect(await hearing().act(d.sender, 'noticeHearing', on(agreed, await aNotice({ panel: [chair, second] })))).toMatchObject({ code: 'PANEL_INVALID' });
  const accused = await stage.haveOfficial(d.other);
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: d.other }] });
  expect(await notice({ officialId: accused })).toMatchObject({ code: 'CONFLICT_OF_INTEREST' });
  expect(await notice({ expertId: await anExpert({ employerUnitId: d.aid }) })).toMatchObject({ row: { state: 'NOTICED' } });
});

test('第三十条第三款: whoever holds any post in a unit that is kept out sits on no panel, and such a unit is neither invited nor opens a hearing · rows 98, 99', async () => {
  const below = await stage.haveUnit('信访局一科', { ancestorIds: [d.lead] });
  const branch = await stage.haveUnit('司法所', { ancestorIds: [d.other] });
  const agreed = await consented();
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: d.other }, { kind: 'UNIT', id: below }] });
  const notice = async (part: object) => hearing().act(d.sender, 'noticeHearing', on(agreed, await aNotice(part)));
  const [, ...others] = await aPanel();
  const acting = await stage.haveOfficial(d.office, [{ unitId: branch, kind: 'ACTING' }]);
  expect(await notice({ panel: [{ isChair: true, officialId: acting }, ...others] })).toMatchObject({ code: 'CONFLICT_OF_INTEREST' });
  for (const unitId of [d.other, branch]) {
    expect(await notice({ interestedUnitIds: [d.aid, unitId] })).toMatchObject({ code: 'CONFLICT_OF_INTEREST', basis: '《信访工作条例》第三十条第三款' });
  }
  expect(await stage.told('notice-raised')).toEqual([]);
  expect(await hearing().act(d.sender, 'openHearing', anOpening({ unitId: below }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await notice({ interestedUnitIds: [d.aid] })).toMatchObject({ row: { state: 'NOTICED' } });
});

test('invited units see the hearing, others do not; lists cost one statement; it counts from its day · row 98', async () => {
  const noticed = await hearing().done(d.sender, 'noticeHearing', on(await consented(), await aNotice({ interestedUnitIds: [d.aid] })));
  const sees = async (viewer: typeof d.sender) => (await stage.client.query<{ hearing: object | null }>(viewer, 'query ($id: ID!) { hearing(id: $id) { id } }', { id: noticed.id })).hearing !== null;
  expect([await sees(d.sender), await sees(d.receiver), await sees(d.jointOffice), await sees(d.stranger), await sees(viewers.plain())]).toEqual([true, true, true, false, false]);
  expect(await listed(stage, d.jointOffice, { type: 'Case', ids: [d.caseId, randomUUID()], field: 'hearings' })).toEqual({ found: [[noticed.id], null], statements: 2 });
  expect(await listed(stage, d.sender, { type: 'Unit', ids: [d.lead, d.other], field: 'hearings' })).toEqual({ found: [[noticed.id], []], statements: 1 });
  await stage.itIs('2024-03-08');
  await hearing().done(d.sender, 'holdHearing', on(noticed, { heldOn: '2024-03-06' }));
  const { _entities } = await stage.client.query<{ _entities: { hearingsHeld: { value: number } }[] }>(
    d.jointOffice, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { hearingsHeld { value formula } } } }',
    { r: ['2024-03-05', '2024-03-06'].map((asOf) => ({ __typename: 'DivisionRollup', campaignId: campaign, divisionCode: '640104', asOf })) },
  );
  expect(_entities.map(({ hearingsHeld }) => hearingsHeld.value)).toEqual([0, 1]);
});

test('only the organising unit conducts; an opinion that asks for a waiver is not recorded · row 98', async () => {
  const sat = await held();
  expect(await hearing().act(d.jointOffice, 'concludeHearing', on(sat, conclusion()))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await hearing().act(d.sender, 'concludeHearing', on(sat, conclusion({ opinionText: '信访人签署息访承诺后支付补偿' })))).toMatchObject({ code: 'CONDITIONAL' });
  expect(await hearing().act(d.sender, 'concludeHearing', on(sat, conclusion({ minutesRef: ' ' })))).toMatchObject({ code: 'TEXT_MISSING' });
  expect(await hearing().fault(d.sender, 'concludeHearing', { ...on(sat, conclusion()), expectedVersion: 1 })).toBe('CONFLICT');
});

test('an official on the panel sees the hearing that they sit in, until a new notice names others · rows 97, 98', async () => {
  const chair = viewers.plain(await stage.haveOfficial(d.office));
  const panel = [{ isChair: true, officialId: chair.subject }, { isChair: false, expertId: await anExpert() }, { isChair: false, expertId: await anExpert() }];
  const noticed = await hearing().done(d.sender, 'noticeHearing', on(await consented(), await aNotice({ panel })));
  const sees = async () => (await stage.client.query<{ hearing: { case: object | null } | null }>(chair, 'query ($id: ID!) { hearing(id: $id) { case { id } } }', { id: noticed.id })).hearing;
  expect(await sees()).toEqual({ case: null });
  await hearing().done(d.sender, 'noticeHearing', on(noticed, await aNotice({ scheduledOn: '2024-03-07' })));
  expect(await sees()).toBeNull();
});
