import { createHash } from 'node:crypto';
import type { StoredFile } from './file-repository';
import type { FileStorage } from './storage';

/** What lies in the storage is not what was received. */
export class ContentDamaged extends Error {
  override readonly name = 'ContentDamaged';
}

/**
 * The whole content, checked against the hash of its upload before a byte of it is used. In memory: an upload is at
 * most 20 MiB, and sealed content is opened whole anyway.
 * @throws ContentMissing, ContentDamaged, StorageUnavailable
 */
export async function verifiedContent(storage: FileStorage, { storageKey, sha256 }: Pick<StoredFile, 'storageKey' | 'sha256'>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await storage.open(storageKey)) chunks.push(chunk as Buffer);
  const content = Buffer.concat(chunks);
  if (!createHash('sha256').update(content).digest().equals(sha256)) throw new ContentDamaged(`the content under ${storageKey} has another hash`);
  return content;
}
