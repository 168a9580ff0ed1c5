import { select } from '@anjie/service-kit/database';
import { costOf } from './counting';
import { createCampaign, freeze } from './asking';
import { entriesOf, mutate, requestStrikeOff, resolve } from './campaign-asking';
import { aLedgerRow, importLedger } from './workbooks';
import { openCases, people, place, type CasesWorld } from './world';

const MANY = 10;
let world: CasesWorld;
let above: string;
beforeAll(async () => {
  world = await openCases();
  await world.reset();
  above = (await createCampaign(world, { divisionCode: '640000' }, people.province)).campaign.id;
  for (let i = 0; i < MANY; i += 1) {
    const { campaign } = await createCampaign(world, { parentId: above, targets: [{ dueOn: '2020-12-31', percent: 65 }, { dueOn: '2020-12-31', percent: 50, base: 'ALL' }] }, people.province);
    await importLedger(world, campaign.id, [aLedgerRow(100 * i), aLedgerRow(100 * i + 1)], people.province);
    await mutate(world, people.province, { name: 'openScreening', fields: '... on ScreeningRefusal { code }', input: { campaignId: campaign.id, criteria: { minimumPetitions: 1, registeredFrom: '2019-01-01', registeredTo: '2022-09-27', unresolvedOnly: false } } });
    await freeze(world, campaign.id, people.province);
  }
  const ids: string[] = [];
  for (let i = 0; i < MANY; i += 1) {
    const words = { name: '住房产权历史遗留问题', contentCategory: 'housing', keyDomain: 'REAL_ESTATE', policyDefect: 'IMPERFECT', leadDepartmentId: place.housing };
    ids.push((await mutate<{ __typename: string; cluster: { id: string } }>(world, people.county, { name: 'openCluster', fields: '... on ClusterPayload { cluster { id } }', input: words })).cluster.id);
    const measure = { title: '指导意见', documentNumber: `兴政发〔2021〕${i}号`, issuer: '区政府', issuedOn: '2021-01-01', summary: '证缴分离，先办证。' };
    const { id } = (await mutate<{ __typename: string; measure: { id: string } }>(world, people.county, { name: 'registerPolicyMeasure', fields: '... on PolicyMeasurePayload { measure { id } }', input: measure })).measure;
    await mutate(world, people.county, { name: 'linkPolicyMeasure', fields: '... on ClusterRefusal { code }', input: { measureId: id, clusterId: ids[i] } });
  }
  for (const [i, entry] of (await entriesOf(world)).entries()) {
    await resolve(world, entry.caseId, '2022-01-01');
    await requestStrikeOff(world, entry.id);
    await mutate(world, people.county, { name: 'addToCluster', fields: '... on ClusterRefusal { code }', input: { clusterId: ids[i % MANY], caseIds: [entry.caseId], reason: '同一政策成因' } });
    const [row] = await select<{ version: string }>(world.db.manager, 'SELECT version FROM cases WHERE id = ?', [entry.caseId]);
    await mutate(world, people.county, {
      name: 'setUrgencyColour', fields: '... on CaseMarkRefusal { code }',
      input: { caseId: entry.caseId, expectedVersion: Number(row?.version), colour: 'RED', ground: 'HARM', reason: '危房已现裂缝', reviewOn: '2022-10-27' },
    });
  }
}, 120_000);
afterAll(() => world?.close());

const FLOW = 'opening { value } entered { value } resolved { value } relapsed { value } closing { value }';
const PAGES: Readonly<Record<string, string>> = {
  campaigns: `id cohortVerified cohortSources phases { name } targets { base progress(asOf: "2022-09-27") { isFixed rate denominator { value } numerator { value } gap { value } } } flow(from: "2020-01-01", to: "2022-09-27") { ${FLOW} }
    screenings(first: 5) { nodes { progress { total pending } candidates(first: 5) { nodes { reasons case { number } entry { entryNo } } } } }
    ledger(first: 5) { nodes { cohort history { nodes { kind } } strikeOffs { nodes { state requestedBy { id } } } } }`,
  cases: 'id urgencyColour progressClass difficulty marks { nodes { colour ground } } clusters { nodes { name measures { nodes { title } } } }',
  clusters: 'id members { nodes { case { number } } } measures { nodes { title unlocked { value } unlockedCases { nodes { number } } clusters { nodes { name } } } }',
  policyMeasures: 'id unlocked { value asOf } unlockedCases { nodes { number urgencyColour } } clusters { nodes { name members { nodes { reason } } } }',
  strikeOffsToDecide: 'id entry { case { number urgencyColour } campaign { code } }',
};
test.each(Object.entries(PAGES))('a page of ten %s with all that hangs on them costs as many statements as a page of one', async (name, fields) => {
  // the campaign above has no ledger of its own: a page of one must be as full as the others
  const filter = name === 'campaigns' ? `, filter: { parentId: "${above}" }` : '';
  const document = `query ($first: Int) { ${name}(first: $first${filter}) { nodes { ${fields} } } }`;
  const [one, many] = [await costOf(world, document, { first: 1 }), await costOf(world, document, { first: MANY })];
  expect((many.data[name] as { nodes: object[] }).nodes).toHaveLength(MANY);
  expect(many.statements).toBe(one.statements);
  process.stderr.write(`a page of ${name} costs ${many.statements} statements\n`);
});

const TABLES = {
  StrikeOff: 'strike_offs', ScreeningBatch: 'screening_batches', ScreeningCandidate: 'screening_candidates', CaseMark: 'case_marks', CaseCluster: 'case_clusters', PolicyMeasure: 'policy_measures',
};
test.each(Object.entries(TABLES))('any number of references to %s cost one statement', async (kind, table) => {
  const rows = await select<{ id: string }>(world.db.manager, `SELECT id FROM ${table} LIMIT 50`);
  expect(rows.length).toBeGreaterThan(5);
  const found = await costOf(world, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${kind} { id } } }`, { r: rows.map(({ id }) => ({ __typename: kind, id })) });
  expect(found.data['_entities']).toEqual(rows.map(({ id }) => ({ id })));
  expect(found.statements).toBe(1);
});

test('forty references to rows of figures with their flow cost as many statements as one', async () => {
  const [campaign] = await select<{ id: string }>(world.db.manager, 'SELECT id FROM campaigns');
  const keys = Array.from({ length: 40 }, (_u, i) => ({ __typename: 'DivisionRollup', campaignId: campaign?.id, divisionCode: '640104', asOf: `2022-08-${String(1 + (i % 28)).padStart(2, '0')}` }));
  const document = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { openStock { value } cohortResolved { value } relapsed { value } struckOff { value } flow(from: "2020-01-01") { ${FLOW} } } } }`;
  const [one, forty] = [await costOf(world, document, { r: keys.slice(0, 1) }), await costOf(world, document, { r: keys })];
  expect(forty.statements).toBe(one.statements);
});
