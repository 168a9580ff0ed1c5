import { createDecipheriv } from 'node:crypto';
import { Readable } from 'node:stream';
import { fileSealer, openFile, readHead, SealBroken, type KeySource } from '../vault';
import { ContentMissing, type FileStorage } from './storage';
import { ContentDamaged } from './verified-content';

/** First bytes of a content that names its key; what was sealed before begins with random bytes. */
const MAGIC = Buffer.from('ANJIE\0F2', 'latin1');

export interface FileSealing {
  readonly keyring: KeySource;
  /** The class whose key of the month seals what is put; whatever the class, everything is opened. */
  readonly keyClass: string;
  /** Opens contents from before there were data keys for files; left out, there are none. */
  readonly oldKey?: Buffer | undefined;
}

/**
 * Files that may hold identity data, sealed before they reach the storage; the storage key is bound in, so that a content
 * moved under another key does not open. A whole file is held in memory to be opened: uploads are at most 20 MB, and nothing
 * is handed out before its tag was checked.
 */
export function createSealedStorage(inner: FileStorage, sealing: FileSealing, scratchDir: string): FileStorage {
  return {
    scratchDir,
    remove: (name) => inner.remove(name),
    ...(inner.fault ? { fault: inner.fault } : {}),
    put: (name, stream) => inner.put(name, Readable.from(sealed(stream, sealing, name))),
    async open(name) {
      const chunks: Buffer[] = [];
      for await (const chunk of await inner.open(name)) chunks.push(chunk as Buffer);
      return Readable.from([unsealed(Buffer.concat(chunks), sealing, name)]);
    },
  };
}

/** @throws ContentDamaged, ContentMissing when its key was destroyed with everything that was sealed by it */
function unsealed(content: Buffer, { keyring, oldKey }: FileSealing, name: string): Buffer {
  try {
    if (!content.subarray(0, MAGIC.length).equals(MAGIC)) return openOld(content, oldKey, name);
    const plain = openFile(keyring, content.subarray(MAGIC.length), name);
    if (plain === null) throw new ContentMissing(`the key of the content under ${name} was destroyed`);
    return plain;
  } catch (error) {
    if (error instanceof ContentMissing) throw error;
    throw new ContentDamaged(`the content under ${name} does not open`, { cause: error });
  }
}

/** iv, ciphertext, tag under a key that was derived from the key-encryption key. */
function openOld(content: Buffer, key: Buffer | undefined, name: string): Buffer {
  if (!key || content.length < 28) throw new SealBroken('this is no sealed content');
  const decipher = createDecipheriv('aes-256-gcm', key, content.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.from(name)).setAuthTag(content.subarray(-16));
  return Buffer.concat([decipher.update(content.subarray(12, -16)), decipher.final()]);
}

async function* sealed(stream: Readable, { keyring, keyClass }: FileSealing, name: string): AsyncGenerator<Buffer> {
  const { head, sealer } = fileSealer(keyring, keyClass, name);
  yield Buffer.concat([MAGIC, head, sealer.nonce]);
  for await (const chunk of stream) yield sealer.update(chunk as Buffer);
  yield sealer.end();
}

const HEAD_BYTES = MAGIC.length + 6;

/** The data key of a content; undefined when it is from before there were any. @throws ContentMissing, StorageUnavailable */
export async function sealedWith(inner: FileStorage, name: string): Promise<number | undefined> {
  let start = Buffer.alloc(0);
  for await (const chunk of await inner.open(name)) {
    start = Buffer.concat([start, chunk as Buffer]);
    if (start.length >= HEAD_BYTES) break;
  }
  return start.subarray(0, MAGIC.length).equals(MAGIC) ? readHead(start.subarray(MAGIC.length)).keyId : undefined;
}
