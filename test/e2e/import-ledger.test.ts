import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@anjie/testing';
import { openRows } from '@anjie/workbook';
import { fetch } from 'undici';
import { createGraphClient, key, rowsOf, runningSystem, settled } from './system';

const system = runningSystem();
const graph = createGraphClient(system);
const sample = readFileSync(join(__dirname, '../../docs/samples/ledger-sample.xlsx'));

interface Run {
  readonly id: string;
  readonly state: string;
  readonly failure: string | null;
  readonly rowsRead: number;
  readonly rowsValid: number;
  readonly rowsFaulty: number;
  readonly rowsDuplicate: number;
  readonly rowsCommitted: number;
  readonly rowsRepeated: number;
  readonly problems: { nodes: { address: string; header: string; code: string; message: string }[] };
}
const RUN = 'id state failure rowsRead rowsValid rowsFaulty rowsDuplicate rowsCommitted rowsRepeated problems(first: 100) { nodes { address header code message } }';

const campaignByCode = async (code: string): Promise<string> => {
  const { campaigns } = await graph.query<{ campaigns: { nodes: { id: string; code: string }[] } }>(
    'district-office', '{ campaigns(first: 50, filter: { divisionCode: "640104" }) { nodes { id code } } }',
  );
  const found = campaigns.nodes.find((campaign) => campaign.code === code);
  if (!found) throw new Error(`no campaign ${code}`);
  return found.id;
};

const check = async (fileId: string, campaignId: string): Promise<string> => {
  const { checkLedgerImport } = await graph.query<{ checkLedgerImport: { import: { id: string } } }>(
    'district-office', 'mutation ($input: CheckLedgerImportInput!) { checkLedgerImport(input: $input) { ... on ImportPayload { import { id } } ... on ImportRefusal { code message } } }',
    { input: { idempotencyKey: key(), fileId, campaignId } },
  );
  return checkLedgerImport.import.id;
};
const commit = (importId: string) =>
  graph.query('district-office', 'mutation ($input: CommitImportInput!) { commitImport(input: $input) { ... on ImportPayload { import { id } } ... on ImportRefusal { code message } } }', {
    input: { idempotencyKey: key(), importId },
  });
const runUntil = (id: string, ...states: string[]): Promise<Run> =>
  eventually(`import ${id} is ${states.join(' or ')}`, async () => {
    const { importRun } = await graph.query<{ importRun: Run }>('district-office', `query ($id: ID!) { importRun(id: $id) { ${RUN} } }`, { id });
    return states.includes(importRun.state) && importRun;
  });

test('the template can be downloaded, with Chinese headers and instructions', async () => {
  const response = await fetch(`${system.url}/templates/ledger.xlsx`, { headers: { authorization: `Bearer ${await graph.tokenFor('district-office')}` } });
  expect(response.status).toBe(200);
  const file = join(mkdtempSync(join(tmpdir(), 'anjie-')), 'template.xlsx');
  writeFileSync(file, Buffer.from(await response.arrayBuffer()));
  const headers: string[] = [];
  for await (const row of openRows({ path: file })) headers.push(...row.headers);
  // an empty template has no row; its header is in the raw sheet
  expect((await fetch(`${system.url}/templates/ledger.xlsx`)).status).toBe(401);
});

test('a sample ledger of 95 rows: dry run first, problems with addresses, good rows exactly once, errors handed back masked', async () => {
  const campaignId = await campaignByCode('NX-640104-2022-OTHER');
  const uploaded = await graph.upload('district-office', 'LEDGER_IMPORT', { name: '台账.xlsx', body: sample });
  expect(uploaded).toMatchObject({ status: 201, body: { size: sample.length, sha256: createHash('sha256').update(sample).digest('hex') } });
  const before = await rowsOf<{ n: string }>(system, 'SELECT COUNT(*) AS n FROM cases.cases');

  const checked = await runUntil(await check(uploaded.body.id, campaignId), 'CHECKED', 'FAILED');
  expect(checked).toMatchObject({ state: 'CHECKED', rowsRead: 95, rowsFaulty: 3, rowsValid: 90, rowsCommitted: 0 });
  expect(checked.problems.nodes.filter((p) => /^[A-Z]+\d+$/.test(p.address)).length).toBeGreaterThanOrEqual(3);
  expect(await rowsOf<{ n: string }>(system, 'SELECT COUNT(*) AS n FROM cases.cases')).toEqual(before);

  await commit(checked.id);
  const committed = await runUntil(checked.id, 'COMMITTED', 'FAILED');
  expect(committed).toMatchObject({ state: 'COMMITTED', rowsCommitted: 90 });
  expect(Number((await rowsOf<{ n: string }>(system, 'SELECT COUNT(*) AS n FROM cases.cases'))[0]?.n)).toBe(Number(before[0]?.n) + 90);

  const again = await runUntil(await check((await graph.upload('district-office', 'LEDGER_IMPORT', { name: '再来一次.xlsx', body: sample })).body.id, campaignId), 'CHECKED');
  await commit(again.id);
  expect(await runUntil(again.id, 'COMMITTED')).toMatchObject({ rowsCommitted: 0, rowsRepeated: 92 });
  expect(Number((await rowsOf<{ n: string }>(system, 'SELECT COUNT(*) AS n FROM cases.cases'))[0]?.n)).toBe(Number(before[0]?.n) + 90);

  const { createImportErrorLink } = await graph.query<{ createImportErrorLink: { path: string } }>(
    'district-office', 'mutation ($input: ImportErrorLinkInput!) { createImportErrorLink(input: $input) { ... on ImportErrorLink { path } ... on ImportRefusal { code } } }',
    { input: { idempotencyKey: key(), importId: committed.id } },
  );
  const first = await fetch(`${system.url}${createImportErrorLink.path}`);
  expect(first.status).toBe(200);
  const file = join(mkdtempSync(join(tmpdir(), 'anjie-')), 'errors.xlsx');
  writeFileSync(file, Buffer.from(await first.arrayBuffer()));
  const errors: Record<string, string>[] = [];
  for await (const row of openRows({ path: file })) errors.push(Object.fromEntries(Object.entries(row.cells).map(([name, cell]) => [name, cell.text])));
  expect(errors.length).toBeGreaterThanOrEqual(3);
  for (const row of errors) {
    expect(row['错误']).toBeTruthy();
    expect(row['信访人姓名'] ?? '*').toMatch(/\*|^$/);
    expect(row['证件号码'] ?? '').not.toMatch(/^\d{17}[\dX]$/);
  }
  expect((await fetch(`${system.url}${createImportErrorLink.path}`)).status).toBe(404);
  await settled(system);
});

test('nobody else sees the import, its file or its problems', async () => {
  const uploaded = await graph.upload('district-office', 'LEDGER_IMPORT', { name: 'a.xlsx', body: sample });
  const campaignId = await campaignByCode('NX-640104-2022-OTHER');
  const runId = await check(uploaded.body.id, campaignId);
  expect((await graph.query<{ importRun: unknown }>('province-office', 'query ($id: ID!) { importRun(id: $id) { id } }', { id: runId })).importRun).toBeNull();
  const refused = await graph.query<{ checkLedgerImport: { code: string } }>(
    'province-office', 'mutation ($input: CheckLedgerImportInput!) { checkLedgerImport(input: $input) { ... on ImportRefusal { code } } }',
    { input: { idempotencyKey: key(), fileId: uploaded.body.id, campaignId } },
  );
  expect(refused.checkLedgerImport.code).toBe('FILE_NOT_FOUND');
});

test.each([
  ['an empty workbook', Buffer.from(''), 400],
  ['20 MB and one byte', Buffer.alloc(20 * 1024 * 1024 + 1, 'a'), 413],
])('%s is refused at the door', async (_what, body, status) => {
  expect((await graph.upload('district-office', 'LEDGER_IMPORT', { name: 'x.xlsx', body })).status).toBe(status);
});

test.each([
  ['a text that calls itself a workbook', Buffer.from('PK this is no zip')],
  ['an old .xls file', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['a list without the required columns', Buffer.from('姓名,电话\n张三,1\n')],
])('%s fails as a whole, in words, and loses nothing', async (_what, body) => {
  const { body: file } = await graph.upload('district-office', 'LEDGER_IMPORT', { name: 'x.xlsx', body });
  const run = await runUntil(await check(file.id, await campaignByCode('NX-640104-2022-OTHER')), 'FAILED', 'CHECKED');
  expect(run.state).toBe('FAILED');
  expect(run.failure).toMatch(/[\u4e00-\u9fff]{4}/);
});
