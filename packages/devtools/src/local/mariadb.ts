import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engines } from './engines';
import { endStaleInstance, recordInstance } from './identity';
import { makePrivateDir, socketPathFor } from './paths';
import { type LocalProcess, startProcess } from './processes';
import { waitUntilReady } from './readiness';

export type MariadbSettings = Record<string, string | number | boolean>;

export interface MariadbOptions {
  /** Everything of this instance: data, temporary files, log, socket (unless its path would be too long). */
  dir: string;
  /** Also listens on 127.0.0.1 at this port; by default only on the unix socket. */
  port?: number;
  listen?: 'socket';
  /** Runs at every start before the first connection is served, so it must be repeatable. One statement per line. */
  initSql?: string;
  bufferPoolMb?: number;
  /** An acknowledged commit survives power loss. Without it: fast, survives only a killed process. */
  durable?: boolean;
  /** A data directory to begin with, of which a copy is taken; by default that of a new server. */
  data?: string;
  /** Server options by their long name, over the ones chosen here: `{ 'max-connections': 50 }`. */
  settings?: MariadbSettings;
}

export interface Mariadb {
  /** Connect as `root` without a password; the folder is closed to other users. */
  readonly socketPath: string;
  readonly pid: number;
  readonly logFile: string;
  stop(): Promise<void>;
  kill9(): Promise<void>;
}

const redoLogSize = '16M';

export async function startMariadb(engines: Engines, options: MariadbOptions): Promise<Mariadb> {
  const dir = makePrivateDir(options.dir);
  const record = join(dir, 'instance.json');
  await endStaleInstance(record, 'MariaDB');
  ensureDataDir(dir, () => options.data ?? templateDir(engines));
  const socketPath = socketPathFor(dir, 'mariadb.sock');
  const started = await startProcess({
    name: 'MariaDB',
    command: engines.mariadbd,
    args: ['--no-defaults', ...toArguments({ ...settingsFor(engines, options, socketPath), ...options.settings })],
    env: { ...engines.env, TMPDIR: join(dir, 'tmp') },
    logFile: join(dir, 'mariadb.log'),
  });
  recordInstance(record, started.pid);
  await waitUntilReady(started, {
    at: { path: socketPath },
    // The server speaks first: packet header, then protocol version 10; an error packet starts with 0xff.
    isReady: (answer) => answer[4] === 10,
    timeoutMs: 120_000,
  });
  await assertInitSqlRan(started);
  return { socketPath, pid: started.pid, logFile: started.logFile, stop: () => started.stop(), kill9: () => started.kill9() };
}

function settingsFor(engines: Engines, options: MariadbOptions, socketPath: string): MariadbSettings {
  const { dir } = options;
  return {
    basedir: engines.basedir,
    datadir: join(dir, 'data'),
    tmpdir: makePrivateDir(join(dir, 'tmp')),
    socket: socketPath,
    'pid-file': join(dir, 'mariadb.pid'),
    'skip-name-resolve': true,
    'character-set-server': 'utf8mb4',
    // Byte for byte: under a linguistic collation distinct keys can collide.
    'collation-server': 'utf8mb4_bin',
    'default-time-zone': '+00:00',
    'max-connections': 400,
    'local-infile': 0,
    'innodb-snapshot-isolation': 'ON',
    'innodb-log-file-size': redoLogSize,
    'innodb-buffer-pool-size': `${options.bufferPoolMb ?? 128}M`,
    ...networkSettings(options.port),
    ...(options.durable ? durableSettings : fastSettings),
    ...(options.initSql === undefined ? {} : { 'init-file': writeInitFile(dir, options.initSql) }),
    ...userSetting(),
  };
}

const durableSettings: MariadbSettings = {
  'innodb-flush-log-at-trx-commit': 1,
  'sync-binlog': 1,
  'log-bin': 'binlog',
  'server-id': 1,
  'binlog-format': 'ROW',
  'binlog-expire-logs-seconds': 86_400,
};

const fastSettings: MariadbSettings = {
  'innodb-flush-log-at-trx-commit': 2,
  'innodb-doublewrite': 'OFF',
  'innodb-flush-method': 'nosync',
  'innodb-use-native-aio': 'OFF',
  'skip-log-bin': true,
};

function networkSettings(port: number | undefined): MariadbSettings {
  return port === undefined ? { 'skip-networking': true } : { port, 'bind-address': '127.0.0.1' };
}

/** MariaDB refuses to run as root unless told so. */
function userSetting(): MariadbSettings {
  return process.getuid?.() === 0 ? { user: 'root' } : {};
}

function toArguments(settings: MariadbSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => (value === false ? [] : [value === true ? `--${name}` : `--${name}=${value}`]));
}

function writeInitFile(dir: string, sql: string): string {
  const file = join(dir, 'init.sql');
  writeFileSync(file, sql.endsWith('\n') ? sql : `${sql}\n`, { mode: 0o600 });
  return file;
}

/** The server reports a failing statement of the init file only in its log, and then serves regardless. */
async function assertInitSqlRan(started: LocalProcess): Promise<void> {
  const failure = /^ERROR: .*$/m.exec(readFileSync(started.logFile, 'utf8'))?.[0];
  if (!failure) return;
  await started.stop();
  throw new Error(`MariaDB could not run initSql. ${failure}`);
}

/** Copies appear under their final name only when complete, so an interrupted first start leaves nothing half made. */
function ensureDataDir(dir: string, source: () => string): void {
  const dataDir = join(dir, 'data');
  if (existsSync(dataDir)) return;
  const partial = `${dataDir}.partial`;
  rmSync(partial, { recursive: true, force: true });
  run('cp', ['-a', source(), partial]);
  renameSync(partial, dataDir);
}

/** Made once per version: copying 34 MB is several times faster than installing the system tables. */
function templateDir(engines: Engines): string {
  const template = join(engines.cacheDir, `mariadb-template-${engines.versions.mariadb}`);
  if (existsSync(template)) return template;
  makePrivateDir(engines.cacheDir);
  const partial = `${template}.${process.pid}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const settings: MariadbSettings = {
    basedir: engines.basedir,
    datadir: partial,
    'auth-root-authentication-method': 'normal',
    'skip-name-resolve': true,
    'skip-test-db': true,
    'innodb-log-file-size': redoLogSize,
    ...userSetting(),
  };
  // --force: without it the script gives up where the host has no name to resolve.
  run(engines.mariadbInstallDb, ['--no-defaults', '--force', ...toArguments(settings)], { ...engines.env, TMPDIR: engines.cacheDir });
  publish(partial, template);
  return template;
}

/** Gives what is complete its name. Another process may have made the same meanwhile; theirs is as good as ours. */
export function publish(partial: string, template: string): void {
  try {
    renameSync(partial, template);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(template)) throw error;
  }
}

function run(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): void {
  const result = spawnSync(command, args, { env, encoding: 'utf8' });
  if (result.status === 0) return;
  throw new Error(`${command} failed: ${result.error?.message ?? `${result.stdout}\n${result.stderr}`.trim()}`);
}
