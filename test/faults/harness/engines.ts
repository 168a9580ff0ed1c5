import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkoutPaths, migratedData, startMariadb, startRedis, type Engines } from '@anjie/devtools';
import type { Random } from './random';
import { askRedis, type RedisReply } from './redis-wire';
import { openRedisProxy, type RedisProxy } from './redis-proxy';

/** Something that can be broken. One thing (`target`) is broken in one way at a time. */
export interface Fault {
  readonly kind: string;
  readonly target: string;
  /** How often it is drawn beside the others. */
  readonly weight: number;
  /** Breaks it; resolves when what the fault itself must mend is whole again: engines are back, frozen processes run on. */
  strike(random: Random): Promise<void>;
}

/**
 * MariaDB and Redis under a system that is to be broken. To run the same storm on another topology (Sentinel, Cluster, a
 * semi-synchronous pair), give `startFaultSystem` a function that makes another one of these:
 * - `databaseUrl`: root's, as the services shall dial it; `checkUrl`: as the checks shall (the same unless the writer moves);
 * - `redisUrl`: what the services get as ANJIE_REDIS_URL; `env`: further variables for every process;
 * - `faults`: what can happen to the engines. Each resolves only when the engine serves again (a failover is over), so that
 *   "seconds after the last fault" begins there;
 * - `stop`: ends every process that it started. Everything lives in the `dir` that it is given.
 * Faults of Anjie's own processes are the system's and come on top.
 */
export interface FaultEngines {
  readonly databaseUrl: string;
  readonly checkUrl: string;
  readonly redisUrl: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The database began with what the migrations of `root` make of it. */
  readonly isMigrated?: boolean;
  readonly faults: readonly Fault[];
  stop(): Promise<void>;
}
export type StartEngines<Made extends FaultEngines = FaultEngines> = (dir: string, binaries: Engines, root: string) => Promise<Made>;

/** One MariaDB, one Redis with AOF behind a proxy that can eat its replies. */
export interface LocalEngines extends FaultEngines {
  readonly proxy: RedisProxy;
  redis(...command: string[]): Promise<RedisReply>;
  killRedis(): Promise<void>;
  restartRedis(): Promise<void>;
  /** What Redis wrote is gone; only while it is down. */
  eraseRedis(): void;
  killMariadb(): Promise<void>;
  restartMariadb(): Promise<void>;
  /** Whatever a test that gave up left behind: both run and answer. */
  mend(): Promise<void>;
}

/** `durable`: each commit is on the disk before it is answered, and in the binary log. Without it no commit survives more than a killed process. */
export const createLocalEngines = ({ durable }: { readonly durable: boolean }): StartEngines<LocalEngines> => async (dir, binaries, root) => {
  const data = await migratedData(binaries, checkoutPaths(__dirname), root);
  const mariadb = () => startMariadb(binaries, { dir: join(dir, 'm'), data, bufferPoolMb: 256, durable });
  const redis = () => startRedis(binaries, { dir: join(dir, 'r'), enableDebug: true });
  const [firstMariadb, firstRedis] = await Promise.all([mariadb(), redis()]);
  const running = { mariadb: firstMariadb, redis: firstRedis };
  const proxy = await openRedisProxy(join(dir, 'p'), firstRedis.socketPath);
  const url = `mysql://root@localhost?socketPath=${firstMariadb.socketPath}`;
  const up = { redis: true, mariadb: true };
  const doors = {
    redis: (...command: string[]) => askRedis(running.redis.socketPath, command),
    async killRedis() {
      up.redis = false;
      await running.redis.kill9();
    },
    async restartRedis() {
      running.redis = await redis();
      up.redis = true;
    },
    eraseRedis: () => rmSync(join(dir, 'r', 'data'), { recursive: true }),
    async killMariadb() {
      up.mariadb = false;
      await running.mariadb.kill9();
    },
    async restartMariadb() {
      running.mariadb = await mariadb();
      up.mariadb = true;
    },
  };
  return {
    databaseUrl: url, checkUrl: url, redisUrl: `unix://${proxy.socketPath}`, proxy, ...doors, isMigrated: true,
    faults: localFaults(doors, proxy),
    async mend() {
      proxy.cut();
      if (!up.redis) await doors.restartRedis();
      if (!up.mariadb) await doors.restartMariadb();
    },
    async stop() {
      await proxy.close();
      await Promise.all([running.mariadb.stop(), running.redis.stop()]);
    },
  };
};

type Doors = Pick<LocalEngines, 'redis' | 'killRedis' | 'restartRedis' | 'killMariadb' | 'restartMariadb'>;

const localFaults = (doors: Doors, proxy: RedisProxy): Fault[] => [
  {
    kind: 'kill -9 and restart', target: 'mariadbd', weight: 6,
    async strike(random) {
      await doors.killMariadb();
      await sleep(random.int(0, 1_000));
      await doors.restartMariadb();
    },
  },
  {
    kind: 'kill -9 and restart', target: 'redis', weight: 4,
    async strike(random) {
      await doors.killRedis();
      await sleep(random.int(0, 3_000));
      await doors.restartRedis();
    },
  },
  {
    kind: 'kill -9, back after 12 s', target: 'redis', weight: 1,
    async strike() {
      await doors.killRedis();
      await sleep(12_000);
      await doors.restartRedis();
    },
  },
  { kind: 'FLUSHALL', target: 'redis', weight: 4, strike: async () => void (await doors.redis('FLUSHALL')) },
  { kind: 'DEBUG SLEEP 4', target: 'redis', weight: 4, strike: async () => void (await doors.redis('DEBUG', 'SLEEP', '4')) },
  {
    kind: 'replies eaten, connections cut', target: 'redis', weight: 3,
    async strike(random) {
      proxy.eatReplies();
      await sleep(random.int(500, 2_000));
      proxy.cut();
    },
  },
];
