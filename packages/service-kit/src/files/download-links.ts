import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '@anjie/contracts';
import { audit, select, write, type Actor, type Sql } from '../database';
import { visibleFile } from './file-repository';

export interface DownloadRequest {
  readonly fileId: string;
  readonly actor: Actor;
  readonly minutes: number;
}


const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/**
 * Makes a link that gives a file out once; only its hash is kept. The path is `downloadPath(service, token)` of contracts.
 * @throws AppError NOT_FOUND when the actor does not own the file, or it is gone
 */
export async function createDownloadLink(tx: Sql, { fileId, actor, minutes }: DownloadRequest): Promise<string> {
  const file = await visibleFile(tx, actor.viewer, fileId);
  if (!file) throw new AppError('NOT_FOUND');
  const token = randomBytes(32).toString('base64url');
  await write(
    tx,
    `INSERT INTO download_links (token_hash, file_id, created_by, created_at, expires_at)
     VALUES (?, ?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL ? MINUTE)`,
    [hashOf(token), fileId, actor.viewer.subject, minutes],
  );
  await audit(tx, actor, { action: 'DOWNLOAD_LINK_CREATED', subjectType: 'FILE', subjectId: fileId, detail: { minutes } });
  return token;
}

/** Uses a link up: file id and who made the link, or undefined when it is unknown, used or past its time. */
export async function useDownloadLink(tx: Sql, token: string): Promise<{ fileId: string; createdBy: string } | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const taken = await write(
    tx, 'UPDATE download_links SET used_at = UTC_TIMESTAMP(3) WHERE token_hash = ? AND used_at IS NULL AND expires_at > UTC_TIMESTAMP(3)', [hashOf(token)],
  );
  if (taken !== 1) return undefined;
  const [link] = await select<{ fileId: string; createdBy: string }>(
    tx, 'SELECT file_id AS fileId, created_by AS createdBy FROM download_links WHERE token_hash = ?', [hashOf(token)],
  );
  return link;
}
