import { createGraphClient, rowsOf, runningSystem, settled, type Persona } from './system';
import { personas } from '@anjie/devtools';

const system = runningSystem();
const graph = createGraphClient(system);

/** Which cases a person may see, by hand-written SQL over the facts themselves (assignments, referrals, crews), not over our projections. */
const claim = (persona: Persona, name: string): string => String(personas[persona]?.claims[name as never]);
const unitsBelow = `SELECT u.id FROM officials.units u WHERE u.id = ? OR u.id IN (WITH RECURSIVE below AS (SELECT id FROM officials.units WHERE parent_unit_id = ? UNION SELECT c.id FROM officials.units c JOIN below b ON c.parent_unit_id = b.id) SELECT id FROM below)`;
const TRUTH: Readonly<Record<Exclude<Persona, 'admin'>, () => Promise<string[]>>> = {
  'province-office': () => ids('SELECT id FROM cases.cases', []),
  'district-office': () => ids(`SELECT id FROM cases.cases WHERE division_code LIKE '640104%'`, []),
  'housing-portal': () => ofUnit(claim('housing-portal', 'unit')),
  'civil-affairs-portal': () => ofUnit(claim('civil-affairs-portal', 'unit')),
  sponsor: () => ids(
    `SELECT case_id AS id FROM officials.sponsorships WHERE official_id = ? AND ended_on IS NULL
     UNION SELECT f.case_id FROM officials.task_forces f JOIN officials.task_force_members m ON m.task_force_id = f.id WHERE m.official_id = ? AND m.left_on IS NULL AND f.dissolved_on IS NULL`,
    [claim('sponsor', 'sub'), claim('sponsor', 'sub')],
  ),
  'window-clerk': () => ids('SELECT id FROM cases.cases WHERE registered_unit_id = ?', [claim('window-clerk', 'unit')]),
};

async function ids(sql: string, params: unknown[]): Promise<string[]> {
  return (await rowsOf<{ id: string }>(system, sql, params)).map((row) => row.id).sort();
}

const ofUnit = (unit: string): Promise<string[]> => {
  const below = [unit, unit];
  return ids(
    `SELECT a.case_id AS id FROM cases.assignments a WHERE a.ended_on IS NULL AND a.lead_unit_id IN (${unitsBelow})
     UNION SELECT a.case_id FROM cases.assignments a JOIN cases.assignment_supports s ON s.assignment_id = a.id WHERE a.ended_on IS NULL AND s.unit_id IN (${unitsBelow})
     UNION SELECT r.case_id FROM assistance.referrals r WHERE r.to_unit_id IN (${unitsBelow}) AND r.state NOT IN ('SENT', 'RETURNED', 'WITHDRAWN')
     UNION SELECT c.id FROM cases.cases c WHERE c.registered_unit_id IN (${unitsBelow})
     UNION SELECT a.case_id FROM cases.assignments a WHERE a.ended_on IS NULL AND a.guide_unit_id IN (${unitsBelow})
     UNION SELECT p.case_id FROM cases.case_responsibilities p WHERE p.role IN ('ASSIST', 'COOPERATE') AND p.until IS NULL AND p.unit_id IN (${unitsBelow})
     UNION SELECT v.case_id FROM cases.reviews v WHERE v.organ_unit_id IN (${unitsBelow})
     UNION SELECT h.case_id FROM assistance.referral_co_handlings h WHERE h.state <> 'RELEASED' AND h.unit_id IN (${unitsBelow})`,
    Array.from({ length: 8 }, () => below).flat(),
  );
};

/** Every id that a paged list under a path gives to a persona. */
async function walk(persona: Persona, list: string, pick: (node: never) => string | undefined): Promise<string[]> {
  const found = new Set<string>();
  let after: string | null = null;
  do {
    const [field = ''] = /^\w+/.exec(list) ?? [];
    const page: Record<string, { nodes: never[]; pageInfo: { hasNextPage: boolean; endCursor: string } }> = await graph.query(
      persona, `query ($after: String) { ${list.replace('@', 'first: 100, after: $after')} }`, { after },
    );
    const connection = page[field];
    for (const node of connection?.nodes ?? []) {
      const id = pick(node);
      if (id) found.add(id);
    }
    after = connection?.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null;
  } while (after);
  return [...found].sort();
}

const PAGE = 'pageInfo { hasNextPage endCursor }';
type CaseNode = { id: string } & Record<string, { id: string } | null>;
const byCase = (node: never): string | undefined => (node as CaseNode)['case']?.id;

const people = Object.keys(TRUTH) as (keyof typeof TRUTH)[];
let all: string[] = [];
beforeAll(async () => {
  await settled(system);
  all = await ids('SELECT id FROM cases.cases', []);
});

test.each(people)('%s sees exactly its cases, and through every list only rows of those cases', async (persona) => {
  const mine = await TRUTH[persona]();
  const seen = await walk(persona, `cases(@) { nodes { id } ${PAGE} }`, (node) => (node as CaseNode).id);
  expect(seen).toEqual(mine);
  expect(seen.length).toBeGreaterThan(0);
  if (persona !== 'province-office') expect(seen.length).toBeLessThan(all.length);
  for (const list of [`petitions(@) { nodes { case { id } } ${PAGE} }`, `sponsorships(@) { nodes { case { id } } ${PAGE} }`]) {
    const through = await walk(persona, list, byCase);
    expect(through.filter((id) => !mine.includes(id))).toEqual([]);
  }
});

/** Ways to a case that begin at a row of another subgraph; each ends in `_entities` of cases. */
const ENTITY_PATHS = [
  { name: 'referral → case', ids: 'SELECT id FROM assistance.referrals', query: 'query ($id: ID!) { node: referral(id: $id) { case { id title summary } } }' },
  { name: 'sponsorship → case', ids: 'SELECT id FROM officials.sponsorships', query: 'query ($id: ID!) { node: sponsorship(id: $id) { case { id title summary } } }' },
  { name: 'obligation → case', ids: 'SELECT id FROM supervision.obligations', query: 'query ($id: ID!) { node: obligation(id: $id) { case { id title summary } } }' },
  { name: 'letter → case', ids: 'SELECT id FROM supervision.supervision_letters', query: 'query ($id: ID!) { node: supervisionLetter(id: $id) { case { id title summary } } }' },
  { name: 'case by id', ids: 'SELECT id FROM cases.cases', query: 'query ($id: ID!) { node: case(id: $id) { id title summary sponsorships(first: 1) { nodes { id } } obligations(first: 1) { nodes { id } } } }' },
] as const;

test.each(ENTITY_PATHS)('$name never shows a case to somebody who may not see it, and shows it to somebody who may', async ({ ids: sql, query }) => {
  const rows = (await ids(sql, [])).slice(0, 40);
  let shown = 0;
  for (const persona of people) {
    const mine = new Set(await TRUTH[persona]());
    for (const id of rows) {
      const answer = await graph.ask<{ node: { id?: string; title?: string; case?: { id: string; title: string } | null } | null }>(persona, query, { id });
      const reached = answer.data?.node && 'case' in answer.data.node ? answer.data.node.case : answer.data?.node;
      if (!reached?.id || !('title' in reached)) continue;
      shown += 1;
      expect([persona, mine.has(reached.id)]).toEqual([persona, true]);
    }
  }
  expect(shown).toBeGreaterThan(0);
});

test('an invisible case looks exactly like one that does not exist', async () => {
  const mine = new Set(await TRUTH['housing-portal']());
  const hidden = all.find((id) => !mine.has(id));
  const ask = (id: string | undefined) => graph.ask('housing-portal', 'query ($id: ID!) { case(id: $id) { id title sponsorships(first: 1) { totalCount } nextDueOn referrals(first: 1) { totalCount } } }', { id });
  expect(await ask(hidden)).toEqual(await ask('00000000-0000-4000-8000-000000000000'));
});

test('an administrator of the directory sees no case at all', async () => {
  const { cases } = await graph.query<{ cases: { totalCount: number } }>('admin', '{ cases { totalCount } }');
  expect(cases.totalCount).toBe(0);
});
