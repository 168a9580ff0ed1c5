import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { columnName } from './address';
import type { Book, BufferTarget, FileTarget, Sheet } from './book';
import { packageParts } from './book-xml';
import { deliver, inBatches } from './deliver';
import { refuse } from './problem';
import { sheetXml, type ChoiceRanges } from './sheet-xml';

const choicesName = '_choices';

/**
 * Writes an .xlsx file row by row; memory does not grow with the number of rows (the Buffer form holds the zipped
 * bytes). Rejects with WorkbookError (SHEET_NAME_INVALID, CELL_TOO_LONG, ROW_TOO_WIDE, TOO_MANY_ROWS), with file
 * errors, and with whatever `rows` throws; no file is left then.
 */
export function writeWorkbook(target: FileTarget, book: Book): Promise<void>;
export function writeWorkbook(target: BufferTarget, book: Book): Promise<Buffer>;
export async function writeWorkbook(target: FileTarget | BufferTarget, book: Book): Promise<Buffer | void> {
  checkNames(book.sheets);
  const choices = collectChoices(book.sheets);
  const listing = book.sheets.map((sheet) => ({ name: sheet.name, isHidden: false }));
  if (choices) listing.push({ name: choicesName, isHidden: true });
  const sheets = choices ? [...book.sheets, choices.sheet] : book.sheets;
  const streams = sheets.map((sheet) => () => inBatches(sheetXml(sheet, choices?.ranges.get(sheet) ?? new Map())));
  return zipTo(target, packageParts(listing), streams);
}

/** Sheets are opened one after the other; whatever fails, every opened one is closed again. */
async function zipTo(
  target: FileTarget | BufferTarget, parts: ReadonlyMap<string, string>, sheets: readonly (() => AsyncGenerator<Buffer>)[],
): Promise<Buffer | void> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const opened: Readable[] = [];
  const fail = (failure: Error) => output.destroy(failure);
  zip.on('error', fail);
  for (const [name, xml] of parts) zip.addBuffer(Buffer.from(xml), name);
  sheets.forEach((sheet, index) => {
    zip.addReadStreamLazy(`xl/worksheets/sheet${index + 1}.xml`, (give) => {
      const stream = Readable.from(sheet(), { objectMode: false });
      // yazl does not listen for the failures of a stream it is given
      stream.on('error', fail);
      opened.push(stream);
      give(null, stream);
    });
  });
  zip.end();
  try {
    return await deliver(output, target);
  } finally {
    for (const stream of opened) stream.destroy();
  }
}

function checkNames(sheets: readonly Sheet[]): void {
  const seen = new Set<string>([choicesName]);
  for (const { name } of sheets) {
    const isBad = name === '' || name.length > 31 || /[[\]:*?/\\]|^'|'$/.test(name) || seen.has(name.toLowerCase());
    if (isBad) throw refuse('SHEET_NAME_INVALID', { sheet: name });
    seen.add(name.toLowerCase());
  }
  if (sheets.length === 0) throw refuse('SHEET_NAME_INVALID', { sheet: '' });
}

/** Drop-down lists refer to a hidden sheet: an inline list is limited to 255 characters and cannot hold a comma. */
function collectChoices(sheets: readonly Sheet[]): { sheet: Sheet; ranges: ReadonlyMap<Sheet, ChoiceRanges> } | undefined {
  const lists: (readonly string[])[] = [];
  const ranges = new Map<Sheet, Map<number, string>>();
  for (const sheet of sheets) {
    const own = new Map<number, string>();
    sheet.columns.forEach((column, index) => {
      if (!column.choices || column.choices.length === 0) return;
      lists.push(column.choices);
      const letter = columnName(lists.length);
      own.set(index + 1, `'${choicesName}'!$${letter}$2:$${letter}$${column.choices.length + 1}`);
    });
    ranges.set(sheet, own);
  }
  if (lists.length === 0) return undefined;
  const longest = Math.max(...lists.map((list) => list.length));
  const rows = Array.from({ length: longest }, (_, row) => lists.map((list) => list[row]));
  const columns = lists.map((_, index) => ({ header: `${index + 1}`, type: 'text' as const }));
  return { sheet: { name: choicesName, columns, rows }, ranges };
}
