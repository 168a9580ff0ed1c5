import { createGraphClient, rowsOf, runningSystem, settled } from './system';

const system = runningSystem();
const graph = createGraphClient(system);

interface Figure {
  readonly value: number;
  readonly formula: string;
  readonly asOf: string;
}
interface RollupRow {
  readonly divisionCode: string;
  readonly division: { name: string };
  readonly stock: Figure;
  readonly resolved: Figure;
  readonly target: Figure | null;
  readonly gap: Figure | null;
  readonly sponsoredCases: Figure;
  readonly fourOnesComplete: Figure;
  readonly overdueObligations: Figure;
  readonly openObligations: Figure;
  readonly referralsOpen: Figure;
  readonly visitsDone: Figure;
  readonly children?: RollupRow[];
}
const COLUMNS = ['stock', 'resolved', 'target', 'gap', 'sponsoredCases', 'fourOnesComplete', 'overdueObligations', 'openObligations', 'referralsOpen', 'visitsDone'] as const;
const ROW = `divisionCode division { name } ${COLUMNS.map((name) => `${name} { value formula asOf }`).join(' ')}`;
const ROLLUP = `query ($code: ID!, $asOf: Date) { campaigns(first: 1) { nodes { id name rollup(divisionCode: $code, asOf: $asOf) { ${ROW} children { ${ROW} children { ${ROW} } } } } } }`;

const pull = async (asOf: string): Promise<{ id: string; rollup: RollupRow }> => {
  const { campaigns } = await graph.query<{ campaigns: { nodes: { id: string; rollup: RollupRow }[] } }>('province-office', ROLLUP, { code: '640000', asOf });
  const campaign = campaigns.nodes[0];
  if (!campaign) throw new Error('no campaign');
  return campaign;
};

/** Hand-written recounts over the base tables of each service; they know nothing of deltas. */
const RECOUNT = {
  stock: 'SELECT COUNT(*) AS n FROM cases.ledger_entries l JOIN cases.campaign_ancestors a ON a.campaign_id = l.campaign_id WHERE a.ancestor_id = ? AND l.division_code LIKE ? AND l.entered_on <= ?',
  resolved: 'SELECT COUNT(*) AS n FROM cases.ledger_entries l JOIN cases.campaign_ancestors a ON a.campaign_id = l.campaign_id WHERE a.ancestor_id = ? AND l.division_code LIKE ? AND l.resolved_on <= ?',
  sponsoredCases: `SELECT COUNT(*) AS n FROM officials.sponsorships s JOIN officials.case_ledgers l ON l.case_id = s.case_id WHERE l.campaign_id = ? AND l.division_code LIKE ?
     AND GREATEST(s.started_on, l.entered_on) <= ? AND s.ended_on IS NULL`,
} as const;

/** What units of the region, or of a city, owed on the day without any case lies in no division below them; the clock may have gone on since. */
const LEVEL = { region: '^..0000$', city: '^..(?!00)..00$' } as const;
const OWED_AT = `SELECT COUNT(*) AS n FROM supervision.obligations WHERE case_id IS NULL AND campaign_id IN (SELECT campaign_id FROM cases.campaign_ancestors WHERE ancestor_id = ?)
  AND (state = 'OPEN' OR met_on > ?) AND start_on <= ? AND jurisdiction_code RLIKE ? AND (due_on < ? OR ?)`;
async function owedAt(level: keyof typeof LEVEL, column: string, { id, asOf }: { id: string; asOf: string }): Promise<number> {
  if (column !== 'openObligations' && column !== 'overdueObligations') return 0;
  return Number((await rowsOf<{ n: string }>(system, OWED_AT, [id, asOf, asOf, LEVEL[level], asOf, column === 'openObligations']))[0]?.n);
}

test.each(['2020-12-31', '2021-06-30', '2021-12-31', '2022-09-27'])('as of %s, region → 5 cities → 22 counties: totals add up and equal a recount by hand-written SQL', async (asOf) => {
  await settled(system);
  const { id, rollup } = await pull(asOf);
  const cities = rollup.children ?? [];
  const counties = cities.flatMap((city) => city.children ?? []);
  expect([cities.length, counties.length]).toEqual([5, 22]);
  for (const column of COLUMNS) {
    const sum = (rows: readonly RollupRow[]): number => rows.reduce((total, row) => total + (row[column]?.value ?? 0), 0);
    const whole = rollup[column]?.value ?? 0;
    const inCities = whole - (await owedAt('region', column, { id, asOf }));
    const inCounties = inCities - (await owedAt('city', column, { id, asOf }));
    if (column !== 'gap') expect([column, sum(cities), sum(counties)]).toEqual([column, inCities, inCounties]);
  }
  for (const [column, sql] of Object.entries(RECOUNT)) {
    for (const row of [rollup, ...cities, ...counties]) {
      const prefix = row.divisionCode.replace(/(00)+$/, '');
      const [counted] = await rowsOf<{ n: string }>(system, sql, [id, `${prefix}%`, asOf]);
      expect([column, row.divisionCode, row[column as keyof typeof RECOUNT].value]).toEqual([column, row.divisionCode, Number(counted?.n)]);
    }
  }
  expect(rollup.stock).toMatchObject({ asOf, formula: expect.stringContaining('台账数') as string });
});

test('Xingqing stands against its targets: 62 of 95 asked for by the end of 2020, 81 by the end of 2021 (兴庆区方案)', async () => {
  const { campaigns } = await graph.query<{ campaigns: { nodes: { code: string; cohortSize: number; targets: { percent: number; minimum: number }[]; first: RollupRow; second: RollupRow }[] } }>(
    'district-office',
    `{ campaigns(first: 50, filter: { divisionCode: "640104" }) { nodes { code cohortSize targets { percent minimum }
       first: rollup(divisionCode: "640104", asOf: "2020-12-31") { ${ROW} } second: rollup(divisionCode: "640104", asOf: "2021-12-31") { ${ROW} } } } }`,
  );
  const xingqing = campaigns.nodes.find((campaign) => campaign.code === 'NX-640104-2020');
  expect(xingqing).toMatchObject({ cohortSize: 95, targets: [{ percent: 65, minimum: 62 }, { percent: 85, minimum: 81 }] });
  expect(xingqing?.first.target?.value).toBe(62);
  expect(xingqing?.second.target?.value).toBe(81);
  expect(xingqing?.second.resolved.value).toBeGreaterThanOrEqual(81);
});

test('an office that pulls only what changed keeps a copy equal to the rollup', async () => {
  const { id, rollup } = await pull('2022-09-27');
  const copy = new Map<string, number>();
  let changedSince: string | null = null;
  for (;;) {
    const answer: { campaign: { caseFigureChanges: { nodes: { figure: string; divisionCode: string; on: string; delta: number }[]; endCursor: string; hasMore: boolean } } } = await graph.query(
      'province-office', 'query ($id: ID!, $since: String) { campaign(id: $id) { caseFigureChanges(divisionCode: "640000", changedSince: $since, first: 200) { nodes { figure divisionCode on delta } endCursor hasMore } } }',
      { id, since: changedSince },
    );
    const changes = answer.campaign.caseFigureChanges;
    for (const change of changes.nodes) if (change.on <= '2022-09-27') copy.set([change.figure, change.divisionCode, change.on].join('|'), change.delta);
    changedSince = changes.endCursor;
    if (!changes.hasMore) break;
  }
  const total = (figure: string): number => [...copy].filter(([name]) => name.startsWith(`${figure}|`)).reduce((sum, [, delta]) => sum + delta, 0);
  expect([total('LEDGER_STOCK'), total('LEDGER_RESOLVED')]).toEqual([rollup.stock.value, rollup.resolved.value]);
});

test('a district office sees its own figures and no other district’s', async () => {
  const ask = async (code: string) => (await graph.query<{ campaigns: { nodes: { rollup: unknown }[] } }>('district-office', 'query ($code: ID!) { campaigns(first: 1) { nodes { rollup(divisionCode: $code) { stock { value } } } } }', { code })).campaigns.nodes[0]?.rollup;
  expect(await ask('640104')).not.toBeNull();
  expect([await ask('640000'), await ask('640100'), await ask('640105')]).toEqual([null, null, null]);
});
