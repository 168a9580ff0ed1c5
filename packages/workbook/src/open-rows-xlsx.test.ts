import { openRows } from './index';
import { all, createFolder, handMade, inlineRow, zipOf } from './test-files';

let folder: Awaited<ReturnType<typeof createFolder>>;
beforeAll(async () => { folder = await createFolder(); });
afterAll(() => folder.remove());

async function read(sheet: string, extra: Parameters<typeof handMade>[1] = {}, options = {}) {
  return all(openRows({ path: await folder.put(await zipOf(handMade(sheet, extra)), 'named.csv') }, options));
}
/** One data cell in B5 under the header 值. */
async function cellOf(xml: string, extra = {}) {
  const rows = await read(`${inlineRow(3, ['名', '值'])}<row r="5"><c r="A5"><v>1</v></c>${xml}</row>`, extra);
  return rows[0]?.cells['值'];
}

test('the first non-empty row is the header, and rows keep their number and addresses', async () => {
  const rows = await read(`<row r="1"><c r="A1" s="1"/></row>${inlineRow(3, ['姓名', ' 电话 '])}<row r="7"><c r="B7" t="s"><v>0</v></c></row>`);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ rowNumber: 7, headers: ['姓名', '电话'], problems: [] });
  expect(rows[0]?.address('电话')).toBe('B7');
  expect(rows[0]?.cells['电话']).toEqual({ kind: 'TEXT', text: '共享' });
  expect(rows[0]?.cells['姓名']).toEqual({ kind: 'EMPTY', text: '' });
  expect(() => rows[0]?.address('没有')).toThrow(RangeError);
});

test('rows and cells without their r attribute are counted', async () => {
  const rows = await read('<row><c t="inlineStr"><is><t>甲</t></is></c></row><row><c><v>5</v></c></row>');
  expect(rows[0]).toMatchObject({ rowNumber: 2, cells: { 甲: { kind: 'NUMBER', text: '5' } } });
});

test('the first visible sheet is read unless another one is named', async () => {
  const path = await folder.put(await zipOf(handMade(inlineRow(1, ['此处']) + inlineRow(2, ['y']))));
  expect((await all(openRows({ path })))[0]?.headers).toEqual(['此处']);
  expect((await all(openRows({ path }, { sheet: '隐藏' })))[0]?.headers).toEqual(['别处']);
});

test.each([
  ['<c r="B5"><v>45351</v></c>', 'NUMBER', '45351'],
  ['<c r="B5" s="1"><v>45351</v></c>', 'DATE', '2024-02-29'],
  ['<c r="B5" s="2"><v>45351.75</v></c>', 'DATE', '2024-02-29'],
  ['<c r="B5" s="1"><v>1</v></c>', 'DATE', '1900-01-01'],
  ['<c r="B5" s="1"><v>59</v></c>', 'DATE', '1900-02-28'],
  ['<c r="B5" s="1"><v>61</v></c>', 'DATE', '1900-03-01'],
  ['<c r="B5" t="d"><v>2024-02-29T00:00:00</v></c>', 'DATE', '2024-02-29'],
  ['<c r="B5"><v>1.1000000000000001</v></c>', 'NUMBER', '1.1'],
  ['<c r="B5"><v>1.5E-3</v></c>', 'NUMBER', '0.0015'],
  ['<c r="B5"><v>-2.5E+3</v></c>', 'NUMBER', '-2500'],
  ['<c r="B5"><v>1.0E-7</v></c>', 'NUMBER', '0.0000001'],
  ['<c r="B5"><v>13800138000</v></c>', 'NUMBER', '13800138000'],
  ['<c r="B5"><v>999999999999999</v></c>', 'NUMBER', '999999999999999'],
  ['<c r="B5" t="b"><v>1</v></c>', 'BOOLEAN', 'TRUE'],
  ['<c r="B5"><f>A5+1</f><v>2</v></c>', 'NUMBER', '2'],
  ['<c r="B5" t="str"><f>"a"</f><v>缓存</v></c>', 'TEXT', '缓存'],
  ['<c r="B5" t="inlineStr"><is><r><t>富</t></r><r><t>文本</t></r><rPh><t>fu</t></rPh></is></c>', 'TEXT', '富文本'],
  ['<c r="B5" t="inlineStr"><is><t>\u3000e\u0301１２_x000A_&lt;&#x20000;&#128512; </t></is></c>', 'TEXT', '\u00e9１２\n<\u{20000}\u{1F600}'],
])('the cell %s is read as %s %s', async (xml, kind, text) => {
  expect(await cellOf(xml)).toEqual({ kind, text });
});

test.each([
  ['<c r="B5"><v>110101199003070000</v></c>', 'NUMBER_TOO_LONG'],
  ['<c r="B5"><v>1.1010119900307E+17</v></c>', 'NUMBER_TOO_LONG'],
  ['<c r="B5"><v>1000000000000000</v></c>', 'NUMBER_TOO_LONG'],
  ['<c r="B5" t="e"><v>#N/A</v></c>', 'CELL_ERROR'],
  ['<c r="B5" s="1"><v>60</v></c>', 'DATE_INVALID'],
  ['<c r="B5" s="1"><v>0.5</v></c>', 'DATE_INVALID'],
  ['<c r="B5" s="1"><v>-3</v></c>', 'DATE_INVALID'],
  ['<c r="B5" s="1"><v>2958466</v></c>', 'DATE_INVALID'],
  ['<c r="B5" t="d"><v>2023-02-29</v></c>', 'DATE_INVALID'],
  ['<c r="B5" t="s"><v>9</v></c>', 'VALUE_INVALID'],
  ['<c r="B5"><v>0x10</v></c>', 'VALUE_INVALID'],
  ['<c r="B5" t="b"><v>2</v></c>', 'VALUE_INVALID'],
  ['<c r="B5"><f>A1</f></c>', 'FORMULA_WITHOUT_VALUE'],
])('the cell %s is the problem %s at B5', async (xml, code) => {
  const cell = await cellOf(xml);
  expect(cell).toMatchObject({ kind: 'PROBLEM', problem: { code, address: 'B5' } });
  expect(cell?.problem?.text.zh).not.toMatch(/[{}]/);
});

test('the 1904 date system is honoured', async () => {
  const extra = { workbookPr: '<workbookPr date1904="1"/>' };
  expect(await cellOf('<c r="B5" s="1"><v>0</v></c>', extra)).toEqual({ kind: 'DATE', text: '1904-01-01' });
  expect(await cellOf('<c r="B5" s="1"><v>43889</v></c>', extra)).toEqual({ kind: 'DATE', text: '2024-02-29' });
});

test('a value under no header is reported, not lost', async () => {
  const rows = await read(inlineRow(1, ['甲']) + inlineRow(2, ['a', '随手']));
  expect(rows[0]?.problems).toMatchObject([{ code: 'VALUE_WITHOUT_HEADER', address: 'B2' }]);
});

test('a header named __proto__ is a plain key', async () => {
  const rows = await read(inlineRow(1, ['__proto__', 'b']) + inlineRow(2, ['x', 'y']));
  expect(rows[0]?.cells['__proto__']).toEqual({ kind: 'TEXT', text: 'x' });
  expect(({} as Record<string, unknown>)['text']).toBeUndefined();
});

test('the file can be read twice, and left early', async () => {
  const rows = openRows({ path: await folder.put(await zipOf(handMade(inlineRow(1, ['甲']) + inlineRow(2, ['1']) + inlineRow(3, ['2'])))) });
  for await (const row of rows) { expect(row.rowNumber).toBe(2); break; }
  expect(await all(rows)).toHaveLength(2);
});
