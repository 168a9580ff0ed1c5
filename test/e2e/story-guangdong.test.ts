import { eventually } from '@anjie/testing';
import { actingIn, createActs, opinion, type Office } from './acts';
import { createGraphClient, moveBusinessNow, runningSystem, settled } from './system';

const system = runningSystem();
const graph = createGraphClient(system);
const { caseNow, step, deliver, register, assign, officeOf, close } = createActs(system, graph);
let town: Office;
let housing: Office;
beforeAll(async () => {
  [town, housing] = [await officeOf('NX-640104-XZ1', ['UNIT_HANDLER']), await officeOf('NX-640104-ZJJ', ['UNIT_HANDLER'])];
});
/** Back to where the demo stands, for the journeys after this one. */
afterAll(() => moveBusinessNow(system, '2022-09-27T09:30:00+08:00'));

interface Shared {
  readonly case: {
    readonly leadUnit: { id: string };
    readonly guideUnit: { id: string };
    readonly history: { nodes: { action: string }[] };
    readonly obligations: { nodes: { dutyCode: string; state: string; obligor: { id: string } }[] };
  };
}
const shared = async (id: string): Promise<Shared['case']> =>
  (await graph.query<Shared>('district-office', `query ($id: ID!) { case(id: $id) { leadUnit { id } guideUnit { id } history(first: 50) { nodes { action } }
    obligations(first: 50) { nodes { dutyCode state obligor { __typename ... on Unit { id } } } } } }`, { id })).case;
const sees = async (person: Parameters<typeof graph.query>[0], id: string): Promise<boolean> =>
  (await graph.query<{ case: object | null }>(person, 'query ($id: ID!) { case(id: $id) { id } }', { id })).case !== null;

test('广东 双向交办: one case goes to the territory, which resolves it, and to the line department, which guides by a day; the guidance is given, and nothing of it is taken from the territory · row 68', async () => {
  const { id } = await register({ title: '街道老旧小区办证问题' });
  expect(await sees('housing-portal', id)).toBe(false);
  await assign(id, { leadUnitId: town.unitId, guideUnitId: housing.unitId, guidanceDueOn: '2022-10-20', limitOn: '2022-12-20' });
  await settled(system);
  expect([await sees('housing-portal', id), await sees(town.head, id)]).toEqual([true, true]);
  const duty = async () => (await shared(id)).obligations.nodes.find(({ dutyCode }) => dutyCode === 'GUIDANCE');
  expect(await duty()).toMatchObject({ state: 'OPEN', obligor: { id: housing.unitId } });
  const guidance = actingIn(graph, { payload: 'GiveGuidancePayload', refusal: 'ResponsibilityRefusal', fields: 'case { id }' });
  expect(await guidance.attempt(town.head, 'giveGuidance', { caseId: id, opinion: '请先行核实面积。' })).toMatchObject({ code: 'NOT_PERMITTED' });
  await guidance.done('housing-portal', 'giveGuidance', { caseId: id, opinion: '按“证缴分离”先行办理首次登记。' });
  await eventually('the guidance is owed no more', async () => (await duty())?.state === 'MET' || undefined);
  const after = await shared(id);
  expect(after).toMatchObject({ leadUnit: { id: town.unitId }, guideUnit: { id: housing.unitId } });
  expect(after.history.nodes.map(({ action }) => action)).toContain('GUIDANCE_GIVEN');
}, 120_000);

interface Measure {
  readonly id: string;
  readonly unlocked: { value: number; formula: string };
  readonly unlockedCases: { nodes: { id: string }[] };
}
const MEASURE = 'id unlocked { value formula } unlockedCases { nodes { id } }';
const clusters = actingIn<{ cluster: { id: string; members: { nodes: { case: { id: string } }[] } } }>(graph, { payload: 'ClusterPayload', refusal: 'ClusterRefusal', fields: 'cluster { id members { nodes { case { id } } } }' });
const measures = actingIn<{ measure: Measure }>(graph, { payload: 'PolicyMeasurePayload', refusal: 'ClusterRefusal', fields: `measure { ${MEASURE} }` });

test('广东 同质化信访类案: cases of one cause are grouped under a lead department, a policy measure is linked to them, and what it unlocked is counted when a case is resolved · rows 39, 42', async () => {
  const ids = [(await register({ title: '甲小区办证问题' })).id, (await register({ title: '乙小区办证问题' })).id];
  for (const id of ids) await assign(id, { leadUnitId: housing.unitId, limitOn: '2022-12-20' });
  const { cluster } = await clusters.done('district-office', 'openCluster', {
    name: '城镇居民住房产权历史遗留问题', contentCategory: 'housing.title', keyDomain: 'REAL_ESTATE', policyDefect: 'IMPERFECT', leadDepartmentId: housing.unitId, specialisedGroup: '住建局牵头，自然资源局参加',
  });
  const grown = await clusters.done('district-office', 'addToCluster', { clusterId: cluster.id, caseIds: ids, reason: '同因开发商未缴税不能办证' });
  expect(grown.cluster.members.nodes.map((member) => member.case.id).sort()).toEqual([...ids].sort());
  const { measure } = await measures.done('district-office', 'registerPolicyMeasure', {
    title: '关于化解城镇居民住房产权历史遗留问题的指导意见', documentNumber: '兴政发〔2022〕17号', issuer: '兴庆区人民政府', issuedOn: '2022-09-01', summary: '证缴分离：先办证，税费另行追缴。',
  });
  expect((await measures.done('district-office', 'linkPolicyMeasure', { measureId: measure.id, clusterId: cluster.id })).measure.unlocked.value).toBe(0);

  const [id = ''] = ids;
  await step('housing-portal', 'routeCase', { caseId: id, route: 'ART31_6', ground: '需要调查核实并出具意见' });
  await step('housing-portal', 'acceptCase', { caseId: id, noticeMethod: 'POST' });
  await step('housing-portal', 'investigateCase', { caseId: id, note: '按指导意见核对权属资料' });
  const { claims } = await caseNow(id);
  const replied = await step('housing-portal', 'replyToCase', { caseId: id, opinion: opinion(claims, { result: 'SUPPORTED', answer: '按“证缴分离”办理，首次登记已办结。' }) });
  await deliver('housing-portal', id, { documentId: replied.document?.id, days: ['2022-09-28', '2022-09-29'] });
  await close(id, { head: housing.head, who: 'housing-portal' });
  const { policyMeasure } = await graph.query<{ policyMeasure: Measure }>('district-office', `query ($id: ID!) { policyMeasure(id: $id) { ${MEASURE} } }`, { id: measure.id });
  expect(policyMeasure).toMatchObject({ unlocked: { value: 1, formula: expect.stringContaining('由此化解数') as string }, unlockedCases: { nodes: [{ id }] } });
}, 240_000);
