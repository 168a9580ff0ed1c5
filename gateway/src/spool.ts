import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { AppError } from '@anjie/contracts';

export const FILE_LIMIT = 20 * 1024 * 1024;
/** Uploads at the same time: bounds the disk that strangers may fill. */
const MAX_AT_ONCE = 32;
const SUFFIX = '.upload';
const STALE_MS = 10 * 60_000;

/** A file that lies on disk whole, with its hash: only then is the token minted that vouches for it. */
export interface SpooledFile {
  readonly path: string;
  readonly size: number;
  /** base64url, as the internal token wants it */
  readonly bodyHash: string;
}

export interface Spool {
  /** Receives the body, hands the file to `use`, and removes it whatever happens. @throws AppError PAYLOAD_TOO_LARGE */
  receive<T>(request: IncomingMessage, use: (file: SpooledFile) => Promise<T>): Promise<T>;
}

export async function openSpool(dir: string): Promise<Spool> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await removeStale(dir);
  let underWay = 0;
  return {
    async receive(request, use) {
      if (Number(request.headers['content-length'] ?? 0) > FILE_LIMIT) throw new AppError('PAYLOAD_TOO_LARGE');
      if (underWay >= MAX_AT_ONCE) throw new AppError('RATE_LIMITED');
      const path = join(dir, `${randomUUID()}${SUFFIX}`);
      underWay += 1;
      try {
        return await use(await writeFile(request, path));
      } finally {
        underWay -= 1;
        await rm(path, { force: true });
      }
    },
  };
}

/** A killed process leaves its spool behind, and those are people's papers. */
async function removeStale(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!name.endsWith(SUFFIX)) continue;
    const found = await stat(join(dir, name)).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > STALE_MS) await rm(join(dir, name), { force: true });
  }
}

/** Over the limit the rest is read and dropped instead of cutting the connection, so that the client sees the answer. */
function writeFile(request: IncomingMessage, path: string): Promise<SpooledFile> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256');
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    let size = 0;
    const fail = (error: unknown) => {
      request.off('data', onData).off('end', onEnd).resume();
      file.destroy();
      file.once('close', () => reject(error));
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > FILE_LIMIT) return fail(new AppError('PAYLOAD_TOO_LARGE'));
      hash.update(chunk);
      if (!file.write(chunk)) {
        request.pause();
        file.once('drain', () => request.resume());
      }
    };
    const onEnd = () => file.end(() => resolve({ path, size, bodyHash: hash.digest('base64url') }));
    request.on('data', onData).once('end', onEnd);
    request.once('close', () => void (request.complete || fail(new AppError('BAD_USER_INPUT'))));
    file.once('error', fail);
  });
}
