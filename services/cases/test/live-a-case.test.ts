import { select } from '@anjie/service-kit/database';
import { told } from './asking';
import { anOpinion, aRepliedCase, aRoutedCase, caseNow, clockOf, deliver, done, leaderSigns, onDay, reviewersDecide, step } from './life';
import { key, openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const closeReviewIdOf = async (caseId: string): Promise<string> =>
  String((await select<{ id: string }>(world.db.manager, 'SELECT id FROM closings WHERE case_id = ? ORDER BY revision DESC LIMIT 1', [caseId]))[0]?.id);

test('a full life: register, route, accept, investigate, extend, reply, deliver, review, re-review, close review, resolved, relapse, reopened', async () => {
  const one = await aRoutedCase(world);
  // 第二十三条: accepted and told; 第三十四条: 60 days from acceptance
  let now = (await done(world, 'acceptCase', one.id, { noticeMethod: 'POST' })).case;
  expect(now).toMatchObject({ status: 'ACCEPTED', route: 'ART31_6' });
  expect(clockOf(now, 'T4')).toMatchObject({ state: 'MET', endedOn: '2022-09-27' });
  expect(clockOf(now, 'T8')).toMatchObject({ startOn: '2022-09-27', dueRaw: '2022-11-26', dueOn: '2022-11-28', state: 'OPEN' });
  await done(world, 'investigateCase', one.id, { note: '现场核查' });

  // 第三十四条: the head extends, once; start + 60 + 30, one shift at the end
  await onDay(world, '2022-11-20');
  now = (await done(world, 'extendHandling', one.id, { viewer: people.head, days: 30, reason: '涉及多个部门，权属资料不全', noticeMethod: 'POST' })).case;
  expect(clockOf(now, 'T8')).toMatchObject({ extensionDays: 30, dueRaw: '2022-12-26', dueOn: '2022-12-26' });

  // 第三十二条: one answer per claim; 第三十五条: the right of review runs from proved receipt
  await onDay(world, '2022-12-20');
  const replied = await done(world, 'replyToCase', one.id, { opinion: anOpinion(now.claims) });
  expect(replied).toMatchObject({ case: { status: 'REPLIED', ends: { handled: null } }, document: { kind: 'OPINION', number: '信处〔2022〕1号' } });
  now = (await deliver(world, one.id, { documentId: replied.document?.id ?? '', days: ['2022-12-21', '2022-12-23'] })).case;
  expect(now.ends.handled).toMatchObject({ on: '2022-12-21', isInTime: true });
  expect(clockOf(now, 'T8')).toMatchObject({ state: 'MET', endedOn: '2022-12-21' });
  expect(clockOf(now, 'T10')).toMatchObject({ nature: 'PETITIONER_RIGHT', startOn: '2022-12-23', dueRaw: '2023-01-22', dueOn: '2023-01-28' });

  // 第三十五条: review by a higher organ within 30 days
  await onDay(world, '2023-01-28');
  now = (await done(world, 'requestReview', one.id, { viewer: people.clerk, kind: 'REVIEW', requestedOn: '2023-01-28', organUnitId: place.government, reasons: '对首次登记期限不服' })).case;
  expect(now).toMatchObject({ status: 'REVIEW' });
  expect(clockOf(now, 'T11')).toMatchObject({ startOn: '2023-01-28', dueOn: '2023-02-27' });
  await onDay(world, '2023-02-20');
  const upheld = await done(world, 'giveReviewOpinion', one.id, {
    viewer: people.government, reviewId: now.reviews[0]?.id, outcome: 'UPHELD', opinion: anOpinion(now.claims, { answer: '原意见认定事实清楚，予以维持，原措施应当落实。', promise: null, promiseDueOn: null, result: 'EXPLAINED' }),
  });
  now = (await deliver(world, one.id, { documentId: upheld.document?.id ?? '', days: ['2023-02-21', '2023-02-22'], viewer: people.government })).case;
  expect(clockOf(now, 'T11')).toMatchObject({ state: 'MET', endedOn: '2023-02-21' });
  expect(clockOf(now, 'T12')).toMatchObject({ nature: 'PETITIONER_RIGHT', startOn: '2023-02-22', dueOn: '2023-03-24' });

  // 第三十六条: re-review by an organ above that one; hearing days are left out
  await onDay(world, '2023-03-20');
  now = (await done(world, 'requestReview', one.id, { viewer: people.clerk, kind: 'RE_REVIEW', requestedOn: '2023-03-20', organUnitId: place.cityGovernment })).case;
  expect(clockOf(now, 'T13')).toMatchObject({ dueRaw: '2023-04-19' });
  await onDay(world, '2023-04-06');
  now = (await done(world, 'recordHearing', one.id, { viewer: people.cityGovernment, from: '2023-04-03', to: '2023-04-04' })).case;
  expect(clockOf(now, 'T13')).toMatchObject({ hearingDays: 2, dueRaw: '2023-04-21' });
  const final = await done(world, 'giveReviewOpinion', one.id, {
    viewer: people.cityGovernment, reviewId: now.reviews[1]?.id, outcome: 'UPHELD', opinion: anOpinion(now.claims, { answer: '复查意见认定事实清楚，予以维持。', promise: null, promiseDueOn: null, result: 'EXPLAINED' }),
  });
  now = (await deliver(world, one.id, { documentId: final.document?.id ?? '', days: ['2023-04-07', '2023-04-10'], viewer: people.cityGovernment })).case;
  expect(now).toMatchObject({ status: 'TERMINATED', ends: { terminated: { on: '2023-04-10', ground: 'RE_REVIEW_DELIVERED' }, resolved: null, recognised: null } });

  // 第三十二条第二款: finality does not end the duty to carry out what was promised
  const notYet = await step(world, 'submitClosing', one.id, { track: 'SUBSTANTIVE', proposedEnd: 'RESOLVED', evidence: '产权证已全部发放到户，住户签领。' });
  expect(notYet).toMatchObject({ code: 'GATE_CLOSED', message: expect.stringContaining('everything promised is carried out') as string });
  await onDay(world, '2023-06-20');
  now = (await done(world, 'reportExecution', one.id, { executionId: now.executions[0]?.id, doneOn: '2023-06-19', report: '已完成首次登记并发证。' })).case;
  expect(now).toMatchObject({ status: 'EXECUTING', executions: [{ state: 'DONE' }] });
  await leaderSigns(world, one.id);
  now = (await done(world, 'submitClosing', one.id, {
    track: 'SUBSTANTIVE', proposedEnd: 'RESOLVED', evidence: '产权证已全部发放到户，住户签领。', reservations: [{ code: 'PETITIONER_DISSATISFIED', reason: '对时间过长不满意', plan: '一个月内上门回访' }],
  })).case;
  expect(now.status).toBe('CLOSE_REVIEW');
  expect(await told(world, 'close-review-requested')).toMatchObject([{ caseId: one.id, track: 'SUBSTANTIVE', reservations: [{ code: 'PETITIONER_DISSATISFIED' }], revision: 1 }]);

  // four ends, kept apart
  await onDay(world, '2023-06-28');
  await reviewersDecide(world, { caseId: one.id, closeReviewId: await closeReviewIdOf(one.id), decision: 'PASSED', on: '2023-06-28' });
  now = await caseNow(world, one.id);
  expect(now).toMatchObject({
    status: 'RESOLVED', closedOn: '2023-06-28', relapseWatchUntil: '2023-09-26',
    ends: { handled: { on: '2022-12-21' }, terminated: { on: '2023-04-10' }, recognised: { on: '2023-06-28' }, resolved: { on: '2023-06-28', track: 'SUBSTANTIVE' } },
  });

  // after re-review the same facts are not taken on again (第三十六条第三款), but the case is not solved either
  await onDay(world, '2023-08-01');
  const again = await register(world, people.clerk, { caseId: one.id, petitionedOn: '2023-08-01' });
  expect(again.__typename).toBe('RegisterPetitionPayload');
  now = await caseNow(world, one.id);
  expect(now).toMatchObject({ status: 'FOLLOW_UP', ends: { resolved: null, terminated: { ground: 'RE_REVIEW_DELIVERED' } } });
});

test('brief §3.1 #11: a repeat after closing reopens, is taken off the solved, and traces the unit’s handling back · row 11', async () => {
  const one = await aRoutedCase(world);
  await done(world, 'acceptCase', one.id, { noticeMethod: 'POST' });
  await done(world, 'investigateCase', one.id, { note: '现场核查' });
  const { claims } = await caseNow(world, one.id);
  const replied = await done(world, 'replyToCase', one.id, { opinion: anOpinion(claims, { answer: '反映情况属实，予以支持，已办理完毕。', promise: null, promiseDueOn: null }) });
  await deliver(world, one.id, { documentId: replied.document?.id ?? '', days: ['2022-09-28', '2022-09-29'] });
  await leaderSigns(world, one.id);
  await done(world, 'submitClosing', one.id, { track: 'SUBSTANTIVE', proposedEnd: 'RESOLVED', evidence: '产权证已全部发放到户，住户签领。' });
  await reviewersDecide(world, { caseId: one.id, closeReviewId: await closeReviewIdOf(one.id), decision: 'PASSED', on: '2022-09-29' });
  expect(await caseNow(world, one.id)).toMatchObject({ status: 'RESOLVED', relapseWatchUntil: '2022-12-28' });

  await onDay(world, '2022-12-28');
  const repeat = await register(world, people.clerk, { caseId: one.id, petitionedOn: '2022-12-28' });
  const now = await caseNow(world, one.id);
  expect(now).toMatchObject({ status: 'HANDLING', closedOn: null, ends: { resolved: null, recognised: null, handled: { on: '2022-09-28' } } });
  expect(await told(world, 'case-relapsed')).toMatchObject([
    { caseId: one.id, unitId: place.housing, closedOn: '2022-09-29', repeatedOn: '2022-12-28', petitionId: repeat.petition.id, isWithinWatch: true },
  ]);
  const history = await world.client.query<{ case: { history: { nodes: { seq: number; action: string; status: string; on: string }[]; totalCount: number }; before: { status: string }; later: { status: string }; early: null } }>(
    people.county, `query ($id: ID!) { case(id: $id) { history(first: 100) { totalCount nodes { seq action status on } } before: asOf(on: "2022-09-28") { status } later: asOf(on: "2022-12-01") { status } early: asOf(on: "2022-09-26") { status } } }`, { id: one.id },
  );
  expect(history.case.history.nodes.map((event) => event.action).reverse()).toEqual([
    'REGISTERED', 'FORWARDED', 'ROUTED', 'ACCEPTED', 'INVESTIGATED', 'REPLIED', 'SENT', 'DELIVERED', 'CLOSING_SUBMITTED', 'RESOLVED', 'RELAPSED',
  ]);
  expect(history.case).toMatchObject({ before: { status: 'REPLIED' }, later: { status: 'RESOLVED' }, early: null });
});

test('a file that reviewers return is handed in again without a second reply', async () => {
  const one = await aRoutedCase(world);
  await done(world, 'acceptCase', one.id, { noticeMethod: 'IN_PERSON' });
  await done(world, 'investigateCase', one.id, { note: '现场核查' });
  const { claims } = await caseNow(world, one.id);
  const replied = await done(world, 'replyToCase', one.id, { opinion: anOpinion(claims, { result: 'NOT_SUPPORTED', answer: '该请求不符合规定，不予支持。', promise: null, promiseDueOn: null }) });
  await deliver(world, one.id, { documentId: replied.document?.id ?? '', days: ['2022-09-27', '2022-09-27'] });
  await leaderSigns(world, one.id);
  const closing = { track: 'SUBSTANTIVE', proposedEnd: 'ARCHIVED', evidence: '已当面解释政策并送达意见书。' };
  await done(world, 'submitClosing', one.id, closing);
  const closeReviewId = await closeReviewIdOf(one.id);
  await reviewersDecide(world, { caseId: one.id, closeReviewId, decision: 'RETURNED', on: '2022-09-27' });
  expect(await caseNow(world, one.id)).toMatchObject({ status: 'HANDLING', ends: { recognised: null } });
  await done(world, 'submitClosing', one.id, closing);
  await reviewersDecide(world, { caseId: one.id, closeReviewId: await closeReviewIdOf(one.id), decision: 'PASSED', on: '2022-09-27' });
  // archived is no 化解, and the same decision told again changes nothing
  await reviewersDecide(world, { caseId: one.id, closeReviewId, decision: 'PASSED', on: '2022-09-27' });
  expect(await caseNow(world, one.id)).toMatchObject({ status: 'ARCHIVED', ends: { recognised: { on: '2022-09-27' }, resolved: null } });
  const notices = (await told(world, 'notice-raised')).filter((one) => (one['subject'] as { type: string }).type === 'CloseReview');
  expect(notices.map((one) => [one['noticeKind'], (one['recipient'] as { id: string }).id]).sort()).toEqual([['CLOSE_REVIEW_PASSED', place.housing], ['CLOSE_REVIEW_RETURNED', place.housing]]);
});

test('the lapse of a right ends the ladder only when it is on record, and a used right cannot lapse', async () => {
  const one = await aRoutedCase(world);
  await done(world, 'acceptCase', one.id, { noticeMethod: 'POST' });
  await done(world, 'investigateCase', one.id, { note: '现场核查' });
  const { claims } = await caseNow(world, one.id);
  const replied = await done(world, 'replyToCase', one.id, { opinion: anOpinion(claims) });
  await deliver(world, one.id, { documentId: replied.document?.id ?? '', days: ['2022-09-28', '2022-09-29'] });
  const terminate = { ground: 'REVIEW_NOT_REQUESTED', noticeMethod: 'POST' };
  await onDay(world, '2022-10-31');
  expect(await step(world, 'terminateCase', one.id, terminate)).toMatchObject({ code: 'GROUND_NOT_MET' });
  await onDay(world, '2022-11-01');
  expect(await step(world, 'requestReview', one.id, { viewer: people.clerk, kind: 'REVIEW', requestedOn: '2022-11-01', organUnitId: place.government })).toMatchObject({
    code: 'RIGHT_LAPSED', basis: '《信访工作条例》第三十五条',
  });
  expect((await done(world, 'terminateCase', one.id, terminate)).case).toMatchObject({ status: 'TERMINATED', ends: { terminated: { ground: 'REVIEW_NOT_REQUESTED' } } });
});

test('《信访工作条例》第三十六条第三款: registered anew, the same matter is no longer accepted after its re-review', async () => {
  const one = await aRepliedCase(world, { opinion: { result: 'NOT_SUPPORTED', answer: '该请求不符合规定，不予支持。', promise: null, promiseDueOn: null } });
  const upheld = (claims: readonly { id: string }[]) => anOpinion(claims, { result: 'NOT_SUPPORTED', answer: '原意见认定事实清楚，予以维持。', promise: null, promiseDueOn: null });
  for (const [kind, organUnitId, viewer] of [['REVIEW', place.government, people.government], ['RE_REVIEW', place.cityGovernment, people.cityGovernment]] as const) {
    const { case: asked } = await done(world, 'requestReview', one.id, { viewer: people.clerk, kind, requestedOn: '2022-10-12', organUnitId });
    const given = await done(world, 'giveReviewOpinion', one.id, { viewer, reviewId: asked.reviews.at(-1)?.id, outcome: 'UPHELD', opinion: upheld(asked.claims) });
    await deliver(world, one.id, { documentId: given.document?.id ?? '', days: ['2022-10-12', '2022-10-12'], viewer });
  }
  const { case: anew } = await register(world, people.clerk, { petitionedOn: '2022-10-12' });
  const refusal = { viewer: people.clerk, acceptedCaseId: one.id, reason: '同一事实和理由已经复核终结', noticeMethod: 'POST' };
  expect(await step(world, 'refuseAcceptance', anew.id, { ...refusal, viewer: people.stranger })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await done(world, 'refuseAcceptance', anew.id, refusal)).toMatchObject({ case: { status: 'NO_LONGER_ACCEPTED' }, document: { kind: 'NO_LONGER_ACCEPTED' } });
});

test('the state of any past day is asked of one case and of a list', async () => {
  const one = await aRepliedCase(world, { days: ['2022-10-10', '2022-10-12'] });
  const { case: later } = await register(world, people.clerk, { petitionedOn: '2022-10-12' });
  const stood = async (status: string, statusOn?: string) =>
    (await world.client.query<{ cases: { nodes: { id: string }[] } }>(people.county, 'query ($filter: CaseFilter) { cases(filter: $filter) { nodes { id } } }', { filter: { status, ...(statusOn ? { statusOn } : {}) } })).cases.nodes.map((node) => node.id);
  expect([await stood('HANDLING', '2022-10-09'), await stood('REPLIED', '2022-10-09'), await stood('REPLIED', '2022-10-10'), await stood('REPLIED')]).toEqual([[one.id], [], [one.id], [one.id]]);
  expect([await stood('REGISTERED', '2022-10-11'), await stood('REGISTERED', '2022-10-12')]).toEqual([[], [later.id]]);
});

test('a step sent again answers the same and is taken once', async () => {
  const one = await aRoutedCase(world);
  const { version } = await caseNow(world, one.id);
  const idempotencyKey = key();
  const answers = [];
  for (let i = 0; i < 3; i += 1) answers.push(await done(world, 'acceptCase', one.id, { noticeMethod: 'POST', idempotencyKey, expectedVersion: version }));
  expect(new Set(answers.map((answer) => answer.document?.id)).size).toBe(1);
  expect((await caseNow(world, one.id)).clocks.filter((clock) => clock.code === 'T8')).toHaveLength(1);
});
