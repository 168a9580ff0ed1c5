import { select } from '@anjie/service-kit/database';
import { createCampaign, faultOf, freeze } from './asking';
import { aLedgerRow, importLedger, type SheetRow } from './workbooks';
import { openCases, people, type CasesWorld } from './world';

let world: CasesWorld;
let above: string;
let xingqing: string;
let yongning: string;
beforeAll(async () => (world = await openCases()));
afterAll(() => world?.close());

const row = (i: number, divisionCode: string, part: SheetRow): SheetRow => aLedgerRow(i, { 问题属地代码: divisionCode, ...part });

/** 95 cases in one county and 20 in another, entered and resolved over two years, below a campaign of the province. */
beforeEach(async () => {
  await world.reset();
  above = (await createCampaign(world, { divisionCode: '640000' }, people.province)).campaign.id;
  xingqing = (await createCampaign(world, { parentId: above }, people.province)).campaign.id;
  yongning = (await createCampaign(world, { parentId: above, divisionCode: '640121' }, people.province)).campaign.id;
  const months = ['2020-07-15', '2020-08-15', '2020-09-15'];
  const rowsOf = (many: number, divisionCode: string) => Array.from({ length: many }, (_u, i) => row(i, divisionCode, { 交办日期: months[i % 3] ?? '', 化解日期: i % 4 ? null : `202${i % 8 ? 0 : 1}-11-0${1 + (i % 9)}` }));
  await importLedger(world, xingqing, rowsOf(95, '640104'), people.province);
  await importLedger(world, yongning, rowsOf(20, '640121'), people.province);
});

const ROLLUP = `query ($campaignId: ID!, $divisionCode: ID!, $asOf: Date) { divisionRollup(campaignId: $campaignId, divisionCode: $divisionCode, asOf: $asOf) {
  asOf stock { value formula asOf } resolved { value } target { value } gap { value } targetDueOn campaign { id } } }`;
interface Rollup {
  readonly asOf: string;
  readonly stock: { value: number; formula: string; asOf: string };
  readonly resolved: { value: number };
  readonly target: { value: number } | null;
  readonly gap: { value: number } | null;
  readonly targetDueOn: string | null;
}
const rollup = async (variables: Record<string, unknown>, viewer = people.province): Promise<Rollup | null> =>
  (await world.client.query<{ divisionRollup: Rollup | null }>(viewer, ROLLUP, { campaignId: above, ...variables })).divisionRollup;

/** Counted again from the ledgers themselves, without the figures. */
async function recount(campaignIds: readonly string[], prefix: string, asOf: string): Promise<{ stock: number; resolved: number }> {
  const [found] = await select<{ stock: string; resolved: string | null }>(
    world.db.manager,
    'SELECT COUNT(*) AS stock, SUM(resolved_on IS NOT NULL AND resolved_on <= ?) AS resolved FROM ledger_entries WHERE campaign_id IN (?) AND division_code LIKE ? AND entered_on <= ?',
    [asOf, campaignIds, `${prefix}%`, asOf],
  );
  return { stock: Number(found?.stock), resolved: Number(found?.resolved ?? 0) };
}

test.each(['2020-06-30', '2020-07-15', '2020-08-31', '2020-11-04', '2021-11-02', '2022-09-27'])('the sums of province, city and counties as of %s are those of a recount of the ledgers', async (asOf) => {
  for (const [divisionCode, prefix] of [['640000', '64'], ['640100', '6401'], ['640104', '640104'], ['640121', '640121']] as const) {
    const found = await rollup({ divisionCode, asOf });
    expect({ stock: found?.stock.value, resolved: found?.resolved.value }).toEqual(await recount([above, xingqing, yongning], prefix, asOf));
    expect(found).toMatchObject({ asOf, stock: { asOf, formula: expect.stringContaining('台账数') as string } });
  }
});

test('a campaign counts its own ledger; the one above counts all below it', async () => {
  const own = await rollup({ campaignId: xingqing, divisionCode: '640000' });
  const all = await rollup({ divisionCode: '640000' });
  expect([own?.stock.value, all?.stock.value]).toEqual([95, 115]);
});

test('兴庆区方案 2020: the target in force is 62 to the end of 2020 and 81 after it; the gap is what is missing', async () => {
  const open = await rollup({ divisionCode: '640104', asOf: '2020-12-31' });
  expect(open).toMatchObject({ target: null, gap: null, targetDueOn: null });
  await freeze(world, xingqing, people.province);
  const first = await rollup({ divisionCode: '640104', asOf: '2020-12-31' });
  expect(first).toMatchObject({ target: { value: 62 }, targetDueOn: '2020-12-31', gap: { value: 62 - (first?.resolved.value ?? 0) } });
  expect(await rollup({ divisionCode: '640104', asOf: '2021-01-01' })).toMatchObject({ target: { value: 81 }, targetDueOn: '2021-12-31' });
  await freeze(world, yongning, people.province);
  expect(await rollup({ divisionCode: '640000', asOf: '2021-01-01' })).toMatchObject({ target: { value: 81 + 17 } });
  expect(await rollup({ divisionCode: '640121', asOf: '2021-01-01' })).toMatchObject({ target: { value: 17 } });
});

test('without a day the figures are of today by the business clock', async () => {
  expect(await rollup({ divisionCode: '640104' })).toMatchObject({ asOf: '2022-09-27', stock: { value: 95 } });
});

test('figures are shown to the joint offices of the place and above, and to nobody else', async () => {
  expect(await rollup({ divisionCode: '640104' }, people.county)).toMatchObject({ stock: { value: 95 } });
  expect(await rollup({ divisionCode: '640121' }, people.county)).toBeNull();
  expect(await rollup({ divisionCode: '640000' }, people.county)).toBeNull();
  for (const viewer of [people.otherCounty, people.clerk, people.leader, people.housing]) expect(await rollup({ divisionCode: '640104' }, viewer)).toBeNull();
  for (const divisionCode of ['64%', '', 'x']) expect(await rollup({ divisionCode })).toBeNull();
  expect(await rollup({ divisionCode: '640104', campaignId: '00000000-0000-4000-8000-000000000000' })).toBeNull();
});

interface Change { readonly figure: string; readonly divisionCode: string; readonly on: string; readonly delta: number }
interface Changes { readonly nodes: Change[]; readonly endCursor: string | null; readonly hasMore: boolean }
const CHANGES = `query ($id: ID!, $divisionCode: ID!, $since: String, $first: Int) { campaign(id: $id) { caseFigureChanges(divisionCode: $divisionCode, changedSince: $since, first: $first) {
  nodes { figure divisionCode on delta } endCursor hasMore } } }`;
const pull = async (variables: Record<string, unknown>, viewer = people.province): Promise<Changes | null> =>
  (await world.client.query<{ campaign: { caseFigureChanges: Changes | null } | null }>(viewer, CHANGES, { id: above, divisionCode: '640000', ...variables })).campaign?.caseFigureChanges ?? null;

/** A copy as a provincial office keeps it: each change overwrites. */
async function keepUp(copy: Map<string, number>, since: string | null): Promise<string | null> {
  for (let cursor = since; ;) {
    const page = await pull({ since: cursor, first: 3 });
    for (const change of page?.nodes ?? []) copy.set([change.figure, change.divisionCode, change.on].join('|'), change.delta);
    cursor = page?.endCursor ?? null;
    if (!page?.hasMore) return cursor;
  }
}
const sumOf = (copy: Map<string, number>, figure: string): number => [...copy].filter(([name]) => name.startsWith(figure)).reduce((sum, [, delta]) => sum + delta, 0);

test('whoever pulls the changes to the end, and again after more came, holds the sums; a pull repeated from any place changes nothing', async () => {
  const copy = new Map<string, number>();
  const cursor = await keepUp(copy, null);
  expect([sumOf(copy, 'LEDGER_STOCK'), sumOf(copy, 'LEDGER_RESOLVED')]).toEqual(Object.values(await recount([xingqing, yongning], '64', '2022-09-27')));
  await importLedger(world, xingqing, [row(200, '640104', { 交办日期: '2020-07-15', 化解日期: '2021-11-02' }), row(201, '640104', {})], people.province);
  await keepUp(copy, cursor);
  await keepUp(copy, cursor);
  await keepUp(copy, null);
  expect([sumOf(copy, 'LEDGER_STOCK'), sumOf(copy, 'LEDGER_RESOLVED')]).toEqual(Object.values(await recount([xingqing, yongning], '64', '2022-09-27')));
  const end = await keepUp(copy, null);
  expect(await pull({ since: end })).toEqual({ nodes: [], endCursor: end, hasMore: false });
});

test('changes are pulled by the joint offices of the place; a cursor that is not ours, or 1,001 rows, are refused', async () => {
  expect((await pull({ divisionCode: '640104' }, people.county))?.nodes.length).toBeGreaterThan(0);
  expect(await pull({ divisionCode: '640121' }, people.county)).toBeNull();
  for (const wrong of [{ divisionCode: '64%' }, { since: "1' OR 1=1" }, { first: 1_001 }, { first: 0 }]) expect(await faultOf(world, people.province, CHANGES, { id: above, divisionCode: '640000', ...wrong })).toMatchObject({ code: 'BAD_USER_INPUT' });
});
