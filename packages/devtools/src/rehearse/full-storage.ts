import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { MariadbOptions } from '../local/index';
import { connect } from '../stack/index';
import type { PrivateSystem } from './private-system';

/** A database whose storage can be filled and given room again. */
export interface FullStorage {
  readonly name: string;
  readonly mariadb: Omit<MariadbOptions, 'dir'>;
  /** Petitions that are tried while it is full. */
  readonly tries: number;
  /** Codes that may be answered meanwhile. */
  readonly expected: readonly string[];
  prepare(dir: string): void;
  fill(system: PrivateSystem): Promise<void>;
  makeRoom(system: PrivateSystem): Promise<void>;
  forget(dir: string): void;
}

const LIMIT_MB = 192;
const limited = (mb: number) => ({ 'innodb-data-file-path': `ibdata1:12M:autoextend:max:${mb}M` });

/** All tables in one tablespace with a limit. Room is made by a larger limit, which needs a restart of the server: even DROP wants room. */
export const limitedTablespace: FullStorage = {
  name: 'a tablespace that is full',
  tries: 60,
  expected: ['SERVICE_UNAVAILABLE'],
  mariadb: { bufferPoolMb: 128, durable: true, settings: { 'innodb-file-per-table': 'OFF', ...limited(LIMIT_MB) } },
  prepare: () => undefined,
  async fill({ databaseUrl }) {
    const root = await connect(databaseUrl);
    try {
      await root.query('CREATE DATABASE filler');
      await root.query('CREATE TABLE filler.pieces (id bigint AUTO_INCREMENT PRIMARY KEY, piece longblob NOT NULL)');
      for (const size of [1_000_000, 100_000, 12_000, 4_000, 500]) {
        while (await root.query('INSERT INTO filler.pieces (piece) VALUES (?)', [Buffer.alloc(size)]).then(() => true, isFull));
      }
    } finally {
      await root.end();
    }
  },
  makeRoom: (system) => system.restartMariadb(limited(4 * LIMIT_MB)),
  forget: () => undefined,
};

function isFull(error: unknown): false {
  if ((error as { errno?: number }).errno === 1114) return false;
  throw error;
}

/**
 * The file system of the database, binary log included, without a free byte. Needs the right to mount. MariaDB does not refuse
 * a commit that its binary log has no room for: it waits, so the outcome is open and TIMEOUT is the honest answer.
 */
export const fullDisk: FullStorage = {
  name: 'a disk that is full',
  tries: 12,
  expected: ['SERVICE_UNAVAILABLE', 'TIMEOUT'],
  mariadb: { bufferPoolMb: 128, durable: true },
  prepare: (dir) => run('mount', ['-t', 'tmpfs', '-o', `size=${2 * LIMIT_MB}m,mode=700`, 'tmpfs', dir]),
  async fill({ dir }) {
    const file = openSync(ballast(dir), 'w');
    try {
      for (const piece of [1_000_000, 4_096, 1].map((size) => Buffer.alloc(size))) while (hasRoom(() => writeSync(file, piece)));
    } finally {
      closeSync(file);
    }
  },
  makeRoom: async ({ dir }) => rmSync(ballast(dir)),
  forget: (dir) => run('umount', [join(dir, 'm')]),
};

const ballast = (dir: string): string => join(dir, 'm', 'ballast');

function hasRoom(write: () => number): boolean {
  try {
    return write() > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr.trim()}`);
}

/** May this user mount a file system? */
export const canMount = (): boolean => process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' }).status === 0;
