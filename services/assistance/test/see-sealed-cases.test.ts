import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import type { CaseScope } from '@anjie/service-kit/facts';
import { viewers } from '@anjie/testing';
import { aSending, delivered, departments, openStage, referralActs, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
let visitor: string;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
  visitor = await stage.haveOfficial(d.lead);
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const lead = () => ({ kind: 'UNIT' as const, id: d.lead, role: 'LEAD' as const });
const scope = (part: Partial<CaseScope> = {}) => stage.haveCase({ caseId: d.caseId, parties: [lead()], isSealed: true, ...part });
const REFUSALS = { sendReferral: 'ReferralRefusal', planFollowUpVisit: 'FollowUpVisitRefusal', submitAssistanceApplication: 'AssistanceApplicationRefusal' } as const;
const mutate = async (viewer: Viewer, name: keyof typeof REFUSALS, input: object): Promise<{ __typename: string; code?: string }> => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
  const source = `mutation ($input: ${type}) { answer: ${name}(input: $input) { __typename ... on ${REFUSALS[name]} { code } } }`;
  return (await stage.client.query<{ answer: { __typename: string; code?: string } }>(viewer, source, { input })).answer;
};
const acts = () => [
  ['sendReferral', aSending(d)], ['planFollowUpVisit', { idempotencyKey: randomUUID(), caseId: d.caseId, kind: 'POST_CLOSE', plannedOn: '2024-03-05', officialId: visitor }],
  ['submitAssistanceApplication', { idempotencyKey: randomUUID(), caseId: d.caseId, kind: 'CIVIL_AFFAIRS_AID', unitId: d.aid, requestedAmount: '8000', need: '住房漏雨' }],
] as const;

test('《信访工作条例》第三十条第三款: no referral, visit or application is made of a sealed case; for those who do not see it, it does not exist', async () => {
  await scope();
  for (const [name, input] of acts()) {
    expect([name, await mutate(d.sender, name, input)]).toMatchObject([name, { code: 'CASE_SEALED' }]);
    for (const viewer of [d.jointOffice, d.receiver, d.stranger]) expect(await mutate(viewer, name, { ...input, idempotencyKey: randomUUID() })).toMatchObject({ code: 'NOT_FOUND' });
  }
  for (const table of ['referrals', 'follow_up_visits', 'assistance_applications', 'outbox_messages', 'figure_deltas']) expect(await stage.rows(`SELECT 1 FROM ${table}`)).toEqual([]);
  await stage.haveCase({ caseId: d.caseId, parties: [lead()] });
  for (const [name, input] of acts()) expect((await mutate(d.sender, name, input)).code).toBeUndefined();
});

/** What one viewer finds by every list, by root field and by reference. */
async function found(viewer: Viewer, ids: { referral: string; visit: string; application: string }): Promise<string> {
  const data = await stage.client.query<Record<string, { totalCount: number; nodes: object[] } | object | null>>(viewer, `query ($referral: ID!, $visit: ID!, $application: ID!, $r: [_Any!]!) {
    referrals(first: 50) { totalCount nodes { id } } followUpVisits(first: 50) { totalCount nodes { id } } assistanceApplications(first: 50) { totalCount nodes { id } }
    referral(id: $referral) { id } followUpVisit(id: $visit) { id } assistanceApplication(id: $application) { id }
    _entities(representations: $r) { ... on Case { referrals(first: 5) { totalCount } followUpVisits(first: 5) { totalCount } } ... on Unit { incomingReferrals(first: 5) { totalCount } outgoingReferrals(first: 5) { totalCount } }
      ... on Referral { id } ... on FollowUpVisit { id } ... on AssistanceApplication { id } } }`, {
    ...ids, r: [{ __typename: 'Case', id: d.caseId }, { __typename: 'Unit', id: d.aid }, { __typename: 'Unit', id: d.lead }, { __typename: 'Referral', id: ids.referral },
      { __typename: 'FollowUpVisit', id: ids.visit }, { __typename: 'AssistanceApplication', id: ids.application }],
  });
  return JSON.stringify(data);
}

test('rows that hang on a case are seen, once it is sealed, by staff of exactly the unit that has it', async () => {
  const above = viewers.handler(await stage.haveUnit('上级局'));
  const window = viewers.clerk(d.lead);
  const ids = {
    referral: (await delivered(stage, d)).id,
    visit: ((await stage.client.query<{ a: { followUpVisit: { id: string } } }>(d.sender, 'mutation ($input: PlanFollowUpVisitInput!) { a: planFollowUpVisit(input: $input) { ... on FollowUpVisitPayload { followUpVisit { id } } } }', { input: acts()[1][1] })).a).followUpVisit.id,
    application: ((await stage.client.query<{ a: { application: { id: string } } }>(d.sender, 'mutation ($input: SubmitAssistanceApplicationInput!) { a: submitAssistanceApplication(input: $input) { ... on AssistanceApplicationPayload { application { id } } } }', { input: acts()[2][1] })).a).application.id,
  };
  await stage.db.query('INSERT INTO unit_closure (descendant_id, ancestor_id) VALUES (?, ?)', [d.lead, above.unitId]);
  const outside = { 'the office of the place': d.jointOffice, 'the unit that it was referred to': d.receiver, 'the unit above': above, 'the named visitor': viewers.plain(visitor, d.lead), 'a window of the unit that has it': window };
  const nothing = await found(viewers.plain(), ids);
  for (const viewer of [d.jointOffice, d.receiver, above]) expect(await found(viewer, ids)).not.toBe(nothing);
  const open = await found(d.sender, ids);
  await scope();
  for (const [who, viewer] of Object.entries(outside)) expect([who, await found(viewer, ids)]).toEqual([who, nothing]);
  expect(await found(d.sender, ids)).toBe(open);
  await scope({ parties: [{ kind: 'UNIT', id: d.aid, role: 'LEAD' }] });
  expect(await found(d.sender, ids)).toBe(nothing);
  await scope({ excluded: [{ kind: 'UNIT', id: d.lead }] });
  expect(await found(d.sender, ids)).toBe(nothing);
  expect(await referralActs(stage).act(d.receiver, 'signReferral', { idempotencyKey: randomUUID(), referralId: ids.referral, expectedVersion: 2 })).toMatchObject({ code: 'NOT_FOUND' });
});
