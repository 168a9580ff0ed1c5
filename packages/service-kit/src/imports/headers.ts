import { errorHeader, type Row } from '@anjie/workbook';
import type { ImportColumn } from './definition';
import { failure } from './failure';

/** Which of the file's headers stands for which column. */
export interface HeaderMap {
  /** Column key → the header's text in this file. */
  readonly byKey: ReadonlyMap<string, string>;
  readonly unknown: readonly string[];
}

/** Blanks and the star of "required" make no other header. */
const bare = (header: string): string => header.normalize('NFKC').replace(/[\s*]/g, '');

/** @throws ImportFailure HEADERS_MISSING (naming the columns of the template), HEADER_TWICE */
export function matchHeaders(row: Row, columns: readonly ImportColumn[]): HeaderMap {
  const names = new Map(columns.flatMap((column) => [column.header, ...(column.aliases ?? [])].map((name) => [bare(name), column] as const)));
  const byKey = new Map<string, string>();
  const unknown: string[] = [];
  for (const header of row.headers) {
    const column = names.get(bare(header));
    if (!column) {
      if (header !== errorHeader) unknown.push(header);
    } else if (byKey.has(column.key)) {
      throw failure('HEADER_TWICE', [column.header]);
    } else {
      byKey.set(column.key, header);
    }
  }
  const missing = columns.filter((column) => column.required && !byKey.has(column.key)).map((column) => column.header);
  if (missing.length > 0) throw failure('HEADERS_MISSING', missing);
  return { byKey, unknown };
}
