import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { haveCaseScope, viewers } from '@anjie/testing';
import { at, COUNTY, openSupervision, type Supervision } from './builders';
import { aCity, actor, aLedgerCase, declare, type City } from './reports';

let supervision: Supervision;
let city: City;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-10-09T02:00:00Z');
  city = await aCity(supervision);
});
afterAll(() => supervision.close());

interface Review {
  readonly id: string;
  readonly version: number;
  readonly measures: { id: string; isOverdue: boolean; doneOn: string | null }[];
}
const REVIEW = `id version title opinion decidedOn reviewedOn unit { id } reviewedBy { id } division { code } measures { id title dueOn isOverdue doneOn evidence unit { id } }
  linkedCases { value formula asOf } openLinkedCases { value } cases { totalCount nodes { id } }`;
const act = (viewer: Viewer, name: string, input: object) => actor(supervision)<{ decisionReview: Review & Record<string, unknown> }>(viewer, name, {
  input, answer: `... on DecisionReviewPayload { decisionReview { ${REVIEW} } } ... on DecisionReviewRefusal { code basis }`,
});
const record = (input: object = {}, viewer: Viewer = city.office) => act(viewer, 'recordDecisionReview', {
  title: '三个小区征收补偿方案', subject: '统一补偿标准', unitId: city.housing, opinion: 'PROCEED_WITH_MEASURES', opinionText: '补偿标准与上年不一致，须先说明。',
  measures: [{ title: '逐户说明补偿标准', unitId: city.civil, dueOn: '2025-10-20' }], ...input,
});
const campaignId = randomUUID();

test('a decision is reviewed with its measures; petitions on it are linked later, so that it is seen what was missed · row 136', async () => {
  const { decisionReview } = await record();
  expect(decisionReview).toMatchObject({ opinion: 'PROCEED_WITH_MEASURES', reviewedOn: '2025-10-09', unit: { id: city.housing }, reviewedBy: { id: city.cityOffice }, division: { code: COUNTY }, linkedCases: { value: 0 } });
  const open = await aLedgerCase(supervision, { unitId: city.housing, campaignId });
  const closed = await aLedgerCase(supervision, { unitId: city.housing, campaignId, closedOn: '2025-10-01' });
  const linked = await act(viewers.handler(city.housing), 'linkDecisionCases', { decisionReviewId: decisionReview.id, expectedVersion: 1, add: [open.caseId, closed.caseId] });
  expect(linked.decisionReview).toMatchObject({ version: 2, linkedCases: { value: 2, asOf: '2025-10-09' }, openLinkedCases: { value: 1 }, cases: { totalCount: 2 } });
  const taken = await act(city.office, 'linkDecisionCases', { decisionReviewId: decisionReview.id, expectedVersion: 2, remove: [closed.caseId] });
  expect(taken.decisionReview).toMatchObject({ linkedCases: { value: 1 }, cases: { nodes: [{ id: open.caseId }] } });
  const under = await supervision.client.query<{ _entities: unknown[] }>(
    city.office, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { decisionReviews { nodes { title } } } ... on Unit { decisionReviews { nodes { title } } } } }',
    { r: [{ __typename: 'Case', id: open.caseId }, { __typename: 'Case', id: closed.caseId }, { __typename: 'Unit', id: city.housing }] },
  );
  const one = { decisionReviews: { nodes: [{ title: '三个小区征收补偿方案' }] } };
  expect(under._entities).toEqual([one, { decisionReviews: { nodes: [] } }, one]);
});

test('an accusation is never linked, nor a case that the linker does not see; who sees the review sees only the cases that are theirs · rows 136, 74', async () => {
  const { decisionReview } = await record();
  const sealed = await haveCaseScope(supervision.db, { isSealed: true, divisionCode: COUNTY, parties: [{ kind: 'UNIT', id: city.cityOffice, role: 'LEAD' }] });
  const foreign = await haveCaseScope(supervision.db, { divisionCode: '650102' });
  const link = (viewer: Viewer, add: string[]) => act(viewer, 'linkDecisionCases', { decisionReviewId: decisionReview.id, expectedVersion: 1, add });
  expect(await link(city.office, [sealed.caseId])).toMatchObject({ code: 'CASE_SEALED', basis: '《信访工作条例》第三十条第三款' });
  expect(await link(city.office, [foreign.caseId])).toMatchObject({ code: 'NOT_FOUND' });
  expect(await link(viewers.handler(city.civil), [foreign.caseId])).toMatchObject({ code: 'NOT_PERMITTED' });
  const labourCase = await aLedgerCase(supervision, { unitId: city.labour, campaignId });
  await link(city.office, [labourCase.caseId]);
  const seen = await supervision.client.query<{ decisionReview: Record<string, unknown> }>(viewers.handler(city.housing), 'query ($id: ID!) { decisionReview(id: $id) { linkedCases { value } cases { totalCount } } }', { id: decisionReview.id });
  expect(seen.decisionReview).toEqual({ linkedCases: { value: 0 }, cases: { totalCount: 0 } });
});

test('the unit of a measure settles it; past its day it is seen to be late · row 136', async () => {
  const { decisionReview } = await record();
  await at(supervision.db, '2025-10-21T02:00:00Z');
  const read = await supervision.client.query<{ decisionReview: Review }>(viewers.handler(city.civil), `query ($id: ID!) { decisionReview(id: $id) { ${REVIEW} } }`, { id: decisionReview.id });
  expect(read.decisionReview.measures).toMatchObject([{ isOverdue: true, doneOn: null }]);
  const settle = (viewer: Viewer, expectedVersion = 1) => act(viewer, 'settleDecisionMeasure', { decisionReviewId: decisionReview.id, expectedVersion, measureId: decisionReview.measures[0]?.id, evidence: '已逐户说明，签收表在卷。' });
  expect(await settle(viewers.handler(city.labour))).toMatchObject({ code: 'NOT_FOUND' });
  expect((await settle(viewers.handler(city.civil))).decisionReview.measures).toMatchObject([{ isOverdue: false, doneOn: '2025-10-21', evidence: '已逐户说明，签收表在卷。' }]);
  expect(await settle(city.office, 2)).toMatchObject({ code: 'WRONG_STATE' });
});

test('the office above or the unit records, and nobody else · row 136', async () => {
  expect((await record({}, viewers.handler(city.housing))).decisionReview).toMatchObject({ reviewedBy: { id: city.housing } });
  expect(await record({}, viewers.handler(city.labour))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await record({}, viewers.jointOffice('640105', city.west))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await record({ measures: [] })).toMatchObject({ code: 'MEASURES_MISSING' });
  expect(await record({ unitId: randomUUID() })).toMatchObject({ code: 'UNIT_UNKNOWN' });
  const list = async (viewer: Viewer) => (await supervision.client.query<{ decisionReviews: { totalCount: number } }>(viewer, '{ decisionReviews { totalCount } }')).decisionReviews.totalCount;
  expect([await list(city.office), await list(viewers.handler(city.civil)), await list(viewers.handler(city.west)), await list(viewers.plain())]).toEqual([1, 1, 0, 0]);
});

test('what a unit has on its hands across its parts and without a case, in a fixed number of statements · row 78', async () => {
  const lead = await aLedgerCase(supervision, { unitId: city.housing, campaignId });
  const support = await aLedgerCase(supervision, { unitId: city.labour, campaignId, parties: [{ kind: 'UNIT', id: city.labour, role: 'LEAD' }, { kind: 'UNIT', id: city.housing, role: 'SUPPORT' }] });
  await aLedgerCase(supervision, { unitId: city.housing, campaignId, closedOn: '2025-09-01' });
  await declare(supervision.db, { caseId: lead.caseId, obligorUnitId: city.housing });
  await declare(supervision.db, { caseId: support.caseId, obligorUnitId: city.housing, dutyCode: 'REFERRAL_COMPLETE' });
  await declare(supervision.db, { caseId: lead.caseId, obligorUnitId: city.housing, state: 'MET', metOn: '2025-09-01' });
  await actor(supervision)(city.office, 'issueSupervisionLetter', { input: { kind: 'URGE_NOTE', caseId: lead.caseId, toUnitId: city.housing, ground: 'DELAY', body: '请尽快办理。' }, answer: '... on SupervisionLetterPayload { letter { id } }' });
  await declare(supervision.db, { caseId: null, obligorUnitId: city.housing });
  await actor(supervision)(city.office, 'issueSupervisionLetter', { input: { kind: 'IMPROVEMENT_SUGGESTION', toUnitId: city.housing, ground: 'OTHER', body: '建议建立月度会商制度。' }, answer: '... on SupervisionLetterPayload { letter { id } }' });
  const ask = (viewer: Viewer) => supervision.counted(() => supervision.client.query<{ _entities: Record<string, unknown>[] }>(
    viewer, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { workload { openDuties { value asOf } overdueDuties { value } referralDuties { value } lettersToReply { value }
      parts { role cases { value } } all: cases { totalCount nodes { id } } led: cases(role: "LEAD") { nodes { id } } } } } }`,
    { r: [{ __typename: 'Unit', id: city.housing }, { __typename: 'Unit', id: city.civil }] },
  ));
  const { result, statements } = await ask(city.office);
  expect(result._entities).toEqual([
    { workload: {
      openDuties: { value: 5, asOf: '2025-10-09' }, overdueDuties: { value: 0 }, referralDuties: { value: 1 }, lettersToReply: { value: 2 },
      parts: [{ role: 'LEAD', cases: { value: 1 } }, { role: 'SUPPORT', cases: { value: 1 } }],
      all: { totalCount: 2, nodes: expect.arrayContaining([lead, support].map(({ caseId }) => ({ id: caseId }))) }, led: { nodes: [{ id: lead.caseId }] },
    } },
    { workload: { openDuties: { value: 0, asOf: '2025-10-09' }, overdueDuties: { value: 0 }, referralDuties: { value: 0 }, lettersToReply: { value: 0 }, parts: [], all: { totalCount: 0, nodes: [] }, led: { nodes: [] } } },
  ]);
  expect(statements).toBe(9);
  expect((await ask(viewers.handler(city.civil))).result._entities[0]).toEqual({ workload: null });
  expect((await ask(viewers.handler(city.housing))).result._entities[0]).toMatchObject({ workload: { openDuties: { value: 5 }, parts: [{ role: 'LEAD' }, { role: 'SUPPORT' }] } });
});
