import { Readable } from 'node:stream';
import { select, type Sql } from '../database';
import type { Logger } from '../runtime';
import type { KeySource, Page, Place } from '../vault';
import { createSealedStorage, sealedWith, type FileSealing } from './sealed-storage';
import { ContentMissing, type FileStorage } from './storage';
import { ContentDamaged } from './verified-content';

/** Files of a page: each may have 20 MiB. */
const PAGE_FILES = 10;
const FILES = 'contents of files';

export interface FilePlaceOptions extends Omit<FileSealing, 'keyring'> {
  readonly keyring: KeySource;
  /** Where the sealed contents lie. */
  readonly files: FileStorage;
  readonly scratchDir: string;
  readonly log: Logger;
}

interface Kept {
  readonly id: string;
  readonly storageKey: string;
}

/**
 * The contents of all files, gone through by id. A content is replaced under its own storage key, whole or not at all; so a
 * reader gets the one or the other, and both open. Contents from before there were data keys count as under an older key.
 */
export function filePlace({ files, scratchDir, log, ...sealing }: FilePlaceOptions): Place {
  const storage = createSealedStorage(files, sealing, scratchDir);
  const outcomeOf = async (tx: Sql, kept: Kept, older: ReadonlySet<number>): Promise<'NEW' | 'DONE' | 'BROKEN'> => {
    try {
      const keyId = await sealedWith(files, kept.storageKey);
      if (keyId !== undefined && !older.has(keyId)) return 'NEW';
      const content = Buffer.concat((await (await storage.open(kept.storageKey)).toArray()) as Buffer[]);
      await storage.put(kept.storageKey, Readable.from([content]));
      // its time may have run out meanwhile: what was put back must not outlive it
      if (!(await isKept(tx, kept.id))) await storage.remove(kept.storageKey);
      return 'DONE';
    } catch (error) {
      if (error instanceof ContentMissing) return 'NEW';
      if (!(error instanceof ContentDamaged)) throw error;
      log.error({ err: error, fileId: kept.id }, 'the content of a file does not open');
      return 'BROKEN';
    }
  };
  return {
    name: FILES,
    async page(tx, { cursor, older }): Promise<Page> {
      const rows = await select<Kept>(
        tx, `SELECT id, storage_key AS storageKey FROM files WHERE removed_at IS NULL ${cursor === null ? '' : 'AND id > ?'} ORDER BY id LIMIT ${PAGE_FILES}`, cursor === null ? [] : [cursor],
      );
      const outcomes: ('NEW' | 'DONE' | 'BROKEN')[] = [];
      for (const row of rows) outcomes.push(await outcomeOf(tx, row, older));
      const count = (of: string): number => outcomes.filter((one) => one === of).length;
      return { last: rows.length < PAGE_FILES ? null : (rows.at(-1)?.id ?? null), seen: rows.length, left: rows.length - count('NEW'), done: count('DONE'), broken: count('BROKEN') };
    },
  };
}

const isKept = async (sql: Sql, id: string): Promise<boolean> => (await select(sql, 'SELECT 1 FROM files WHERE id = ? AND deleted_at IS NULL', [id])).length > 0;
