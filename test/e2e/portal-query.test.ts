import { createGraphClient, rowsOf, runningSystem, settled } from './system';

const system = runningSystem();
const graph = createGraphClient(system);

/** What a department portal shows as its work list: one request over four subgraphs. */
const WORK_LIST = `query ($first: Int!, $after: String, $filter: CaseFilter, $sort: CaseSort) { cases(first: $first, after: $after, filter: $filter, sort: $sort) { edges { cursor node {
  id number title leadUnit { name head { name } } supportUnits { name } sponsorship { official { name unit { name } } }
  nextDueOn obligations(first: 5) { nodes { dutyCode state dueOn } } referrals(first: 5) { nodes { state } }
  latestLetter { number } readiness { isComplete } plan { revision } petitions(first: 3) { nodes { number petitioners { maskedName } } } } } } }`;

/**
 * SELECTs that `work` costs the web processes of all services, counted at the server; without the look at the viewer's posts,
 * which comes once in 15 s. The fewest of three: what a process reads by its own clock meanwhile (keys, portal clients, ended
 * sessions, every 5 and 10 s) only ever adds to one of them.
 */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  let fewest = Infinity;
  for (let i = 0; i < 3; i += 1) fewest = Math.min(fewest, await statementsDuring(work));
  return fewest;
}

async function statementsDuring(work: () => Promise<unknown>): Promise<number> {
  await rowsOf(system, "SET GLOBAL log_output = 'TABLE'");
  await rowsOf(system, 'TRUNCATE mysql.general_log');
  await rowsOf(system, 'SET GLOBAL general_log = ON');
  try {
    await work();
  } finally {
    await rowsOf(system, 'SET GLOBAL general_log = OFF');
  }
  const [row] = await rowsOf<{ n: string }>(
    system, `SELECT COUNT(*) AS n FROM mysql.general_log WHERE user_host REGEXP '^[a-z]+_web' AND command_type IN ('Query', 'Execute') AND argument LIKE 'SELECT%' AND argument NOT LIKE '%AS isFilled%'`,
  );
  return Number(row?.n);
}

const campaignId = async (): Promise<string> =>
  (await graph.query<{ campaigns: { nodes: { id: string }[] } }>('province-office', '{ campaigns(first: 1) { nodes { id } } }')).campaigns.nodes[0]?.id ?? '';

test('the work list costs the same number of SQL statements for 1 row and for 50 rows with distinct parents', async () => {
  await settled(system);
  const page = { filter: { campaignId: await campaignId(), unresolved: false }, sort: 'NUMBER' };
  const ask = (part: { first: number; after?: string }) => graph.query<{ cases: { edges: { cursor: string; node: { id: string } }[] } }>('province-office', WORK_LIST, { ...page, ...part });
  // every size once before counting, so that plans and pools are warm
  const { edges } = (await ask({ first: 50 })).cases;
  await ask({ first: 1 });
  expect(new Set(edges.map((edge) => edge.node.id)).size).toBe(50);
  const forFifty = await statementsOf(() => ask({ first: 50 }));
  // a row without, say, a plan asks for no milestones: the fullest of the single rows is what fifty are compared with
  let forOne = 0;
  for (let i = 0; i < 49 && forOne !== forFifty; i += 1) forOne = Math.max(forOne, await statementsOf(() => ask({ first: 1, after: edges[i]?.cursor ?? '' })));
  console.log(`portal work list: ${forOne} SQL statements for 1 row, ${forFifty} for 50 rows`);
  expect(forOne).toBeGreaterThan(4);
  expect(forFifty).toBe(forOne);
});

test('every row of the work list carries what the other three subgraphs know', async () => {
  const { cases } = await graph.query<{ cases: { edges: { node: { leadUnit: { name: string } | null; obligations: unknown; readiness: unknown; referrals: unknown } }[] } }>(
    'housing-portal', WORK_LIST, { first: 20, filter: { unresolved: true } },
  );
  expect(cases.edges.length).toBeGreaterThan(0);
  for (const { node } of cases.edges) {
    expect(node.leadUnit?.name).toBeTruthy();
    expect([node.obligations, node.readiness, node.referrals].every((part) => part !== null)).toBe(true);
  }
});

test('a page can be walked to its end, each row once, while rows of a stranger never appear', async () => {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page: { cases: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string }; totalCount: number } } = await graph.query(
      'housing-portal', 'query ($after: String) { cases(first: 7, after: $after, sort: NUMBER) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }', { after },
    );
    ids.push(...page.cases.nodes.map((node) => node.id));
    after = page.cases.pageInfo.hasNextPage ? page.cases.pageInfo.endCursor : null;
    if (!after) expect(ids).toHaveLength(page.cases.totalCount);
  } while (after);
  expect(new Set(ids).size).toBe(ids.length);
});
