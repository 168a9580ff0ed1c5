import { randomUUID } from 'node:crypto';
import { acting, listed } from './acting';
import { departments, openStage, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
let official: string;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
  official = await stage.haveOfficial(d.lead);
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const seal = (part: object = {}) => stage.haveCase({ caseId: d.caseId, isSealed: true, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], ...part });
const acts = () => [
  ['offerRelief', 'AssistanceApplicationPayload', 'AssistanceApplicationRefusal', 'application', { caseId: d.caseId, kind: 'PSYCHOLOGICAL_COUNSEL' }],
  ['proposeMediation', 'MediationPayload', 'MediationRefusal', 'mediation', { caseId: d.caseId, kind: 'NEGOTIATION', mediatorUnitId: d.other, dispute: '补偿数额' }],
  ['openHearing', 'HearingPayload', 'HearingRefusal', 'hearing', { caseId: d.caseId, kind: 'HEARING', trigger: 'OTHER_NEED', isRequested: true, subject: '补偿数额' }],
  ['requestLegalOpinion', 'LegalConsultationPayload', 'LegalConsultationRefusal', 'consultation', { caseId: d.caseId, poolDivisionCode: '640104', question: '如何补偿' }],
  ['offerService', 'ServiceEngagementPayload', 'ServiceEngagementRefusal', 'engagement', { caseId: d.caseId, role: 'LAWYER' }],
  ['offerExplanation', 'ExplanationPayload', 'ExplanationRefusal', 'explanation', { caseId: d.caseId, kind: 'CONTINUED_TALK', officialId: official, topic: '补偿政策' }],
] as const;
const FIELDS = ['mediations', 'hearings', 'legalConsultations', 'serviceEngagements', 'explanationSessions', 'assistanceApplications'] as const;

test('《信访工作条例》第三十条第三款: nothing is offered in a sealed case; for those who do not see it, it does not exist', async () => {
  await seal();
  for (const [mutation, payload, refusal, field, input] of acts()) {
    const { act } = acting(stage, { payload, refusal, field, fields: 'id' });
    expect([mutation, await act(d.sender, mutation, input)]).toMatchObject([mutation, { code: 'CASE_SEALED' }]);
    for (const viewer of [d.jointOffice, d.receiver, d.stranger]) expect([mutation, await act(viewer, mutation, input)]).toMatchObject([mutation, { code: 'NOT_FOUND' }]);
  }
  expect(await stage.rows('SELECT 1 FROM outbox_messages')).toEqual([]);
});

test('what was offered before the seal is seen by staff of exactly the unit that has the case, and goes no further', async () => {
  const versions = new Map<string, { id: string }>();
  for (const [mutation, payload, refusal, field, input] of acts()) versions.set(mutation, await acting<{ id: string }>(stage, { payload, refusal, field, fields: 'id' }).done(d.sender, mutation, input));
  const seen = async (viewer: typeof d.sender) => (await Promise.all(FIELDS.map(async (field) => (await listed(stage, viewer, { type: 'Case', ids: [d.caseId], field })).found[0]?.length ?? 0))).join();
  expect([await seen(d.sender), await seen(d.jointOffice), await seen(d.receiver)]).toEqual(['1,1,1,1,1,1', '1,1,1,1,1,1', '0,0,0,0,0,0']);
  await seal();
  expect([await seen(d.sender), await seen(d.jointOffice)]).toEqual(['1,1,1,1,1,1', '0,0,0,0,0,0']);
  const step = { mediationId: versions.get('proposeMediation')?.id, expectedVersion: 1, side: 'PETITIONER' };
  const mediation = acting(stage, { payload: 'MediationPayload', refusal: 'MediationRefusal', field: 'mediation', fields: 'id' });
  expect(await mediation.act(d.sender, 'stopMediation', step)).toMatchObject({ code: 'CASE_SEALED' });
  expect(await mediation.act(d.jointOffice, 'stopMediation', step)).toMatchObject({ code: 'NOT_FOUND' });
  await seal({ isSealed: false, excluded: [{ kind: 'UNIT', id: d.lead, since: null }] });
  expect(await seen(d.sender)).toBe('0,0,0,0,0,0');
  expect(await mediation.act(d.sender, 'stopMediation', { ...step, idempotencyKey: randomUUID() })).toMatchObject({ code: 'NOT_FOUND' });
});
