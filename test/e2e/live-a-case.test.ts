import { createActs, opinion } from './acts';
import { createGraphClient, key, moveBusinessNow, runningSystem } from './system';

const system = runningSystem();
const graph = createGraphClient(system);
const { caseNow, step, deliver, register, assign, officeOf, close } = createActs(system, graph);

/** Back to where the demo stands, for the journeys after this one. */
afterAll(() => moveBusinessNow(system, '2022-09-27T09:30:00+08:00'));

const upheld = { result: 'EXPLAINED', answer: '原意见认定事实清楚，予以维持，落实措施应当按期完成。' };

test('a full life over the wire: register, route, accept, investigate, extend, reply, deliver, review, re-review, close review with four eyes, resolved, relapse, reopened', async () => {
  const housing = await officeOf('NX-640104-ZJJ', ['UNIT_HANDLER']);
  const government = await officeOf('NX-640104-ZF', ['UNIT_HANDLER']);
  const city = await officeOf('NX-640100-XLB', ['UNIT_HANDLER', 'JOINT_OFFICE']);
  const { id } = await register();
  await assign(id, { kind: 'FORWARD', leadUnitId: housing.unitId });
  await step('housing-portal', 'routeCase', { caseId: id, route: 'ART31_6', ground: '需要调查核实并出具意见' });
  await step('housing-portal', 'acceptCase', { caseId: id, noticeMethod: 'POST' });
  await step('housing-portal', 'investigateCase', { caseId: id, note: '现场核查权属资料' });
  await moveBusinessNow(system, '2022-11-20T09:00:00+08:00');
  const extended = await step(housing.head, 'extendHandling', { caseId: id, days: 30, reason: '涉及多个部门，权属资料不全', noticeMethod: 'POST' });
  expect(extended.case.clocks.find((clock) => clock.code === 'T8')).toMatchObject({ dueOn: '2022-12-26', extensionDays: 30 });

  await moveBusinessNow(system, '2022-12-20T09:00:00+08:00');
  const replied = await step('housing-portal', 'replyToCase', { caseId: id,
    opinion: opinion(extended.case.claims, { result: 'SUPPORTED', answer: '反映情况属实，予以支持。', promise: '办理首次登记并发证', promiseDueOn: '2023-06-30' }),
  });
  let now = await deliver('housing-portal', id, { documentId: replied.document?.id, days: ['2022-12-21', '2022-12-23'] });
  expect(now).toMatchObject({ status: 'REPLIED', ends: { handled: { on: '2022-12-21', isInTime: true } } });

  now = (await step('window-clerk', 'requestReview', { caseId: id, kind: 'REVIEW', requestedOn: '2022-12-23', organUnitId: government.unitId })).case;
  const reviewed = await step(government.head, 'giveReviewOpinion', { caseId: id, reviewId: now.reviews[0]?.id, outcome: 'UPHELD', opinion: opinion(now.claims, upheld) });
  await deliver(government.head, id, { documentId: reviewed.document?.id, days: ['2022-12-24', '2022-12-26'] });
  now = (await step('window-clerk', 'requestReview', { caseId: id, kind: 'RE_REVIEW', requestedOn: '2022-12-26', organUnitId: city.unitId })).case;
  const final = await step(city.head, 'giveReviewOpinion', { caseId: id, reviewId: now.reviews[1]?.id, outcome: 'UPHELD', opinion: opinion(now.claims, upheld) });
  now = await deliver(city.head, id, { documentId: final.document?.id, days: ['2022-12-27', '2022-12-28'] });
  expect(now).toMatchObject({ status: 'TERMINATED', ends: { terminated: { on: '2022-12-28', ground: 'RE_REVIEW_DELIVERED' }, resolved: null } });

  await step('housing-portal', 'reportExecution', { caseId: id, executionId: now.executions[0]?.id, doneOn: '2022-12-28', report: '首次登记已办结，产权证已发放。' });
  await close(id, { head: housing.head, who: 'housing-portal' });
  expect((await caseNow(id)).ends).toMatchObject({ handled: { on: '2022-12-21' }, terminated: { on: '2022-12-28' }, recognised: { on: '2022-12-28' }, resolved: { on: '2022-12-28' } });

  // a repeat after closing: taken off the solved; after re-review it is not taken on again, the office may reopen it
  await graph.query('window-clerk', 'mutation ($input: RegisterPetitionInput!) { registerPetition(input: $input) { __typename ... on PetitionRefusal { code } } }', {
    input: { idempotencyKey: key(), caseId: id, channel: 'LETTER', purpose: 'CLAIM', petitionedOn: '2022-12-28', divisionCode: '640104', title: '安置小区首次登记问题', summary: '反映发证后仍有遗留问题。', petitioners: [] },
  });
  expect(await caseNow(id)).toMatchObject({ status: 'FOLLOW_UP', closedOn: '2022-12-28', ends: { resolved: null, terminated: { on: '2022-12-28' } } });
  await step('district-office', 'reopenCase', { caseId: id, ground: '化解未落实，重新办理' });
  expect(await caseNow(id)).toMatchObject({ status: 'HANDLING', closedOn: null, ends: { resolved: null, recognised: null, handled: { on: '2022-12-21' } } });
  const { case: told } = await graph.query<{ case: { history: { nodes: { action: string }[] }; asOf: { status: string }; obligations: { nodes: { dutyCode: string; state: string }[] } } }>(
    'district-office', 'query ($id: ID!) { case(id: $id) { history(first: 100) { nodes { action } } asOf(on: "2022-12-20") { status } obligations(first: 50) { nodes { dutyCode state } } } }', { id },
  );
  expect(told.asOf.status).toBe('REPLIED');
  expect(told.history.nodes.map((event) => event.action)).toEqual(expect.arrayContaining(['ACCEPTED', 'EXTENDED', 'REPLIED', 'DELIVERED', 'REVIEW_REQUESTED', 'RE_REVIEW_OPINION_GIVEN', 'RESOLVED', 'REPEATED_AFTER_FINAL', 'REOPENED']));
  // the duties of units were met; the petitioner's rights were never anybody's duty
  expect(told.obligations.nodes.filter((one) => ['T4', 'T8', 'T11', 'T13'].includes(one.dutyCode)).map((one) => one.state)).toEqual(['MET', 'MET', 'MET', 'MET']);
  expect(told.obligations.nodes.map((one) => one.dutyCode)).not.toEqual(expect.arrayContaining(['T10', 'T12']));
});
