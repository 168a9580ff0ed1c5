import type { DataSource } from 'typeorm';
import { select, write } from '../database';
import type { Logger } from '../runtime';
import type { FileStorage } from './storage';

export interface ExpireOptions {
  readonly db: DataSource;
  readonly storage: FileStorage;
  readonly log: Logger;
}

const BATCH = 200;

/**
 * Marks files past their time as deleted, then removes their content: whoever dies in between leaves a marked row, and
 * the next sweep goes on. Answers how many contents were removed.
 */
export async function expireFiles({ db, storage, log }: ExpireOptions): Promise<number> {
  const sql = db.manager;
  await write(sql, `UPDATE files SET deleted_at = UTC_TIMESTAMP(3) WHERE expires_at <= UTC_TIMESTAMP(3) AND deleted_at IS NULL LIMIT ${BATCH}`);
  const marked = await select<{ id: string; storageKey: string }>(
    sql, `SELECT id, storage_key AS storageKey FROM files WHERE removed_at IS NULL AND deleted_at IS NOT NULL LIMIT ${BATCH}`,
  );
  let removed = 0;
  for (const file of marked) {
    try {
      await storage.remove(file.storageKey);
      removed += await write(sql, 'UPDATE files SET removed_at = UTC_TIMESTAMP(3) WHERE id = ? AND removed_at IS NULL', [file.id]);
    } catch (error) {
      log.error({ err: error, fileId: file.id }, 'the content of a file could not be removed; the next sweep tries again');
    }
  }
  await write(sql, `DELETE FROM download_links WHERE expires_at < UTC_TIMESTAMP(3) - INTERVAL 1 DAY LIMIT ${BATCH}`);
  return removed;
}
