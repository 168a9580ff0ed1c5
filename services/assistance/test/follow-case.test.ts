import { randomUUID } from 'node:crypto';
import { CaseRelapsed } from '@anjie/contracts';
import { inTransaction } from '@anjie/service-kit/database';
import { reactions } from '../src/jobs';
import { actOn, aSending, delivered, departments, openStage, referralActs, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
  await stage.itIs('2024-03-01');
  stage.forget();
});
afterAll(() => stage.close());

const scope = (part: object = {}) => ({ caseId: d.caseId, leadUnitId: d.lead, parties: [{ kind: 'UNIT' as const, id: d.lead, role: 'LEAD' as const }], ...part });
const ledBy = (unitId: string, part: object = {}) => scope({ leadUnitId: unitId, leadSince: '2024-03-04', parties: [{ kind: 'UNIT' as const, id: unitId, role: 'LEAD' as const }], ...part });
const notices = () => stage.announced('notice-raised').map(({ noticeKind, recipient }) => [noticeKind, (recipient as { id: string }).id]);

describe('tasks move with the case', () => {
  test('what the old lead sent goes along to the new one, which waits for the answer; history says why · rows 70, 78', async () => {
    const one = await delivered(stage, d);
    await stage.scopeBecomes(ledBy(d.other), 2);
    const data = await stage.client.query<{ referral: { fromUnit: { id: string }; history: { act: string | null }[] } }>(d.stranger, 'query ($id: ID!) { referral(id: $id) { fromUnit { id } state history { act } } }', { id: one.id });
    expect(data.referral).toMatchObject({ fromUnit: { id: d.other }, history: [{}, {}, { act: 'MOVED_WITH_CASE' }] });
    expect(notices()).toContainEqual(['TASKS_MOVED_WITH_CASE', d.other]);
    expect(await referralActs(stage).act(d.stranger, 'withdrawReferral', { idempotencyKey: randomUUID(), referralId: one.id, expectedVersion: 3 })).toMatchObject({ referral: { state: 'WITHDRAWN' } });
  });

  test('what the old lead received as a department stays; a referral to the unit that now leads waits for a person · row 70', async () => {
    await stage.haveCase(scope({ parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }, { kind: 'UNIT', id: d.other, role: 'SUPPORT' }] }));
    await referralActs(stage).act(d.stranger, 'sendReferral', aSending(d, { toUnitId: d.lead, purpose: 'OTHER' }));
    await delivered(stage, d);
    await stage.scopeBecomes(ledBy(d.aid), 2);
    expect(await stage.rows('SELECT purpose, from_unit_id, to_unit_id, flag_code FROM referrals ORDER BY purpose')).toEqual([
      { purpose: 'OTHER', from_unit_id: d.other, to_unit_id: d.lead, flag_code: null }, { purpose: 'RELIEF', from_unit_id: d.lead, to_unit_id: d.aid, flag_code: 'LEAD_CHANGED' },
    ]);
  });

  test('visits go along with their duty and need somebody there; agency tasks wait for the petitioner, whose authority names the agent · rows 84, 107', async () => {
    const visitor = await stage.haveOfficial(d.lead);
    await actOn(stage, '__typename')(d.sender, 'planFollowUpVisit', { caseId: d.caseId, kind: 'OTHER', plannedOn: '2024-03-20', officialId: visitor });
    await actOn(stage, '__typename')(d.sender, 'offerAgencyTask', { caseId: d.caseId, kind: 'BRING_PAPERS', level: 'VILLAGE' });
    await stage.scopeBecomes(ledBy(d.other), 2);
    expect(await stage.rows('SELECT unit_id, official_id, moved_from_unit_id FROM follow_up_visits')).toEqual([{ unit_id: d.other, official_id: null, moved_from_unit_id: d.lead }]);
    expect(await stage.rows(`SELECT obligor_unit_id, state FROM task_duties WHERE duty_code = 'VISIT_DUE'`)).toEqual([{ obligor_unit_id: d.other, state: 'OPEN' }]);
    expect((await stage.told('obligation-declared')).at(-1)).toMatchObject({ dutyCode: 'VISIT_DUE', obligorUnitId: d.other });
    expect(await stage.rows('SELECT unit_id, flag_code FROM agency_tasks')).toEqual([{ unit_id: d.lead, flag_code: 'LEAD_CHANGED' }]);
  });

  test('第三十条第三款: to a lead that is kept out of the case nothing goes, a person has to look · row 70', async () => {
    await delivered(stage, d);
    await stage.scopeBecomes(ledBy(d.other, { excluded: [{ kind: 'UNIT', id: d.other }] }), 2);
    expect(await stage.rows('SELECT from_unit_id, flag_code FROM referrals')).toEqual([{ from_unit_id: d.lead, flag_code: 'LEAD_CHANGED' }]);
    expect(notices().map(([kind]) => kind)).not.toContain('TASKS_MOVED_WITH_CASE');
  });

  test('the same lead told again, and ended referrals, change nothing · row 70', async () => {
    const one = await delivered(stage, d);
    await referralActs(stage).act(d.sender, 'withdrawReferral', { idempotencyKey: randomUUID(), referralId: one.id, expectedVersion: 2 });
    const before = await stage.rows('SELECT * FROM referrals');
    await stage.scopeBecomes(scope(), 2);
    await stage.scopeBecomes(ledBy(d.other), 3);
    expect(await stage.rows('SELECT * FROM referrals')).toEqual(before);
  });
});

interface Visit {
  readonly kind: string;
  readonly state: string;
  readonly origin: string;
  readonly plannedOn: string;
  readonly official: unknown;
}
const visits = async (): Promise<Visit[]> =>
  (await stage.client.query<{ followUpVisits: { nodes: Visit[] } }>(d.jointOffice, '{ followUpVisits(sort: PLANNED_ON_ASC) { nodes { id kind state origin plannedOn offeredOn version official { id } unit { id } } } }')).followUpVisits.nodes;
const closed = (on: string, version: number) => stage.scopeBecomes(scope({ status: 'RESOLVED', closedOn: on }), version);

describe('办结后回访', () => {
  test('a closing plans a visit of the lead unit within 30 days (practice), as its duty, and tells it · row 107', async () => {
    await closed('2024-03-01', 2);
    expect(await visits()).toEqual([expect.objectContaining({ kind: 'POST_CLOSE', origin: 'CLOSED', plannedOn: '2024-04-01', unit: { id: d.lead }, official: null })]);
    expect((await stage.told('obligation-declared')).at(-1)).toMatchObject({ dutyCode: 'VISIT_DUE', obligorUnitId: d.lead, startOn: '2024-03-01', dueRaw: '2024-03-31', dueOn: '2024-04-01', ruleCode: 'VISIT_POST_CLOSE' });
    expect(notices()).toEqual([['VISIT_TO_MAKE', d.lead]]);
  });

  test('once for each closing, however often it is told; a closing of years ago that is heard of now plans none · row 107', async () => {
    await closed('2024-03-01', 2);
    await closed('2024-03-01', 3);
    expect(await visits()).toHaveLength(1);
    const far = randomUUID();
    await stage.scopeBecomes({ caseId: far, leadUnitId: d.lead, status: 'RESOLVED', closedOn: '2019-01-01', parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }] }, 1);
    expect(await visits()).toHaveLength(1);
  });

  test('a case that opens again needs no visit after closing; the next closing plans another · row 107', async () => {
    await closed('2024-03-01', 2);
    await stage.scopeBecomes(scope({ status: 'HANDLING' }), 3);
    await closed('2024-03-20', 4);
    expect((await visits()).map(({ state, plannedOn }) => [state, plannedOn])).toEqual([['CANCELLED', '2024-04-01'], ['PLANNED', '2024-04-19']]);
    expect((await stage.told('obligation-declared')).map(({ state }) => state).sort()).toEqual(['CANCELLED', 'OPEN', 'OPEN']);
    await closed('2024-03-25', 5);
    expect((await visits()).map(({ state, plannedOn }) => [state, plannedOn])).toEqual([['CANCELLED', '2024-04-01'], ['CANCELLED', '2024-04-19'], ['PLANNED', '2024-04-24']]);
  });

  test('第三十条第三款: of a sealed case nothing is planned · row 107', async () => {
    await stage.scopeBecomes(scope({ status: 'RESOLVED', closedOn: '2024-03-01', isSealed: true }), 2);
    expect(await stage.rows('SELECT id FROM follow_up_visits')).toEqual([]);
  });
});

const relapsed = (relapseId: string) => {
  const reaction = reactions(stage.services).find(({ event }) => event.name === CaseRelapsed.name);
  const payload = { relapseId, caseId: d.caseId, divisionCode: '640104', unitId: d.lead, closedOn: '2024-02-01', repeatedOn: '2024-03-01', petitionId: randomUUID(), isWithinWatch: true };
  return inTransaction(stage.db, (tx) => reaction?.effectOfMany(tx, [{ payload, message: { id: randomUUID(), source: 'cases', aggregateId: relapseId, version: 1, requestId: 'test' } }]) ?? Promise.resolve());
};

describe('重复信访后回访', () => {
  test('a repeat after the closing plans a visit to ask what the unit left undone, once; the person may decline, which ends the duty · rows 107, 108', async () => {
    const relapse = randomUUID();
    await relapsed(relapse);
    await relapsed(relapse);
    const [visit] = (await visits()) as (Visit & { id: string })[];
    expect(visit).toMatchObject({ kind: 'AFTER_REPEAT', origin: 'RELAPSED', plannedOn: '2024-03-18' });
    expect(await visits()).toHaveLength(1);
    await stage.itIs('2024-03-05');
    const answer = await actOn(stage, '__typename ... on FollowUpVisitPayload { followUpVisit { state offeredOn summary leftToDo } } ... on FollowUpVisitRefusal { code }')(
      d.sender, 'recordFollowUpVisit', { followUpVisitId: visit?.id, expectedVersion: 1, outcome: 'DECLINED' },
    );
    expect(answer).toMatchObject({ followUpVisit: { state: 'DECLINED', offeredOn: '2024-03-05', summary: null, leftToDo: null } });
    expect((await stage.told('obligation-declared')).at(-1)).toMatchObject({ state: 'MET', metOn: '2024-03-05' });
  });
});

test('with a referral that is disputed the new lead becomes the other side, and supervision hears it · rows 68, 70', async () => {
  const one = await delivered(stage, d);
  const acts = referralActs(stage);
  await acts.act(d.receiver, 'requestReferralReturn', { idempotencyKey: randomUUID(), referralId: one.id, expectedVersion: 2, reason: '不属于' });
  await acts.act(d.sender, 'refuseReferralReturn', { idempotencyKey: randomUUID(), referralId: one.id, expectedVersion: 3, reason: '属于' });
  await stage.scopeBecomes(ledBy(d.other), 2);
  expect(stage.announced('referral-disputed').map(({ fromUnitId, state }) => [fromUnitId, state])).toEqual([[d.lead, 'OPEN'], [d.other, 'OPEN']]);
});
