import { openRows, writeCsv } from './index';
import { all, createFolder, refusalOf } from './test-files';

let folder: Awaited<ReturnType<typeof createFolder>>;
beforeAll(async () => { folder = await createFolder(); });
afterAll(() => folder.remove());

const rowsOf = async (content: Buffer | string, options = {}) => all(openRows({ path: await folder.put(content, 'a.xlsx') }, options));
const textsOf = async (content: Buffer | string) =>
  (await rowsOf(content)).map((row) => row.headers.map((header) => row.cells[header]?.text));
const refusal = async (content: Buffer | string, options = {}) => refusalOf(openRows({ path: await folder.put(content) }, options));

test.each([',', '\t', ';'])('the separator %j is found, BOM or not', async (mark) => {
  for (const bom of ['', '\uFEFF']) {
    expect(await textsOf(`${bom}"姓,名;\t"${mark}电话\r\n张三${mark}010\r\n`)).toEqual([['张三', '010']]);
  }
});

test('quoted line breaks, doubled quotes and empty lines keep the row numbers of a spreadsheet', async () => {
  const rows = await rowsOf('\n甲,乙\n"一\n""二""",x\n\n,y\n');
  expect(rows.map((row) => [row.rowNumber, row.cells['甲']?.text, row.address('乙')])).toEqual([[3, '一\n"二"', 'B3'], [5, '', 'B5']]);
});

test('GB18030 is recognised, four-byte characters across chunks included', async () => {
  const line = Buffer.from('d0c5b7c32cceca0a', 'hex');
  expect(await textsOf(Buffer.concat([line, line]))).toEqual([['信访', '问']]);
  const rare = Buffer.from('95328236', 'hex');
  const many = Buffer.concat(Array.from({ length: 50_001 }, () => Buffer.concat([Buffer.from('a'), rare, Buffer.from('\n')])));
  const rows = await rowsOf(Buffer.concat([Buffer.from('bb,\n'), Buffer.from('d0c5b7c30a', 'hex'), many]), { limits: { rows: 60_000 } });
  expect(rows).toHaveLength(50_002);
  expect(rows.at(-1)?.cells['bb']?.text).toBe('a\u{20000}');
});

test('emoji and rare characters survive UTF-8', async () => {
  expect(await textsOf('甲\n\u{1F600}\u{20000}１２\n')).toEqual([['\u{1F600}\u{20000}１２']]);
});

test('numbers stay text, and what Excel already destroyed is reported', async () => {
  const rows = await rowsOf('证件,电话\n110101199003070011,013800138000\n1.10101E+17,2.5E-3\n');
  expect(rows[0]?.cells['证件']).toEqual({ kind: 'TEXT', text: '110101199003070011' });
  expect(rows[1]?.problems).toMatchObject([{ code: 'NUMBER_TOO_LONG', address: 'A3' }]);
});

test('malformed and foreign files are refused', async () => {
  expect(await refusal('甲\n1\n')).toEqual({ code: 'accepted' });
  expect(await refusal('')).toMatchObject({ code: 'NO_HEADER' });
  expect(await refusal('\n ,\n')).toMatchObject({ code: 'NO_HEADER' });
  expect(await refusal('甲,甲\n')).toMatchObject({ code: 'DUPLICATE_HEADER', address: 'B1' });
  expect(await refusal('甲\n"开\n')).toMatchObject({ code: 'MALFORMED_CSV' });
  expect(await refusal('甲\na\0b\n')).toMatchObject({ code: 'NUL_BYTE' });
  expect(await refusal(Buffer.from('ff41ff0a', 'hex'))).toMatchObject({ code: 'ENCODING_UNKNOWN' });
  expect(await refusal('<html><table></table>')).toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
  expect(await refusal('%PDF-1.7\n')).toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
});

test('rows, columns and characters are limited, each at its exact bound', async () => {
  const text = '甲,乙\n1,2\n12345,4\n';
  expect(await refusal(text, { limits: { rows: 2, columns: 2, cellChars: 5 } })).toEqual({ code: 'accepted' });
  expect(await refusal(text, { limits: { rows: 1 } })).toMatchObject({ code: 'TOO_MANY_ROWS' });
  expect(await refusal(text, { limits: { columns: 1 } })).toMatchObject({ code: 'TOO_MANY_COLUMNS' });
  expect(await refusal(text, { limits: { cellChars: 4 } })).toMatchObject({ code: 'CELL_TOO_LONG', address: 'A3' });
  expect(await refusal(`甲\n"${'x'.repeat(32_768)}"\n`)).toMatchObject({ code: 'CELL_TOO_LONG', address: 'A2' });
});

test('dangerous text is written behind an apostrophe and read back without it', async () => {
  const dangers = ['=1+1', '+86', '-2', '@a', '\tx', '\rx', '＝1', 'a=b', "it's", '说"好",吧\n再见'];
  const columns = [{ header: '文', type: 'text' as const }, { header: '数', type: 'number' as const }];
  const csv = await writeCsv({ buffer: true }, { columns, rows: dangers.map((text) => [text, -5]) });
  const lines = csv.toString('utf8');
  expect(lines).toContain("\r\n'=1+1,-5\r\n'+86,-5\r\n'-2,-5\r\n'@a,-5\r\n\"'\tx\",-5\r\n\"'\rx\",-5\r\n'＝1,-5\r\na=b,-5\r\n");
  expect(await textsOf(csv)).toEqual(dangers.map((text) => [text.trim(), '-5']));
});

test('a failed write leaves no file behind', async () => {
  const path = folder.path();
  function* rows() { yield ['1']; throw new Error('source broke'); }
  await expect(writeCsv({ path }, { columns: [{ header: 'a', type: 'text' }], rows: rows() })).rejects.toThrow('source broke');
  expect(await refusalOf(openRows({ path }))).toMatchObject({ code: 'FILE_NOT_FOUND' });
});
