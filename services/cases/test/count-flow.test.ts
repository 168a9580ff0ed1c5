import { select } from '@anjie/service-kit/database';
import { setBusinessNow } from '@anjie/testing';
import { createCampaign, faultOf, freeze } from './asking';
import { decideStrikeOff, entriesOf, relapse, requestStrikeOff, resolve, type Entry } from './campaign-asking';
import { aLedgerRow, importLedger } from './workbooks';
import { openCases, people, type CasesWorld } from './world';

let world: CasesWorld;
let above: string;
let xingqing: string;
let entries: Entry[];
beforeAll(async () => {
  world = await openCases();
  await world.reset();
  above = (await createCampaign(world, { divisionCode: '640000' }, people.province)).campaign.id;
  const targets = [{ dueOn: '2020-12-31', percent: 65 }, { dueOn: '2021-12-31', percent: 85 }, { dueOn: '2022-12-31', percent: 100, base: 'ALL' }];
  xingqing = (await createCampaign(world, { parentId: above, cohortSources: ['CENTRAL', 'REGION'], targets }, people.province)).campaign.id;
  const yongning = (await createCampaign(world, { parentId: above, divisionCode: '640121' }, people.province)).campaign.id;
  await importLedger(world, xingqing, Array.from({ length: 95 }, (_u, i) => aLedgerRow(i, { 交办来源: i % 2 ? '中央交办' : '自治区(省)交办', 问题属地代码: '640104' })), people.province);
  await importLedger(world, yongning, Array.from({ length: 10 }, (_u, i) => aLedgerRow(1_000 + i, { 问题属地代码: '640121' })), people.province);
  await freeze(world, xingqing, people.province);
  // later registrations, and what the county assigns or handles itself: daily work
  await importLedger(world, xingqing, Array.from({ length: 20 }, (_u, i) => aLedgerRow(200 + i, {
    交办来源: i % 2 ? '县级交办' : '自办件', 登记日期: i % 3 ? '2020-08-01' : '2019-08-01', 交办日期: '2021-02-01',
  })), people.province);
  entries = await entriesOf(world);
  const days = ['2020-10-01', '2020-12-31', '2021-01-01', '2021-06-15', '2022-03-01'];
  for (const [i, entry] of entries.entries()) if (i % 3 === 0) await resolve(world, entry.caseId, days[i % days.length] ?? '');
  const settled = (await entriesOf(world)).filter((entry) => entry.resolvedOn !== null);
  for (const [i, entry] of settled.entries()) if (i % 4 === 0) await relapse(world, entry.caseId, '2022-05-05');
  for (const [i, entry] of settled.entries()) if (i % 8 === 0) await resolve(world, entry.caseId, '2022-07-07');
  await setBusinessNow(world.db, new Date('2022-08-01T09:00:00+08:00'));
  for (const entry of settled.filter((_e, i) => i % 4 === 1).slice(0, 5)) {
    const asked = await requestStrikeOff(world, entry.id, people.county);
    if (!asked.code) await decideStrikeOff(world, asked.strikeOff.id, people.province);
  }
  for (const entry of settled.filter((_e, i) => i % 4 === 1).slice(0, 2)) await relapse(world, entry.caseId, '2022-08-20');
  await setBusinessNow(world.db, new Date('2022-09-27T09:00:00+08:00'));
}, 120_000);
afterAll(() => world?.close());

interface Flow { readonly opening: number; readonly entered: number; readonly resolved: number; readonly relapsed: number; readonly struckOff: number; readonly restored: number; readonly closing: number }
const PARTS = ['opening', 'entered', 'resolved', 'relapsed', 'struckOff', 'restored', 'closing'] as const;
const FLOW = `flow(divisionCode: $d, from: $from, to: $to) { from to ${PARTS.map((part) => `${part} { value formula asOf }`).join(' ')} }`;
type Shown = { readonly from: string; readonly to: string } & Readonly<Record<keyof Flow, { value: number; formula: string; asOf: string }>>;

const flowShown = async (variables: Record<string, unknown>, viewer = people.province): Promise<Shown | null> =>
  (await world.client.query<{ campaign: { flow: Shown | null } }>(viewer, `query ($id: ID!, $d: ID, $from: Date!, $to: Date) { campaign(id: $id) { ${FLOW} } }`, { id: above, d: '640000', ...variables })).campaign.flow;

/** Counted again from what happened to each entry, one by one, without the figures. */
async function recount({ campaignIds, prefix, from, to }: { campaignIds: readonly string[]; prefix: string; from: string; to: string }): Promise<Flow> {
  const events = await select<{ entryId: string; kind: string; day: string }>(
    world.db.manager,
    `SELECT e.entry_id AS entryId, e.kind, e.on_date AS day FROM ledger_events e JOIN ledger_entries l ON l.id = e.entry_id
      WHERE l.campaign_id IN (?) AND l.division_code LIKE ? ORDER BY e.id`,
    [campaignIds, `${prefix}%`],
  );
  const openAt = (until: (day: string) => boolean): number => {
    const open = new Map<string, boolean>();
    for (const { entryId, kind } of events.filter((event) => until(event.day))) if (kind === 'ENTERED' || kind === 'RELAPSED') open.set(entryId, true); else if (kind === 'RESOLVED') open.set(entryId, false);
    return [...open.values()].filter(Boolean).length;
  };
  const many = (kind: string): number => events.filter((event) => event.kind === kind && event.day >= from && event.day <= to).length;
  return {
    opening: openAt((day) => day < from), entered: many('ENTERED'), resolved: many('RESOLVED'), relapsed: many('RELAPSED'), struckOff: many('STRUCK_OFF'), restored: many('RESTORED'),
    closing: openAt((day) => day <= to),
  };
}
const valuesOf = (shown: Shown | null): Flow => Object.fromEntries(PARTS.map((part) => [part, shown?.[part].value])) as unknown as Flow;

test.each([
  ['2020-01-01', '2020-12-31'], ['2021-01-01', '2021-12-31'], ['2020-07-15', '2020-07-15'], ['2021-02-01', '2021-06-15'], ['2022-05-05', '2022-05-05'], ['2022-05-06', '2022-07-07'],
  ['2022-08-01', '2022-08-20'], ['2019-01-01', '2022-09-27'], ['2022-09-01', '2022-09-27'],
])('减存量、控增量: stock and flow from %s to %s are those of a recount entry by entry, in province, city and counties · row 8', async (from, to) => {
  const all = (await select<{ id: string }>(world.db.manager, 'SELECT id FROM campaigns')).map((row) => row.id);
  for (const [d, prefix] of [['640000', '64'], ['640100', '6401'], ['640104', '640104'], ['640121', '640121']] as const) {
    const shown = await flowShown({ d, from, to });
    expect(valuesOf(shown)).toEqual(await recount({ campaignIds: all, prefix, from, to }));
    expect(shown).toMatchObject({ from, to, closing: { asOf: to, formula: expect.stringContaining('期末存量') as string } });
  }
  expect(valuesOf(await flowShown({ id: xingqing, from, to }))).toEqual(await recount({ campaignIds: [xingqing], prefix: '64', from, to }));
});

test('动态清零、边清边积: an hour of clearing shows as such, a period in which more came than was settled is told · rows 9, 10', async () => {
  const READINGS = 'query ($id: ID!, $from: Date!, $to: Date!) { campaign(id: $id) { flow(from: $from, to: $to) { closing { value } resolved { value } entered { value } relapsed { value } isCleared accumulation isAccumulating } } }';
  type Readings = Record<'closing' | 'resolved' | 'entered' | 'relapsed', { value: number }> & { isCleared: boolean; accumulation: number | null; isAccumulating: boolean };
  const read = async (from: string, to: string) =>
    (await world.client.query<{ campaign: { flow: Readings } }>(people.province, READINGS, { id: xingqing, from, to })).campaign.flow;
  expect(await read('2018-01-01', '2018-12-31')).toMatchObject({ closing: { value: 0 }, isCleared: true, accumulation: null, isAccumulating: false });
  const whole = await read('2019-01-01', '2022-09-27');
  expect(whole).toMatchObject({ isCleared: false, isAccumulating: true });
  expect(whole.accumulation).toBeCloseTo((whole.entered.value + whole.relapsed.value) / whole.resolved.value, 2);
});

test('the sums are not all nought: things came, were settled, came back, were struck off and restored', async () => {
  expect(valuesOf(await flowShown({ from: '2019-01-01', to: '2022-09-27' }))).toEqual({ opening: 0, entered: 125, resolved: 48, relapsed: 13, struckOff: 5, restored: 2, closing: 90 });
});

interface Progress { readonly base: string; readonly isFixed: boolean; readonly rate: number | null; readonly denominator: { value: number; formula: string }; readonly numerator: { value: number }; readonly minimum: { value: number }; readonly gap: { value: number } }
const PROGRESS = `query ($id: ID!, $d: ID, $on: Date) { campaign(id: $id) { cohortSize cohortVerified targets { dueOn base percent minimum progress(divisionCode: $d, asOf: $on) {
  base isFixed rate asOf denominator { value formula } numerator { value } minimum { value } gap { value } } } } }`;
interface Target { readonly dueOn: string; readonly base: string; readonly percent: number; readonly minimum: number | null; readonly progress: Progress | null }
const progress = async (variables: Record<string, unknown>, viewer = people.province) =>
  (await world.client.query<{ campaign: { cohortSize: number; cohortVerified: boolean; targets: Target[] } }>(viewer, PROGRESS, { id: xingqing, ...variables })).campaign;

/** Resolved and not relapsed at the end of the day, one by one. */
async function settledOn(day: string, cohort: string): Promise<number> {
  const rows = await select<{ entryId: string; kind: string }>(
    world.db.manager,
    `SELECT e.entry_id AS entryId, e.kind FROM ledger_events e JOIN ledger_entries l ON l.id = e.entry_id
      WHERE l.campaign_id = ? AND l.cohort LIKE ? AND e.on_date <= ? AND e.kind IN ('RESOLVED', 'RELAPSED') ORDER BY e.id`, [xingqing, cohort, day],
  );
  const last = new Map(rows.map((row) => [row.entryId, row.kind]));
  return [...last.values()].filter((kind) => kind === 'RESOLVED').length;
}

test.each(['2020-12-31', '2021-01-01', '2021-12-31', '2022-05-04', '2022-05-05', '2022-09-27'])('兴庆区方案 2020 §目标任务: two denominators as of %s: 95 that never moves, and all that the ledger holds · row 6', async (on) => {
  const { targets, cohortSize } = await progress({ on });
  const [half, most, whole] = targets as [Target, Target, Target];
  const entered = on < '2021-02-01' ? 95 : 115;
  expect(cohortSize).toBe(95);
  expect(half).toMatchObject({ base: 'COHORT', minimum: 62, progress: { isFixed: true, denominator: { value: 95 }, minimum: { value: 62 }, numerator: { value: await settledOn(on, 'CAMPAIGN') } } });
  expect(most).toMatchObject({ base: 'COHORT', minimum: 81, progress: { denominator: { value: 95 }, minimum: { value: 81 } } });
  const settled = await settledOn(on, '%');
  expect(whole).toMatchObject({ base: 'ALL', minimum: null, progress: { isFixed: false, denominator: { value: entered }, minimum: { value: entered }, numerator: { value: settled }, gap: { value: entered - settled }, rate: settled / entered } });
  expect(half.progress?.gap.value).toBe(Math.max(0, 62 - (half.progress?.numerator.value ?? 0)));
  expect(half.progress?.denominator.formula).toContain('底数');
});

test('a target is shown to the joint offices of the place and above; another county sees its own share of a campaign above, not this one', async () => {
  expect((await progress({}, people.county)).targets[0]?.progress).toMatchObject({ denominator: { value: 95 } });
  expect((await progress({ d: '640121' }, people.county)).targets[0]?.progress).toBeNull();
  expect((await progress({ d: '640121' })).targets[0]?.progress).toMatchObject({ denominator: { value: 0 }, rate: null });
  expect(await flowShown({ id: xingqing, d: '640000', from: '2020-01-01' }, people.county)).toBeNull();
  expect(await flowShown({ id: xingqing, d: '640104', from: '2020-01-01' }, people.county)).toMatchObject({ closing: { value: expect.any(Number) as number } });
});

test('the rollup carries the same columns, and its gap counts the cohort only', async () => {
  const document = `query ($id: ID!) { divisionRollup(campaignId: $id, divisionCode: "640104", asOf: "2022-09-27") { stock { value } resolved { value } openStock { value } cohortResolved { value } relapsed { value }
    struckOff { value } target { value } gap { value } flow(from: "2022-05-01") { opening { value asOf } closing { value } } } }`;
  const { divisionRollup: row } = await world.client.query<{ divisionRollup: Record<string, { value: number }> & { flow: { opening: { asOf: string }; closing: { value: number } } } }>(people.province, document, { id: above });
  const [all, cohort] = [await settledOn('2022-09-27', '%'), await settledOn('2022-09-27', 'CAMPAIGN')];
  expect(cohort).toBeLessThan(all);
  expect(row).toMatchObject({ stock: { value: 115 }, resolved: { value: all }, openStock: { value: 115 - all }, cohortResolved: { value: cohort }, target: { value: 81 }, gap: { value: 81 - cohort }, struckOff: { value: 3 } });
  expect(row.flow).toMatchObject({ opening: { asOf: '2022-04-30' }, closing: { value: 115 - all } });
});

test('a period that ends before it begins, and a place that is none, are bad input', async () => {
  const document = 'query ($id: ID!, $from: Date!, $d: ID) { campaign(id: $id) { flow(from: $from, to: "2022-01-01", divisionCode: $d) { to } } }';
  expect(await faultOf(world, people.province, document, { id: above, from: '2022-01-02' })).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(await faultOf(world, people.province, document, { id: above, from: '2022-01-01', d: '64%' })).toBeUndefined();
  expect(await flowShown({ d: '64%', from: '2022-01-01' })).toBeNull();
});
