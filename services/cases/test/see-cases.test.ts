import { randomUUID } from 'node:crypto';
import type { GraphQLObjectType, GraphQLUnionType } from 'graphql';
import type { Viewer } from '@anjie/access';
import { CaseCrewChanged, ReferralMoved } from '@anjie/contracts';
import { select, write } from '@anjie/service-kit/database';
import { viewers } from '@anjie/testing';
import { buildCasesSchema } from '../src/subgraph';
import { haveOffices, requestCoordination, resolves } from './asking-responsibility';
import { assign, createCampaign, makePlan, seesCase } from './asking';
import { attach, upload } from './files';
import { mutate, requestStrikeOff, resolve } from './campaign-asking';
import { hear } from './hearing';
import { aLedgerRow, importLedger } from './workbooks';
import { openCases, people, place, register, type CasesWorld } from './world';

/** Tables of what hangs on a case, by entity. */
const BOUND = {
  Case: ['cases', 'id'],
  Petition: ['petitions', 'case_id'],
  Claim: ['claims', 'case_id'],
  Assignment: ['assignments', 'case_id'],
  ResolutionPlan: ['resolution_plans', 'case_id'],
  LedgerEntry: ['ledger_entries', 'case_id'],
  CoordinationRequest: ['coordination_requests', 'case_id'],
  Document: ['documents', 'case_id'],
  Attachment: ['attachments', 'case_id'],
  CaseMark: ['case_marks', 'case_id'],
  DutyLine: ['duty_lines', 'case_id'],
  StrikeOff: ['(SELECT s.id, l.case_id FROM strike_offs s JOIN ledger_entries l ON l.id = s.entry_id) strike_offs_of_cases', 'case_id'],
} as const;
type Bound = keyof typeof BOUND;
/** Entities of campaigns, with rules of their own: screen-candidates.test.ts, group-cases.test.ts. */
const OF_CAMPAIGNS = ['Campaign', 'CaseCluster', 'DivisionRollup', 'PolicyMeasure', 'ScreeningBatch', 'ScreeningCandidate'];

let world: CasesWorld;
/** The three cases of the story by their campaign: own of the county, of the other county, and one that the housing bureau is kept out of. */
let own: string;
let other: string;
let sealed: string;
const ids = new Map<Bound, { id: string; caseId: string }[]>();
let campaigns: { id: string; divisionCode: string }[];

const member = viewers.plain();
const personas: readonly (readonly [string, Viewer, () => string[]])[] = [
  ['the joint office of the province', people.province, () => [own, other, sealed]],
  ['the joint office of the city', viewers.jointOffice('640100', randomUUID()), () => [own, other, sealed]],
  ['the joint office of the county', people.county, () => [own, sealed]],
  ['the joint office of another county', people.otherCounty, () => [other]],
  ['the lead unit of one case, kept out of another that its sub-unit leads', people.housing, () => [own]],
  ['the sub-unit that leads that case, kept out with its superior', viewers.handler(place.housingWindow), () => []],
  ['the lead unit of the other case', people.stranger, () => [other]],
  ['the window that registered', people.clerk, () => [own]],
  ['a window of the lead unit', viewers.clerk(place.housing), () => []],
  ['a unit that a referral was delivered to', people.civilAffairs, () => [other]],
  ['the sponsor', people.leader, () => [own]],
  ['a member of the task force', member, () => [sealed]],
  ['a unit without any part', viewers.handler(randomUUID()), () => []],
  ['an administrator', viewers.admin(), () => []],
  ['an official without any role', viewers.plain(randomUUID(), place.housing), () => []],
];

beforeAll(async () => {
  world = await openCases();
  await world.reset();
  await haveOffices(world);
  const county = (await createCampaign(world, {}, people.province)).campaign.id;
  const neighbour = (await createCampaign(world, { divisionCode: '640121' }, people.province)).campaign.id;
  own = await imported(county, 1, people.county);
  other = await imported(neighbour, 2, people.province);
  sealed = await imported(county, 3, people.province);
  const leads = new Map([[own, place.housing], [other, place.elsewhere], [sealed, place.housingWindow]]);
  for (const id of [own, other, sealed]) {
    await register(world, people.province, { caseId: id });
    await assign(world, id, { expectedVersion: 2, leadUnitId: leads.get(id) }, people.province);
    await makePlan(world, id, { expectedVersion: 3 }, people.province);
    await requestCoordination(world, id, { proposal: [resolves(leads.get(id))] }, viewers.handler(leads.get(id) ?? ''));
    await attach(world, people.province, { caseId: id, fileId: await upload(world, people.province) });
    await markAndStrikeOff(id);
  }
  await write(world.db.manager, "INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'UNIT', ?)", [sealed, place.housing]);
  await hear(world, { event: CaseCrewChanged, aggregateId: own, version: 1, payload: { caseId: own, sponsorIds: [place.leader], taskForceIds: [] } });
  await hear(world, { event: CaseCrewChanged, aggregateId: sealed, version: 1, payload: { caseId: sealed, sponsorIds: [], taskForceIds: [member.subject] } });
  await hear(world, { event: ReferralMoved, aggregateId: randomUUID(), version: 1, payload: { referralId: randomUUID(), caseId: other, fromUnitId: place.housing, toUnitId: place.civilAffairs, state: 'DELIVERED', isDelivered: true } });
  for (const [kind, [table, column]] of Object.entries(BOUND)) ids.set(kind as Bound, await select(world.db.manager, `SELECT id, ${column} AS caseId FROM ${table}`));
  campaigns = await select(world.db.manager, 'SELECT id, division_code AS divisionCode FROM campaigns');
}, 60_000);
afterAll(() => world?.close());

async function imported(campaignId: string, i: number, viewer: Viewer): Promise<string> {
  await importLedger(world, campaignId, [aLedgerRow(i, { 问题属地代码: i === 2 ? '640121' : '640104' })], viewer);
  const [row] = await select<{ id: string }>(world.db.manager, 'SELECT case_id AS id FROM ledger_entries WHERE campaign_id = ? ORDER BY entry_no DESC LIMIT 1', [campaignId]);
  return row?.id ?? '';
}

/** A mark on the case, and a request to strike off its ledger entry. */
async function markAndStrikeOff(caseId: string): Promise<void> {
  const [row] = await select<{ version: string; entryId: string }>(world.db.manager, 'SELECT c.version, l.id AS entryId FROM cases c JOIN ledger_entries l ON l.case_id = c.id WHERE c.id = ?', [caseId]);
  const input = { caseId, expectedVersion: Number(row?.version), progressClass: 'B', reason: '已约见并核实', reviewOn: '2022-10-27' };
  await mutate(world, people.province, { name: 'setProgressClass', fields: '... on CaseMarkRefusal { code }', input });
  await mutate(world, people.province, { name: 'setDutyLine', fields: '... on DutyLineRefusal { code }', input: { caseId, line: 'SETTLE', dueOn: '2022-12-31', reason: '诉求合理，限期解决' } });
  await resolve(world, caseId, '2022-09-26');
  await requestStrikeOff(world, row?.entryId ?? '', people.province);
}

const schema = buildCasesSchema();
const rowsOf = (kind: Bound) => ids.get(kind) ?? [];
const visibleIds = (kind: Bound, cases: readonly string[]): string[] => rowsOf(kind).filter((row) => cases.includes(row.caseId)).map((row) => row.id).sort();
const entities = async (viewer: Viewer, representations: readonly object[]): Promise<({ __typename: string; id?: string } | null)[]> =>
  (await world.client.query<{ _entities: ({ __typename: string; id?: string } | null)[] }>(viewer, `query ($r: [_Any!]!) { _entities(representations: $r) { __typename
    ${(Object.keys(BOUND) as Bound[]).map((type) => `... on ${type} { id }`).join(' ')} ... on Campaign { id } } }`, { r: representations }))._entities;

test('the entities and root fields that are looked at here are all that there are', () => {
  const union = schema.getType('_Entity') as GraphQLUnionType;
  expect(union.getTypes().map((type) => type.name).filter((name) => !['Unit', 'Official', 'Division'].includes(name)).sort()).toEqual([...Object.keys(BOUND), ...OF_CAMPAIGNS].sort());
  const roots = Object.keys((schema.getQueryType() as GraphQLObjectType).getFields()).filter((name) => !name.startsWith('_'));
  expect(roots.sort()).toEqual([
    'accusationProgress',
    'attachment',
    // for AUDITOR alone, without a row of a case (read-audit.test.ts)
    'auditOfCases',
    'campaign',
    'campaigns',
    'case',
    'cases',
    'cluster',
    'clusters',
    'contentCategories', // a catalogue
    'coordinationRequests',
    'dataRequests', // of the registering office, see ask-data-rights.test.ts
    'divisionRollup',
    'exchangeExport', // one's own, see exchange-records.test.ts
    'exchangeFields', // a mapping
    'importRun',
    'myMatter', // by code and secret
    'petition',
    'petitions',
    'policyMeasure',
    'policyMeasures',
    'ratingFigures',
    'repeatCandidates',
    'retaliationComplaints', // a predicate of its own
    'routingProposal',
    'screening',
    'strikeOffsToDecide',
    'timeLimitRules', // public law
  ]);
  for (const kind of Object.keys(BOUND) as Bound[]) expect(new Set(rowsOf(kind).map((row) => row.caseId)).size).toBe(3);
});

describe.each(personas)('%s', (_who, viewer, sees) => {
  test.each(Object.keys(BOUND) as Bound[])('sees by reference the rows of %s that hang on its cases, and not one more', async (kind) => {
    const found = await entities(viewer, rowsOf(kind).map((row) => ({ __typename: kind, id: row.id })));
    expect(found.flatMap((row) => (row?.id ? [row.id] : [])).sort()).toEqual(visibleIds(kind, sees()));
  });

  test('sees the same by every root field', async () => {
    const lists = await world.client.query<Record<'cases' | 'petitions', { totalCount: number; nodes: { id: string; case?: { id: string } }[] }>>(
      viewer, '{ cases(first: 100) { totalCount nodes { id } } petitions(first: 100) { totalCount nodes { id case { id } } } }',
    );
    expect(lists.cases.nodes.map((node) => node.id).sort()).toEqual(visibleIds('Case', sees()));
    expect(lists.petitions.nodes.map((node) => node.id).sort()).toEqual(visibleIds('Petition', sees()));
    expect([lists.cases.totalCount, lists.petitions.totalCount]).toEqual([visibleIds('Case', sees()).length, visibleIds('Petition', sees()).length]);
    for (const { id } of rowsOf('Case')) expect(await seesCase(world, viewer, id)).toBe(sees().includes(id));
    for (const { id, caseId } of rowsOf('Petition')) {
      const one = await world.client.query<{ petition: object | null }>(viewer, 'query ($id: ID!) { petition(id: $id) { id } }', { id });
      expect(one.petition !== null).toBe(sees().includes(caseId));
    }
  });

  test('sees in the ledgers of the campaigns only its own cases', async () => {
    const found = await world.client.query<{ campaigns: { nodes: { ledger: { totalCount: number; nodes: { id: string; case: { id: string } }[] } }[] } }>(
      viewer, '{ campaigns(first: 100) { nodes { ledger(first: 100) { totalCount nodes { id case { id } } } } } }',
    );
    expect(found.campaigns.nodes.flatMap((node) => node.ledger.nodes.map((entry) => entry.id)).sort()).toEqual(visibleIds('LedgerEntry', sees()));
    expect(found.campaigns.nodes.reduce((sum, node) => sum + node.ledger.totalCount, 0)).toBe(visibleIds('LedgerEntry', sees()).length);
  });

  test('sees a campaign by reference exactly when it sees it in the list, and figures of its divisions only', async () => {
    const listed = (await world.client.query<{ campaigns: { nodes: { id: string }[] } }>(viewer, '{ campaigns(first: 100) { nodes { id } } }')).campaigns.nodes.map((node) => node.id);
    const found = await entities(viewer, campaigns.map(({ id }) => ({ __typename: 'Campaign', id })));
    expect(found.flatMap((row) => (row?.id ? [row.id] : [])).sort()).toEqual([...listed].sort());
    const keys = campaigns.flatMap(({ id }) => ['640000', '640104', '640121'].map((divisionCode) => ({ __typename: 'DivisionRollup', campaignId: id, divisionCode, asOf: '2022-09-27' })));
    const byRoot = await Promise.all(keys.map(async ({ campaignId, divisionCode }) => (await world.client.query<{ divisionRollup: object | null }>(
      viewer, 'query ($c: ID!, $d: ID!) { divisionRollup(campaignId: $c, divisionCode: $d) { divisionCode } }', { c: campaignId, d: divisionCode },
    )).divisionRollup !== null));
    expect((await entities(viewer, keys)).map((row) => row !== null)).toEqual(byRoot);
    if (!viewer.roles.includes('JOINT_OFFICE')) expect(byRoot).not.toContain(true);
  });
});

test('what does not exist, and what is no id, is as absent as what may not be seen', async () => {
  for (const id of [randomUUID(), 'nothing', '', "' OR '1'='1"]) {
    expect(await entities(people.province, [...Object.keys(BOUND), 'Campaign'].map((kind) => ({ __typename: kind, id })))).toEqual(Array.from({ length: Object.keys(BOUND).length + 1 }, () => null));
    expect(await seesCase(world, people.province, id)).toBe(false);
  }
});

test('《信访工作条例》第三十条第三款: an exclusion wins over every ground, of a joint office and of a sponsor too', async () => {
  await write(world.db.manager, "INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'UNIT', ?), (?, 'OFFICIAL', ?)", [own, place.jointOffice, own, place.leader]);
  expect(await Promise.all([people.county, people.clerk, people.leader, people.province].map((viewer) => seesCase(world, viewer, own)))).toEqual([false, false, false, true]);
  await write(world.db.manager, 'DELETE FROM case_exclusions WHERE case_id = ?', [own]);
});
