import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { haveCaseScope, viewers } from '@anjie/testing';
import { at, countRows, COUNTY, haveKnownOfficial, key, openSupervision, tell, type Supervision } from './builders';
import { aClosingCase, haveOffice, relapse, reviewer, submit } from './closing';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

const REQUEST = `id state version closedOn repeatedOn isWithinWatch requestedOn dueOn decidedOn decisionReason tracedUnit { id } inquiryUnit { id } petition { id }
  closeReview { id } decidedBy { id } decidingUnit { id } obligation { state dueOn metOn dutyName obligor { __typename ... on Unit { id } } explainDeadline { check } }`;
const ask = async (viewer: Viewer, id: string) =>
  (await supervision.client.query<{ backTraceRequest: Record<string, unknown> | null }>(viewer, `query ($id: ID!) { backTraceRequest(id: $id) { ${REQUEST} } }`, { id })).backTraceRequest;
const decide = async (viewer: Viewer, requestId: string, input: object = {}) =>
  (await supervision.client.query<{ answer: { code?: string; request?: Record<string, unknown> } }>(
    viewer, `mutation ($input: DecideBackTraceInput!) { answer: decideBackTrace(input: $input) { ... on BackTracePayload { request { ${REQUEST} } } ... on BackTraceRefusal { code message basis } } }`,
    { input: { idempotencyKey: key(), requestId, expectedVersion: 1, decision: 'INQUIRY_ORDERED', reason: '结案后四十日再次反映同一问题。', ...input } },
  )).answer;

test('a relapse asks once how the unit handled the case; the office above it owes the decision (practice, 30 日) · row 127', async () => {
  const made = await aClosingCase(supervision);
  const told = await relapse(supervision, { caseId: made.caseId, unitId: made.bureau });
  await tell(supervision.db, 'case-relapsed', { payload: told });
  expect([await countRows(supervision.db, 'back_trace_requests'), await countRows(supervision.db, 'obligations')]).toEqual([1, 1]);
  expect(await select(supervision.db.manager, "SELECT action FROM audit_entries WHERE subject_type = 'BackTraceRequest'")).toHaveLength(1);
  expect(await ask(made.first, told.relapseId)).toMatchObject({
    state: 'REQUESTED', closedOn: '2025-05-01', repeatedOn: '2025-07-30', isWithinWatch: true, requestedOn: '2025-08-04', dueOn: '2025-09-03', tracedUnit: { id: made.bureau },
    inquiryUnit: { id: made.office }, petition: { id: told.petitionId }, closeReview: null,
    obligation: { state: 'OPEN', dueOn: '2025-09-03', dutyName: 'decide on the back-trace request', obligor: { __typename: 'Unit', id: made.office }, explainDeadline: { check: 'CONFIRMED' } },
  });
});

test('two relapses of one case are two requests; each shows the review that the close stood on', async () => {
  await at(supervision.db, '2025-04-30T02:00:00Z');
  const made = await aClosingCase(supervision);
  const { closeReviewId } = await submit(supervision, { caseId: made.caseId, submittedUnitId: made.bureau });
  await reviewer(supervision).examine(made.first, closeReviewId);
  await reviewer(supervision).decide(made.second, closeReviewId);
  await at(supervision.db, '2025-08-04T02:00:00Z');
  const before = await relapse(supervision, { caseId: made.caseId, unitId: made.bureau, repeatedOn: '2025-04-01' });
  const after = await relapse(supervision, { caseId: made.caseId, unitId: made.bureau });
  expect([await ask(made.first, before.relapseId), await ask(made.first, after.relapseId)]).toMatchObject([{ closeReview: null }, { closeReview: { id: closeReviewId } }]);
});

describe('the office that supervises the unit', () => {
  test('is of the nearest division that has one, outside the unit, open, and not named in the report', async () => {
    const made = await aClosingCase(supervision, { divisionCode: COUNTY });
    const city = await haveOffice(supervision, '640100');
    await haveOffice(supervision, '640200');
    const inquiring = async (unitId: string) => (await ask(viewers.jointOffice('640000', city), (await relapse(supervision, { caseId: made.caseId, unitId })).relapseId))?.['inquiryUnit'];
    expect(await inquiring(made.bureau)).toEqual({ id: made.office });
    expect(await inquiring(made.office)).toEqual({ id: city });
    expect(await inquiring(randomUUID())).toEqual({ id: made.office });
    await haveCaseScope(supervision.db, { ...made.scope, excluded: [{ kind: 'UNIT', id: made.office }] }, 2);
    expect(await inquiring(made.bureau)).toEqual({ id: city });
  });

  test('where none is known the request stands all the same, without a duty that nobody could owe', async () => {
    const scope = await haveCaseScope(supervision.db, { divisionCode: '650102' });
    const told = await relapse(supervision, { caseId: scope.caseId, divisionCode: '650102' });
    const office = viewers.jointOffice('650100', await haveOffice(supervision, '650100'));
    expect(await ask(office, told.relapseId)).toMatchObject({ state: 'REQUESTED', inquiryUnit: null, obligation: null, dueOn: '2025-09-03' });
    expect(await decide(office, told.relapseId)).toMatchObject({ request: { state: 'INQUIRY_ORDERED' } });
  });
});

test('the office decides with a reason, and its duty is met · row 127', async () => {
  const made = await aClosingCase(supervision);
  const { relapseId } = await relapse(supervision, { caseId: made.caseId, unitId: made.bureau });
  expect(await decide(made.first, relapseId, { reason: ' ' })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  await at(supervision.db, '2025-08-11T02:00:00Z');
  const idempotencyKey = key();
  const decided = await decide(made.first, relapseId, { idempotencyKey, decision: 'NOT_PURSUED', reason: '新的事实，不属同一办理。' });
  expect(decided.request).toMatchObject({ state: 'NOT_PURSUED', version: 2, decidedOn: '2025-08-11', decidedBy: { id: made.first.subject }, decidingUnit: { id: made.office }, decisionReason: '新的事实，不属同一办理。', obligation: { state: 'MET', metOn: '2025-08-11' } });
  expect(await decide(made.first, relapseId, { idempotencyKey, decision: 'NOT_PURSUED', reason: '新的事实，不属同一办理。' })).toEqual(decided);
  expect(await decide(made.second, relapseId, { expectedVersion: 2 })).toMatchObject({ code: 'WRONG_STATE' });
});

test('第二十八条: nobody of the traced unit decides, nor the sponsor, nor an office elsewhere · row 127', async () => {
  const made = await aClosingCase(supervision);
  const { relapseId } = await relapse(supervision, { caseId: made.caseId, unitId: made.bureau });
  const clerk = await haveKnownOfficial(supervision.db, made.section);
  for (const viewer of [viewers.jointOffice(COUNTY, made.bureau), viewers.jointOffice(COUNTY, made.section), viewers.jointOffice(COUNTY, made.office, clerk)]) {
    expect(await decide(viewer, relapseId)).toMatchObject({ code: 'OF_TRACED_UNIT', basis: '《信访工作条例》第二十八条' });
  }
  expect(await decide(viewers.jointOffice(COUNTY, made.office, made.sponsor), relapseId)).toMatchObject({ code: 'PART_IN_CASE' });
  expect(await decide(viewers.handler(made.bureau), relapseId)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await decide(viewers.jointOffice('640105', made.office), relapseId)).toMatchObject({ code: 'OUTSIDE_DIVISION' });
  expect(await decide(viewers.jointOffice('640105', randomUUID()), relapseId)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await decide(made.first, 'no-id')).toMatchObject({ code: 'NOT_FOUND' });
  expect(await select(supervision.db.manager, 'SELECT state, version FROM back_trace_requests')).toEqual([{ state: 'REQUESTED', version: 1 }]);
});

test('requests are listed by case, by unit and by state, the newest first', async () => {
  const made = await aClosingCase(supervision);
  const first = await relapse(supervision, { caseId: made.caseId, unitId: made.bureau });
  await at(supervision.db, '2025-08-20T02:00:00Z');
  const second = await relapse(supervision, { caseId: made.caseId, unitId: made.section });
  await decide(made.first, first.relapseId);
  const data = await supervision.client.query(
    made.first, `query ($case: ID!, $unit: ID!, $office: ID!, $r: [_Any!]!) { byCase: backTraceRequests(filter: { caseId: $case }) { nodes { id } } byUnit: backTraceRequests(filter: { tracedUnitId: $unit }) { nodes { id } }
      waiting: backTraceRequests(filter: { inquiryUnitId: $office, state: REQUESTED }) { totalCount nodes { id } } none: backTraceRequests(filter: { caseId: "no-id" }) { totalCount }
      _entities(representations: $r) { ... on Case { backTraceRequests(first: 1) { totalCount nodes { id } } } } }`,
    { case: made.caseId, unit: made.bureau, office: made.office, r: [{ __typename: 'Case', id: made.caseId }] },
  );
  expect(data).toEqual({
    byCase: { nodes: [{ id: second.relapseId }, { id: first.relapseId }] }, byUnit: { nodes: [{ id: first.relapseId }] }, waiting: { totalCount: 1, nodes: [{ id: second.relapseId }] }, none: { totalCount: 0 },
    _entities: [{ backTraceRequests: { totalCount: 2, nodes: [{ id: second.relapseId }] } }],
  });
});
