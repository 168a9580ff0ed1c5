import { randomUUID } from 'node:crypto';
import { setBusinessNow } from '@anjie/testing';
import { inTransaction, select, write } from '@anjie/service-kit/database';
import { keptFile, makerOfLink } from '@anjie/service-kit/files';
import { putKnownDivisions, putKnownOfficials } from '@anjie/service-kit/facts';
import { importRunView, type ImportRun } from '@anjie/service-kit/imports';
import { createOutbox, createSeal } from '@anjie/service-kit/messaging';
import { publishedCalendar } from '@anjie/calendar';
import { officeRules } from '@anjie/service-kit/runtime';
import { createClocks } from '../src/clocks/clock-service';
import { ledgerImport } from '../src/imports/ledger-import';
import { assign, count, createCampaign, freeze, told } from './asking';
import { abroad, haveOffices } from './asking-responsibility';
import { aLedgerRow, ask, checkLedger, commit, importLedger, rowsShown, runOf, upload, type SheetRow } from './workbooks';
import { anIdNumber, key, openCases, people, place, type CasesWorld } from './world';

let world: CasesWorld;
let campaignId: string;
beforeAll(async () => (world = await openCases()));
beforeEach(async () => {
  await world.reset();
  campaignId = (await createCampaign(world)).campaign.id;
});
afterAll(() => world?.close());

const codesOf = (run: { problems: { nodes: { address: string | null; code: string }[] } }) => run.problems.nodes.map((one) => [one.address, one.code]);
const figures = () => select<{ figure: string; day: string; delta: string }>(
  world.db.manager, 'SELECT figure, on_date AS day, delta FROM figure_deltas WHERE campaign_id = ? ORDER BY figure, on_date', [campaignId],
);

test('a check counts and names every fault with its cell, and writes nothing', async () => {
  const run = await checkLedger(world, campaignId, [
    aLedgerRow(1), aLedgerRow(2, { 证件号码: '110105194912310021' }), aLedgerRow(3, { 信访日期: '2019-02-30', 标题: null }),
    aLedgerRow(4, { 登记日期: '2018-12-31' }), aLedgerRow(5, { 信访形式: '托梦' }), aLedgerRow(6, { 责任单位: '不存在局' }),
    aLedgerRow(7, { 问题属地代码: '640121' }), aLedgerRow(8, { 信访目的: '揭发控告' }), aLedgerRow(9, { 交办日期: '2019-05-01' }), aLedgerRow(1),
  ]);
  expect(run).toMatchObject({ state: 'CHECKED', rowsRead: 10, rowsValid: 1, rowsFaulty: 8, rowsCommitted: 0 });
  expect(codesOf(run)).toEqual([
    ['C3', 'ID_NUMBER_INVALID'], ['F4', 'DATE_INVALID'], ['K4', 'REQUIRED'], ['O5', 'OUTSIDE_COHORT'], ['G6', 'CHOICE_UNKNOWN'], ['Q7', 'UNKNOWN_NAME'],
    ['I8', 'DIVISION_OUT_OF_REACH'], ['I8', 'OUTSIDE_CAMPAIGN'], ['H9', 'ACCUSATION_NOT_HERE'], ['P10', 'DATE_ORDER'], [null, 'DUPLICATE_IN_FILE'],
  ]);
  expect([await count(world, 'cases'), await count(world, 'petitions'), await count(world, 'import_row_keys'), (await figures()).length]).toEqual([0, 0, 0, 0]);
});

test('兴庆区方案 2020: a row registered before the cohort begins is told so; one registered after it enters as daily assignment (日常交办) · row 7', async () => {
  const run = await checkLedger(world, campaignId, [aLedgerRow(1, { 登记日期: '2018-12-31' })], { ...people.county, locale: 'zh-CN' });
  const seen = await runOf(world, { ...people.county, locale: 'zh-CN' }, run.id);
  expect(seen?.problems.nodes[0]?.message).toBe('登记日期早于底数范围');
  await importLedger(world, campaignId, [aLedgerRow(2, { 登记日期: '2020-07-01', 交办来源: '自办件' })]);
  expect(await select(world.db.manager, 'SELECT cohort, source FROM ledger_entries')).toEqual([{ cohort: 'DAILY', source: 'SELF' }]);
});

test('兴庆区方案 2020: where the cohort is decided by source, a row in time must name one; what others assign is daily work', async () => {
  const { campaign } = await createCampaign(world, { cohortSources: ['REGION', 'CENTRAL'] });
  expect(codesOf(await checkLedger(world, campaign.id, [aLedgerRow(1)]))).toEqual([['V2', 'SOURCE_MISSING']]);
  expect(codesOf(await checkLedger(world, campaign.id, [aLedgerRow(1, { 交办来源: '国家交办' })]))).toEqual([['V2', 'CHOICE_UNKNOWN']]);
  await importLedger(world, campaign.id, [aLedgerRow(1, { 交办来源: '中央交办' }), aLedgerRow(2, { 交办来源: '县级交办' })]);
  expect(await select(world.db.manager, 'SELECT cohort, source FROM ledger_entries ORDER BY cohort')).toEqual([{ cohort: 'CAMPAIGN', source: 'CENTRAL' }, { cohort: 'DAILY', source: 'COUNTY' }]);
});

test.each([['from above stays when the county assigns without one', true], ['of the county itself it takes back', false]])('《信访工作条例》第二十二条: a list\'s limit %s', async (_what, isFromAbove) => {
  await importLedger(world, campaignId, [aLedgerRow(1, { 责任单位: '住建局', 交办日期: '2022-07-15', 化解时限: '2022-12-31' })]);
  await haveOffices(world);
  if (isFromAbove) await write(world.db.manager, "UPDATE case_events SET actor = ?, actor_unit_id = ? WHERE action = 'IMPORTED'", [randomUUID(), abroad.provinceOffice]);
  const [row] = await select<{ id: string }>(world.db.manager, 'SELECT id FROM cases');
  expect(await assign(world, row?.id ?? '', { leadUnitId: place.civilAffairs })).toMatchObject({ case: { limitOn: isFromAbove ? '2022-12-31' : null } });
});

test('the commit makes cases, petitions, assignments, entries and figures, and tells who sponsors and who is obliged', async () => {
  await importLedger(world, campaignId, [
    aLedgerRow(1, { 责任单位: '住建局', 配合单位: '民政局、水务局', 包案领导: '包案人', 交办日期: '2022-07-15', 化解时限: '2022-12-31' }),
    aLedgerRow(2, { 责任单位: '民政局', 化解日期: '2021-03-01', 证件号码: anIdNumber(2), 联系电话: '138 0000 0002' }), aLedgerRow(3),
  ]);
  expect([await count(world, 'cases'), await count(world, 'petitions'), await count(world, 'ledger_entries'), await count(world, 'assignments'), await count(world, 'assignment_supports')]).toEqual([3, 3, 3, 2, 2]);
  expect((await figures()).map((row) => [row.figure, row.day, Number(row.delta)])).toEqual([['LEDGER_RESOLVED', '2021-03-01', 1], ['LEDGER_STOCK', '2020-07-15', 2], ['LEDGER_STOCK', '2022-07-15', 1]]);
  expect(await told(world, 'sponsor-named', 'officials')).toMatchObject([{ officialId: place.leader, on: '2022-07-15' }]);
  expect(await told(world, 'obligation-declared')).toMatchObject([{ dutyCode: 'CAMPAIGN_LIMIT', state: 'OPEN', obligorUnitId: place.housing, dueOn: '2022-12-31' }]);
  const seen = await world.client.query<{ cases: { nodes: object[] } }>(people.housing, '{ cases { nodes { status leadUnit { id } leadSince supportUnits { id } ledgerEntries { entryNo enteredOn resolvedOn } } } }');
  expect(seen.cases.nodes).toEqual([{
    status: 'ASSIGNED', leadUnit: { id: place.housing }, leadSince: '2022-07-15', supportUnits: expect.arrayContaining([{ id: place.civilAffairs }, { id: place.elsewhere }]) as object,
    ledgerEntries: [{ entryNo: expect.any(Number) as number, enteredOn: '2022-07-15', resolvedOn: null }],
  }]);
});

test('the same file again, and the same rows in another file, import nothing twice', async () => {
  const rows = [aLedgerRow(1), aLedgerRow(2), aLedgerRow(3, { 信访件编号: null }), aLedgerRow(4, { 信访件编号: null })];
  const first = await importLedger(world, campaignId, rows);
  expect(first).toMatchObject({ state: 'COMMITTED', rowsCommitted: 4, rowsRepeated: 0 });
  const again = await ask(world, people.county, 'commitImport', { importId: first.id });
  expect(again.import).toMatchObject({ id: first.id, state: 'COMMITTED', rowsCommitted: 4 });
  const second = await importLedger(world, campaignId, [...rows, aLedgerRow(5)]);
  expect(second).toMatchObject({ state: 'COMMITTED', rowsRead: 5, rowsCommitted: 1, rowsRepeated: 4 });
  expect([await count(world, 'cases'), await count(world, 'ledger_entries')]).toEqual([5, 5]);
  expect((await figures()).map((row) => Number(row.delta))).toEqual([5]);
});

test('底数 is fixed once: nothing enters a frozen cohort, neither at the check nor when it freezes between check and commit', async () => {
  const waiting = await checkLedger(world, campaignId, [aLedgerRow(1)]);
  await freeze(world, campaignId);
  expect(codesOf(await checkLedger(world, campaignId, [aLedgerRow(2)]))).toEqual([['O2', 'COHORT_FROZEN']]);
  expect(await commit(world, waiting.id)).toMatchObject({ state: 'COMMITTED', rowsCommitted: 0, rowsFaulty: 1 });
  expect(await count(world, 'ledger_entries')).toBe(0);
});

test('a cohort that freezes while an import runs stays what it was frozen to', async () => {
  const outbox = createOutbox('cases', createSeal(Buffer.alloc(32, 1).toString('base64')));
  const definition = ledgerImport({ vault: world.services.vault, outbox, obligations: createClocks({ rules: officeRules(), calendar: publishedCalendar, outbox }) });
  const run: ImportRun = { id: randomUUID(), kind: 'LEDGER', fileId: randomUUID(), isDryRun: false, parameters: { campaignId }, actor: { viewer: people.county, requestId: 'test' } };
  const lookup = await definition.prepare(world.db.manager, run);
  const values: Record<string, string> = { petitionedOn: '2019-05-20', channel: 'LETTER', divisionCode: '640104', title: '一', summary: '二', registeredOn: '2019-05-21', enteredOn: '2020-07-15' };
  const reading = definition.readRow({ rowNumber: 2, values, text: (name) => values[name] ?? null, integer: () => null }, lookup);
  expect(reading).toHaveProperty('draft');
  await freeze(world, campaignId);
  await expect(inTransaction(world.db, (tx) => definition.commit(tx, [(reading as { draft: unknown }).draft], run))).rejects.toMatchObject({ code: 'COHORT_FROZEN' });
  expect([await count(world, 'ledger_entries'), await count(world, 'cases')]).toEqual([0, 0]);
});

test('a name that two officials bear must be told apart by the staff number', async () => {
  await putKnownOfficials(world.db.manager, [{ officialId: randomUUID(), staffNo: 'NX002', name: '包案人', unitId: place.civilAffairs, validTo: null }]);
  expect(codesOf(await checkLedger(world, campaignId, [aLedgerRow(1, { 包案领导: '包案人' })]))).toEqual([['S2', 'AMBIGUOUS_NAME']]);
  await importLedger(world, campaignId, [aLedgerRow(2, { 包案领导: 'NX001' })]);
  expect(await told(world, 'sponsor-named', 'officials')).toMatchObject([{ officialId: place.leader }]);
});

test.each<[string, string, string, SheetRow]>([
  ['no petitioner at all', 'M2', 'COUNT_OUT_OF_RANGE', { 信访人数: '0' }], ['more people than a county has', 'M2', 'COUNT_OUT_OF_RANGE', { 信访人数: '999999999999' }],
  ['fewer than nobody concerned', 'N2', 'COUNT_OUT_OF_RANGE', { 涉及人数: '-1' }], ['more people concerned than there are', 'N2', 'COUNT_OUT_OF_RANGE', { 涉及人数: '99999999999' }],
  ['supporting units without a lead unit', 'R2', 'LEAD_UNIT_MISSING', { 配合单位: '民政局' }],
  ['a resolution before the entry', 'U2', 'DATE_ORDER', { 化解日期: '2020-07-14' }], ['a resolution in the future', 'U2', 'DATE_IN_FUTURE', { 化解日期: '2022-09-28' }], ['a limit before the entry', 'T2', 'DATE_ORDER', { 化解时限: '2020-07-14' }],
])('%s is a fault of the cell %s: %s', async (_what, address, code, part) => {
  expect(codesOf(await checkLedger(world, campaignId, [aLedgerRow(1, part)]))).toEqual([[address, code]]);
});

test('a township\'s campaign takes rows of the township only', async () => {
  for (const code of ['640104100', '640104101']) await putKnownDivisions(world.db.manager, [{ code, name: code, parentCode: '640104', validTo: null }]);
  const township = (await createCampaign(world, { divisionCode: '640104100' })).campaign.id;
  const run = await checkLedger(world, township, [aLedgerRow(1, { 问题属地代码: '640104100' }), aLedgerRow(2, { 问题属地代码: '640104101' })]);
  expect([run.rowsValid, codesOf(run)]).toEqual([1, [['I3', 'OUTSIDE_CAMPAIGN']]]);
});

test('the workbook of problems masks who somebody is, and its link belongs to the requester', async () => {
  const idNumber = anIdNumber(9);
  const run = await checkLedger(world, campaignId, [aLedgerRow(1, { 信访人姓名: '马小明', 证件号码: idNumber, 联系电话: '13800000007', 住址: '银川市兴庆区某某街道某某小区一号楼', 标题: null })]);
  const view = await importRunView(world.db.manager, people.county, run.id);
  const file = await keptFile(world.db.manager, view?.errorFileId ?? '');
  const shown = await rowsShown(world, file?.storageKey ?? '');
  expect(shown).toHaveLength(1);
  expect(shown[0]).toMatchObject({ 信访件编号: 'XF000001', 信访人姓名: '马**', 联系电话: '138******07', 错误: expect.stringContaining('K2') as string });
  const text = JSON.stringify(shown);
  for (const secret of ['马小明', idNumber, '13800000007', '某某小区']) expect(text).not.toContain(secret);
  const link = (viewer: typeof people.county, idempotencyKey = key()) => world.client.query<{ createImportErrorLink: { path?: string; code?: string } }>(
    viewer, 'mutation ($input: ImportErrorLinkInput!) { createImportErrorLink(input: $input) { ... on ImportErrorLink { path } ... on ImportRefusal { code } } }', { input: { idempotencyKey, importId: run.id } },
  );
  const once = key();
  const { path } = (await link(people.county, once)).createImportErrorLink;
  expect([(await link(people.county, once)).createImportErrorLink.path, (await makerOfLink(world.db.manager, path?.split('/').at(-1) ?? ''))?.subject]).toEqual([path, people.county.subject]);
  expect(JSON.stringify(await select(world.db.manager, 'SELECT response FROM idempotency_keys'))).not.toContain(path?.split('/').at(-1));
  expect((await link({ ...people.county, unitId: place.housing, divisionCode: place.otherCounty })).createImportErrorLink.code).toBe('NOT_PERMITTED');
  expect((await link(people.otherCounty)).createImportErrorLink.code).toBe('NOT_FOUND');
});

test('neither the run nor its problems keep identity in clear', async () => {
  await importLedger(world, campaignId, [aLedgerRow(1, { 信访人姓名: '马小明', 证件号码: anIdNumber(9), 信访件编号: null }), aLedgerRow(2, { 信访人姓名: '马*' })]);
  for (const table of ['import_runs', 'import_problems', 'import_row_keys', 'audit_entries', 'outbox_messages', 'idempotency_keys', 'cases', 'petitions']) {
    expect(JSON.stringify(await select(world.db.manager, `SELECT * FROM ${table}`))).not.toMatch(new RegExp(`马小明|${anIdNumber(9)}`));
  }
});

test('an import belongs to a joint office, over a file and a campaign of its own', async () => {
  const fileId = await upload(world, people.county, [aLedgerRow(1)]);
  expect(await ask(world, people.housing, 'checkLedgerImport', { fileId, campaignId })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await ask(world, people.otherCounty, 'checkLedgerImport', { fileId, campaignId })).toMatchObject({ code: 'CAMPAIGN_UNKNOWN' });
  expect(await ask(world, people.province, 'checkLedgerImport', { fileId, campaignId })).toMatchObject({ code: 'FILE_NOT_FOUND' });
  expect(await ask(world, people.county, 'commitImport', { importId: randomUUID() })).toMatchObject({ code: 'NOT_FOUND' });
  const { import: run } = await ask(world, people.county, 'checkLedgerImport', { fileId, campaignId });
  expect(await ask(world, people.county, 'commitImport', { importId: run.id })).toMatchObject({ code: 'NOT_CHECKED' });
  expect(await runOf(world, people.otherCounty, run.id)).toBeNull();
  expect(await ask(world, people.otherCounty, 'commitImport', { importId: run.id })).toMatchObject({ code: 'NOT_FOUND' });
});

test('a unit that closed, and a day that has not come, are judged by the business clock', async () => {
  await write(world.db.manager, "UPDATE known_units SET valid_to = '2022-01-01' WHERE id = ?", [place.housing]);
  expect(codesOf(await checkLedger(world, campaignId, [aLedgerRow(1, { 责任单位: '住建局' })]))).toEqual([['Q2', 'UNKNOWN_NAME']]);
  await setBusinessNow(world.db, new Date('2020-07-10T09:00:00+08:00'));
  expect(codesOf(await checkLedger(world, campaignId, [aLedgerRow(1)]))).toEqual([['P2', 'DATE_IN_FUTURE']]);
});
