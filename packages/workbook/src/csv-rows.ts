import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { cellAddress, excelColumns } from './address';
import { fieldCell, type Cell } from './cell';
import type { WorkbookLimits } from './limits';
import { refuse, wrapFailure } from './problem';
import type { RawRow } from './rows';
import { tooLong } from './text-table';

type Encoding = 'utf-8' | 'gb18030';

/**
 * Streams the records of a CSV file: UTF-8 (with or without BOM) or GB18030; comma, tab or semicolon.
 * The row number counts records, as a spreadsheet program does, so a quoted line break does not add one.
 * Throws ENCODING_UNKNOWN, NUL_BYTE, MALFORMED_CSV, CELL_TOO_LONG.
 */
export async function* readCsvRows(path: string, limits: WorkbookLimits): AsyncGenerator<RawRow> {
  const encoding = await detectEncoding(path);
  const delimiter = await detectDelimiter(path, encoding);
  const parser = parse({
    delimiter, relax_column_count: true, skip_empty_lines: false, bom: false,
    max_record_size: limits.columns * limits.cellChars,
  });
  pipeline(Readable.from(decodeFile(path, encoding)), parser, () => undefined);
  let rowNumber = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      rowNumber += 1;
      yield toRawRow(record, rowNumber, limits);
    }
  } catch (failure) {
    throw wrapFailure(failure, 'MALFORMED_CSV', { row: rowNumber + 1 });
  } finally {
    parser.destroy();
  }
}

function toRawRow(record: readonly string[], rowNumber: number, limits: WorkbookLimits): RawRow {
  const cells = new Map<number, Cell>();
  record.forEach((field, index) => {
    if (field === '') return;
    if (index >= excelColumns) throw refuse('TOO_MANY_COLUMNS', { limit: limits.columns });
    const address = cellAddress(index + 1, rowNumber);
    if (field.length > limits.cellChars) throw tooLong(limits, address);
    const cell = fieldCell(field, address);
    if (cell.kind !== 'EMPTY') cells.set(index + 1, cell);
  });
  return { rowNumber, cells };
}

/** UTF-8 if the whole file is valid UTF-8, else GB18030 if it is valid GB18030. A NUL byte ends the search. */
async function detectEncoding(path: string): Promise<Encoding> {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      await readThrough(path, encoding);
      return encoding;
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw failure;
    }
  }
  throw refuse('ENCODING_UNKNOWN');
}

async function readThrough(path: string, encoding: Encoding): Promise<void> {
  for await (const text of decodeFile(path, encoding)) if (text.includes('\0')) throw refuse('NUL_BYTE');
}

async function* decodeFile(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (chunk.includes(0)) throw refuse('NUL_BYTE');
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** The separator that appears most often, outside quotes, in the first non-empty line. */
async function detectDelimiter(path: string, encoding: Encoding): Promise<string> {
  const counts: Record<string, number> = { ',': 0, '\t': 0, ';': 0 };
  for await (const text of decodeFile(path, encoding)) {
    countMarks(text, counts);
    break;
  }
  return Object.entries(counts).reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function countMarks(text: string, counts: Record<string, number>): void {
  let isQuoted = false;
  let hasContent = false;
  for (const mark of text) {
    if (mark === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if ((mark === '\n' || mark === '\r') && hasContent) return;
    if (mark in counts) counts[mark] = (counts[mark] ?? 0) + 1;
    if (mark.trim() !== '') hasContent = true;
  }
}
