import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { AppError, downloadPath, type Refusal } from '@anjie/contracts';
import { audit, newId, select, write, type Actor, type AuditNote, type Sql } from '../database';
import { keptFile, visibleFile } from './file-repository';

export interface DownloadRequest {
  readonly fileId: string;
  readonly actor: Actor;
  readonly minutes: number;
  /**
   * What the caller found the actor to see, through which the file may be had, e.g. an attachment of a case; it stands
   * in the audit. Left out, only the owner may have the file.
   */
  readonly through?: Pick<AuditNote, 'subjectType' | 'subjectId' | 'caseId'>;
  /** 32 bytes that the caller can make again; left out, random. */
  readonly secret?: Buffer;
}

export interface DownloadLink {
  readonly fileId: string;
  readonly createdBy: string;
  /** The actor as it was when the link was made; null in links of earlier versions. */
  readonly viewer: Viewer | null;
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/**
 * Makes a link that gives a file out once; only its hash is kept. The path is `downloadPath(service, token)` of contracts.
 * @throws AppError NOT_FOUND when the file is gone, or the actor has no right to it
 */
export async function createDownloadLink(tx: Sql, { fileId, actor, minutes, through, secret }: DownloadRequest): Promise<string> {
  const file = through ? await keptFile(tx, fileId) : await visibleFile(tx, actor.viewer, fileId);
  if (!file) throw new AppError('NOT_FOUND');
  const token = (secret ?? randomBytes(32)).toString('base64url');
  await write(
    tx,
    `INSERT INTO download_links (token_hash, file_id, created_by, created_at, expires_at, viewer)
     VALUES (?, ?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL ? MINUTE, ?)`,
    [hashOf(token), fileId, actor.viewer.subject, minutes, JSON.stringify(actor.viewer)],
  );
  await audit(tx, actor, { action: 'DOWNLOAD_LINK_CREATED', subjectType: 'FILE', subjectId: fileId, ...through, detail: { minutes, fileId } });
  return token;
}

export interface KeyedLink {
  readonly linkId: string;
}

/**
 * Links for answers that are stored: the answer keeps the id of its link, the secret is made again from a key that is in no table. So a
 * repeat answers the same link, and whoever reads the database can follow none.
 */
export function keyedLinks(key: Buffer, { service, use }: { readonly service: Parameters<typeof downloadPath>[0]; readonly use: string }) {
  const secretOf = (linkId: string): Buffer => createHmac('sha256', key).update(`${use}|${linkId}`).digest();
  const pathOf = ({ linkId }: KeyedLink): string => downloadPath(service, secretOf(linkId).toString('base64url'));
  return {
    async make(tx: Sql, request: Omit<DownloadRequest, 'secret'>): Promise<KeyedLink> {
      const linkId = newId();
      await createDownloadLink(tx, { ...request, secret: secretOf(linkId) });
      return { linkId };
    },
    /** What is told of a stored answer: the link, or the refusal as it is. */
    told: <No extends Refusal>(made: KeyedLink | No): { readonly path: string } | No => ('refused' in made ? made : { path: pathOf(made) }),
    pathOf,
  };
}
export type KeyedLinks = ReturnType<typeof keyedLinks>;

/** Who made a link that can still be used. */
export async function makerOfLink(sql: Sql, token: string): Promise<Viewer | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const [link] = await select<{ viewer: string | null }>(sql, 'SELECT viewer FROM download_links WHERE token_hash = ? AND used_at IS NULL', [hashOf(token)]);
  return link?.viewer == null ? undefined : (JSON.parse(link.viewer) as Viewer);
}

/** Uses a link up: the file and who made the link, or undefined when it is unknown, used or past its time. */
export async function useDownloadLink(tx: Sql, token: string): Promise<DownloadLink | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const taken = await write(
    tx, 'UPDATE download_links SET used_at = UTC_TIMESTAMP(3) WHERE token_hash = ? AND used_at IS NULL AND expires_at > UTC_TIMESTAMP(3)', [hashOf(token)],
  );
  if (taken !== 1) return undefined;
  const [link] = await select<{ fileId: string; createdBy: string; viewer: string | null }>(
    tx, 'SELECT file_id AS fileId, created_by AS createdBy, viewer FROM download_links WHERE token_hash = ?', [hashOf(token)],
  );
  return link && { ...link, viewer: link.viewer === null ? null : (JSON.parse(link.viewer) as Viewer) };
}
