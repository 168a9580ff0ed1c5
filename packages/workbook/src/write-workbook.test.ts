import { errorBook, openRows, templateBook, writeWorkbook, type Column, type Sheet } from './index';
import { openArchive } from './zip-archive';
import { defaultLimits } from './limits';
import { all, createFolder, refusalOf } from './test-files';

let folder: Awaited<ReturnType<typeof createFolder>>;
beforeAll(async () => { folder = await createFolder(); });
afterAll(() => folder.remove());

const text: Column = { header: '文', type: 'text' };
const book = (columns: Column[], rows: Sheet['rows']) => ({ sheets: [{ name: '表', columns, rows }] });
async function partsOf(path: string): Promise<Record<string, string>> {
  const archive = await openArchive(path, defaultLimits);
  const parts: Record<string, string> = {};
  for (const name of archive.names) parts[name] = Buffer.concat(await all(archive.read(name))).toString();
  archive.close();
  return parts;
}

test('every type survives a round trip', async () => {
  const columns: Column[] = [text, { header: '数', type: 'number' }, { header: '日', type: 'date' }, { header: '否', type: 'boolean' }];
  const rows = [['a<&>"\u{1F600}\u{20000}\n_x0041_\u0007', 1.5, '1900-02-28', true], [null, '110101199003070011', '2024-02-29', false], ['１', '-3', '不详', null]];
  const path = await folder.put(await writeWorkbook({ buffer: true }, book(columns, rows)));
  const back = (await all(openRows({ path }))).map((row) => row.headers.map((header) => [row.cells[header]?.kind, row.cells[header]?.text]));
  expect(back).toEqual([
    [['TEXT', 'a<&>"\u{1F600}\u{20000}\n_x0041_\u0007'], ['NUMBER', '1.5'], ['DATE', '1900-02-28'], ['BOOLEAN', 'TRUE']],
    [['EMPTY', ''], ['TEXT', '110101199003070011'], ['DATE', '2024-02-29'], ['BOOLEAN', 'FALSE']],
    [['TEXT', '１'], ['NUMBER', '-3'], ['TEXT', '不详'], ['EMPTY', '']],
  ]);
});

test('text that looks like a formula is a text cell in text format', async () => {
  const dangers = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'];
  const path = folder.path();
  await writeWorkbook({ path }, book([text], dangers.map((danger) => [danger])));
  const sheet = (await partsOf(path))['xl/worksheets/sheet1.xml'] ?? '';
  expect(sheet).not.toContain('<f>');
  expect(sheet.match(/t="inlineStr"/g)).toHaveLength(dangers.length + 1);
  expect((await all(openRows({ path }))).map((row) => row.cells['文'])).toEqual(dangers.map((danger) => ({ kind: 'TEXT', text: danger.trim() })));
});

test('a template has bold headers, drop-down lists, notes and a sheet of explanations', async () => {
  const path = folder.path();
  const columns: Column[] = [{ ...text, note: '写"全"称', width: 30 }, { header: '类', type: 'text', choices: ['甲', '乙,丙'] }];
  await writeWorkbook({ path }, templateBook({ sheet: '台账', columns, examples: [['示例', '甲']] }));
  const parts = await partsOf(path);
  expect(parts['xl/worksheets/sheet1.xml']).toContain(`<formula1>'_choices'!$A$2:$A$3</formula1>`);
  expect(parts['xl/worksheets/sheet1.xml']).toContain('prompt="写&quot;全&quot;称" sqref="A2:A1048576"');
  expect(parts['xl/worksheets/sheet1.xml']).toContain('width="30"');
  expect(parts['xl/workbook.xml']).toContain('name="_choices" sheetId="3" state="hidden"');
  expect(parts['xl/styles.xml']).toContain('<b/>');
  expect((await all(openRows({ path })))[0]).toMatchObject({ headers: ['文', '类'], rowNumber: 2 });
  const guide = await all(openRows({ path }, { sheet: '填写说明' }));
  expect(guide.map((row) => row.cells['可选值']?.text)).toEqual(['', '甲、乙,丙']);
});

test('an error workbook keeps the cells, highlights the faulty ones and replaces older messages', async () => {
  const columns: Column[] = [{ header: '名', type: 'text' }, { header: '日', type: 'date' }, { header: '错误', type: 'text' }];
  const sent = await folder.put(await writeWorkbook({ buffer: true }, book(columns, [['=x', '2024-01-31', '旧']])));
  const [row] = await all(openRows({ path: sent }));
  if (!row) throw new Error('one row was written');
  const faults = [{ header: '日', message: '日期过早' }, { message: '整行有误' }];
  const path = folder.path();
  await writeWorkbook({ path }, errorBook({ sheet: '错误', headers: row.headers, rows: [{ row, faults }] }));
  const [back] = await all(openRows({ path }));
  expect(back?.headers).toEqual(['名', '日', '错误']);
  expect(back?.cells).toMatchObject({ 名: { text: '=x' }, 日: { kind: 'DATE', text: '2024-01-31' }, 错误: { text: '日期过早\n整行有误' } });
  expect((await partsOf(path))['xl/worksheets/sheet1.xml']).toContain('<c r="B2" s="8">');
});

test('what cannot be written is refused, and no file is left', async () => {
  const path = folder.path();
  expect(await refusalOf(writeWorkbook({ path }, book([text], [['1', '2']])))).toMatchObject({ code: 'ROW_TOO_WIDE', address: 'A2' });
  expect(await refusalOf(writeWorkbook({ path }, book([text], [['x'.repeat(32_768)]])))).toMatchObject({ code: 'CELL_TOO_LONG', address: 'A2' });
  expect(await refusalOf(openRows({ path }))).toMatchObject({ code: 'FILE_NOT_FOUND' });
  for (const name of ['', 'a/b', 'x'.repeat(32), '_choices']) {
    expect(await refusalOf(writeWorkbook({ path }, { sheets: [{ name, columns: [text], rows: [] }] }))).toMatchObject({ code: 'SHEET_NAME_INVALID' });
  }
  expect(await refusalOf(writeWorkbook({ path }, book([text], [['x'.repeat(32_767)]])))).toEqual({ code: 'accepted' });
});

test('an error of the rows themselves reaches the caller', async () => {
  async function* rows(): AsyncGenerator<string[]> { yield ['1']; throw new Error('database gone'); }
  await expect(writeWorkbook({ buffer: true }, book([text], rows()))).rejects.toThrow('database gone');
});

test('when the target cannot be written, the source of the rows is closed', async () => {
  let [isStarted, isClosed] = [false, false];
  async function* rows() { try { for (isStarted = true; ;) yield ['x'.repeat(1000)]; } finally { isClosed = true; } }
  await expect(writeWorkbook({ path: `${folder.path()}/none/a.xlsx` }, book([text], rows()))).rejects.toThrow('ENOENT');
  // closing is asynchronous and nobody waits for it; it has happened when it has happened
  for (let tries = 0; tries < 3_000 && isClosed !== isStarted; tries += 1) await new Promise((done) => setTimeout(done, 10));
  // where the target failed before the first row was wanted there is nothing to close
  expect(isClosed).toBe(isStarted);
});

test('10,000 rows of 15 columns are written and read within 200 MB', async () => {
  const columns = Array.from({ length: 15 }, (_, index): Column => ({ header: `列${index}`, type: 'text' }));
  function* rows() { for (let row = 0; row < 10_000; row += 1) yield columns.map((_, index) => `信访事项第${row}行第${index}列的内容`); }
  const path = folder.path();
  const before = process.memoryUsage().rss;
  let peak = 0;
  let count = 0;
  await writeWorkbook({ path }, book(columns, rows()));
  for await (const row of openRows({ path })) {
    count += 1;
    if (row.rowNumber % 500 === 0) peak = Math.max(peak, process.memoryUsage().rss);
  }
  expect(count).toBe(10_000);
  expect(peak - before).toBeLessThan(200 * 1024 * 1024);
}, 60_000);
