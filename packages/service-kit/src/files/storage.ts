import { createWriteStream } from 'node:fs';
import { access, constants, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isId } from '../database';

/** Where the bytes of files lie. Keys are ids that we made; a client's text never becomes one. */
export interface FileStorage {
  /** Whole or not at all, and durable when it returns. Rejects with the stream's own error. An existing key is replaced. */
  put(key: string, stream: Readable): Promise<void>;
  /** Rejects with ContentMissing when there is no such content. */
  open(key: string): Promise<Readable>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
  /** Where a copy in clear may lie while a file is read; left out, the system's temporary folder. */
  readonly scratchDir?: string;
  /** The content as a local file, where the storage has one; spares the importer a copy. */
  pathOf?(key: string): string;
  /** What keeps it from being used, as a sentence that says what to change. */
  fault?(): Promise<string | undefined>;
}

/** There is no such content. */
export class ContentMissing extends Error {
  override readonly name = 'ContentMissing';
}

/** The storage does not answer; later it may. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
}

/** A draft older than this belongs to a process that was killed. */
const STALE_DRAFT_MS = 24 * 3600 * 1000;

/** Files in a folder that all processes of the service share. */
export function createFolderStorage(dir: string): FileStorage {
  const drafts = join(dir, 'drafts');
  const pathOf = (key: string): string => {
    if (!isId(key)) throw new Error('a storage key must be an id');
    return join(dir, key.slice(0, 2), key);
  };
  let ready: Promise<void> | undefined;
  const prepare = () => (ready ??= prepareFolder(drafts));
  return {
    pathOf,
    open: async (key) => (await open(pathOf(key), 'r').catch(missing)).createReadStream(),
    remove: (key) => rm(pathOf(key), { force: true }),
    fault: () => folderFault(dir),
    async put(key, stream) {
      const target = pathOf(key);
      const folder = join(dir, key.slice(0, 2));
      const draft = join(drafts, `${key}.${process.pid}.part`);
      try {
        await prepare();
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await pipeline(stream, createWriteStream(draft, { mode: 0o600 }));
        await sync(draft);
        await rename(draft, target);
        await sync(folder);
      } catch (error) {
        stream.destroy();
        await rm(draft, { force: true });
        throw error;
      }
    },
  };
}

function missing(error: NodeJS.ErrnoException): never {
  throw error.code === 'ENOENT' ? new ContentMissing(error.message, { cause: error }) : error;
}

async function folderFault(dir: string): Promise<string | undefined> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return `ANJIE_STORAGE_DIR (${dir}) cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`;
  }
}

/** For a folder too: the new name itself must survive a power cut, not only the bytes. */
async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function prepareFolder(drafts: string): Promise<void> {
  await mkdir(drafts, { recursive: true, mode: 0o700 });
  for (const name of await readdir(drafts)) {
    const path = join(drafts, name);
    const facts = await stat(path).catch(() => undefined);
    if (facts && Date.now() - facts.mtimeMs > STALE_DRAFT_MS) await rm(path, { force: true });
  }
}
