import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { viewers } from '@anjie/testing';
import { delivered, departments, openStage, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const ANSWER = `__typename ... on AssistanceApplicationPayload { application { id state version requestedAmount decidedAmount declineReason paidOn evidenceRef } }
  ... on AssistanceApplicationRefusal { code message }`;
interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly application?: { id: string; state: string; version: number; requestedAmount: string; decidedAmount: string | null };
}
const document = (name: string) => `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { answer: ${name}(input: $input) { ${ANSWER} } }`;
const act = async (viewer: Viewer, name: string, input: object): Promise<Answer> => (await stage.client.query<{ answer: Answer }>(viewer, document(name), { input })).answer;
const anApplication = (part: object = {}) => ({
  idempotencyKey: randomUUID(), caseId: d.caseId, kind: 'CIVIL_AFFAIRS_AID', unitId: d.aid, requestedAmount: '8000', need: '住房漏雨，收入中断', ...part,
});
async function submitted(part: object = {}): Promise<{ applicationId: string; expectedVersion: number }> {
  const { application } = await act(d.sender, 'submitAssistanceApplication', anApplication(part));
  return { applicationId: application?.id ?? '', expectedVersion: 1 };
}
const decision = (on: object, part: object) => ({ idempotencyKey: randomUUID(), ...on, ...part });

test('submitted, approved with another amount, paid with evidence; amounts stay exact text · row 104', async () => {
  const on = await submitted({ requestedAmount: '8000.1' });
  const approved = await act(d.receiver, 'decideAssistanceApplication', decision(on, { decision: 'APPROVE', amount: '5000.05' }));
  expect(approved.application).toMatchObject({ state: 'APPROVED', requestedAmount: '8000.10', decidedAmount: '5000.05' });
  const paid = await act(d.receiver, 'recordAssistancePayment', decision({ ...on, expectedVersion: 2 }, { paidOn: '2024-03-01', evidenceRef: '凭证2024-17' }));
  expect(paid.application).toMatchObject({ state: 'PAID', version: 3, paidOn: '2024-03-01', evidenceRef: '凭证2024-17' });
  expect(await stage.rows('SELECT action FROM audit_entries ORDER BY id')).toEqual([{ action: 'ASSISTANCE_SUBMITTED' }, { action: 'ASSISTANCE_APPROVED' }, { action: 'ASSISTANCE_PAID' }]);
});

test('a repeat with the same key is one application', async () => {
  const input = anApplication();
  expect(await act(d.sender, 'submitAssistanceApplication', input)).toEqual(await act(d.sender, 'submitAssistanceApplication', input));
  expect(await stage.rows('SELECT id FROM assistance_applications')).toHaveLength(1);
});

test('declining needs a reason and no amount, approving an amount above 0', async () => {
  const on = await submitted();
  const decide = (part: object) => act(d.receiver, 'decideAssistanceApplication', decision(on, part));
  expect(await decide({ decision: 'APPROVE' })).toMatchObject({ code: 'AMOUNT_INVALID' });
  expect(await decide({ decision: 'APPROVE', amount: '0.00' })).toMatchObject({ code: 'AMOUNT_INVALID' });
  expect(await decide({ decision: 'DECLINE', amount: '1.00', reason: '理由' })).toMatchObject({ code: 'AMOUNT_INVALID' });
  expect(await decide({ decision: 'DECLINE' })).toMatchObject({ code: 'TEXT_MISSING' });
  expect(await decide({ decision: 'DECLINE', reason: '家庭收入高于标准' })).toMatchObject({ application: { state: 'DECLINED', declineReason: '家庭收入高于标准' } });
  expect(await act(d.receiver, 'recordAssistancePayment', decision({ ...on, expectedVersion: 2 }, { paidOn: '2024-03-01', evidenceRef: '1' }))).toMatchObject({ code: 'ILLEGAL_STATE' });
});

test('an amount written as a number is refused, so that no float comes near money', async () => {
  const answer = await stage.client.ask(d.sender, document('submitAssistanceApplication'), { input: anApplication({ requestedAmount: 8000.1 }) });
  expect(answer.errors?.[0]?.message).toContain('Decimal');
});

test('a payment before the decision or in the future is refused', async () => {
  const on = await submitted();
  await act(d.receiver, 'decideAssistanceApplication', decision(on, { decision: 'APPROVE', amount: '100' }));
  for (const paidOn of ['2024-02-29', '2024-03-02']) {
    expect(await act(d.receiver, 'recordAssistancePayment', decision({ ...on, expectedVersion: 2 }, { paidOn, evidenceRef: '1' }))).toMatchObject({ code: 'DATE_INVALID' });
  }
});

test('only the deciding unit decides; whoever sees the case sees the application, others do not', async () => {
  const on = await submitted();
  expect(await act(d.sender, 'decideAssistanceApplication', decision(on, { decision: 'APPROVE', amount: '1' }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await act(d.stranger, 'decideAssistanceApplication', decision(on, { decision: 'APPROVE', amount: '1' }))).toMatchObject({ code: 'NOT_FOUND' });
  await stage.haveCase({ parties: [{ kind: 'UNIT', id: d.other, role: 'LEAD' }] });
  const seen = async (viewer: Viewer) =>
    (await stage.client.query<{ assistanceApplications: { totalCount: number } }>(viewer, '{ assistanceApplications { totalCount } }')).assistanceApplications.totalCount;
  expect([await seen(d.sender), await seen(d.receiver), await seen(d.jointOffice), await seen(d.stranger), await seen(viewers.plain())]).toEqual([1, 1, 1, 0, 0]);
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: d.aid }] });
  expect(await seen(d.receiver)).toBe(0);
});

test('an application may name the referral of its own case, and no other', async () => {
  const referral = await delivered(stage, d);
  const far = await departments(stage);
  const strange = await delivered(stage, far);
  const named = await act(d.sender, 'submitAssistanceApplication', anApplication({ referralId: referral.id }));
  expect(named).toMatchObject({ __typename: 'AssistanceApplicationPayload' });
  expect(await act(d.sender, 'submitAssistanceApplication', anApplication({ referralId: strange.id }))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await act(d.sender, 'submitAssistanceApplication', anApplication({ unitId: randomUUID() }))).toMatchObject({ code: 'UNIT_NOT_FOUND' });
});

test('under many cases the applications cost one statement beside the guard', async () => {
  await submitted();
  const r = [d.caseId, (await departments(stage)).caseId].map((id) => ({ __typename: 'Case', id }));
  const data = await stage.client.query<{ _entities: unknown[] }>(
    d.jointOffice, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { assistanceApplications { totalCount nodes { need unit { id } referral { id } case { id } } } } } }', { r },
  );
  expect(data._entities).toEqual([
    { assistanceApplications: { totalCount: 1, nodes: [{ need: '住房漏雨，收入中断', unit: { id: d.aid }, referral: null, case: { id: d.caseId } }] } },
    { assistanceApplications: { totalCount: 0, nodes: [] } },
  ]);
});
