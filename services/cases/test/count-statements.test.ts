import { select } from '@anjie/service-kit/database';
import { costOf } from './counting';
import { shareResponsibility } from './asking-responsibility';
import { createCampaign, makePlan } from './asking';
import { aLedgerRow, importLedger } from './workbooks';
import { openCases, people, register, type CasesWorld } from './world';

const CASES = 20;
let world: CasesWorld;
beforeAll(async () => {
  world = await openCases();
  await world.reset();
  const { campaign } = await createCampaign(world);
  await importLedger(world, campaign.id, Array.from({ length: CASES }, (_u, i) => aLedgerRow(i, { 责任单位: '住建局', 配合单位: '民政局、水务局' })));
  for (const { id } of await select<{ id: string }>(world.db.manager, 'SELECT id FROM cases')) {
    await register(world, people.county, { caseId: id, claims: ['办证', '补偿'] });
    await makePlan(world, id, { expectedVersion: 2 });
    await shareResponsibility(world, id);
  }
}, 60_000);
afterAll(() => world?.close());

const PAGE = `id number title ratings { office state } leadUnit { id } registeredBy { id } supportUnits { id } claims { stated } plan { measures milestones { title } case { id } }
  petitions { totalCount nodes { number queryCode content petitioners { maskedName } case { id } } } assignments { nodes { supportUnits { id } case { id } } }
  guideUnit { id } firstHandler { unit { id } } responsibilities { nodes { unit { id } decidedBy { id proposal { ground } } } } coordinationRequests { nodes { case { id } proposal { unit { id } } } }
  ledgerEntries { entryNo campaign { code phases { name } targets { percent } parent { code } } case { id } }`;

test('a page of twenty cases with all that hangs on them costs as many statements as a page of one', async () => {
  const document = `query ($first: Int) { cases(first: $first) { nodes { ${PAGE.replace('totalCount', '')} } } }`;
  const [one, twenty] = [await costOf(world, document, { first: 1 }), await costOf(world, document, { first: CASES })];
  expect((twenty.data['cases'] as { nodes: { petitions: { nodes: object[] }; claims: object[]; supportUnits: object[] }[] }).nodes).toHaveLength(CASES);
  expect((twenty.data['cases'] as { nodes: object[] }).nodes.at(-1)).toMatchObject({ claims: [{}, {}], supportUnits: [{}, {}], plan: { milestones: [{}, {}] }, petitions: { nodes: [{}, {}] }, ledgerEntries: [{}] });
  expect(twenty.statements).toBe(one.statements);
  process.stderr.write(`a page of cases costs ${twenty.statements} statements\n`);
});

const TABLES = { Case: 'cases', Petition: 'petitions', Claim: 'claims', Assignment: 'assignments', ResolutionPlan: 'resolution_plans', LedgerEntry: 'ledger_entries', Campaign: 'campaigns', CoordinationRequest: 'coordination_requests' };
test.each(Object.entries(TABLES))('any number of references to %s cost one statement', async (kind, table) => {
  const rows = await select<{ id: string }>(world.db.manager, `SELECT id FROM ${table}`);
  const found = await costOf(world, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${kind} { id } } }`, { r: rows.map(({ id }) => ({ __typename: kind, id })) });
  expect(found.data['_entities']).toEqual(rows.map(({ id }) => ({ id })));
  expect(found.statements).toBe(1);
});

test('forty references to rows of figures cost as many statements as one', async () => {
  const [campaign] = await select<{ id: string }>(world.db.manager, 'SELECT id FROM campaigns');
  const keys = Array.from({ length: 40 }, (_u, i) => ({ __typename: 'DivisionRollup', campaignId: campaign?.id, divisionCode: '640104', asOf: `2022-08-${String(1 + (i % 28)).padStart(2, '0')}` }));
  const document = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { stock { value } resolved { value } target { value } gap { value } targetDueOn campaign { code } } } }';
  const [one, forty] = [await costOf(world, document, { r: keys.slice(0, 1) }), await costOf(world, document, { r: keys })];
  expect(forty.statements).toBe(one.statements);
  expect((forty.data['_entities'] as { stock: { value: number } }[]).map((row) => row.stock.value)).toEqual(keys.map(() => CASES));
});
