import { eventually } from '@anjie/testing';
import { createGraphClient, key, moveBusinessNow, runningSystem, settled, type Claims, type Persona } from './system';

const system = runningSystem();
const graph = createGraphClient(system);

/** Back to where the demo stands, for the journeys after this one. */
afterAll(() => moveBusinessNow(system, '2022-09-27T09:30:00+08:00'));

const INPUTS: Readonly<Record<string, string>> = {
  routeCase: 'RouteCaseInput', acceptCase: 'AcceptCaseInput', investigateCase: 'InvestigateCaseInput', extendHandling: 'ExtendHandlingInput', replyToCase: 'ReplyToCaseInput',
  sendDocument: 'SendDocumentInput', proveDelivery: 'ProveDeliveryInput', requestReview: 'RequestReviewInput', giveReviewOpinion: 'GiveReviewOpinionInput',
  reportExecution: 'ReportExecutionInput', submitClosing: 'SubmitClosingInput', reopenCase: 'ReopenCaseInput',
};
const CASE = `id version status closedOn claims { id } executions { id state } reviews { id outcome } clocks { code dueOn state extensionDays }
  ends { handled { on isInTime } terminated { on ground } recognised { on } resolved { on } }`;

interface LivingCase {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly claims: { id: string }[];
  readonly executions: { id: string; state: string }[];
  readonly reviews: { id: string; outcome: string | null }[];
  readonly clocks: { code: string; dueOn: string; state: string }[];
  readonly ends: Record<'handled' | 'terminated' | 'recognised' | 'resolved', { on: string } | null>;
}
interface Stepped {
  readonly case: LivingCase;
  readonly document: { id: string; kind: string; number: string; deliveries: { id: string; outcome: string | null }[] } | null;
  readonly code?: string;
  readonly message?: string;
}

const caseNow = async (id: string): Promise<LivingCase> =>
  (await graph.query<{ case: LivingCase }>('district-office', `query ($id: ID!) { case(id: $id) { ${CASE} } }`, { id })).case;

async function step(who: Persona | Claims, name: string, caseId: string, part: object): Promise<Stepped> {
  const { version } = await caseNow(caseId);
  const document = `mutation ($input: ${INPUTS[name]}!) { ${name}(input: $input) { ... on StepPayload { case { ${CASE} } document { id kind number deliveries { id outcome } } } ... on StepRefusal { code message } } }`;
  const answer = (await graph.query<Record<string, Stepped>>(who, document, { input: { idempotencyKey: key(), caseId, expectedVersion: version, ...part } }))[name];
  if (!answer || answer.code) throw new Error(`${name}: ${answer?.code} ${answer?.message}`);
  return answer;
}

async function deliver(who: Persona | Claims, caseId: string, { documentId, days: [sentOn, receivedOn] }: { documentId: string | undefined; days: readonly [string, string] }): Promise<LivingCase> {
  await moveBusinessNow(system, `${receivedOn}T09:00:00+08:00`);
  const sent = await step(who, 'sendDocument', caseId, { documentId, method: 'POST', sentOn });
  return (await step(who, 'proveDelivery', caseId, { deliveryId: sent.document?.deliveries.find((one) => one.outcome === null)?.id, outcome: 'SIGNED', receivedOn })).case;
}

/** A unit of the demo, and somebody who acts for it: its head. */
async function officeOf(code: string, roles: readonly string[]): Promise<{ unitId: string; head: Claims }> {
  const { units } = await graph.query<{ units: { nodes: { id: string; division: { code: string }; head: { id: string } }[] } }>(
    'district-office', 'query ($search: String!) { units(filter: { search: $search }) { nodes { id division { code } head { id } } } }', { search: code },
  );
  const [unit] = units.nodes;
  if (!unit) throw new Error(`no unit ${code}`);
  return { unitId: unit.id, head: { sub: unit.head.id, unit: unit.id, division: unit.division.code, roles, locale: 'zh-CN' } };
}

const opinion = (claims: readonly { id: string }[], part: object) => ({
  facts: '经调查核实，该小区2015年交付使用，开发企业欠缴税费，至今未办理首次登记。',
  answers: claims.map(({ id }) => ({ claimId: id, basisDocument: '《不动产登记暂行条例》', basisArticle: '第十四条', ...part })),
});
const upheld = { result: 'EXPLAINED', answer: '原意见认定事实清楚，予以维持，落实措施应当按期完成。' };

async function reviewWithFourEyes(caseId: string): Promise<void> {
  const REVIEW = 'query ($id: ID!) { case(id: $id) { closeReviews(first: 1) { nodes { id version state } } } closeReviewChecklist { code inapplicableOn } }';
  const asked = () => graph.query<{ case: { closeReviews: { nodes: { id: string; version: number; state: string }[] } }; closeReviewChecklist: { code: string; inapplicableOn: string[] }[] }>('district-office', REVIEW, { id: caseId });
  const { review, items } = await eventually('supervision has the file', async () => {
    const { case: found, closeReviewChecklist } = await asked();
    const [first] = found.closeReviews.nodes;
    return first && { review: first, items: closeReviewChecklist };
  });
  const examined = await graph.query<{ examineCloseReview: { closeReview?: { version: number }; code?: string; message?: string } }>(
    'district-office', 'mutation ($input: ExamineCloseReviewInput!) { examineCloseReview(input: $input) { ... on CloseReviewPayload { closeReview { version } } ... on CloseReviewRefusal { code message } } }',
    { input: { idempotencyKey: key(), reviewId: review.id, expectedVersion: review.version, proposal: 'PASS', findings: items.map(({ code }) => ({ item: code, finding: 'MET', note: '已核对案卷材料' })) } },
  );
  expect(examined.examineCloseReview.code).toBeUndefined();
  const decide = (who: Persona) => graph.query<{ decideCloseReview: { closeReview?: { state: string }; code?: string } }>(
    who, 'mutation ($input: DecideCloseReviewInput!) { decideCloseReview(input: $input) { ... on CloseReviewPayload { closeReview { state } } ... on CloseReviewRefusal { code message } } }',
    { input: { idempotencyKey: key(), reviewId: review.id, expectedVersion: examined.examineCloseReview.closeReview?.version, verdict: 'CONFIRM' } },
  );
  // the first pair of eyes is not the second
  expect((await decide('district-office')).decideCloseReview.code).toBeTruthy();
  expect((await decide('province-office')).decideCloseReview.code).toBeUndefined();
}

test('a full life over the wire: register, route, accept, investigate, extend, reply, deliver, review, re-review, close review with four eyes, resolved, relapse, reopened', async () => {
  const housing = await officeOf('NX-640104-ZJJ', ['UNIT_HANDLER']);
  const government = await officeOf('NX-640104-ZF', ['UNIT_HANDLER']);
  const city = await officeOf('NX-640100-XLB', ['UNIT_HANDLER', 'JOINT_OFFICE']);
  const { registerPetition } = await graph.query<{ registerPetition: { case: { id: string; version: number } } }>(
    'window-clerk', 'mutation ($input: RegisterPetitionInput!) { registerPetition(input: $input) { ... on RegisterPetitionPayload { case { id version } } ... on PetitionRefusal { code message } } }',
    { input: { idempotencyKey: key(), channel: 'VISIT', purpose: 'CLAIM', petitionedOn: '2022-09-26', divisionCode: '640104', title: '安置小区首次登记问题', summary: '反映小区交付多年未办首次登记。', petitioners: [{ name: '田某某', phone: '13800000066' }], claims: ['办理首次登记'] } },
  );
  const { id } = registerPetition.case;
  await graph.query('district-office', 'mutation ($input: AssignCaseInput!) { assignCase(input: $input) { __typename } }', {
    input: { idempotencyKey: key(), caseId: id, expectedVersion: registerPetition.case.version, kind: 'FORWARD', leadUnitId: housing.unitId },
  });
  await step('housing-portal', 'routeCase', id, { route: 'ART31_6', ground: '需要调查核实并出具意见' });
  await step('housing-portal', 'acceptCase', id, { noticeMethod: 'POST' });
  await step('housing-portal', 'investigateCase', id, { note: '现场核查权属资料' });
  await moveBusinessNow(system, '2022-11-20T09:00:00+08:00');
  const extended = await step(housing.head, 'extendHandling', id, { days: 30, reason: '涉及多个部门，权属资料不全', noticeMethod: 'POST' });
  expect(extended.case.clocks.find((clock) => clock.code === 'T8')).toMatchObject({ dueOn: '2022-12-26', extensionDays: 30 });

  await moveBusinessNow(system, '2022-12-20T09:00:00+08:00');
  const replied = await step('housing-portal', 'replyToCase', id, {
    opinion: opinion(extended.case.claims, { result: 'SUPPORTED', answer: '反映情况属实，予以支持。', promise: '办理首次登记并发证', promiseDueOn: '2023-06-30' }),
  });
  let now = await deliver('housing-portal', id, { documentId: replied.document?.id, days: ['2022-12-21', '2022-12-23'] });
  expect(now).toMatchObject({ status: 'REPLIED', ends: { handled: { on: '2022-12-21', isInTime: true } } });

  now = (await step('window-clerk', 'requestReview', id, { kind: 'REVIEW', requestedOn: '2022-12-23', organUnitId: government.unitId })).case;
  const reviewed = await step(government.head, 'giveReviewOpinion', id, { reviewId: now.reviews[0]?.id, outcome: 'UPHELD', opinion: opinion(now.claims, upheld) });
  await deliver(government.head, id, { documentId: reviewed.document?.id, days: ['2022-12-24', '2022-12-26'] });
  now = (await step('window-clerk', 'requestReview', id, { kind: 'RE_REVIEW', requestedOn: '2022-12-26', organUnitId: city.unitId })).case;
  const final = await step(city.head, 'giveReviewOpinion', id, { reviewId: now.reviews[1]?.id, outcome: 'UPHELD', opinion: opinion(now.claims, upheld) });
  now = await deliver(city.head, id, { documentId: final.document?.id, days: ['2022-12-27', '2022-12-28'] });
  expect(now).toMatchObject({ status: 'TERMINATED', ends: { terminated: { on: '2022-12-28', ground: 'RE_REVIEW_DELIVERED' }, resolved: null } });

  await step('housing-portal', 'reportExecution', id, { executionId: now.executions[0]?.id, doneOn: '2022-12-28', report: '首次登记已办结，产权证已发放。' });
  await settled(system);
  const signed = await graph.query<{ signClosingOpinion: { code?: string; message?: string } }>(
    housing.head, 'mutation ($input: SignClosingOpinionInput!) { signClosingOpinion(input: $input) { __typename ... on ClosingOpinionRefusal { code message } } }',
    { input: { idempotencyKey: key(), caseId: id, isAgreed: true, opinion: '同意报结，产权证已全部发放。', onReport: '办结报告' } },
  );
  expect(signed.signClosingOpinion.code).toBeUndefined();
  await settled(system);
  await step('housing-portal', 'submitClosing', id, { track: 'SUBSTANTIVE', proposedEnd: 'RESOLVED', evidence: '首次登记已办结，产权证全部发放到户。' });
  await settled(system);
  await reviewWithFourEyes(id);
  await eventually('cases knows the decision', async () => (await caseNow(id)).status === 'RESOLVED');
  expect((await caseNow(id)).ends).toMatchObject({ handled: { on: '2022-12-21' }, terminated: { on: '2022-12-28' }, recognised: { on: '2022-12-28' }, resolved: { on: '2022-12-28' } });

  // a repeat after closing: taken off the solved; after re-review it is not taken on again, the office may reopen it
  await graph.query('window-clerk', 'mutation ($input: RegisterPetitionInput!) { registerPetition(input: $input) { __typename ... on PetitionRefusal { code } } }', {
    input: { idempotencyKey: key(), caseId: id, channel: 'LETTER', purpose: 'CLAIM', petitionedOn: '2022-12-28', divisionCode: '640104', title: '安置小区首次登记问题', summary: '反映发证后仍有遗留问题。', petitioners: [] },
  });
  expect(await caseNow(id)).toMatchObject({ status: 'FOLLOW_UP', closedOn: '2022-12-28', ends: { resolved: null, terminated: { on: '2022-12-28' } } });
  await step('district-office', 'reopenCase', id, { ground: '化解未落实，重新办理' });
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
