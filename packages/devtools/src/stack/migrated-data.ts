import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { publish, startMariadb } from '../local/mariadb';
import type { CheckoutPaths, Engines } from '../local/index';
import { ensureSecrets } from './secrets';
import { prepareDatabase } from './stack';
import { readTopology } from './topology';

/** Whatever decides what an empty database becomes: the services' migrations and their order, the kit's, and the rights of the processes. */
const DECIDING = [/^services\/[^/]+\/dist\/(.*\/)?migrations\/.*\.js$/, /^services\/[^/]+\/dist\/database\.js$/, /^packages\/service-kit\/dist\/.*migrat.*\.js$/, /^packages\/devtools\/dist\/stack\/(grants|schemas)\.js$/];

/**
 * The data directory of a private instance whose schemas are migrated and whose rights are given, for tests that want a
 * system of their own: made by the migrations themselves once for each state of them in the built tree `root`, and copied
 * afterwards. `startStack({ isMigrated: true })` goes on from a copy.
 */
export async function migratedData(engines: Engines, { state }: Pick<CheckoutPaths, 'state'>, root: string): Promise<string> {
  const data = join(engines.cacheDir, `mariadb-migrated-${fingerprint(root, engines.versions.mariadb)}`);
  if (existsSync(data)) return data;
  mkdirSync(join(state, 't'), { recursive: true });
  const dir = mkdtempSync(join(state, 't', 'migrate-'));
  try {
    const mariadb = await startMariadb(engines, { dir: join(dir, 'm') });
    try {
      const services = readTopology(root).map(({ name }) => name);
      await prepareDatabase({
        root, dir, mode: 'TEST', databaseUrl: `mysql://root@localhost?socketPath=${mariadb.socketPath}`, redisUrl: 'unix:///nobody/asks/redis.sock', isPrivate: true,
        services, ports: new Map(), secrets: ensureSecrets(join(dir, 'keys'), ['gateway', ...services]),
      }, join(dir, 'logs'));
    } finally {
      await mariadb.stop();
    }
    forgetEarlier(engines.cacheDir);
    publish(join(dir, 'm', 'data'), data);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return data;
}

function fingerprint(root: string, version: string): string {
  const hash = createHash('sha256').update(version);
  for (const folder of ['services', 'packages']) {
    const files = readdirSync(join(root, folder)).flatMap((name) => listed(join(root, folder, name, 'dist')).map((file) => `${folder}/${name}/dist/${file}`));
    for (const file of files.filter((one) => DECIDING.some((pattern) => pattern.test(one))).sort()) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

const listed = (dir: string): string[] => (existsSync(dir) ? readdirSync(dir, { recursive: true }).map(String) : []);

/** Each takes about 140 MB; a mutant's tree may have its own beside that of the checkout. */
const KEPT = 2;

function forgetEarlier(cacheDir: string): void {
  const there = readdirSync(cacheDir).filter((name) => name.startsWith('mariadb-migrated-')).map((name) => join(cacheDir, name));
  const newestFirst = there.map((path) => ({ path, at: statSync(path).mtimeMs })).sort((a, b) => b.at - a.at);
  for (const { path } of newestFirst.slice(KEPT - 1)) rmSync(path, { recursive: true, force: true });
}
