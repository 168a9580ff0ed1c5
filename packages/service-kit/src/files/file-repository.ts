import type { Viewer } from '@anjie/access';
import { insertRows, select, write, type Sql } from '../database';

export interface StoredFile {
  readonly id: string;
  readonly purpose: string;
  readonly name: string;
  /** The sender's name for it, where such names are sealed; `name` is then a plain one with the same extension. */
  readonly nameSealed: Buffer | null;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly storageKey: string;
  readonly owner: string;
  readonly ownerUnitId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

export interface NewFile {
  readonly id: string;
  readonly purpose: string;
  readonly name: string;
  readonly nameSealed?: Buffer | null;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly storageKey: string;
  readonly owner: Pick<Viewer, 'subject' | 'unitId'>;
  /** Hours until the sweep removes it; left out, it stays. */
  readonly expireAfterHours?: number | undefined;
}

const COLUMNS = `id, purpose, name, name_sealed AS nameSealed, media_type AS mediaType, size, sha256, storage_key AS storageKey, owner, owner_unit_id AS ownerUnitId,
  created_at AS createdAt, expires_at AS expiresAt`;
const IS_KEPT = 'deleted_at IS NULL AND (expires_at IS NULL OR expires_at > UTC_TIMESTAMP(3))';

/** A file whose content is still kept, whoever asks: for our own jobs. */
export async function keptFile(sql: Sql, fileId: string): Promise<StoredFile | undefined> {
  const [row] = await select<StoredFile>(sql, `SELECT ${COLUMNS} FROM files WHERE id = ? AND ${IS_KEPT}`, [fileId]);
  return row && { ...row, size: Number(row.size) };
}

/** A kept file, for its owner; for everybody else it does not exist. */
export async function visibleFile(sql: Sql, viewer: Viewer, fileId: string): Promise<StoredFile | undefined> {
  const file = await keptFile(sql, fileId);
  return file?.owner === viewer.subject ? file : undefined;
}

/** Writes the row of a file whose content is in the storage already. */
export async function insertFile(tx: Sql, file: NewFile): Promise<void> {
  const [clock] = await select<{ now: Date }>(tx, 'SELECT UTC_TIMESTAMP(3) AS now');
  const now = clock?.now ?? new Date();
  await insertRows(tx, 'files', [{
    id: file.id, purpose: file.purpose, name: file.name, name_sealed: file.nameSealed ?? null, media_type: file.mediaType, size: file.size, sha256: file.sha256,
    storage_key: file.storageKey, owner: file.owner.subject, owner_unit_id: file.owner.unitId, created_at: now,
    expires_at: file.expireAfterHours === undefined ? null : new Date(now.getTime() + file.expireAfterHours * 3_600_000),
  }]);
}

export interface KeptFile {
  readonly fileId: string;
  readonly name: string;
  /** What the content was found to be, whatever the sender called it. */
  readonly mediaType: string;
}

/** Makes a file that had a time permanent; false when its time ran out first, or it is kept for something else already. */
export async function keepForGood(tx: Sql, { fileId, name, mediaType }: KeptFile): Promise<boolean> {
  const changed = await write(
    tx, `UPDATE files SET expires_at = NULL, name_sealed = NULL, name = ?, media_type = ? WHERE id = ? AND expires_at IS NOT NULL AND ${IS_KEPT}`, [name, mediaType, fileId],
  );
  return changed === 1;
}

/** Lets a file go before its time; the sweep removes the content. */
export const deleteFile = (tx: Sql, fileId: string): Promise<number> =>
  write(tx, 'UPDATE files SET deleted_at = UTC_TIMESTAMP(3) WHERE id = ? AND deleted_at IS NULL', [fileId]);
