import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { AppError } from '@anjie/contracts';

export const FILE_LIMIT = 20 * 1024 * 1024;
/** Uploads at the same time: bounds the disk that strangers may fill. */
const MAX_AT_ONCE = 32;
/** Of one person: as many connections as a browser opens to one place. */
const MAX_OF_ONE = 6;
/** Twenty megabytes over a slow line fit; a little less than the server's own patience, so that the client is told. */
const UPLOAD_WITHIN_MS = 110_000;
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
  /** Receives the body, hands the file to `use`, and removes it whatever happens. @throws AppError PAYLOAD_TOO_LARGE, RATE_LIMITED, TIMEOUT */
  receive<T>(request: IncomingMessage, { holder, use }: Receiving<T>): Promise<T>;
}

export interface Receiving<T> {
  /** Whose upload it is: nobody may have all places. */
  readonly holder: string;
  readonly use: (file: SpooledFile) => Promise<T>;
}

export interface SpoolBounds {
  readonly atOnce: number;
  readonly ofOne: number;
  readonly withinMs: number;
}
const BOUNDS: SpoolBounds = { atOnce: MAX_AT_ONCE, ofOne: MAX_OF_ONE, withinMs: UPLOAD_WITHIN_MS };

export async function openSpool(dir: string, bounds: Partial<SpoolBounds> = {}): Promise<Spool> {
  const { atOnce, ofOne, withinMs } = { ...BOUNDS, ...bounds };
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await removeStale(dir);
  /** Whose uploads are under way, once for each. */
  const holders: string[] = [];
  return {
    async receive(request, { holder, use }) {
      if (Number(request.headers['content-length'] ?? 0) > FILE_LIMIT) throw new AppError('PAYLOAD_TOO_LARGE');
      // whoever left while we asked who it is sends no event any more
      if (request.destroyed) throw new AppError('BAD_USER_INPUT');
      if (holders.length >= atOnce || holders.filter((other) => other === holder).length >= ofOne) throw new AppError('RATE_LIMITED');
      const path = join(dir, `${randomUUID()}${SUFFIX}`);
      holders.push(holder);
      try {
        return await use(await writeFile(request, { path, withinMs }));
      } finally {
        holders.splice(holders.indexOf(holder), 1);
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
function writeFile(request: IncomingMessage, { path, withinMs }: { readonly path: string; readonly withinMs: number }): Promise<SpooledFile> {
  let slow: NodeJS.Timeout | undefined;
  return new Promise<SpooledFile>((resolve, reject) => {
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
    const onEnd = () => file.once('finish', () => resolve({ path, size, bodyHash: hash.digest('base64url') })).end();
    slow = setTimeout(() => fail(new AppError('TIMEOUT')), withinMs);
    request.on('data', onData).once('end', onEnd);
    // not `complete`: what came whole may still wait to be written, and never ends when its client has left
    request.once('close', () => void (request.readableEnded || fail(new AppError('BAD_USER_INPUT'))));
    file.once('error', fail);
  }).finally(() => clearTimeout(slow));
}
