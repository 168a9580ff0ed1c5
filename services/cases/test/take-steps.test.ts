import { select } from '@anjie/service-kit/database';
import { faultOf, assign, seesCase, told } from './asking';
import { aCaseInHandling, anOpinion, aRepliedCase, aRoutedCase, caseNow, clockOf, deliver, done, onDay, step } from './life';
import { key, openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

/** Who was told of an order, after the first. */
const orders = async (): Promise<string[]> => {
  const notices = (await told(world, 'notice-raised')).filter((one) => one['occasion'] !== 'v2');
  return notices.map((one) => `${String(one['noticeKind'])} ${(one['recipient'] as { id: string }).id}`).sort();
};

/** Everything that a refused step might have left behind. */
const traces = async (): Promise<string> => {
  const tables = ['documents', 'deliveries', 'opinions', 'claim_responses', 'executions', 'objections', 'reviews', 'closings', 'case_ends', 'case_events', 'case_clocks', 'outbox_messages', 'idempotency_keys', 'number_series', 'audit_entries'];
  const counts = await Promise.all(tables.map(async (table) => (await select<{ n: string }>(world.db.manager, `SELECT COUNT(*) AS n FROM ${table}`))[0]?.n));
  return counts.join(' ');
};

async function refused(name: string, caseId: string, part: Parameters<typeof step>[3], expected: object): Promise<void> {
  const before = [await traces(), await caseNow(world, caseId)];
  expect(await step(world, name, caseId, part)).toMatchObject({ __typename: 'StepRefusal', ...expected });
  expect([await traces(), await caseNow(world, caseId)]).toEqual(before);
}

describe('route before clock (《信访工作条例》第三十一条)', () => {
  test('acceptance waits for the route, and a suggestion starts no 60 days', async () => {
    const { case: one } = await register(world, people.clerk, { purpose: 'SUGGESTION', claims: ['增设公交站点'] });
    await assign(world, one.id, { expectedVersion: one.version, kind: 'FORWARD' });
    await refused('acceptCase', one.id, { noticeMethod: 'POST' }, { code: 'ROUTE_MISSING' });
    await refused('routeCase', one.id, { route: 'ART31_6', ground: '不属于此途径' }, { code: 'ROUTE_UNFIT' });
    await done(world, 'routeCase', one.id, { route: 'ART29', ground: '意见建议，研究采纳' });
    const { case: accepted } = await done(world, 'acceptCase', one.id, { noticeMethod: 'POST' });
    expect(accepted.status).toBe('ACCEPTED');
    expect(accepted.clocks.map((clock) => clock.code)).not.toContain('T8');
  });
  test.each(['ART31_1', 'ART31_2', 'ART31_3', 'ART31_4', 'ART31_5'])('%s leaves for the legal procedure with a notice and no petition clock · row 72', async (route) => {
    const { case: one } = await register(world);
    await assign(world, one.id, { expectedVersion: one.version });
    await refused('routeCase', one.id, { route, ground: '应当依法通过该程序处理' }, { code: 'TEXT_LENGTH' });
    const answer = await done(world, 'routeCase', one.id, { route, ground: '应当依法通过该程序处理', legalProcedure: '向有管辖权的机关提出' });
    expect(answer).toMatchObject({ case: { status: 'ROUTED_TO_LEGAL', route }, document: { kind: 'ROUTE_NOTICE' } });
    expect(answer.case.clocks.filter((clock) => clock.state === 'OPEN')).toEqual([]);
  });
  test('简易办理: ten working days for a first matter, never for 涉法涉诉 · rows 80, 87', async () => {
    const { case: one } = await register(world);
    await assign(world, one.id, { expectedVersion: one.version });
    await refused('routeCase', one.id, { route: 'ART31_6', ground: '事实清楚', procedure: 'SIMPLE', involvesLitigation: true }, { code: 'NOT_SIMPLE' });
    await done(world, 'routeCase', one.id, { route: 'ART31_6', ground: '事实清楚', procedure: 'SIMPLE' });
    const { case: accepted } = await done(world, 'acceptCase', one.id, { noticeMethod: 'IN_PERSON' });
    expect(clockOf(accepted, 'SIMPLE_OPINION')).toMatchObject({ startOn: '2022-09-27', dueOn: '2022-10-14' });
    expect(clockOf(accepted, 'T8')).toBeUndefined();
  });
});

describe('acceptance (第二十三条)', () => {
  test('is told in writing unless the address is unclear', async () => {
    const one = await aRoutedCase(world);
    await refused('acceptCase', one.id, {}, { code: 'NOTICE_MISSING', basis: '《信访工作条例》第二十三条第二款' });
    expect((await done(world, 'acceptCase', one.id, { isAddressUnknown: true })).document?.deliveries).toEqual([]);
  });
  test('is refused only while another unit handles the same matter within its limit (第十九条第三款)', async () => {
    const first = await aCaseInHandling(world);
    const { case: second } = await register(world, people.clerk);
    const refusal = { acceptedCaseId: first.id, reason: '该事项已由住建局受理，正在办理', noticeMethod: 'POST', viewer: people.clerk };
    await onDay(world, '2022-11-29');
    await refused('refuseAcceptance', second.id, refusal, { code: 'NOT_WITHIN_TERM' });
    await onDay(world, '2022-11-28');
    const answer = await done(world, 'refuseAcceptance', second.id, refusal);
    expect(answer).toMatchObject({ case: { status: 'NOT_ACCEPTED' }, document: { kind: 'NOT_ACCEPTED' } });
  });
});

describe('objection (第二十三条第三款)', () => {
  const reasons = '该地块已移交水务局管护，不属于我局职权范围。';
  test('needs the forwarder’s consent; a refusal leaves acceptance as the only way', async () => {
    const one = await aRoutedCase(world);
    await refused('objectToCase', one.id, { reasons: '不是我们的' }, { code: 'TEXT_LENGTH' });
    expect((await done(world, 'objectToCase', one.id, { reasons })).case.status).toBe('RETURN_REQUESTED');
    await refused('decideObjection', one.id, { isConsented: false, note: '仍属你局' }, { code: 'NOT_PERMITTED' });
    await done(world, 'decideObjection', one.id, { viewer: people.county, isConsented: false, note: '经核实仍属你局' });
    await refused('objectToCase', one.id, { reasons }, { code: 'ILLEGAL_STEP' });
    expect((await done(world, 'acceptCase', one.id, { noticeMethod: 'POST' })).case.status).toBe('ACCEPTED');
  });
  test('with consent goes to another unit at once, which gets its own 15 days', async () => {
    const one = await aRoutedCase(world);
    await done(world, 'objectToCase', one.id, { reasons });
    await refused('decideObjection', one.id, { viewer: people.county, isConsented: true, note: '同意' }, { code: 'UNIT_UNKNOWN' });
    await onDay(world, '2022-09-30');
    const { case: moved } = await done(world, 'decideObjection', one.id, { viewer: people.county, isConsented: true, toUnitId: place.elsewhere, note: '同意退回，改送水务局' });
    expect(moved.status).toBe('FORWARDED');
    expect(moved.clocks.filter((clock) => clock.code === 'T4').map((clock) => clock.state)).toEqual(['CANCELLED', 'OPEN']);
    expect(clockOf(moved, 'T4')).toMatchObject({ startOn: '2022-09-30', dueOn: '2022-10-17' });
    expect([await seesCase(world, people.stranger, one.id), await seesCase(world, people.housing, one.id)]).toEqual([true, false]);
    expect(await orders()).toEqual([`CASE_ASSIGNED ${place.elsewhere}`, `CASE_REASSIGNED ${place.housing}`]);
  });
  test('comes within five working days of receipt, make-up days counted', async () => {
    const one = await aRoutedCase(world);
    expect(clockOf(await caseNow(world, one.id), 'T5')).toMatchObject({ nature: 'UNIT_RIGHT', dueOn: '2022-10-09' });
    await onDay(world, '2022-10-10');
    await refused('objectToCase', one.id, { reasons }, { code: 'TOO_LATE' });
    await onDay(world, '2022-10-09');
    expect((await done(world, 'objectToCase', one.id, { reasons })).case.status).toBe('RETURN_REQUESTED');
  });
  test('a dispute is decided by the superior, and T4 is not stopped (第二十四条第一款)', async () => {
    const one = await aRoutedCase(world);
    await done(world, 'objectToCase', one.id, { reasons, isDispute: true });
    const before = clockOf(await caseNow(world, one.id), 'T4');
    await onDay(world, '2022-10-08');
    const { case: designated } = await done(world, 'designateUnit', one.id, { viewer: people.county, unitId: place.elsewhere, note: '指定水务局受理' });
    expect(designated.status).toBe('JURISDICTION_DISPUTE');
    expect(await orders()).toEqual([`CASE_ASSIGNED ${place.elsewhere}`, `CASE_REASSIGNED ${place.housing}`]);
    expect(clockOf(designated, 'T4')).toMatchObject({ startOn: before?.startOn, dueOn: before?.dueOn, state: 'OPEN' });
    expect((await done(world, 'acceptCase', one.id, { viewer: people.stranger, noticeMethod: 'POST' })).case.status).toBe('ACCEPTED');
  });
});

describe('extension (第三十四条)', () => {
  const extension = { days: 30, reason: '涉及多个部门，权属资料不全', noticeMethod: 'POST' };
  test('is the head’s alone, at most thirty days, once, before the period ends', async () => {
    const one = await aCaseInHandling(world);
    for (const viewer of [people.housing, people.county, people.province]) {
      await refused('extendHandling', one.id, { ...extension, viewer }, { code: 'NOT_PERMITTED', basis: '《信访工作条例》第三十四条' });
    }
    await refused('extendHandling', one.id, { ...extension, viewer: people.head, days: 31 }, { code: 'EXTENSION_TOO_LONG' });
    await refused('extendHandling', one.id, { ...extension, viewer: people.head, reason: '忙' }, { code: 'TEXT_LENGTH' });
    await onDay(world, '2022-11-29');
    await refused('extendHandling', one.id, { ...extension, viewer: people.head }, { code: 'TOO_LATE' });
    await onDay(world, '2022-11-28');
    expect((await done(world, 'extendHandling', one.id, { ...extension, viewer: people.head, days: 10 })).case.status).toBe('EXTENDED');
    await refused('extendHandling', one.id, { ...extension, viewer: people.head }, { code: 'ILLEGAL_STEP', basis: '《信访工作条例》第三十四条' });
  });
});

describe('the written opinion (第三十二条)', () => {
  test('answers every claim with a result · rows 32, 33, 119', async () => {
    const one = await aCaseInHandling(world, { claims: ['办理不动产权证', '赔偿逾期损失'] });
    const { claims } = await caseNow(world, one.id);
    await refused('replyToCase', one.id, { opinion: anOpinion(claims.slice(0, 1)) }, { code: 'OPINION_FAULT', message: expect.stringContaining('Claim 2') });
    await refused('replyToCase', one.id, { opinion: anOpinion(claims, { answer: '正在办理中，请耐心等待。' }) }, { code: 'OPINION_FAULT' });
    const { case: replied } = await done(world, 'replyToCase', one.id, { opinion: anOpinion(claims) });
    expect(replied.executions).toMatchObject([{ state: 'PENDING', dueOn: '2023-06-30' }, { state: 'PENDING' }]);
    expect(replied.clocks.filter((clock) => clock.code === 'EXECUTION_DATE')).toHaveLength(2);
  });
  test('a late opinion is late for ever, and says so', async () => {
    const one = await aRepliedCase(world, { days: ['2022-12-05', '2022-12-06'] });
    expect((await caseNow(world, one.id)).ends.handled).toMatchObject({ on: '2022-12-05', isInTime: false });
  });
  test('is revoked by review, redone by the unit, and not with the same words', async () => {
    const one = await aRepliedCase(world, { opinion: { result: 'NOT_SUPPORTED', answer: '该请求不符合规定，不予支持。', promise: null, promiseDueOn: null } });
    const { claims } = await caseNow(world, one.id);
    const { case: asked } = await done(world, 'requestReview', one.id, { viewer: people.clerk, kind: 'REVIEW', requestedOn: '2022-10-12', organUnitId: place.government });
    await refused('replyToCase', one.id, { opinion: anOpinion(claims) }, { code: 'ILLEGAL_STEP' });
    const opinion = anOpinion(claims, { result: 'EXPLAINED', answer: '原意见认定事实不清，应当撤销。', promise: null, promiseDueOn: null });
    await done(world, 'giveReviewOpinion', one.id, { viewer: people.government, reviewId: asked.reviews[0]?.id, outcome: 'REVOKED', redoBy: '2022-11-11', opinion });
    await refused('replyToCase', one.id, { opinion: anOpinion(claims, { result: 'NOT_SUPPORTED', answer: '该请求不符合规定， 不予支持', promise: null, promiseDueOn: null }) }, { code: 'SAME_OPINION' });
    const { case: redone } = await done(world, 'replyToCase', one.id, { opinion: anOpinion(claims) });
    expect(redone.status).toBe('REPLIED');
    expect(clockOf(redone, 'REDO_DATE')).toMatchObject({ dueOn: '2022-11-11', state: 'OPEN' });
  });
});

describe('review (第三十五、三十六条)', () => {
  test('needs proved delivery and a higher organ', async () => {
    const one = await aCaseInHandling(world);
    const { claims } = await caseNow(world, one.id);
    const replied = await done(world, 'replyToCase', one.id, { opinion: anOpinion(claims) });
    const request = { viewer: people.clerk, kind: 'REVIEW', requestedOn: '2022-09-27', organUnitId: place.government };
    await refused('requestReview', one.id, request, { code: 'NOT_DELIVERED' });
    await deliver(world, one.id, { documentId: replied.document?.id ?? '', days: ['2022-09-27', '2022-09-28'] });
    for (const organUnitId of [place.housing, place.civilAffairs, place.housingWindow]) await refused('requestReview', one.id, { ...request, requestedOn: '2022-09-28', organUnitId }, { code: 'ORGAN_NOT_HIGHER' });
    await refused('requestReview', one.id, { ...request, kind: 'RE_REVIEW', requestedOn: '2022-09-28' }, { code: 'ILLEGAL_STEP', basis: '《信访工作条例》第三十六条第一款' });
    expect(await seesCase(world, people.government, one.id)).toBe(true);
    await done(world, 'requestReview', one.id, { ...request, requestedOn: '2022-09-28', organUnitId: place.cityGovernment });
    expect(await seesCase(world, people.cityGovernment, one.id)).toBe(true);
  });
  test('a refusal to sign counts when it is witnessed; a letter that came back does not', async () => {
    const one = await aCaseInHandling(world);
    const { claims } = await caseNow(world, one.id);
    const replied = await done(world, 'replyToCase', one.id, { opinion: anOpinion(claims) });
    const send = async () => (await done(world, 'sendDocument', one.id, { documentId: replied.document?.id, method: 'POST', sentOn: '2022-09-27' })).document?.deliveries.find((one) => one.outcome === null)?.id;
    await done(world, 'proveDelivery', one.id, { deliveryId: await send(), outcome: 'UNDELIVERED', note: '查无此人退回' });
    expect((await caseNow(world, one.id)).ends.handled).toBeNull();
    const deliveryId = await send();
    await refused('proveDelivery', one.id, { deliveryId, outcome: 'REFUSED', receivedOn: '2022-09-27' }, { code: 'PROOF_MISSING' });
    const { case: now } = await done(world, 'proveDelivery', one.id, { deliveryId, outcome: 'REFUSED', receivedOn: '2022-09-27', note: '社区干部二人在场见证' });
    expect(clockOf(now, 'T10')).toMatchObject({ startOn: '2022-09-27' });
    await refused('proveDelivery', one.id, { deliveryId, outcome: 'SIGNED', receivedOn: '2022-09-27' }, { code: 'DELIVERED_ALREADY' });
  });
});

describe('settlement (第三十三条) and execution', () => {
  test('needs the consent of both; what was agreed is carried out before the file is closed', async () => {
    const one = await aCaseInHandling(world);
    const agreement = { kind: 'MEDIATION', agreedOn: '2022-09-27', agreementReference: '兴调字〔2022〕18号', terms: '企业于年底前补缴税费。', promises: [{ promise: '补缴税费', dueOn: '2022-12-31' }] };
    await refused('settleCase', one.id, { ...agreement, isConsentOfBoth: false }, { code: 'CONSENT_MISSING' });
    const { case: settled } = await done(world, 'settleCase', one.id, { ...agreement, isConsentOfBoth: true });
    expect(settled).toMatchObject({ status: 'SETTLED', executions: [{ state: 'PENDING' }] });
    expect(clockOf(settled, 'T8')).toMatchObject({ state: 'MET' });
    const report = { executionId: settled.executions[0]?.id, report: '税费已补缴完毕' };
    await refused('reportExecution', one.id, { ...report, doneOn: '2022-09-28' }, { code: 'DATE_INVALID' });
    expect((await done(world, 'reportExecution', one.id, { ...report, doneOn: '2022-09-27' })).case.status).toBe('EXECUTING');
    await refused('reportExecution', one.id, { ...report, doneOn: '2022-09-27' }, { code: 'ILLEGAL_STEP' });
  });
});

describe('who may, and together', () => {
  test('a stranger, an unrelated office and a missing case answer alike; a joint office does not accept in the place of the unit', async () => {
    const one = await aRoutedCase(world);
    const accept = { noticeMethod: 'POST' };
    for (const viewer of [people.stranger, people.otherCounty, people.civilAffairs]) await refused('acceptCase', one.id, { ...accept, viewer }, { code: 'NOT_FOUND' });
    expect(await step(world, 'acceptCase', '00000000-0000-4000-8000-000000000000', { ...accept, expectedVersion: 1 })).toMatchObject({ code: 'NOT_FOUND' });
    await refused('acceptCase', one.id, { ...accept, viewer: people.province }, { code: 'NOT_PERMITTED' });
  });
  test('of ten who act at once on the same version one succeeds, the others hear the present version', async () => {
    const one = await aRoutedCase(world);
    const { version } = await caseNow(world, one.id);
    const document = 'mutation ($input: AcceptCaseInput!) { acceptCase(input: $input) { __typename ... on StepRefusal { code } } }';
    const input = () => ({ idempotencyKey: key(), caseId: one.id, expectedVersion: version, noticeMethod: 'POST' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.client.ask(people.housing, document, { input: input() })));
    const taken = answers.filter((answer) => (answer.data as { acceptCase: { __typename: string } } | null)?.acceptCase?.__typename === 'StepPayload');
    expect(taken).toHaveLength(1);
    expect((await caseNow(world, one.id)).clocks.filter((clock) => clock.code === 'T8')).toHaveLength(1);
    const investigate = 'mutation ($input: InvestigateCaseInput!) { investigateCase(input: $input) { __typename } }';
    expect(await faultOf(world, people.housing, investigate, { input: { idempotencyKey: key(), caseId: one.id, expectedVersion: version, note: '核查' } })).toEqual({ code: 'CONFLICT', detail: { currentVersion: version + 1 } });
  });
});
