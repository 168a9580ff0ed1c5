import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// The kernel allows 107 bytes; Redis and MariaDB append suffixes while they create a socket.
const maxSocketPathBytes = 100;

export interface CheckoutPaths {
  root: string;
  state: string;
  cacheDir: string;
  logs: string;
  /** What came of every test that ran here last. */
  testResults: string;
}

/** The checkout this code runs in; everything local lives under its `.anjie`. */
export function checkoutPaths(from: string = __dirname): CheckoutPaths {
  let root = resolve(from);
  while (!existsSync(join(root, 'pnpm-workspace.yaml'))) {
    const parent = dirname(root);
    if (parent === root) throw new Error(`${from} is not inside an Anjie checkout (no pnpm-workspace.yaml above it).`);
    root = parent;
  }
  const state = join(root, '.anjie');
  return { root, state, cacheDir: join(state, 'cache'), logs: join(state, 'logs'), testResults: join(state, 'cache', 'test-results.json') };
}

export function makePrivateDir(dir: string): string {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return dir;
}

/** A new folder of a test's own, in the checkout and with a short path, because sockets lie in it. */
export function makeTestFolder({ state }: Pick<CheckoutPaths, 'state'>, name: string): string {
  const all = join(state, 't');
  mkdirSync(all, { recursive: true });
  return mkdtempSync(join(all, `${name}-`));
}

/** `<dir>/<name>`, or a private folder in the temp directory when that is too long for a socket address. */
export function socketPathFor(dir: string, name: string): string {
  const wanted = join(resolve(dir), name);
  if (Buffer.byteLength(wanted) <= maxSocketPathBytes) return wanted;
  const hash = createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 16);
  const fallback = makePrivateDir(join(process.env['ANJIE_SOCKET_DIR'] ?? tmpdir(), `anjie-${hash}`));
  assertOurs(fallback);
  return join(fallback, name);
}

/** The temp directory is shared: a folder someone else prepared there must not receive our socket. */
function assertOurs(dir: string): void {
  const stats = lstatSync(dir);
  const uid = process.getuid?.() ?? stats.uid;
  if (stats.isDirectory() && stats.uid === uid && (stats.mode & 0o077) === 0) return;
  throw new Error(`${dir} exists and is not a private folder of this user; remove it or set TMPDIR.`);
}
