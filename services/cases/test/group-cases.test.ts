import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { viewers } from '@anjie/testing';
import { assign, count, createCampaign, type Answer } from './asking';
import { entriesOf, mutate, relapse, resolve } from './campaign-asking';
import { aLedgerRow, importLedger } from './workbooks';
import { openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

type Part = Record<string, unknown>;
interface Cluster {
  readonly id: string;
  readonly members: { totalCount: number; nodes: { case: { id: string }; reason: string; removedOn: string | null; removalReason: string | null }[] };
}
type ClusterAnswer = Answer & { readonly cluster: Cluster };
const CLUSTER = 'id name keyDomain policyDefect leadDepartment { id } groupInterest members(first: 100) { totalCount nodes { case { id } reason addedOn removedOn removalReason } }';
const FIELDS = `... on ClusterPayload { cluster { ${CLUSTER} } } ... on ClusterRefusal { code message basis }`;
const open = (part: Part = {}, viewer: Viewer = people.county) =>
  mutate<ClusterAnswer>(world, viewer, {
    name: 'openCluster', fields: FIELDS,
    input: { name: '城镇居民住房产权历史遗留问题', contentCategory: 'housing.title', keyDomain: 'REAL_ESTATE', policyDefect: 'IMPERFECT', leadDepartmentId: place.housing, specialisedGroup: '住建局牵头，自然资源局参加', ...part },
  });
const add = (clusterId: string, caseIds: readonly string[], part: Part = {}, viewer: Viewer = people.county) =>
  mutate<ClusterAnswer>(world, viewer, { name: 'addToCluster', fields: FIELDS, input: { clusterId, caseIds, reason: '同因开发商未缴税不能办证', ...part } });
const remove = (clusterId: string, caseId: string, part: Part = {}, viewer: Viewer = people.county) =>
  mutate<ClusterAnswer>(world, viewer, { name: 'removeFromCluster', fields: FIELDS, input: { clusterId, caseId, reason: '查明系面积争议，成因不同', ...part } });

interface Measure { readonly id: string; readonly unlocked: { value: number; formula: string; asOf: string }; readonly unlockedCases: { totalCount: number; nodes: { id: string }[] }; readonly clusters: { nodes: { id: string }[] } }
type MeasureAnswer = Answer & { readonly measure: Measure };
const MEASURE = '... on PolicyMeasurePayload { measure { id title documentNumber issuedOn unlocked { value formula asOf } unlockedCases { totalCount nodes { id } } clusters { nodes { id } } } } ... on ClusterRefusal { code message }';
const enact = (part: Part = {}, viewer: Viewer = people.county) =>
  mutate<MeasureAnswer>(world, viewer, {
    name: 'registerPolicyMeasure', fields: MEASURE,
    input: { title: '关于化解城镇居民住房产权历史遗留问题的指导意见', documentNumber: '兴政发〔2021〕7号', issuer: '兴庆区人民政府', issuedOn: '2021-06-01', summary: '证缴分离：先办证，税费另行追缴。', ...part },
  });
const link = (measureId: string, clusterId: string, viewer: Viewer = people.county) => mutate<MeasureAnswer>(world, viewer, { name: 'linkPolicyMeasure', fields: MEASURE, input: { measureId, clusterId } });

test('同质化类案: cases with one policy cause are grouped under a lead department, each with its reason, and leave with a reason · rows 38, 39', async () => {
  const ids = [(await register(world)).case.id, (await register(world)).case.id];
  const { cluster } = await open({ groupInterest: '已购商品房办证权益' });
  expect(cluster).toMatchObject({ keyDomain: 'REAL_ESTATE', policyDefect: 'IMPERFECT', leadDepartment: { id: place.housing }, groupInterest: '已购商品房办证权益', members: { totalCount: 0 } });
  const grown = await add(cluster.id, ids);
  expect(grown.cluster.members.nodes.map((row) => row.case.id).sort()).toEqual([...ids].sort());
  expect(grown.cluster.members.nodes[0]).toMatchObject({ reason: '同因开发商未缴税不能办证', addedOn: '2022-09-27', removedOn: null });
  expect((await remove(cluster.id, ids[0] ?? '')).cluster.members.nodes.map((row) => row.case.id)).toEqual([ids[1]]);
  const all = await world.client.query<{ cluster: Cluster; case: { clusters: { nodes: object[] } } }>(
    people.county, 'query ($id: ID!, $c: ID!) { cluster(id: $id) { members(current: false) { totalCount nodes { case { id } removedOn removalReason } } } case(id: $c) { clusters { nodes { id } } } }', { id: cluster.id, c: ids[1] },
  );
  expect(all.cluster.members.totalCount).toBe(2);
  expect(all.cluster.members.nodes.find((row) => row.case.id === ids[0])).toMatchObject({ removedOn: '2022-09-27', removalReason: '查明系面积争议，成因不同' });
  expect(all.case.clusters.nodes).toEqual([{ id: cluster.id }]);
  expect((await add(cluster.id, [ids[0] ?? ''])).cluster.members.totalCount).toBe(2);
  expect([await count(world, 'case_events', "action = 'CLUSTER_JOINED'"), await count(world, 'case_events', "action = 'CLUSTER_LEFT'")]).toEqual([3, 1]);
});

test('the closures that a measure unlocked are the cases of its clusters resolved since the day of issue: counted once, and not after a relapse · row 42', async () => {
  const campaignId = (await createCampaign(world)).campaign.id;
  await importLedger(world, campaignId, Array.from({ length: 8 }, (_u, i) => aLedgerRow(i, { 化解日期: i === 0 ? '2021-05-31' : i === 1 ? '2021-06-01' : null })));
  const ids = (await entriesOf(world)).map((entry) => entry.caseId);
  const [first, second] = [(await open()).cluster.id, (await open({ name: '安置房办证问题' })).cluster.id];
  await add(first, ids.slice(0, 6));
  await add(second, ids.slice(5, 7));
  const { measure } = await enact();
  expect(measure.unlocked.value).toBe(0);
  await link(measure.id, first);
  await link(measure.id, second);
  for (const id of ids.slice(2, 8)) await resolve(world, id, '2022-03-01');
  await relapse(world, ids[2] ?? '', '2022-04-01');
  await remove(first, ids[3] ?? '');
  // by hand: 0 too early, 1 on the day, 2 relapsed, 3 left, 4 counts, 5 in both counts once, 6 in the second, 7 in none
  const expected = [ids[1], ids[4], ids[5], ids[6]].sort();
  const seen = (await world.client.query<{ policyMeasure: Measure }>(people.county, 'query ($id: ID!) { policyMeasure(id: $id) { id unlocked { value formula asOf } unlockedCases { totalCount nodes { id } } clusters { nodes { id } } } }', { id: measure.id })).policyMeasure;
  expect(seen.unlockedCases.nodes.map((row) => row.id).sort()).toEqual(expected);
  expect(seen).toMatchObject({ unlocked: { value: 4, asOf: '2022-09-27', formula: expect.stringContaining('由此化解数') as string }, unlockedCases: { totalCount: 4 } });
  expect(seen.clusters.nodes.map((row) => row.id).sort()).toEqual([first, second].sort());
});

test.each<[string, string, Part]>([
  ['another county', 'DIVISION_UNKNOWN', { divisionCode: '640121' }], ['the city above', 'DIVISION_UNKNOWN', { divisionCode: '640100' }], ['a wildcard', 'DIVISION_UNKNOWN', { divisionCode: '64%' }],
  ['a department that does not exist', 'UNIT_UNKNOWN', { leadDepartmentId: randomUUID() }], ['a name of 201', 'TEXT_LENGTH', { name: '类'.repeat(201) }], ['a slug with a wildcard', 'TEXT_LENGTH', { contentCategory: 'a%' }],
  ['a group of persons', 'ABOUT_A_PERSON', { groupInterest: '部分军队退役人员' }],
])('%s is refused: %s', async (_what, code, part) => {
  expect(await open(part)).toMatchObject({ __typename: 'ClusterRefusal', code });
  expect(await count(world, 'case_clusters')).toBe(0);
});

test.each<[string, string, Part]>([
  ['a day in the future', 'DATE_IN_FUTURE', { issuedOn: '2022-09-28' }], ['a summary of four characters', 'TEXT_LENGTH', { summary: '先办证。' }], ['no title', 'TEXT_LENGTH', { title: ' ' }], ['another county', 'DIVISION_UNKNOWN', { divisionCode: '640121' }],
])('a measure with %s is refused: %s', async (_what, code, part) => {
  expect(await enact(part)).toMatchObject({ __typename: 'ClusterRefusal', code });
});

test('all cases or none: one that is not visible, that belongs to it already, or too many, and nothing is added', async () => {
  const own = (await register(world)).case.id;
  const elsewhere = (await register(world, people.otherCounty, { divisionCode: '640121' })).case.id;
  const { cluster } = await open();
  expect(await add(cluster.id, [own, elsewhere])).toMatchObject({ code: 'NOT_FOUND' });
  expect(await add(cluster.id, [own, randomUUID()])).toMatchObject({ code: 'NOT_FOUND' });
  expect(await add(cluster.id, [])).toMatchObject({ code: 'COUNT_OUT_OF_RANGE' });
  expect(await add(cluster.id, Array.from({ length: 201 }, () => randomUUID()))).toMatchObject({ code: 'COUNT_OUT_OF_RANGE' });
  expect(await add(cluster.id, [own], { reason: '同因' })).toMatchObject({ code: 'TEXT_LENGTH' });
  expect(await count(world, 'cluster_cases')).toBe(0);
  await add(cluster.id, [own, own.toUpperCase()]);
  expect(await count(world, 'cluster_cases')).toBe(1);
  expect(await add(cluster.id, [own])).toMatchObject({ code: 'ALREADY_MEMBER' });
  await remove(cluster.id, own);
  expect(await remove(cluster.id, own)).toMatchObject({ code: 'NOT_MEMBER' });
});

test('five who add the same case at the same time add it once', async () => {
  const own = (await register(world)).case.id;
  const { cluster } = await open();
  const answers = await Promise.all(Array.from({ length: 5 }, () => add(cluster.id, [own])));
  expect(answers.map((answer) => answer.code ?? 'done').sort()).toEqual(['ALREADY_MEMBER', 'ALREADY_MEMBER', 'ALREADY_MEMBER', 'ALREADY_MEMBER', 'done']);
});

test('a document number is registered once for each place, and a measure is linked once', async () => {
  const { cluster } = await open();
  const { measure } = await enact();
  expect(await enact()).toMatchObject({ code: 'ALREADY_REGISTERED' });
  expect(await enact({ divisionCode: '640000' }, people.province)).toMatchObject({ measure: { documentNumber: '兴政发〔2021〕7号' } });
  await link(measure.id, cluster.id);
  expect(await link(measure.id, cluster.id)).toMatchObject({ code: 'ALREADY_LINKED' });
  expect(await link(randomUUID(), cluster.id)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await link(measure.id, 'x')).toMatchObject({ code: 'NOT_FOUND' });
});

test('a cluster is seen by the offices of its place, its lead department and whoever sees a case of it; only the office works on it, and nobody sees cases beyond his own', async () => {
  const [led, other] = [(await register(world)).case.id, (await register(world)).case.id];
  await assign(world, led, { leadUnitId: place.civilAffairs });
  const { cluster } = await open();
  await add(cluster.id, [led, other]);
  const { measure } = await enact();
  await link(measure.id, cluster.id);
  const seen = async (viewer: Viewer) => {
    const answer = await world.client.query<{ cluster: Cluster | null; clusters: { nodes: object[] }; policyMeasures: { nodes: object[] } }>(
      viewer, 'query ($id: ID!) { cluster(id: $id) { members { nodes { case { id } } } } clusters { nodes { id } } policyMeasures { nodes { id clusters { nodes { id } } } } }', { id: cluster.id },
    );
    return [answer.cluster?.members.nodes.map((row) => row.case.id).sort() ?? null, answer.clusters.nodes.length, answer.policyMeasures.nodes.length];
  };
  for (const viewer of [people.county, people.province]) expect(await seen(viewer)).toEqual([[led, other].sort(), 1, 1]);
  expect(await seen(people.civilAffairs)).toEqual([[led], 1, 1]);
  expect(await seen(people.housing)).toEqual([[], 1, 1]);
  for (const viewer of [people.otherCounty, people.stranger, people.leader, viewers.admin()]) expect(await seen(viewer)).toEqual([null, 0, 0]);
  expect([(await add(cluster.id, [led], {}, people.housing)).code, (await remove(cluster.id, led, {}, people.civilAffairs)).code, (await link(measure.id, cluster.id, people.housing)).code]).toEqual(['NOT_PERMITTED', 'NOT_PERMITTED', 'NOT_PERMITTED']);
  for (const viewer of [people.housing, people.clerk, people.leader, viewers.admin()]) expect([(await open({}, viewer)).code, (await enact({ documentNumber: '另一号' }, viewer)).code]).toEqual(['NOT_PERMITTED', 'NOT_PERMITTED']);
});

test('what a province issues holds in its counties; what a county issues is seen above it, not beside it', async () => {
  await enact({ divisionCode: '640000', documentNumber: '宁政发〔2021〕1号' }, people.province);
  await enact({ documentNumber: '兴政发〔2021〕2号' });
  const numbers = async (viewer: Viewer) => (await world.client.query<{ policyMeasures: { nodes: { documentNumber: string }[] } }>(viewer, '{ policyMeasures { nodes { documentNumber } } }')).policyMeasures.nodes.map((row) => row.documentNumber).sort();
  expect(await numbers(people.county)).toEqual(['兴政发〔2021〕2号', '宁政发〔2021〕1号']);
  expect(await numbers(people.province)).toEqual(['兴政发〔2021〕2号', '宁政发〔2021〕1号']);
  expect(await numbers(people.otherCounty)).toEqual(['宁政发〔2021〕1号']);
});

test('clusters are found by domain, defect and place · rows 37, 41', async () => {
  await open();
  await open({ keyDomain: 'FINANCE', policyDefect: 'UNIMPLEMENTED' });
  const found = async (filter: Part) => (await world.client.query<{ clusters: { totalCount: number } }>(people.county, 'query ($f: ClusterFilter) { clusters(filter: $f) { totalCount nodes { id } } }', { f: filter })).clusters.totalCount;
  expect([await found({}), await found({ keyDomain: 'FINANCE' }), await found({ policyDefect: 'IMPERFECT' }), await found({ divisionCode: '640121' }), await found({ keyDomain: 'FINANCE', policyDefect: 'IMPERFECT' })]).toEqual([2, 1, 1, 0, 0]);
});
