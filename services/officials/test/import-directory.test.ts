import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Viewer } from '@anjie/access';
import { newId, select } from '@anjie/service-kit/database';
import { insertFile } from '@anjie/service-kit/files';
import { viewers } from '@anjie/testing';
import { writeWorkbook } from '@anjie/workbook';
import { admin, key, openOfficials, toldOf, type Officials } from './fixture';

let officials: Officials;
beforeAll(async () => void (officials = await openOfficials()));
beforeEach(() => officials.truncate());
afterAll(() => officials.close());

type Rows = readonly (readonly string[])[];
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  行政区划: ['代码', '名称', '上级代码'],
  单位: ['单位代码', '单位名称', '类型', '行政区划代码', '上级单位代码', '撤并后继单位代码', '启用日期'],
  干部: ['工号', '姓名', '单位代码', '职务', '是否主要负责人', '任职日期'],
};
const GOOD: Readonly<Record<string, Rows>> = {
  行政区划: [['640000', '宁夏', ''], ['640100', '银川市', '640000'], ['640104', '兴庆区', '640100']],
  单位: [['U1', '兴庆区政府', '政府', '640104', '', '', '2020-01-01'], ['U2', '兴庆区信访局', '信访局', '640104', 'U1', '', '2020-01-01']],
  干部: [['S1', '张三', 'U2', '局长', '是', '2024-01-01'], ['S2', '李四', 'U2', '科员', '否', '2024-01-01'], ['S1', '张三', 'U1', '办公室主任', '否', '2025-01-01']],
};

async function upload(sheets: Readonly<Record<string, Rows>>, owner: Viewer = admin): Promise<string> {
  const content = await writeWorkbook({ buffer: true }, {
    sheets: Object.entries(sheets).map(([name, rows]) => ({ name, columns: (HEADERS[name] ?? []).map((header) => ({ header, type: 'text' as const })), rows })),
  });
  const id = newId();
  await officials.services.storage.put(id, Readable.from([content]));
  await insertFile(officials.db.manager, {
    id, purpose: 'DIRECTORY_IMPORT', name: '名录.xlsx', mediaType: 'x/y', size: content.length, sha256: createHash('sha256').update(content).digest(), storageKey: id, owner,
  });
  return id;
}

const IMPORT = `directoryImport { id state sheets { name state rowsRead rowsValid rowsFaulty rowsCommitted failure problems { nodes { rowNumber address code isNotice message } } } }`;
const CHECK = `mutation($input: CheckDirectoryImportInput!) { answer: checkDirectoryImport(input: $input) { __typename ... on DirectoryImportPayload { ${IMPORT} } ... on DirectoryRefusal { code } } }`;
const COMMIT = `mutation($input: CommitDirectoryImportInput!) { answer: commitDirectoryImport(input: $input) { __typename ... on DirectoryImportPayload { ${IMPORT} } ... on DirectoryRefusal { code } } }`;

interface Sheet {
  readonly name: string;
  readonly state: string;
  readonly rowsCommitted: number;
  readonly rowsFaulty: number;
  readonly failure: string | null;
  readonly problems: { readonly nodes: readonly { readonly code: string; readonly isNotice: boolean; readonly address: string }[] };
}
interface Import {
  readonly id: string;
  readonly state: string;
  readonly sheets: readonly Sheet[];
}
interface Answer {
  readonly code?: string;
  readonly directoryImport?: Import;
}
const check = async (fileId: string, viewer: Viewer = admin): Promise<Answer> =>
  (await officials.client.query<{ answer: Answer }>(viewer, CHECK, { input: { idempotencyKey: key(), fileId } })).answer;
const commit = async (importId: string, viewer: Viewer = admin): Promise<Answer> =>
  (await officials.client.query<{ answer: Answer }>(viewer, COMMIT, { input: { idempotencyKey: key(), importId } })).answer;
const look = async (id: string, viewer: Viewer = admin): Promise<Import | null> =>
  (await officials.client.query<{ directoryImport: Import | null }>(viewer, `query($id: ID!) { ${IMPORT.replace('directoryImport', 'directoryImport(id: $id)')} }`, { id })).directoryImport;

/** What the worker does, until nothing is left to do. */
async function work(): Promise<void> {
  const { engine, directoryImports } = officials.services;
  for (let i = 0; i < 20; i += 1) {
    const worked = await engine.runOnce();
    const looked = await directoryImports.advance();
    if (!worked && looked === 0) return;
  }
}

async function checked(sheets: Readonly<Record<string, Rows>>): Promise<Import> {
  const { directoryImport } = await check(await upload(sheets));
  await work();
  return (await look(directoryImport?.id ?? '')) as Import;
}
const names = async (): Promise<string[]> => (await select<{ name: string }>(officials.db.manager, 'SELECT name FROM units ORDER BY code')).map((row) => row.name);

test('a workbook is checked without a trace and committed sheet by sheet', async () => {
  const first = await checked(GOOD);
  expect(first).toMatchObject({ state: 'CHECKED', sheets: [{ name: '行政区划', state: 'CHECKED', rowsCommitted: 0 }, { name: '单位' }, { name: '干部' }] });
  expect(first.sheets[1]?.problems.nodes.map((p) => [p.code, p.isNotice])).toEqual([['DIVISION_UNKNOWN', true], ['DIVISION_UNKNOWN', true]]);
  expect(await names()).toEqual([]);
  expect(await commit(first.id)).toMatchObject({ directoryImport: { state: 'COMMITTING' } });
  expect(await commit(first.id)).toMatchObject({ directoryImport: { state: 'COMMITTING' } });
  await work();
  const done = await look(first.id);
  expect(done).toMatchObject({ state: 'COMMITTED', sheets: [{ rowsCommitted: 3, rowsFaulty: 0 }, { rowsCommitted: 2, rowsFaulty: 0 }, { rowsCommitted: 3, rowsFaulty: 0 }] });
  expect(done?.sheets.flatMap((sheet) => sheet.problems.nodes)).toEqual([]);
  const asked = '{ units { nodes { code parent { code } kind head { name } } } officials { nodes { staffNo unit { code } posts { title unit { code } } } } }';
  expect(await officials.client.query(admin, asked)).toEqual({
    units: { nodes: [{ code: 'U1', parent: null, kind: 'GOVERNMENT', head: null }, { code: 'U2', parent: { code: 'U1' }, kind: 'PETITION_OFFICE', head: { name: '张三' } }] },
    officials: { nodes: [
      { staffNo: 'S1', unit: { code: 'U2' }, posts: [{ title: '局长', unit: { code: 'U2' } }, { title: '办公室主任', unit: { code: 'U1' } }] },
      { staffNo: 'S2', unit: { code: 'U2' }, posts: [{ title: '科员', unit: { code: 'U2' } }] },
    ] },
  });
});

test('the same workbook again announces nothing; a changed name announces one unit', async () => {
  const first = await checked(GOOD);
  await commit(first.id);
  await work();
  const told = async () => (await Promise.all(['division-changed', 'unit-changed', 'official-changed'].map((topic) => toldOf(officials.db, topic)))).map((t) => t.length);
  const before = await told();
  const again = await checked({ ...GOOD, 单位: [['U1', '兴庆区人民政府', '政府', '640104', '', '', '2020-01-01'], ...(GOOD['单位'] ?? []).slice(1)] });
  await commit(again.id);
  await work();
  expect(await look(again.id)).toMatchObject({ state: 'COMMITTED' });
  expect(await names()).toEqual(['兴庆区人民政府', '兴庆区信访局']);
  expect(await told()).toEqual([before[0], (before[1] ?? 0) + 1, before[2]]);
});

test('faulty rows are named by cell and left out; the good ones are imported', async () => {
  const found = await checked({
    行政区划: [...(GOOD['行政区划'] ?? []), ['650104', '别处', '640100'], ['640199100', '某镇', '640199']],
    单位: [['U1', '兴庆区政府', '衙门', '640104', '', '', '2020-01-01'], ['U3', '某局', '部门', '640104', 'U9', '', '2020-01-01'], ['U4', '某办', '部门', '649999', '', '', '2020-01-01']],
    干部: [['S1', '张三', 'U9', '局长', '', ''], ['S2', '李四', 'U3', '', '', '']],
  });
  expect(found.sheets.map((s) => s.problems.nodes.map((p) => [p.address, p.code, p.isNotice]))).toEqual([
    [['A5', 'ROW_NOT_FIT', false], ['C6', 'PARENT_UNKNOWN', false]],
    [['C2', 'CHOICE_UNKNOWN', false], ['E3', 'PARENT_UNKNOWN', false], ['D3', 'DIVISION_UNKNOWN', true], ['D4', 'DIVISION_UNKNOWN', true]],
    [['C2', 'UNIT_UNKNOWN', true], ['A3', 'ROW_NOT_FIT', false]],
  ]);
  await commit(found.id);
  await work();
  expect(await look(found.id)).toMatchObject({ state: 'COMMITTED', sheets: [{ rowsCommitted: 3, rowsFaulty: 2 }, { rowsCommitted: 0, rowsFaulty: 3 }, { rowsCommitted: 0, rowsFaulty: 2 }] });
});

test('a workbook may leave sheets out; one without any of them fails', async () => {
  const some = await checked({ 行政区划: GOOD['行政区划'] ?? [] });
  expect(some).toMatchObject({ state: 'CHECKED', sheets: [{ state: 'CHECKED' }, { state: 'SKIPPED' }, { state: 'SKIPPED' }] });
  await commit(some.id);
  await work();
  expect(await look(some.id)).toMatchObject({ state: 'COMMITTED' });
  const none = await checked({ 别的: [] });
  expect(none.state).toBe('FAILED');
  expect(await commit(none.id)).toMatchObject({ code: 'NOT_NOW' });
});

test('only an administrator imports, only files and imports of their own', async () => {
  const fileId = await upload(GOOD);
  const other = viewers.admin();
  expect(await check(fileId, viewers.jointOffice('640000', newId()))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await check(fileId, other)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await check('no id')).toMatchObject({ code: 'NOT_FOUND' });
  const { directoryImport } = await check(fileId);
  expect(directoryImport).toMatchObject({ state: 'CHECKING' });
  expect(await commit(directoryImport?.id ?? '')).toMatchObject({ code: 'NOT_NOW' });
  expect(await look(directoryImport?.id ?? '', other)).toBeNull();
  expect(await commit(directoryImport?.id ?? '', other)).toMatchObject({ code: 'NOT_FOUND' });
});
