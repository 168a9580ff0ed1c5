import { Readable } from 'node:stream';
import { toSpecialCell, type BufferTarget, type CellInput, type ColumnType, type FileTarget, type Table } from './book';
import { deliver, inBatches } from './deliver';
import { refuse } from './problem';

const dangerous = /^[=+\-@\t\r\n＝＋－＠]/;
const plainNumber = /^-?\d+(?:\.\d+)?$/;

/**
 * Writes comma-separated UTF-8 with BOM and CRLF, as Excel expects, row by row. Text that a spreadsheet program would
 * run as a formula gets an apostrophe in front (`openRows` takes it away again). Rejects with ROW_TOO_WIDE, with file
 * errors and with whatever `rows` throws.
 */
export function writeCsv(target: FileTarget, table: Table): Promise<void>;
export function writeCsv(target: BufferTarget, table: Table): Promise<Buffer>;
export async function writeCsv(target: FileTarget | BufferTarget, table: Table): Promise<Buffer | void> {
  return deliver(Readable.from(inBatches(csvLines(table)), { objectMode: false }), target);
}

async function* csvLines(table: Table): AsyncGenerator<string> {
  const limit = table.columns.length;
  yield `\uFEFF${table.columns.map((column) => field(column.header, 'text')).join(',')}\r\n`;
  for await (const row of table.rows) {
    if (row.length > limit) throw refuse('ROW_TOO_WIDE', { limit });
    yield `${table.columns.map((column, index) => field(row[index], column.type)).join(',')}\r\n`;
  }
}

function field(input: CellInput, columnType: ColumnType): string {
  const { value, type = columnType } = toSpecialCell(input);
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  const text = String(value).replace(/\0/g, '').replace(/\p{Surrogate}/gu, '\uFFFD');
  const isNumber = typeof value === 'number' || (type === 'number' && plainNumber.test(text));
  const safe = !isNumber && dangerous.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
