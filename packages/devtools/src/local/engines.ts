import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fetchEngines, type FetchedTree } from './apt-engines';

export interface EngineOptions {
  cacheDir: string;
  log(line: string): void;
}

export type EngineSource = 'system' | 'fetched';

export interface Engines {
  mariadbd: string;
  mariadbInstallDb: string;
  redisServer: string;
  /** For `--basedir`: the tree with `share/mysql` and `lib/mysql/plugin`. */
  basedir: string;
  /** The environment to run the binaries with; carries LD_LIBRARY_PATH for fetched ones. */
  env: NodeJS.ProcessEnv;
  cacheDir: string;
  versions: { mariadb: string; redis: string };
  source: { mariadb: EngineSource; redis: EngineSource };
}

interface MariadbEngine {
  mariadbd: string;
  mariadbInstallDb: string;
  basedir: string;
  version: string;
}

interface RedisEngine {
  redisServer: string;
  version: string;
}

// The uuid type came with 10.7, innodb_snapshot_isolation to the 10.11 series with 10.11.8.
const oldestMariadb = '10.11.8';
const oldestRedis = '6.2';
const mariadbPackages = ['mariadb-server-core', 'mariadb-client-core'];
const redisPackages = ['redis-server'];
const needed = `Anjie needs MariaDB ${oldestMariadb} or newer and Redis ${oldestRedis} or newer`;
const otherwise = 'install mariadbd and redis-server so that they are on PATH, or use infra/compose.yaml';

/** The system's MariaDB and Redis where they are new enough; otherwise the distribution's packages, unpacked into the cache. */
export async function findOrFetchEngines({ cacheDir, log }: EngineOptions): Promise<Engines> {
  const path = systemPath();
  const systemMariadb = findMariadb(path, process.env);
  const systemRedis = findRedis(path, process.env);
  const missing = [...(systemMariadb ? [] : mariadbPackages), ...(systemRedis ? [] : redisPackages)];
  const tree = missing.length > 0 ? await fetch(missing, cacheDir, log) : undefined;
  const env = tree ? withTree(tree, path) : process.env;
  const mariadb = systemMariadb ?? findMariadb(tree?.binDirs ?? [], env);
  const redis = systemRedis ?? findRedis(tree?.binDirs ?? [], env);
  if (!mariadb || !redis) throw new Error(`${needed}, and this system's packages hold no such version: ${otherwise}.`);
  return {
    mariadbd: mariadb.mariadbd,
    mariadbInstallDb: mariadb.mariadbInstallDb,
    redisServer: redis.redisServer,
    basedir: mariadb.basedir,
    env,
    cacheDir,
    versions: { mariadb: mariadb.version, redis: redis.version },
    source: { mariadb: systemMariadb ? 'system' : 'fetched', redis: systemRedis ? 'system' : 'fetched' },
  };
}

async function fetch(packages: string[], cacheDir: string, log: EngineOptions['log']): Promise<FetchedTree> {
  if (!canFetch()) throw new Error(`${needed}, and this is not a Debian or Ubuntu system to fetch them from: ${otherwise}.`);
  try {
    return await fetchEngines({ packages, cacheDir, log });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${needed}, and fetching them failed: ${otherwise}.`, { cause: error });
  }
}

function canFetch(): boolean {
  const path = systemPath();
  return process.platform === 'linux' && ['apt-get', 'dpkg'].every((name) => findBinary(name, path));
}

function systemPath(): string[] {
  const own = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return [...new Set([...own, '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/opt/homebrew/bin'])];
}

function withTree(tree: FetchedTree, path: string[]): NodeJS.ProcessEnv {
  const libraries = [...tree.libDirs, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter);
  return { ...process.env, PATH: [...tree.binDirs, ...path].join(delimiter), LD_LIBRARY_PATH: libraries };
}

function findBinary(name: string, dirs: string[]): string | undefined {
  return dirs.map((dir) => join(dir, name)).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function findMariadb(dirs: string[], env: NodeJS.ProcessEnv): MariadbEngine | undefined {
  const mariadbd = findBinary('mariadbd', dirs);
  const mariadbInstallDb = findBinary('mariadb-install-db', dirs);
  if (!mariadbd || !mariadbInstallDb) return undefined;
  const version = versionOf(mariadbd, ['--no-defaults', '--version'], env);
  if (!version || !isAtLeast(version, oldestMariadb)) return undefined;
  return { mariadbd, mariadbInstallDb, version, basedir: basedirOf(mariadbd) };
}

function basedirOf(mariadbd: string): string {
  const above = dirname(dirname(mariadbd));
  return existsSync(join(above, 'share')) ? above : '/usr';
}

function findRedis(dirs: string[], env: NodeJS.ProcessEnv): RedisEngine | undefined {
  const redisServer = findBinary('redis-server', dirs);
  const version = redisServer && versionOf(redisServer, ['--version'], env);
  return redisServer && version && isAtLeast(version, oldestRedis) ? { redisServer, version } : undefined;
}

function versionOf(binary: string, args: string[], env: NodeJS.ProcessEnv): string | undefined {
  const { stdout } = spawnSync(binary, args, { env, encoding: 'utf8' });
  return /(?:Ver |v=)(\d+(?:\.\d+)+)/.exec(stdout ?? '')?.[1];
}

function isAtLeast(version: string, oldest: string): boolean {
  return version.localeCompare(oldest, 'en', { numeric: true }) >= 0;
}
