import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { haveCaseScope, viewers } from '@anjie/testing';
import { at, haveKnownUnit, openSupervision, tell, type Supervision } from './builders';
import { aClosingCase, aSubmission, found, relapse, reviewer, submit } from './closing';

let supervision: Supervision;
let made: Awaited<ReturnType<typeof aClosingCase>>;
let other: string;
let accused: Viewer;
let reviewId: string;
let traceId: string;

beforeAll(async () => {
  supervision = await openSupervision();
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
  other = await haveKnownUnit(supervision.db);
  accused = viewers.handler(other);
  made = await aClosingCase(supervision, { excluded: [{ kind: 'OFFICIAL', id: accused.subject }] });
  reviewId = (await submit(supervision, { caseId: made.caseId, submittedUnitId: made.bureau })).closeReviewId;
  traceId = (await relapse(supervision, { caseId: made.caseId, unitId: made.bureau })).relapseId;
  const review = reviewer(supervision);
  await review.examine(made.first, reviewId, { findings: found(['FACTS_CLEAR']), proposal: 'RETURN' });
  await review.decide(made.second, reviewId, { rectifyBy: '2025-09-01' });
});
afterAll(() => supervision.close());

const REFERENCES = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on CloseReview { id } ... on BackTraceRequest { id }
  ... on Case { id closeReviews { totalCount nodes { id } } backTraceRequests { totalCount } } } }`;
const see = async (viewer: Viewer) => {
  const roots = await supervision.client.query<Record<string, { totalCount: number } | null>>(
    viewer, 'query ($r: ID!, $b: ID!) { closeReview(id: $r) { id } closeReviews { totalCount } backTraceRequest(id: $b) { id } backTraceRequests { totalCount } }', { r: reviewId, b: traceId },
  );
  const { _entities } = await supervision.client.query<{ _entities: unknown[] }>(viewer, REFERENCES, {
    r: [{ __typename: 'CloseReview', id: reviewId }, { __typename: 'BackTraceRequest', id: traceId }, { __typename: 'Case', id: made.caseId }],
  });
  return { lists: [roots['closeReviews']?.totalCount, roots['backTraceRequests']?.totalCount], ids: [roots['closeReview'], roots['backTraceRequest']].map((one) => one !== null), entities: _entities.map((one) => one !== null) };
};
const all = { lists: [1, 1], ids: [true, true], entities: [true, true, true] };
const nothing = { lists: [0, 0], ids: [false, false], entities: [false, false, false] };

describe('who sees the review and the request, by root field, list and reference alike', () => {
  test.each<[string, () => Viewer, object]>([
    ["the county's office", () => made.first, all],
    ["the province's office", () => viewers.jointOffice('640000', randomUUID()), all],
    ['a handler of the unit that submitted', () => viewers.handler(made.bureau), all],
    ['包案领导', () => viewers.plain(made.sponsor), all],
    ["another county's office", () => viewers.jointOffice('640105', randomUUID()), nothing],
    ["another unit's handler", () => viewers.handler(other), nothing],
    ['an administrator', () => viewers.admin(), nothing],
    ['a stranger', () => viewers.plain(), nothing],
    ['第三十条第三款: a person whom the report names', () => accused, nothing],
  ])('%s', async (_who, viewer, expected) => expect(await see(viewer())).toEqual(expected));

  test('the unit that submitted sees its review and what it owes even where the case is out of its sight; the case stays closed to it', async () => {
    const hidden = await haveCaseScope(supervision.db, { divisionCode: '640105' });
    const { closeReviewId } = await submit(supervision, { caseId: hidden.caseId, submittedUnitId: other });
    const handler = viewers.handler(other);
    const { _entities } = await supervision.client.query<{ _entities: unknown[] }>(handler, REFERENCES, { r: [{ __typename: 'CloseReview', id: closeReviewId }, { __typename: 'Case', id: hidden.caseId }] });
    expect(_entities).toEqual([{ __typename: 'CloseReview', id: closeReviewId }, null]);
    const data = await supervision.client.query(handler, 'query ($id: ID!) { closeReview(id: $id) { case { id closeReviews { totalCount } backTraceRequests { totalCount } } } }', { id: closeReviewId });
    expect(data).toEqual({ closeReview: { case: { id: hidden.caseId, closeReviews: null, backTraceRequests: null } } });
  });

  test('a file whose case is not known here yet is seen by nobody, and by the right ones once it is', async () => {
    const file = await submit(supervision, { submittedUnitId: made.bureau });
    const ask = (viewer: Viewer) => supervision.client.query(viewer, 'query ($id: ID!) { closeReview(id: $id) { id } }', { id: file.closeReviewId });
    expect(await ask(made.first)).toEqual({ closeReview: null });
    await haveCaseScope(supervision.db, { caseId: file.caseId });
    expect(await ask(made.first)).toEqual({ closeReview: { id: file.closeReviewId } });
  });
});

describe('the rolling queue', () => {
  const city = () => viewers.jointOffice('640200', randomUUID());
  const queue = async (filter: object, page: object = {}) =>
    (await supervision.client.query<{ closeReviews: { totalCount: number; nodes: { id: string; submittedOn: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(
      city(), 'query ($filter: CloseReviewFilter, $first: Int, $after: String) { closeReviews(filter: $filter, first: $first, after: $after) { totalCount nodes { id submittedOn } pageInfo { endCursor hasNextPage } } }',
      { filter, ...page },
    )).closeReviews;

  beforeAll(async () => {
    for (let i = 0; i < 12; i += 1) {
      const scope = await haveCaseScope(supervision.db, { divisionCode: i % 2 ? '640205' : '640221' });
      const day = String(((i * 5) % 6) + 1).padStart(2, '0'); // two of each day, in no order
      await tell(supervision.db, 'close-review-requested', { payload: aSubmission({ caseId: scope.caseId, submittedOn: `2025-06-${day}`, submittedUnitId: other, track: i < 3 ? 'PROCEDURAL' : 'SUBSTANTIVE', proposedEnd: 'ARCHIVED' }) });
    }
  });

  test('what was submitted first comes first, page after page, each once · rows 75, 115', async () => {
    const ids: string[] = [];
    const days: string[] = [];
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof queue>> = await queue({ state: 'SUBMITTED' }, { first: 5, after });
      ids.push(...page.nodes.map((one) => one.id));
      days.push(...page.nodes.map((one) => one.submittedOn));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect([new Set(ids).size, days]).toEqual([12, [...days].sort()]);
  });

  test.each<[object, number]>([
    [{}, 12], [{ track: 'PROCEDURAL' }, 3], [{ divisionCode: '640205' }, 6], [{ divisionCode: '640200' }, 12], [{ state: 'PASSED' }, 0],
    [{ caseId: 'no-id' }, 0], [{ submittedUnitId: randomUUID() }, 0],
  ])('%j: %i', async (filter, count) => expect((await queue(filter)).totalCount).toBe(count));

  test('a place that is none is a bad input', async () => {
    const answered = await supervision.client.ask(city(), '{ closeReviews(filter: { divisionCode: "6402%" }) { totalCount } }');
    expect(answered.errors).toHaveLength(1);
  });

  test('the reviews of twelve cases with files, findings and duties cost five statements, however many', async () => {
    const { nodes } = await queue({}, { first: 12 });
    const { statements } = await supervision.counted(() => supervision.client.query(
      city(), 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on CloseReview { id materials { kind } findings { finding } rectification { id } case { id closeReviews(first: 3) { nodes { id materials { kind } } } } } } }',
      { r: nodes.map(({ id }) => ({ __typename: 'CloseReview', id })) },
    ));
    // reviews, materials (the same under the cases), findings, visible cases, reviews under the cases
    expect(statements).toBe(5);
  });

  test('requests under many units are one statement', async () => {
    const { statements } = await supervision.counted(() => supervision.client.query(
      made.first, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { backTraceRequests { nodes { id } } } } }',
      { r: [made.bureau, other, randomUUID()].map((id) => ({ __typename: 'Unit', id })) },
    ));
    expect(statements).toBe(1);
  });
});

test('the checklist is shown in the viewer\'s language, with its basis · rows 115, 117, 118', async () => {
  const ask = (viewer: Viewer) => supervision.client.query<{ closeReviewChecklist: { code: string; text: string; reason: string; inapplicableOn: string[] }[] }>(viewer, '{ closeReviewChecklist { code text basis reason inapplicableOn } }');
  const english = (await ask(made.first)).closeReviewChecklist;
  expect(english).toHaveLength(9);
  expect(english[2]).toEqual({ code: 'ACTUAL_RESULT', text: 'The problem itself is solved; a finished procedure does not stand in for it', basis: '专项工作方案：防止以程序性办结代替实际问题解决', reason: 'PROCEDURE_INSTEAD_OF_RESULT', inapplicableOn: ['PROCEDURAL'] });
  expect((await ask({ ...made.first, locale: 'zh-CN' })).closeReviewChecklist[7]).toMatchObject({ text: '书面答复已送达并有凭证' });
});

