import { randomUUID } from 'node:crypto';
import { CaseCrewChanged } from '@anjie/contracts';
import { select } from '@anjie/service-kit/database';
import { setBusinessNow, viewers } from '@anjie/testing';
import { aPlan, assign, complete, count, faultOf, makePlan, MAKE_PLAN, told, type Answer, type Planned } from './asking';
import { mutate } from './campaign-asking';
import { hear } from './hearing';
import { openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

/** A case of the housing bureau, version 2. */
async function aCase(): Promise<string> {
  const { id } = (await register(world)).case;
  await assign(world, id, { supportUnitIds: [place.civilAffairs] });
  return id;
}

test('一案一策: the plan stands in the case with its milestones in order of time, and the scope says since when · rows 12, 28', async () => {
  const id = await aCase();
  const done = await makePlan(world, id, { expectedVersion: 2 });
  expect(done.plan).toMatchObject({ revision: 1, madeOn: '2022-09-27', milestones: [{ title: '核实面积', dueOn: '2022-10-31', doneOn: null }, { title: '办结', dueOn: '2022-12-30' }] });
  expect(done.case.version).toBe(3);
  expect((await told(world, 'case-scope-changed')).at(-1)).toMatchObject({ planSince: '2022-09-27' });
  const seen = await world.client.query<{ case: { plan: { id: string } } }>(people.housing, 'query ($id: ID!) { case(id: $id) { plan { id } } }', { id });
  expect(seen.case.plan.id).toBe(done.plan.id);
});

test('a new plan replaces the one in force, earlier revisions are kept, and the first day of a plan stays · row 28', async () => {
  const id = await aCase();
  const first = await makePlan(world, id, { expectedVersion: 2 });
  await setBusinessNow(world.db, new Date('2022-10-08T09:00:00+08:00'));
  const second = await makePlan(world, id, { expectedVersion: 3, measures: '改为货币补偿。' });
  expect(second.plan).toMatchObject({ revision: 2, measures: '改为货币补偿。', madeOn: '2022-10-08' });
  const rows = await select<{ revision: number; inForce: number }>(
    world.db.manager, 'SELECT revision, active_case_id IS NOT NULL AS inForce FROM resolution_plans WHERE case_id = ? ORDER BY revision', [id],
  );
  expect(rows.map((row) => [row.revision, Number(row.inForce)])).toEqual([[1, 0], [2, 1]]);
  expect(await count(world, 'plan_milestones')).toBe(4);
  expect((await told(world, 'case-scope-changed')).at(-1)).toMatchObject({ planSince: '2022-09-27' });
  expect(await complete(world, first.plan.milestones[0]?.id ?? '')).toMatchObject({ code: 'NOT_FOUND' });
});

test('a milestone is done once, on the day it is done', async () => {
  const id = await aCase();
  const { plan } = await makePlan(world, id, { expectedVersion: 2 });
  const [first] = plan.milestones;
  await setBusinessNow(world.db, new Date('2022-10-30T09:00:00+08:00'));
  const done = await complete(world, first?.id ?? '', people.housing);
  expect(done.plan.milestones).toMatchObject([{ doneOn: '2022-10-30' }, { doneOn: null }]);
  expect(await complete(world, first?.id ?? '', people.housing)).toMatchObject({ code: 'ALREADY_DONE' });
  expect(await complete(world, randomUUID())).toMatchObject({ code: 'NOT_FOUND' });
});

test('of twenty people who tick the same milestone at once one does', async () => {
  const { plan } = await makePlan(world, await aCase(), { expectedVersion: 2 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => complete(world, plan.milestones[0]?.id ?? '')));
  expect(answers.filter((answer) => answer.__typename === 'ResolutionPlanPayload')).toHaveLength(1);
  expect(await count(world, 'audit_entries', "action = 'MILESTONE_DONE'")).toBe(1);
});

const member = viewers.plain();
const windowClerk = viewers.clerk(place.housing);
test.each([
  ['the joint office', people.county, 'ResolutionPlanPayload'], ['the joint office above', people.province, 'ResolutionPlanPayload'], ['the lead unit', people.housing, 'ResolutionPlanPayload'],
  ['the sponsor', people.leader, 'ResolutionPlanPayload'], ['a member of the task force', member, 'ResolutionPlanPayload'],
  ['a supporting unit', people.civilAffairs, 'NOT_PERMITTED'], ['the registering window', people.clerk, 'NOT_PERMITTED'],
  ['a window of the lead unit', windowClerk, 'NOT_FOUND'], ['a stranger', people.stranger, 'NOT_FOUND'], ['another county', people.otherCounty, 'NOT_FOUND'], ['an administrator', viewers.admin(), 'NOT_FOUND'],
])('%s may or may not make a plan and tick a milestone', async (_who, viewer, outcome) => {
  const id = await aCase();
  await hear(world, { event: CaseCrewChanged, aggregateId: id, version: 1, payload: { caseId: id, sponsorIds: [place.leader], taskForceIds: [member.subject] } });
  const own = await makePlan(world, id, { expectedVersion: 2 }, viewer);
  expect(own.code ?? own.__typename).toBe(outcome);
  const { plan } = own.plan ? own : await makePlan(world, id, { expectedVersion: 2 });
  const ticked = await complete(world, plan.milestones[0]?.id ?? '', viewer);
  expect(ticked.code ?? ticked.__typename).toBe(outcome);
});

test.each<[string, string, Record<string, unknown>]>([
  ['blank measures', 'TEXT_LENGTH', { measures: '  ' }], ['measures of 4,001 characters', 'TEXT_LENGTH', { measures: '策'.repeat(4_001) }],
  ['no milestone', 'COUNT_OUT_OF_RANGE', { milestones: [] }], ['51 milestones', 'COUNT_OUT_OF_RANGE', { milestones: Array.from({ length: 51 }, () => ({ title: '一', dueOn: '2022-12-30' })) }],
  ['a milestone without a title', 'TEXT_LENGTH', { milestones: [{ title: ' ', dueOn: '2022-12-30' }] }],
  ['a milestone of today', 'DATE_NOT_AFTER_TODAY', { milestones: [{ title: '一', dueOn: '2022-09-27' }] }],
  ['a case that does not exist', 'NOT_FOUND', { caseId: randomUUID() }],
])('%s is refused: %s', async (_what, code, part) => {
  expect(await makePlan(world, await aCase(), { expectedVersion: 2, ...part })).toMatchObject({ code });
  expect(await count(world, 'resolution_plans')).toBe(0);
});

test('4,000 characters outside the basic plane and 50 milestones are kept', async () => {
  const done = await makePlan(world, await aCase(), { expectedVersion: 2, measures: '𠮷'.repeat(4_000), milestones: Array.from({ length: 50 }, (_u, i) => ({ title: `节点${i}`, dueOn: '2022-12-30' })) });
  expect([[...done.plan.measures].length, done.plan.milestones.map((milestone) => milestone.title)]).toEqual([4_000, Array.from({ length: 50 }, (_u, i) => `节点${i}`)]);
});

test('a plan on an older state of the case is a CONFLICT; the same request sent again is not', async () => {
  const id = await aCase();
  expect(await faultOf(world, people.county, MAKE_PLAN, { input: aPlan(id) })).toEqual({ code: 'CONFLICT', detail: { currentVersion: 2 } });
  const input = aPlan(id, { expectedVersion: 2 });
  const answers = await Promise.all([1, 2, 3].map(() => world.client.query<{ makeResolutionPlan: Planned }>(people.county, MAKE_PLAN, { input })));
  expect(new Set(answers.map((answer) => answer.makeResolutionPlan.plan.id)).size).toBe(1);
  expect(await count(world, 'resolution_plans')).toBe(1);
});

interface Step { readonly id: string; readonly ordinal: number; readonly name: string; readonly doneOn: string | null; readonly note: string | null }
const stepsOf = async (caseId: string): Promise<Step[]> =>
  (await world.client.query<{ case: { plan: { steps: Step[] } } }>(people.county, 'query ($id: ID!) { case(id: $id) { plan { steps { id ordinal name doneOn note } } } }', { id: caseId })).case.plan.steps;
const doStep = (stepId: string, viewer = people.county, note = '已组织听证，形成评议意见') =>
  mutate<Answer & { plan: { steps: Step[] } }>(world, viewer, { name: 'completePlanStep', fields: '... on ResolutionPlanPayload { plan { steps { id doneOn } } } ... on ResponsibilityRefusal { code }', input: { stepId, note } });

test('一案一策四步法: a plan carries the steps that the office names, in order, done one after the other; the software names none · row 27', async () => {
  const { case: { id } } = await register(world);
  await makePlan(world, id);
  expect(await stepsOf(id)).toEqual([]);
  await makePlan(world, id, { expectedVersion: 2, steps: ['调查核实', ' 听证评议 ', '兑现承诺', '回访问效'] });
  const steps = await stepsOf(id);
  expect(steps.map(({ ordinal, name, doneOn }) => [ordinal, name, doneOn])).toEqual([[1, '调查核实', null], [2, '听证评议', null], [3, '兑现承诺', null], [4, '回访问效', null]]);
  const [first, second] = steps.map((step) => step.id) as [string, string];
  expect(await doStep(second)).toMatchObject({ code: 'STEP_OUT_OF_ORDER' });
  expect(await doStep(first, people.stranger)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await doStep(first, people.clerk)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await doStep(first, people.county, '好')).toMatchObject({ code: 'TEXT_LENGTH' });
  const answers = await Promise.all([1, 2, 3].map(() => doStep(first)));
  expect(answers.map((answer) => answer.code ?? 'done').sort()).toEqual(['ALREADY_DONE', 'ALREADY_DONE', 'done']);
  expect(await doStep(second)).toMatchObject({ plan: { steps: [{ doneOn: '2022-09-27' }, { doneOn: '2022-09-27' }, { doneOn: null }, { doneOn: null }] } });
  await makePlan(world, id, { expectedVersion: 3, steps: ['调查核实'] });
  expect(await doStep(steps[2]?.id ?? '')).toMatchObject({ code: 'NOT_FOUND' });
});

test.each([[Array.from({ length: 11 }, (_u, i) => `步骤${i}`), 'COUNT_OUT_OF_RANGE'], [['听证评议', '听证评议'], 'COUNT_OUT_OF_RANGE'], [['听证评议', ' '], 'TEXT_LENGTH'], [['步'.repeat(101)], 'TEXT_LENGTH']])('steps %j are refused: %s', async (steps, code) => {
  const { case: { id } } = await register(world);
  expect(await makePlan(world, id, { steps })).toMatchObject({ code });
});
