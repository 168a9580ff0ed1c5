import { cellAddress } from './address';
import { emptyCell, type Cell } from './cell';
import type { WorkbookLimits } from './limits';
import { describeProblem, refuse, type WorkbookProblem } from './problem';

/** A row as the format readers see it: 1-based row, cells by 1-based column, empty cells left out. */
export interface RawRow {
  readonly rowNumber: number;
  readonly cells: ReadonlyMap<number, Cell>;
}

/** One non-empty row below the header. */
export interface Row {
  /** 1-based, as the spreadsheet program shows it */
  readonly rowNumber: number;
  /** where the headers stand, 1-based */
  readonly headerRow: number;
  /** all headers, in the order of the sheet */
  readonly headers: readonly string[];
  /** by header text; every header has a cell. The object has no prototype. */
  readonly cells: Readonly<Record<string, Cell>>;
  /** everything wrong in this row, in the order of the columns */
  readonly problems: readonly WorkbookProblem[];
  /** "C7" for a header; throws RangeError for a text that is no header */
  address(header: string): string;
}

interface Headers {
  readonly rowNumber: number;
  readonly texts: ReadonlyMap<number, string>;
}

/** Takes the first non-empty row as the header, then turns the rest into rows, enforcing rows and columns. */
export async function* assembleRows(source: AsyncIterable<RawRow>, limits: WorkbookLimits): AsyncGenerator<Row> {
  let headers: Headers | undefined;
  let count = 0;
  for await (const raw of source) {
    if (raw.cells.size === 0) continue;
    checkWidth(raw, limits);
    if (headers === undefined) {
      headers = readHeaders(raw);
      continue;
    }
    count += 1;
    if (count > limits.rows) throw refuse('TOO_MANY_ROWS', { limit: limits.rows, address: cellAddress(1, raw.rowNumber) });
    yield toRow(raw, headers);
  }
  if (headers === undefined) throw refuse('NO_HEADER');
}

function checkWidth(raw: RawRow, limits: WorkbookLimits): void {
  const widest = Math.max(...raw.cells.keys());
  if (widest > limits.columns) {
    throw refuse('TOO_MANY_COLUMNS', { limit: limits.columns, address: cellAddress(widest, raw.rowNumber) });
  }
}

function readHeaders(raw: RawRow): Headers {
  const headers = new Map<number, string>();
  const seen = new Set<string>();
  for (const [column, cell] of raw.cells) {
    const address = cellAddress(column, raw.rowNumber);
    if (cell.problem) throw refuse('NO_HEADER', { address });
    if (seen.has(cell.text)) throw refuse('DUPLICATE_HEADER', { address, header: cell.text });
    seen.add(cell.text);
    headers.set(column, cell.text);
  }
  return { rowNumber: raw.rowNumber, texts: headers };
}

function toRow(raw: RawRow, { rowNumber: headerRow, texts: headers }: Headers): Row {
  const cells: Record<string, Cell> = Object.create(null) as Record<string, Cell>;
  for (const [column, header] of headers) cells[header] = raw.cells.get(column) ?? emptyCell;
  const problems: WorkbookProblem[] = [];
  for (const [column, cell] of raw.cells) {
    if (cell.problem) problems.push(cell.problem);
    if (!headers.has(column)) problems.push(describeProblem('VALUE_WITHOUT_HEADER', { address: cellAddress(column, raw.rowNumber) }));
  }
  const address = (header: string) => {
    for (const [column, name] of headers) if (name === header) return cellAddress(column, raw.rowNumber);
    throw new RangeError(`no header ${header}`);
  };
  return { rowNumber: raw.rowNumber, headerRow, headers: [...headers.values()], cells, problems, address };
}
