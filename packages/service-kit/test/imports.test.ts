import { randomBytes, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { viewers } from '@anjie/testing';
import { openRows, writeWorkbook } from '@anjie/workbook';
import { insertRows, newId, select, write, type Actor } from '../src/database';
import { keptFile, visibleFile, type FileStorage } from '../src/files';
import { importProblemConnection, importRunView, templateFor } from '../src/imports';
import { clerk, columns, definition, openLedger, plainRows, trouble, unit } from './ledger-import';

let on: Awaited<ReturnType<typeof openLedger>>;
beforeAll(async () => {
  on = await openLedger();
});
beforeEach(() => on.reset());
afterAll(() => on.close());

test('a dry run imports nothing, then the commit imports the good rows once, however often it is asked for', async () => {
  const runId = await on.checked(await on.sheet(plainRows(3)));
  expect(await on.view(runId)).toMatchObject({ state: 'CHECKED', isDryRun: true, rowsTotal: 3, rowsValid: 3, rowsCommitted: 0, errorFileId: null });
  expect(await on.ledger()).toEqual([]);
  expect(await select(on.db.manager, 'SELECT * FROM import_row_keys')).toEqual([]);
  expect(await on.commit(runId)).toEqual({ runId, isRepeat: false });
  expect(await on.commit(runId)).toEqual({ runId, isRepeat: true });
  const engine = on.engineOf();
  expect([await engine.runOnce(), await engine.runOnce()]).toEqual([true, false]);
  expect(await on.view(runId)).toMatchObject({ state: 'COMMITTED', rowsTotal: 3, rowsRead: 3, rowsValid: 3, rowsCommitted: 3, rowsRepeated: 0 });
  expect(await on.commit(runId)).toEqual({ runId, isRepeat: true });
  expect(await on.ledger()).toEqual([1, 2, 3].map((i) => ({ no: `N${i}`, n: expect.anything() })));
});

test('problems come with the address of their cell, and the good rows are imported without them', async () => {
  const run = await on.imported(await on.sheet([
    ['N1', '张三丰', '11010519491231002X', '138 1234-1234', '2026/1/31', '3', '来访'],
    ['', '李四', '110105194912310021', '1234', '2026-02-30', '三', '来电'],
    ['N1', '王五', null, null, null, null, null],
    ['禁', '赵六', null, null, null, null, null],
    ['N5', '钱七', '１１０１０５１９４９１２３１００２ｘ', '０10－62345678', '２０２６年１月３１日', '1,200', 'LETTER'],
    ['N2345678901', '张*', null, null, null, null, null],
    ['N7', '孙\u200b八\u0085', null, null, null, null, null],
  ]));
  expect(run).toMatchObject({ state: 'COMMITTED', rowsRead: 7, rowsValid: 2, rowsFaulty: 4, rowsDuplicate: 1, rowsCommitted: 2 });
  expect(await on.problemsOf(run.id)).toEqual([
    [3, 'A3', '编号', 'REQUIRED', 0], [3, 'C3', '身份证号', 'ID_NUMBER_INVALID', 0], [3, 'D3', '联系电话', 'PHONE_INVALID', 0],
    [3, 'E3', '登记日期', 'DATE_INVALID', 0], [3, 'F3', '人数', 'INTEGER_INVALID', 0], [3, 'G3', '类别', 'CHOICE_UNKNOWN', 0],
    [4, null, null, 'DUPLICATE_IN_FILE', 0], [5, 'A5', '编号', 'NO_FORBIDDEN', 0], [7, 'A7', '编号', 'TOO_LONG', 0], [7, 'B7', '姓名', 'MASKED_VALUE', 0],
    [8, 'B8', '姓名', 'CONTROL_CHARACTER', 0],
  ]);
  expect((await on.ledger()).map((row) => row.no).sort()).toEqual(['N1', 'N5']);
  expect(await select(on.db.manager, "SELECT people FROM test_ledger WHERE no = 'N5'")).toEqual([{ people: 1200 }]);
});

test('the error workbook holds only the rows with problems, masked, for its requester, for a day', async () => {
  const run = await on.imported(await on.sheet([
    ['N1', '张三丰', null, null, null, null, null],
    ['N2', '李四', '110105194912310021', '13812341234', '2026-02-30', null, '来访'],
  ]));
  const file = await visibleFile(on.db.manager, clerk, run.errorFileId ?? '');
  expect(file).toMatchObject({ purpose: 'IMPORT_ERRORS', owner: clerk.subject });
  const hours = ((file?.expiresAt?.getTime() ?? 0) - (file?.createdAt.getTime() ?? 0)) / 3_600_000;
  expect(hours).toBe(24);
  const rows = [];
  for await (const row of openRows({ path: on.pathOf(file?.storageKey) })) rows.push(row);
  expect(rows[0]?.headers).toEqual([...columns.map((c) => c.header), '错误']);
  expect(rows.map((row) => Object.values(row.cells).map((cell) => cell.text))).toEqual([
    ['N2', '李*', '110**************1', '138******34', '2026-02-30', '', '来访',
      'C3: The length, date of birth or check character of the ID number is wrong\nE3: Not a real date; write it as 2024-01-31'],
  ]);
});

test('an import that is killed in the middle goes on behind its last chunk and imports every row once', async () => {
  const runId = await on.checked(await on.sheet(plainRows(1_700)));
  await on.commit(runId);
  trouble.failAt = 3;
  expect(await on.engineOf().runOnce()).toBe(false);
  expect(await on.view(runId)).toMatchObject({ state: 'COMMITTING', rowsRead: 1_000, rowsCommitted: 1_000 });
  expect(await on.ledger()).toHaveLength(1_000);
  await on.expireLeases();
  expect(await on.engineOf().runOnce()).toBe(true);
  expect(await on.view(runId)).toMatchObject({ state: 'COMMITTED', rowsRead: 1_700, rowsCommitted: 1_700, rowsRepeated: 0, rowsDuplicate: 0 });
  expect(trouble.commits).toBe(5);
  const rows = await on.ledger();
  expect([rows.length, rows.every((row) => Number(row.n) === 1)]).toEqual([1_700, true]);
});

test('a worker that wakes up after its run was taken over writes nothing', async () => {
  const fileId = await on.sheet(plainRows(600));
  const { runId } = await on.check(fileId);
  let takenOver = false;
  const slow: FileStorage = {
    ...on.storage,
    async open(key) {
      if (!takenOver) {
        takenOver = true;
        await on.expireLeases();
        await on.engineOf().runOnce();
      }
      return on.storage.open(key);
    },
  };
  await on.engineOf(slow).runOnce();
  expect(await on.view(runId)).toMatchObject({ state: 'CHECKED', rowsRead: 600, rowsValid: 600 });
});

test('two engines on two runs over overlapping files import every row once', async () => {
  const first = await on.checked(await on.sheet(plainRows(1_500)));
  const second = await on.checked(await on.sheet(plainRows(1_500, 501)));
  await on.commit(first);
  await on.commit(second);
  const engines = [on.engineOf(), on.engineOf(), on.engineOf()];
  expect((await Promise.all(engines.map((engine) => engine.runOnce()))).sort()).toEqual([false, true, true]);
  const runs = [await on.view(first), await on.view(second)];
  expect(runs.map((run) => run.state)).toEqual(['COMMITTED', 'COMMITTED']);
  expect(runs.reduce((sum, run) => sum + run.rowsCommitted, 0)).toBe(2_000);
  expect(runs.reduce((sum, run) => sum + run.rowsRepeated, 0)).toBe(1_000);
  const rows = await on.ledger();
  expect([rows.length, rows.every((row) => Number(row.n) === 1)]).toEqual([2_000, true]);
});

test('of two runs that meet at the same row, the one that writes its key first imports it; the other calls it repeated', async () => {
  const [slow, quick] = [await on.checked(await on.sheet(plainRows(3))), await on.checked(await on.sheet(plainRows(2)))];
  await on.commit(slow);
  trouble.beforeKeys = async () => {
    trouble.beforeKeys = async () => undefined;
    await on.commit(quick);
    await on.engineOf().runOnce();
  };
  await on.engineOf().runOnce();
  expect(await on.view(quick)).toMatchObject({ state: 'COMMITTED', rowsCommitted: 2 });
  expect(await on.view(slow)).toMatchObject({ state: 'COMMITTED', rowsCommitted: 1, rowsRepeated: 2, rowsValid: 1 });
  expect((await on.ledger()).map((row) => Number(row.n))).toEqual([1, 1, 1]);
});

test('duplicates against the database are told and imported; those that the definition forbids are not', async () => {
  for (const no of ['N1', '旧1']) await insertRows(on.db.manager, 'test_ledger', [{ id: newId(), no, people: null, is_old: 1 }]);
  const run = await on.imported(await on.sheet([['N1', '甲'], ['旧1', '乙'], ['N3', '丙']]));
  expect(run).toMatchObject({ rowsRead: 3, rowsValid: 2, rowsDuplicate: 2, rowsCommitted: 2, rowsFaulty: 0 });
  expect(await on.problemsOf(run.id)).toEqual([[2, 'A2', '编号', 'LIKE_AN_OLD_ONE', 1], [3, 'A3', '编号', 'LIKE_AN_OLD_ONE', 0]]);
  expect((await on.ledger()).map((row) => row.no).sort()).toEqual(['N1', 'N3']);
  expect(await select(on.db.manager, 'SELECT * FROM import_row_keys')).toHaveLength(2);
});

test('a file without a required column fails, naming it; a strange column is told and ignored', async () => {
  const bad = await on.view(await on.checked(await on.sheet([['N1', 'x']], ['编号', '13812341234'])));
  expect(bad).toMatchObject({ state: 'FAILED', failureCode: 'HEADERS_MISSING', failureText: { zh: '缺少必填列：姓名' } });
  const run = await on.imported(await on.sheet([['N1', 'x', '李四']], ['* 编 号', '备注', '信访人姓名']));
  expect(run).toMatchObject({ state: 'COMMITTED', rowsCommitted: 1, errorFileId: null });
  expect(await on.problemsOf(run.id)).toEqual([[1, 'B1', '备注', 'HEADER_UNKNOWN', 1]]);
});

test.each([
  ['a sheet that is missing', async () => on.haveFile(await writeWorkbook({ buffer: true }, { sheets: [{ name: '别的', columns: [], rows: [] }] })), 'SHEET_MISSING'],
  ['a file without rows', () => on.sheet([]), 'NO_ROWS'],
  ['something else', () => on.haveFile(Buffer.from('%PDF-1.7')), 'UNSUPPORTED_FORMAT'],
])('%s fails with its own words', async (_what, file, code) => {
  expect(await on.view(await on.checked(await file()))).toMatchObject({ state: 'FAILED', failureCode: code, failureText: { zh: expect.any(String), en: expect.any(String) } });
});

test('what cannot be asked for is refused', async () => {
  const engine = on.engineOf();
  expect(await on.check(randomUUID())).toMatchObject({ code: 'FILE_NOT_FOUND' });
  const fileId = await on.sheet(plainRows(1));
  const stranger: Actor = { viewer: viewers.clerk(randomUUID()), requestId: 'r' };
  expect(await on.check(fileId, stranger)).toMatchObject({ code: 'FILE_NOT_FOUND' });
  const { runId } = await on.check(fileId);
  expect(await on.commit(runId)).toMatchObject({ code: 'NOT_CHECKED' });
  expect(await on.commit(runId, stranger)).toMatchObject({ code: 'NOT_FOUND' });
  await engine.runOnce();
  await write(on.db.manager, 'UPDATE files SET sha256 = ?', [randomBytes(32)]);
  expect(await on.commit(runId)).toMatchObject({ code: 'FILE_CHANGED' });
  await write(on.db.manager, 'UPDATE files SET deleted_at = UTC_TIMESTAMP(3)');
  expect(await on.commit(runId)).toMatchObject({ code: 'FILE_NOT_FOUND' });
});

test('content that changed under a queued run fails it', async () => {
  const fileId = await on.sheet(plainRows(2));
  const runId = await on.checked(fileId);
  await on.commit(runId);
  await writeFile(on.pathOf(fileId), 'x');
  await on.engineOf().runOnce();
  expect(await on.view(runId)).toMatchObject({ state: 'FAILED', failureCode: 'FILE_CHANGED', rowsCommitted: 0 });
});

test('a commit that keeps failing is given to a person, and goes on when asked again', async () => {
  const runId = await on.checked(await on.sheet(plainRows(700)));
  await on.commit(runId);
  for (let attempt = 0; attempt < 6; attempt += 1) {
    trouble.failAt = trouble.commits + (attempt === 0 ? 2 : 1);
    await on.engineOf().runOnce();
    await on.expireLeases();
  }
  expect(await on.view(runId)).toMatchObject({ state: 'FAILED', failureCode: 'ENGINE_FAULT', rowsCommitted: 500 });
  trouble.failAt = 0;
  expect(await on.commit(runId)).toEqual({ runId, isRepeat: false });
  await on.engineOf().runOnce();
  expect(await on.view(runId)).toMatchObject({ state: 'COMMITTED', rowsCommitted: 700, failureCode: null });
  expect(await on.ledger()).toHaveLength(700);
});

test('a run is seen by its requester and by who acts for the same unit, and its problems with it; without a role nobody acts', async () => {
  const runId = await on.checked(await on.sheet([['', 'x']]));
  const seenBy = (viewer: typeof clerk) => importRunView(on.db.manager, viewer, runId);
  expect(await seenBy(viewers.clerk(unit))).toMatchObject({ id: runId });
  for (const viewer of [viewers.clerk(randomUUID()), viewers.plain(), viewers.plain(randomUUID(), unit)]) {
    expect(await seenBy(viewer)).toBeUndefined();
    expect((await importProblemConnection(on.db.manager, viewer, { runId })).nodes).toEqual([]);
  }
});

test('10,000 rows of which many are faulty: progress moves, memory does not grow', async () => {
  function* rows() {
    for (const [index, row] of [...plainRows(10_000)].entries()) yield index % 4 === 0 ? ['', ...row.slice(1)] : row;
  }
  const runId = await on.checked(await on.sheet(rows()));
  expect(await on.view(runId)).toMatchObject({ rowsTotal: 10_000, rowsValid: 7_500, rowsFaulty: 2_500 });
  await on.commit(runId);
  const seen = new Set<number>();
  const watch = setInterval(() => void on.view(runId).then((run) => seen.add(run.rowsRead)), 20);
  const [memory, start] = [process.memoryUsage().rss, performance.now()];
  await on.engineOf().runOnce();
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  const run = await on.view(runId);
  expect(run).toMatchObject({ state: 'COMMITTED', rowsCommitted: 7_500 });
  console.log(`${Math.round(10_000 / seconds)} rows/s, ${Math.round((process.memoryUsage().rss - memory) / 1e6)} MB more, ${seen.size} steps seen`);
  expect(process.memoryUsage().rss - memory).toBeLessThan(150e6);
  expect(seen.size).toBeGreaterThan(3);
  const [kept] = await select<{ n: string; last: number }>(on.db.manager, 'SELECT COUNT(*) AS n, MAX(`row_number`) AS last FROM import_problems');
  expect(Number(kept?.n)).toBe(1_000);
  let written = 0;
  const file = await keptFile(on.db.manager, run.errorFileId ?? '');
  for await (const row of openRows({ path: on.pathOf(file?.storageKey) })) written += row.rowNumber > 1 ? 1 : 0;
  expect(written).toBe(2_500);
}, 60_000);

test('the template has every column, its choices and a sheet that explains them; it can be sent back', async () => {
  const fileId = await on.haveFile(await templateFor(definition));
  expect(await on.view(await on.checked(fileId))).toMatchObject({ state: 'FAILED', failureCode: 'NO_ROWS' });
  const guide = [];
  for await (const row of openRows({ path: on.pathOf(fileId) }, { sheet: '填写说明' })) guide.push(row.cells['列名']?.text);
  expect(guide).toEqual(columns.map((c) => c.header));
});

