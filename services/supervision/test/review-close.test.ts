import { randomUUID } from 'node:crypto';
import { select } from '@anjie/service-kit/database';
import { haveCaseScope, viewers } from '@anjie/testing';
import { at, countRows, COUNTY, haveKnownOfficial, haveKnownUnit, key, openSupervision, tell, type Supervision } from './builders';
import { aClosingCase, decisionsTold, found, haveOffice, reviewer, submit } from './closing';

let supervision: Supervision;
let review: ReturnType<typeof reviewer>;
beforeAll(async () => {
  supervision = await openSupervision();
  review = reviewer(supervision);
});
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-08-04T02:00:00Z');
});
afterAll(() => supervision.close());

async function aFile(part: Parameters<typeof submit>[1] = {}) {
  const made = await aClosingCase(supervision);
  const file = await submit(supervision, { caseId: made.caseId, submittedUnitId: made.bureau, ...part });
  return { ...made, file, id: file.closeReviewId };
}

test('a file is examined by one person, passed by another, and cases is told once · rows 75, 115', async () => {
  const { id, caseId, first, second, office } = await aFile();
  const examined = await review.examine(first, id, { note: '材料齐全。' });
  expect(examined.closeReview).toMatchObject({ state: 'EXAMINED', version: 2, proposal: 'PASS', examinedOn: '2025-08-04', firstReviewer: { id: first.subject }, secondReviewer: null, reasonCodes: [] });
  expect(await decisionsTold(supervision)).toEqual([]);
  const decided = await review.decide(second, id);
  expect(decided.closeReview).toMatchObject({ state: 'PASSED', version: 3, isOverruled: false, decidedOn: '2025-08-04', secondReviewer: { id: second.subject }, reviewingUnit: { id: office }, rectification: null, rectifyBy: null });
  expect(await decisionsTold(supervision)).toEqual([{
    closeReviewId: id, caseId, decision: 'PASSED', reasonCodes: [], firstReviewerId: first.subject, secondReviewerId: second.subject, reviewingUnitId: office, decidedOn: '2025-08-04',
  }]);
  const audited = await select<{ action: string }>(supervision.db.manager, "SELECT action FROM audit_entries WHERE subject_id = ? ORDER BY id", [id]);
  expect(audited.map((row) => row.action)).toEqual(['closeReview.submitted', 'closeReview.examined', 'closeReview.decided']);
});

test('退回整改: the unit owes the rectification by the named day, and submitting again meets it · row 115', async () => {
  const { id, caseId, bureau, first, second } = await aFile();
  await review.examine(first, id, { proposal: 'RETURN', findings: found(['ACTUAL_RESULT', 'RESULT_REPORTED']) });
  const returned = await review.decide(second, id, { rectifyBy: '2025-09-01' });
  expect(returned.closeReview).toMatchObject({
    state: 'RETURNED', reasonCodes: ['PROCEDURE_INSTEAD_OF_RESULT', 'PROCESS_REPORTED_AS_RESULT'], rectifyBy: '2025-09-01',
    rectification: { state: 'OPEN', dueOn: '2025-09-01', dutyName: 'rectify what the close review returned', obligor: { id: bureau }, explainDeadline: { check: 'CONFIRMED' } },
  });
  expect(await countRows(supervision.db, 'deadlines')).toBeGreaterThan(0);
  await submit(supervision, { caseId, submittedUnitId: bureau, submittedOn: '2025-08-20', revision: 2 });
  const data = await supervision.client.query(first, 'query ($id: ID!) { closeReview(id: $id) { rectification { state metOn isMetLate } } obligations(filter: { dutyCode: "RECTIFICATION", state: OPEN }) { totalCount } }', { id });
  expect(data).toEqual({ closeReview: { rectification: { state: 'MET', metOn: '2025-08-20', isMetLate: false } }, obligations: { totalCount: 0 } });
});

test('when another unit submits the next revision, what the former one owed falls away', async () => {
  const { id, caseId, first, second } = await aFile();
  await review.examine(first, id, { proposal: 'RETURN', findings: found(['FACTS_CLEAR']) });
  await review.decide(second, id, { rectifyBy: '2025-09-01' });
  await submit(supervision, { caseId, submittedUnitId: await haveKnownUnit(supervision.db), revision: 2 });
  expect(await select(supervision.db.manager, 'SELECT state FROM obligations')).toEqual([{ state: 'CANCELLED' }]);
});

test('the second person may overrule: a pass into a return, a return into a pass, each with a reason', async () => {
  const one = await aFile();
  await review.examine(one.first, one.id);
  expect(await review.decide(one.second, one.id, { verdict: 'OVERRULE', reasonCodes: ['CLAIM_UNANSWERED'], rectifyBy: '2025-09-01' })).toMatchObject({ code: 'REASON_REQUIRED' });
  const returned = await review.decide(one.second, one.id, { verdict: 'OVERRULE', reason: '第二项诉求未答复。', reasonCodes: ['CLAIM_UNANSWERED'], rectifyBy: '2025-09-01' });
  expect(returned.closeReview).toMatchObject({ state: 'RETURNED', isOverruled: true, reasonCodes: ['CLAIM_UNANSWERED'], decisionReason: '第二项诉求未答复。' });
  const two = await aFile();
  await review.examine(two.first, two.id, { proposal: 'RETURN', otherReason: '印章不清' });
  const passed = await review.decide(two.second, two.id, { verdict: 'OVERRULE', reason: '已核对原件。' });
  expect(passed.closeReview).toMatchObject({ state: 'PASSED', isOverruled: true, reasonCodes: [], otherReason: '印章不清' });
});

describe('第二十八条 (回避) and four eyes: refused, and nothing is left behind', () => {
  test('one person alone never closes a case', async () => {
    const { id, first } = await aFile();
    await review.examine(first, id);
    expect(await review.decide(first, id)).toMatchObject({ code: 'SAME_REVIEWER' });
    expect(await select(supervision.db.manager, 'SELECT state, second_reviewer_id FROM close_reviews')).toEqual([{ state: 'EXAMINED', second_reviewer_id: null }]);
    expect(await decisionsTold(supervision)).toEqual([]);
    await expect(supervision.db.query('UPDATE close_reviews SET second_reviewer_id = first_reviewer_id')).rejects.toThrow(/CONSTRAINT/);
  });

  test('nobody of the submitting unit, of a unit below it, by token or by the directory', async () => {
    const { id, bureau, section, first, office } = await aFile();
    const moonlighter = await haveKnownOfficial(supervision.db, section);
    const wrong = [viewers.jointOffice(COUNTY, bureau), viewers.jointOffice(COUNTY, section), viewers.jointOffice(COUNTY, office, moonlighter)];
    for (const viewer of wrong) expect(await review.examine(viewer, id)).toMatchObject({ code: 'REVIEWER_OF_SUBMITTING_UNIT', basis: '《信访工作条例》第二十八条' });
    await review.examine(first, id);
    for (const viewer of wrong) expect(await review.decide(viewer, id)).toMatchObject({ code: 'REVIEWER_OF_SUBMITTING_UNIT' });
  });

  test('neither the sponsor, nor the task force, nor the submitter, nor a unit that handled', async () => {
    const member = randomUUID();
    const support = await haveKnownUnit(supervision.db);
    const made = await aClosingCase(supervision);
    await haveCaseScope(supervision.db, { ...made.scope, parties: [...made.scope.parties, { kind: 'OFFICIAL', id: member, role: 'TASK_FORCE' }, { kind: 'UNIT', id: support, role: 'SUPPORT' }] }, 2);
    const submitter = randomUUID();
    const { closeReviewId: id } = await submit(supervision, { caseId: made.caseId, submittedUnitId: made.bureau, submittedBy: submitter });
    const wrong = [made.sponsor, member, submitter].map((subject) => viewers.jointOffice(COUNTY, made.office, subject));
    for (const viewer of [...wrong, viewers.jointOffice(COUNTY, support)]) expect(await review.examine(viewer, id)).toMatchObject({ code: 'REVIEWER_IN_CASE' });
    expect(await review.examine(made.first, id)).toMatchObject({ closeReview: { state: 'EXAMINED' } });
    for (const viewer of wrong) expect(await review.decide(viewer, id)).toMatchObject({ code: 'REVIEWER_IN_CASE' });
  });

  test('who does not see the case finds no review; who sees it without being an office is not permitted', async () => {
    const { id, bureau, office, scope } = await aFile();
    const accused = viewers.jointOffice(COUNTY, office);
    await haveCaseScope(supervision.db, { ...scope, excluded: [{ kind: 'OFFICIAL', id: accused.subject }] }, 2);
    for (const viewer of [viewers.jointOffice('640105', office), viewers.plain(), viewers.admin(), accused]) expect(await review.examine(viewer, id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await review.examine(viewers.handler(bureau), id)).toMatchObject({ code: 'NOT_PERMITTED' });
    await expect(review.examine(viewers.service('cases'), id)).rejects.toThrow('not permitted');
    expect(await review.examine(viewers.jointOffice(COUNTY, office), 'no-id')).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('what a higher level assigned is reviewed there, not by the county', async () => {
    const { id, first } = await aFile({ reviewDivisionCode: '640100' });
    expect(await review.examine(first, id)).toMatchObject({ code: 'OUTSIDE_DIVISION' });
    const city = await haveOffice(supervision, '640100');
    expect(await review.examine(viewers.jointOffice('640100', city), id)).toMatchObject({ closeReview: { state: 'EXAMINED' } });
    expect(await review.decide(first, id)).toMatchObject({ code: 'OUTSIDE_DIVISION' });
  });

  test('no step out of its turn', async () => {
    const { id, first, second } = await aFile();
    expect(await review.decide(second, id, { expectedVersion: 1 })).toMatchObject({ code: 'WRONG_STATE' });
    await review.examine(first, id);
    expect(await review.examine(second, id, { expectedVersion: 2 })).toMatchObject({ code: 'WRONG_STATE' });
    await review.decide(second, id);
    expect(await review.decide(viewers.jointOffice(COUNTY, await haveOffice(supervision, COUNTY)), id, { expectedVersion: 3 })).toMatchObject({ code: 'WRONG_STATE' });
  });
});

test('a promise that was demanded sends the file back, whoever looks at it; a procedure is never resolved · rows 30, 114, 117', async () => {
  const one = await aFile();
  await review.examine(one.first, one.id, { proposal: 'RETURN', findings: found(['NO_UNDERTAKING_DEMANDED']) });
  expect(await review.decide(one.second, one.id, { verdict: 'OVERRULE', reason: '可以接受。' })).toMatchObject({ code: 'UNDERTAKING_BARS_PASSING' });
  const two = await aFile({ track: 'PROCEDURAL' });
  expect(await review.examine(two.first, two.id)).toMatchObject({ code: 'PROCEDURE_IS_NO_RESULT' });
});

test('“三个不结案” inform the reviewers and decide nothing · row 111', async () => {
  const { id, first, second } = await aFile({ reservations: [{ code: 'PETITIONER_DISSATISFIED' }, { code: 'PROBLEM_NOT_SOLVED' }, { code: 'PETITIONER_DISSATISFIED' }] });
  expect((await review.examine(first, id)).closeReview).toMatchObject({ reservations: ['PETITIONER_DISSATISFIED', 'PROBLEM_NOT_SOLVED'] });
  expect(await review.decide(second, id)).toMatchObject({ closeReview: { state: 'PASSED' } });
});

test('a return without its date, a pass with one, and incomplete findings are refused · rows 115, 118', async () => {
  const { id, first, second } = await aFile();
  expect(await review.examine(first, id, { findings: found().slice(1) })).toMatchObject({ code: 'FINDINGS_INCOMPLETE' });
  await review.examine(first, id);
  expect(await review.decide(second, id, { rectifyBy: '2025-09-01' })).toMatchObject({ code: 'RECTIFY_DATE_NOT_ACCEPTABLE' });
  const overruled = { verdict: 'OVERRULE', reason: '理由', reasonCodes: ['FACTS_UNCLEAR'] };
  for (const rectifyBy of [null, '2025-08-04', '2027-01-01']) expect(await review.decide(second, id, { ...overruled, rectifyBy })).toMatchObject({ code: 'RECTIFY_DATE_NOT_ACCEPTABLE' });
  expect([await countRows(supervision.db, 'obligations'), await decisionsTold(supervision)]).toEqual([0, []]);
});

test('the same submission told twice is one file; the same answer sent twice is one decision; of two at once one wins', async () => {
  const { file, id, first, second, office } = await aFile();
  await tell(supervision.db, 'close-review-requested', { payload: file });
  expect([await countRows(supervision.db, 'close_reviews'), await countRows(supervision.db, 'close_review_materials'), await countRows(supervision.db, 'audit_entries')]).toEqual([1, 1, 1]);
  const idempotencyKey = key();
  const once = await review.examine(first, id, { idempotencyKey });
  expect(await review.examine(first, id, { idempotencyKey })).toEqual(once);
  const rivals = [second, viewers.jointOffice(COUNTY, office), viewers.jointOffice(COUNTY, office)];
  const answers = await Promise.allSettled(rivals.map((viewer) => review.decide(viewer, id)));
  expect(answers.filter((one) => one.status === 'fulfilled' && one.value.closeReview)).toHaveLength(1);
  expect(await decisionsTold(supervision)).toHaveLength(1);
  const stale = await supervision.client.ask(second, 'mutation ($input: DecideCloseReviewInput!) { decideCloseReview(input: $input) { __typename } }', { input: { idempotencyKey: key(), reviewId: id, expectedVersion: 2, verdict: 'CONFIRM' } });
  expect(stale.errors?.[0]?.message).toBe('Somebody changed this first; reload and try again.');
});
