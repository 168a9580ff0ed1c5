import { readCsvRows } from './csv-rows';
import { defaultLimits, type WorkbookLimits } from './limits';
import { assembleRows, type RawRow, type Row } from './rows';
import { readSheetRows } from './sheet-rows';
import { sniffFormat } from './sniff-format';
import { readTexts } from './text-table';
import { findParts, readDateStyles, refuseMacros } from './workbook-parts';
import { openArchive } from './zip-archive';

export interface OpenRowsOptions {
  /** exact sheet name; the first visible worksheet when left out. CSV files have no sheets and ignore it. */
  readonly sheet?: string;
  /** overrides of `defaultLimits` */
  readonly limits?: Partial<WorkbookLimits>;
}

/**
 * The rows below the header of an .xlsx or .csv file, read as they are asked for. The file is opened when iteration
 * starts and closed when it ends, early exits included; each iteration reads the file anew.
 * Iteration throws WorkbookError when the file is refused; faulty cells do not throw, they are `row.problems`.
 */
export function openRows(source: { readonly path: string }, options: OpenRowsOptions = {}): AsyncIterable<Row> {
  const limits = { ...defaultLimits, ...options.limits };
  return {
    [Symbol.asyncIterator]: () => assembleRows(readRawRows(source.path, options.sheet, limits), limits),
  };
}

async function* readRawRows(path: string, sheet: string | undefined, limits: WorkbookLimits): AsyncGenerator<RawRow> {
  if (await sniffFormat(path, limits) === 'csv') {
    yield* readCsvRows(path, limits);
    return;
  }
  const archive = await openArchive(path, limits);
  try {
    await refuseMacros(archive);
    const parts = await findParts(archive, sheet);
    const dateStyles = await readDateStyles(archive, parts.styles);
    const texts = await readTexts(archive, parts.texts, limits);
    yield* readSheetRows(archive.read(parts.sheet), { texts, dateStyles, is1904: parts.is1904, limits });
  } finally {
    archive.close();
  }
}
