import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FileStorage } from './storage';
import { ContentDamaged } from './verified-content';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Files that may hold identity data, sealed with AES-256-GCM before they reach the storage; the storage key is bound in,
 * so that a content moved under another key does not open. A whole file is held in memory to be opened: uploads are at
 * most 20 MB, and nothing is handed out before its tag was checked.
 */
export function createSealedStorage(inner: FileStorage, key: Buffer, scratchDir: string): FileStorage {
  return {
    scratchDir,
    remove: (name) => inner.remove(name),
    put: (name, stream) => inner.put(name, Readable.from(sealed(stream, key, name))),
    async open(name) {
      const chunks: Buffer[] = [];
      for await (const chunk of await inner.open(name)) chunks.push(chunk as Buffer);
      const content = Buffer.concat(chunks);
      return Readable.from([unsealed(content, key, name)]);
    },
  };
}

/** @throws ContentDamaged */
function unsealed(content: Buffer, key: Buffer, name: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, content.subarray(0, IV_BYTES)).setAAD(Buffer.from(name)).setAuthTag(content.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(content.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw new ContentDamaged(`the content under ${name} does not open`, { cause: error });
  }
}

async function* sealed(stream: Readable, key: Buffer, name: string): AsyncGenerator<Buffer> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
  yield iv;
  for await (const chunk of stream) yield cipher.update(chunk as Buffer);
  yield cipher.final();
  yield cipher.getAuthTag();
}
