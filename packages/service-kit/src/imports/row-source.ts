import { createHash, createHmac } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openRows, type Row } from '@anjie/workbook';
import { StorageUnavailable, type FileStorage } from '../files';
import type { PendingRow } from './chunk';
import type { AnyImportDefinition, ImportRun } from './definition';
import { failure } from './failure';
import { place, readRow, type RowReader } from './read-row';

/** A copy older than this was left by a killed worker. */
const STALE_COPY_MS = 3_600_000;

/** Lends the content of a file as a local path. */
export async function withLocalFile<T>(storage: FileStorage, key: string, work: (path: string) => Promise<T>): Promise<T> {
  if (storage.pathOf) return work(storage.pathOf(key));
  const scratch = storage.scratchDir ?? tmpdir();
  await clearStaleCopies(scratch);
  const folder = await mkdtemp(join(scratch, 'anjie-import-'));
  try {
    const path = join(folder, 'file');
    await pipeline(await storage.open(key), createWriteStream(path, { mode: 0o600 }));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function clearStaleCopies(scratch: string): Promise<void> {
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  for (const name of (await readdir(scratch)).filter((entry) => entry.startsWith('anjie-import-'))) {
    const facts = await stat(join(scratch, name)).catch(() => undefined);
    if (facts && Date.now() - facts.mtimeMs > STALE_COPY_MS) await rm(join(scratch, name), { recursive: true, force: true });
  }
}

/** @throws ImportFailure FILE_NOT_FOUND, FILE_CHANGED */
export async function checkContent(storage: FileStorage, key: string, sha256: Buffer): Promise<void> {
  const content = await storage.open(key).catch((error: unknown) => {
    // an outage passes, and the run is tried again
    if (error instanceof StorageUnavailable) throw error;
    return undefined;
  });
  if (!content) throw failure('FILE_NOT_FOUND');
  const hash = createHash('sha256');
  await pipeline(content, hash);
  if (!hash.digest().equals(sha256)) throw failure('FILE_CHANGED');
}

export const rowsOf = (path: string, definition: AnyImportDefinition): AsyncIterable<Row> =>
  openRows({ path }, {
    ...(definition.sheet === undefined ? {} : { sheet: definition.sheet }), ...(definition.maxColumns === undefined ? {} : { limits: { columns: definition.maxColumns } }),
  });

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
      dropped: result.dropped,
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
