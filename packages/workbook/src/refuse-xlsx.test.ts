import { openRows } from './index';
import { createFolder, handMade, inlineRow, refusalOf, zipOf } from './test-files';

let folder: Awaited<ReturnType<typeof createFolder>>;
beforeAll(async () => { folder = await createFolder(); });
afterAll(() => folder.remove());

const good = inlineRow(1, ['甲', '乙']) + inlineRow(2, ['1', '2']);
const refusal = async (content: Buffer | string, options = {}) => refusalOf(openRows({ path: await folder.put(content, 'a.xlsx') }, options));
const refusalOfParts = async (change: (parts: Record<string, string>) => object, options = {}) => {
  const parts = handMade(good);
  return refusal(await zipOf({ ...parts, ...change(parts) } as Record<string, string>), options);
};
const refusalOfSheet = async (sheet: string, options = {}) => refusal(await zipOf(handMade(sheet)), options);

test('the untouched workbook is accepted', async () => {
  expect(await refusalOfSheet(good)).toEqual({ code: 'accepted' });
});

test('a missing file and a folder are refused', async () => {
  expect(await refusalOf(openRows({ path: folder.path() }))).toMatchObject({ code: 'FILE_NOT_FOUND' });
});

test('the size on disk is limited', async () => {
  const file = await zipOf(handMade(good));
  expect(await refusal(file, { limits: { fileBytes: file.length } })).toEqual({ code: 'accepted' });
  expect(await refusal(file, { limits: { fileBytes: file.length - 1 } })).toMatchObject({ code: 'FILE_TOO_LARGE' });
});

test('old .xls files and encrypted workbooks are told apart', async () => {
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]);
  expect(await refusal(ole)).toMatchObject({ code: 'LEGACY_XLS' });
  expect(await refusal(Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]))).toMatchObject({ code: 'ENCRYPTED' });
});

test('an encrypted zip entry is refused', async () => {
  const file = await zipOf(handMade(good));
  const directory = file.indexOf('PK\x01\x02');
  file.writeUInt16LE(file.readUInt16LE(directory + 8) | 1, directory + 8);
  expect(await refusal(file)).toMatchObject({ code: 'ENCRYPTED' });
});

test('cut and garbled zips are refused', async () => {
  const file = await zipOf(handMade(good));
  expect(await refusal(file.subarray(0, file.length - 30))).toMatchObject({ code: 'MALFORMED_ZIP' });
  expect(await refusal(Buffer.from('PK\x03\x04 and nothing more'))).toMatchObject({ code: 'MALFORMED_ZIP' });
  const garbled = Buffer.from(file);
  garbled.fill(0xff, 50, 90);
  expect((await refusal(garbled)).code).toMatch(/^MALFORMED_/);
});

test('a zip bomb is stopped by counting inflated bytes, whatever its headers say', async () => {
  const bomb = await zipOf({ ...handMade(''), 'xl/worksheets/sheet1.xml': Buffer.alloc(64 * 1024 * 1024, '<row/>') });
  expect(bomb.length).toBeLessThan(1024 * 1024);
  const limits = { inflatedBytes: 1024 * 1024 };
  expect(await refusal(bomb, { limits })).toMatchObject({ code: 'UNCOMPRESSED_TOO_LARGE' });
  const lying = Buffer.from(bomb);
  for (let at = lying.indexOf('PK\x01\x02'); at >= 0; at = lying.indexOf('PK\x01\x02', at + 4)) lying.writeUInt32LE(10, at + 24);
  expect((await refusal(lying, { limits })).code).toMatch(/^(?:MALFORMED_ZIP|UNCOMPRESSED_TOO_LARGE)$/);
});

test('all parts share one budget of inflated bytes', async () => {
  const parts = handMade(good);
  const total = Object.entries(parts).filter(([name]) => !name.endsWith('sheet2.xml')).reduce((sum, [, xml]) => sum + Buffer.byteLength(xml), 0);
  delete parts['xl/worksheets/sheet2.xml'];
  const file = await zipOf(parts);
  expect(await refusal(file, { limits: { inflatedBytes: total } })).toEqual({ code: 'accepted' });
  expect(await refusal(file, { limits: { inflatedBytes: total - 1 } })).toMatchObject({ code: 'UNCOMPRESSED_TOO_LARGE' });
});

test('a climbing name in the zip is ignored, a name given twice is refused', async () => {
  const file = await zipOf({ 'aa/evil.xml': 'x', ...handMade(good) });
  const climbing = Buffer.from(file.toString('latin1').replaceAll('aa/evil.xml', '../evil.xml'), 'latin1');
  expect(climbing.includes('../evil.xml')).toBe(true);
  expect(await refusal(climbing)).toEqual({ code: 'accepted' });
  const twice = await zipOf({ 'xl/workbook.xmm': 'x', ...handMade(good) });
  expect(await refusal(Buffer.from(twice.toString('latin1').replaceAll('workbook.xmm', 'workbook.xml'), 'latin1'))).toMatchObject({ code: 'MALFORMED_ZIP' });
});

test('macros are refused by name and by content type', async () => {
  expect(await refusalOfParts(() => ({ 'xl/vbaProject.bin': 'x' }))).toMatchObject({ code: 'MACROS_REFUSED' });
  expect(await refusalOfParts(() => ({ 'xl/macrosheets/sheet1.xml': 'x' }))).toMatchObject({ code: 'MACROS_REFUSED' });
  const types = '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>';
  expect(await refusalOfParts(() => ({ '[Content_Types].xml': types }))).toMatchObject({ code: 'MACROS_REFUSED' });
});

test('doctypes and entities are refused', async () => {
  const doctype = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  for (const part of ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml', 'xl/workbook.xml', 'xl/styles.xml']) {
    expect(await refusalOfParts((parts) => ({ [part]: doctype + parts[part] }))).toMatchObject({ code: 'XML_DOCTYPE_REFUSED' });
  }
  expect(await refusalOfSheet(inlineRow(1, ['&x;']))).toMatchObject({ code: 'MALFORMED_XLSX' });
});

test.each([
  ['unclosed XML', '<row r="1">'],
  ['a row that goes backwards', inlineRow(3, ['a']) + inlineRow(2, ['b'])],
  ['a row beyond Excel', inlineRow(1, ['a']) + '<row r="99999999999"/>'],
  ['a column that goes backwards', '<row r="1"><c r="B1"/><c r="A1"/></row>'],
  ['a cell in the wrong row', '<row r="1"><c r="A2"/></row>'],
  ['a text that never ends', `<row r="1"><c r="A1" t="inlineStr"><f>${'x'.repeat(3 * 1024 * 1024)}</f></c></row>`],
])('%s is malformed', async (_what, sheet) => {
  expect(await refusalOfSheet(sheet)).toMatchObject({ code: 'MALFORMED_XLSX' });
});

test('a zip that is no workbook, a missing sheet, a missing or double header are refused', async () => {
  expect(await refusal(await zipOf({ 'word/document.xml': '<a/>' }))).toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
  expect(await refusalOfParts((parts) => ({ 'xl/styles.xml': parts['xl/styles.xml'] }), { sheet: '没有' })).toMatchObject({ code: 'SHEET_MISSING' });
  expect(await refusalOfSheet('<row r="1"/>')).toMatchObject({ code: 'NO_HEADER' });
  expect(await refusalOfSheet(inlineRow(2, ['甲', '甲 ']))).toMatchObject({ code: 'DUPLICATE_HEADER', address: 'B2' });
});

test('rows, columns and characters are limited, each at its exact bound', async () => {
  const sheet = inlineRow(1, ['甲', '乙']) + inlineRow(2, ['1', '2']) + inlineRow(9, ['x'.repeat(20), '4']);
  expect(await refusalOfSheet(sheet, { limits: { rows: 2, columns: 2, cellChars: 20 } })).toEqual({ code: 'accepted' });
  expect(await refusalOfSheet(sheet, { limits: { rows: 1 } })).toMatchObject({ code: 'TOO_MANY_ROWS', address: 'A9' });
  expect(await refusalOfSheet(sheet, { limits: { columns: 1 } })).toMatchObject({ code: 'TOO_MANY_COLUMNS', address: 'B1' });
  expect(await refusalOfSheet(sheet, { limits: { cellChars: 19 } })).toMatchObject({ code: 'CELL_TOO_LONG', address: 'A9' });
  const shared = await zipOf(handMade(good, { texts: `<si><t>${'长'.repeat(32_768)}</t></si>` }));
  expect(await refusal(shared)).toMatchObject({ code: 'CELL_TOO_LONG' });
  const two = await zipOf(handMade(good, { texts: '<si><t>a</t></si><si><t>b</t></si>' }));
  expect(await refusal(two, { limits: { texts: 2 } })).toEqual({ code: 'accepted' });
  expect(await refusal(two, { limits: { texts: 1 } })).toMatchObject({ code: 'TOO_MANY_TEXTS' });
});
