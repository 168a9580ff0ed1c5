import { personas } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import { actingIn, createActs, opinion, type Office } from './acts';
import { createGraphClient, moveBusinessNow, runningSystem, settled } from './system';

const system = runningSystem();
const graph = createGraphClient(system);
const { caseNow, step, deliver, register, assign, officeOf, close } = createActs(system, graph);
const sponsor = String(personas['sponsor']?.claims['sub']);
let housing: Office;
let government: Office;
let office: Office;
let civilAffairs: Office;

beforeAll(async () => {
  [housing, government, office, civilAffairs] = [
    await officeOf('NX-640104-ZJJ', ['UNIT_HANDLER']), await officeOf('NX-640104-ZF', []), await officeOf('NX-640104-XLB', ['JOINT_OFFICE']), await officeOf('NX-640104-MZJ', ['UNIT_HANDLER']),
  ];
});
/** Back to where the demo stands, for the journeys after this one. */
afterAll(() => moveBusinessNow(system, '2022-09-27T09:30:00+08:00'));

interface Held {
  readonly activity: { id: string; version: number; state: string; contactAnswer: string | null; promises: { nodes: { id: string; version: number; state: string }[] } };
}
interface Heard {
  readonly hearing: { id: string; version: number; state: string; suggestion: string | null; panel: { isChair: boolean }[]; interestedUnits: { unit: { id: string } }[] };
}
interface Letter {
  readonly letter: { id: string; version: number; state: string; number: string | null; replyDueOn: string | null; approval: { reference: string } | null };
}
const activities = actingIn<Held>(graph, { payload: 'ActivityPayload', refusal: 'ActivityRefusal', fields: 'activity { id version state contactAnswer promises { nodes { id version state } } }' });
const promises = actingIn<{ promise: { state: string; evidenceRef: string } }>(graph, { payload: 'ActivityPromisePayload', refusal: 'ActivityRefusal', fields: 'promise { state evidenceRef }' });
const hearings = actingIn<Heard>(graph, { payload: 'HearingPayload', refusal: 'HearingRefusal', fields: 'hearing { id version state suggestion panel { isChair } interestedUnits { unit { id } } }' });
const experts = actingIn<{ expert: { id: string } }>(graph, { payload: 'ExpertPayload', refusal: 'ServingRefusal', fields: 'expert { id }' });
const visits = actingIn<{ followUpVisit: { state: string; summary: string | null } }>(graph, { payload: 'FollowUpVisitPayload', refusal: 'FollowUpVisitRefusal', fields: 'followUpVisit { state summary }' });
const letters = actingIn<Letter>(graph, { payload: 'SupervisionLetterPayload', refusal: 'SupervisionLetterRefusal', fields: 'letter { id version state number replyDueOn approval { reference } }' });

/** 四个一: one case, one sponsor, one task force, one plan. */
async function fourOnes(caseId: string): Promise<void> {
  await assign(caseId, { leadUnitId: housing.unitId, supportUnitIds: [civilAffairs.unitId], limitOn: '2022-12-20', note: '请牵头办理' });
  await actingIn(graph, { payload: 'SponsorCasePayload', refusal: 'SponsorshipRefusal', fields: 'sponsorship { id }' }).done('district-office', 'sponsorCase', { caseId, officialId: sponsor });
  await actingIn(graph, { payload: 'FormTaskForcePayload', refusal: 'TaskForceRefusal', fields: 'taskForce { id }' })
    .done('district-office', 'formTaskForce', { caseId, name: '安置房办证专班', purpose: '协调不动产登记', members: [{ officialId: sponsor, duty: 'LEADER' }] });
  await settled(system);
  const { version } = await caseNow(caseId);
  await actingIn(graph, { payload: 'ResolutionPlanPayload', refusal: 'ResponsibilityRefusal', fields: 'plan { revision }' }).done('housing-portal', 'makeResolutionPlan', {
    caseId, expectedVersion: version, measures: '一、核对资料；二、召开听证会；三、集中办证。', milestones: [{ title: '资料核对', dueOn: '2022-10-10' }, { title: '集中办证', dueOn: '2022-12-10' }],
  });
  await eventually('四个一 are complete', async () => {
    const ready = await graph.query<{ case: { readiness: { isComplete: boolean } | null } }>('district-office', 'query ($id: ID!) { case(id: $id) { readiness { isComplete missing } } }', { id: caseId });
    return ready.case.readiness?.isComplete || undefined;
  });
}

/** 重点约访: the sponsor meets by appointment, and what was promised is owed until it is done. */
async function appointedReception(caseId: string): Promise<void> {
  const { activity: planned } = await activities.done('sponsor', 'planActivity', {
    kind: 'APPOINTED_RECEPTION', unitId: government.unitId, title: '包案领导约访', place: '区群众来访接待大厅', plannedOn: '2022-09-27', participants: [{ officialId: sponsor, part: 'LEADER' }], caseIds: [caseId],
  });
  expect(planned.state).toBe('PLANNED');
  const { activity: held } = await activities.done('sponsor', 'recordActivity', {
    activityId: planned.id, expectedVersion: planned.version, outcome: '当面听取诉求，说明办证障碍和下一步安排。', contactOffered: true, contactAnswer: 'ACCEPTED',
    promises: [{ text: '两周内答复办证资料清单', caseId, obligorUnitId: housing.unitId, dueOn: '2022-10-11' }],
  });
  expect(held).toMatchObject({ state: 'HELD', contactAnswer: 'ACCEPTED', promises: { nodes: [{ state: 'OPEN' }] } });
  const duty = () => obligation(caseId, 'PROMISE');
  expect(await eventually('supervision watches the promise', async () => (await duty())?.state)).toBe('OPEN');
  const [made] = held.promises.nodes;
  expect(await promises.done('housing-portal', 'keepPromise', { promiseId: made?.id, expectedVersion: made?.version, evidenceRef: '资料清单答复函〔2022〕6号' })).toMatchObject({ promise: { state: 'KEPT' } });
  await eventually('nothing is owed any more', async () => (await duty())?.state === 'MET' || undefined);
}

async function obligation(caseId: string, dutyCode: string): Promise<{ state: string; dueOn: string } | undefined> {
  const { case: found } = await graph.query<{ case: { obligations: { nodes: { dutyCode: string; state: string; dueOn: string }[] } } }>(
    'district-office', 'query ($id: ID!) { case(id: $id) { obligations(first: 50) { nodes { dutyCode state dueOn } } } }', { id: caseId },
  );
  return found.obligations.nodes.find((one) => one.dutyCode === dutyCode);
}

/** 听证会: proposed, agreed to, noticed, held before a panel with nothing to do with the case, concluded. */
async function hearing(caseId: string): Promise<void> {
  const { hearing: proposed } = await hearings.done('housing-portal', 'openHearing', { caseId, kind: 'HEARING', trigger: 'WIDE_EFFECT', isRequested: false, subject: '安置小区办证责任与期限' });
  const seats = await Promise.all(['顾律师', '沈教授'].map((name) =>
    experts.done('district-office', 'appointExpert', { name, field: '不动产', poolDivisionCode: '640104', consentedOn: '2022-09-01', validFrom: '2022-09-01' })));
  const notice = {
    hearingId: proposed.id, scheduledOn: '2022-10-10', place: '区信访局听证室', interestedUnitIds: [civilAffairs.unitId],
    panel: [{ isChair: true, officialId: office.clerk['sub'] }, ...seats.map(({ expert }) => ({ isChair: false, expertId: expert.id }))],
  };
  // nobody is heard who has not agreed
  expect(await hearings.attempt('housing-portal', 'noticeHearing', { ...notice, expectedVersion: proposed.version })).toMatchObject({ code: 'ILLEGAL_STATE' });
  const { hearing: agreed } = await hearings.done('housing-portal', 'answerHearing', { hearingId: proposed.id, expectedVersion: proposed.version, answer: 'CONSENTED', answeredOn: '2022-09-27' });
  const { hearing: noticed } = await hearings.done('housing-portal', 'noticeHearing', { ...notice, expectedVersion: agreed.version });
  expect(noticed).toMatchObject({ state: 'NOTICED', panel: [{ isChair: true }, { isChair: false }, { isChair: false }], interestedUnits: [{ unit: { id: civilAffairs.unitId } }] });
  await moveBusinessNow(system, '2022-10-10T15:00:00+08:00');
  const { hearing: sat } = await hearings.done('housing-portal', 'holdHearing', { hearingId: noticed.id, expectedVersion: noticed.version, heldOn: '2022-10-10' });
  const { hearing: concluded } = await hearings.done('housing-portal', 'concludeHearing', {
    hearingId: sat.id, expectedVersion: sat.version, opinion: 'SUPPORTED', suggestion: 'SETTLE', opinionText: '诉求属实，先行办理首次登记，税费另行追缴。', minutesRef: '听证笔录〔2022〕2号',
  });
  expect(concluded).toMatchObject({ state: 'CONCLUDED', suggestion: 'SETTLE' });
}

test('南湖: one case with its sponsor, task force and plan; the sponsor meets by appointment and the promise is kept; a hearing with consent; resolved on the sponsor’s opinion; visited afterwards · rows 50, 54, 58, 59, 98, 107', async () => {
  const { id } = await register({ title: '安置小区办证遗留问题' });
  await fourOnes(id);
  await appointedReception(id);
  await step('housing-portal', 'routeCase', { caseId: id, route: 'ART31_6', ground: '需要调查核实并出具意见' });
  await step('housing-portal', 'acceptCase', { caseId: id, noticeMethod: 'POST' });
  await step('housing-portal', 'investigateCase', { caseId: id, note: '现场核查权属资料' });
  await hearing(id);
  const { claims } = await caseNow(id);
  const replied = await step('housing-portal', 'replyToCase', { caseId: id, opinion: opinion(claims, { result: 'SUPPORTED', answer: '反映情况属实，予以支持，首次登记已办结。' }) });
  await deliver('housing-portal', id, { documentId: replied.document?.id, days: ['2022-10-11', '2022-10-12'] });
  await close(id, { head: 'sponsor', who: 'housing-portal' });
  expect((await caseNow(id)).ends).toMatchObject({ handled: { on: '2022-10-11' }, resolved: { on: '2022-10-12' } });

  // the closing itself plans the visit afterwards
  const visit = await eventually('a visit is planned', async () => {
    const { case: found } = await graph.query<{ case: { followUpVisits: { nodes: { id: string; version: number; kind: string; state: string; unit: { id: string } }[] } } }>(
      'housing-portal', 'query ($id: ID!) { case(id: $id) { followUpVisits { nodes { id version kind state unit { id } } } } }', { id },
    );
    return found.followUpVisits.nodes[0];
  });
  expect(visit).toMatchObject({ kind: 'POST_CLOSE', state: 'PLANNED', unit: { id: housing.unitId } });
  await moveBusinessNow(system, '2022-10-20T10:00:00+08:00');
  expect(await visits.done('housing-portal', 'recordFollowUpVisit', { followUpVisitId: visit.id, expectedVersion: visit.version, outcome: 'DONE', doneOn: '2022-10-20', summary: '“证拿到了。”' }))
    .toMatchObject({ followUpVisit: { state: 'DONE', summary: '“证拿到了。”' } });
  const { case: seen } = await graph.query<{ case: object }>('district-office', `query ($id: ID!) { case(id: $id) { sponsorship { official { id } } activities { nodes { kind { code } state } } promises { nodes { state } }
    hearings { nodes { state } } followUpVisits { nodes { kind state } } } }`, { id });
  expect(seen).toMatchObject({
    activities: { nodes: [{ kind: { code: 'APPOINTED_RECEPTION' }, state: 'HELD' }] }, promises: { nodes: [{ state: 'KEPT' }] }, hearings: { nodes: [{ state: 'CONCLUDED' }] },
    followUpVisits: { nodes: [{ kind: 'POST_CLOSE', state: 'DONE' }] },
  });
}, 240_000);

test('南湖: 督办意见书 and 信访事项建议函 go out to the unit that is slow, the first approved by the head of the office; what the unit answers ends its duty · row 120', async () => {
  await moveBusinessNow(system, '2022-09-27T09:30:00+08:00');
  const { id } = await register({ title: '安置小区道路遗留问题' });
  await assign(id, { leadUnitId: housing.unitId, limitOn: '2022-12-20' });
  await settled(system);
  const letter = { caseId: id, toUnitId: housing.unitId, ground: 'DELAY', body: '交办后未见实质进展，请说明原因并提出措施。' };
  const { letter: draft } = await letters.done(office.clerk, 'issueSupervisionLetter', { ...letter, kind: 'SUPERVISION_OPINION' });
  expect(draft).toMatchObject({ state: 'DRAFTED', number: null });
  const decision = { letterId: draft.id, expectedVersion: draft.version, decision: 'APPROVE', reference: '区信联办〔2022〕11号' };
  expect(await letters.attempt(office.clerk, 'decideSupervisionLetterDraft', decision)).toMatchObject({ code: 'SAME_PERSON' });
  const { letter: issued } = await letters.done('district-office', 'decideSupervisionLetterDraft', decision);
  expect(issued).toMatchObject({ state: 'ISSUED', replyDueOn: '2022-10-08', approval: { reference: '区信联办〔2022〕11号' } });
  const { letter: suggestion } = await letters.done('district-office', 'issueSupervisionLetter', { ...letter, kind: 'SUGGESTION_LETTER', body: '建议会同自然资源局现场会商。' });
  expect(suggestion.state).toBe('ISSUED');
  expect(await obligation(id, 'REPLY_SUPERVISION_LETTER')).toMatchObject({ state: 'OPEN' });
  for (const one of [issued, suggestion]) {
    expect(await letters.done('housing-portal', 'replyToSupervisionLetter', { letterId: one.id, expectedVersion: one.version, reply: '已成立专班，十月底前完成测绘。' })).toMatchObject({ letter: { state: 'REPLIED' } });
  }
  expect(await obligation(id, 'REPLY_SUPERVISION_LETTER')).toMatchObject({ state: 'MET' });
}, 120_000);
