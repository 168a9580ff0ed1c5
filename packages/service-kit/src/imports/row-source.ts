import { createHash, createHmac } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openRows, type Row } from '@anjie/workbook';
import type { FileStorage } from '../files';
import type { PendingRow } from './chunk';
import type { AnyImportDefinition, ImportRun } from './definition';
import { failure } from './failure';
import { place, readRow, type RowReader } from './read-row';

/** Lends the content of a file as a local path. */
export async function withLocalFile<T>(storage: FileStorage, key: string, work: (path: string) => Promise<T>): Promise<T> {
  if (storage.pathOf) return work(storage.pathOf(key));
  const folder = await mkdtemp(join(tmpdir(), 'anjie-import-'));
  try {
    const path = join(folder, 'file');
    await pipeline(await storage.open(key), createWriteStream(path, { mode: 0o600 }));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws ImportFailure FILE_NOT_FOUND, FILE_CHANGED */
export async function checkContent(storage: FileStorage, key: string, sha256: Buffer): Promise<void> {
  const content = await storage.open(key).catch(() => undefined);
  if (!content) throw failure('FILE_NOT_FOUND');
  const hash = createHash('sha256');
  await pipeline(content, hash);
  if (!hash.digest().equals(sha256)) throw failure('FILE_CHANGED');
}

export const rowsOf = (path: string, definition: AnyImportDefinition): AsyncIterable<Row> =>
  openRows({ path }, definition.sheet === undefined ? {} : { sheet: definition.sheet });

/**
 * Turns rows into pending rows, one after the other from the first: it remembers every key, so that a repeated row is
 * recognised also when the run resumes behind its first occurrence.
 */
export function createRowPreparer(reader: RowReader, run: ImportRun, hmacKey: Buffer): (row: Row) => PendingRow {
  const firstRows = new Map<string, number>();
  return (row) => {
    const result = readRow(row, reader);
    const pending = {
      rowNumber: row.rowNumber,
      problems: result.problems,
      place: (problem: Parameters<typeof place>[0], severity: 'FAULT' | 'NOTICE') => place(problem, { row, reader, severity }),
    };
    if (result.draft === undefined) return pending;
    const key = createHmac('sha256', hmacKey).update(JSON.stringify([run.kind, reader.definition.keyOf(result.draft, run)])).digest();
    const name = key.toString('base64');
    const sameAs = firstRows.get(name);
    if (sameAs === undefined) firstRows.set(name, row.rowNumber);
    return { ...pending, draft: { value: result.draft, key }, ...(sameAs === undefined ? {} : { sameAs }) };
  };
}
