import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { findOrFetchEngines } from './engines';
import { startMariadb } from './mariadb';
import type { CheckoutPaths } from './paths';
import { startRedis } from './redis';

export interface TestEngines {
  readonly dir: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  stop(): Promise<void>;
}

/** Throw-away MariaDB and Redis of one run, in a folder of its own: fast rather than durable. */
export async function createTestEngines(paths: CheckoutPaths): Promise<TestEngines> {
  const engines = await findOrFetchEngines({ cacheDir: paths.cacheDir, log: (line) => console.error(line) });
  mkdirSync(join(paths.state, 't'), { recursive: true });
  const dir = mkdtempSync(join(paths.state, 't', 'run-'));
  const [mariadb, redis] = await Promise.all([
    startMariadb(engines, { dir: join(dir, 'm'), bufferPoolMb: 256, settings: { 'innodb-snapshot-isolation': 'ON' } }),
    startRedis(engines, { dir: join(dir, 'r') }),
  ]);
  return {
    dir,
    databaseUrl: `mysql://root@localhost?socketPath=${mariadb.socketPath}`,
    redisUrl: `unix://${redis.socketPath}`,
    async stop() {
      await Promise.all([mariadb.stop(), redis.stop()]);
    },
  };
}
