import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMariadb, startRedisCluster, startRedisSentinel, until, type Engines, type Mariadb, type RedisCluster, type RedisNode, type RedisSentinel } from '@anjie/devtools';
import type { Fault, FaultEngines, StartEngines } from '../harness/engines';

const BLIND_MS = 8_000;

/** Milliseconds from the blow until another master took writes, of each fail-over. */
interface Failovers {
  readonly failoverMs: number[];
}

export const startSentinelEngines: StartEngines<FaultEngines & Failovers & { readonly redis: RedisSentinel }> = async (dir, binaries) => {
  const [mariadb, redis] = await Promise.all([startDurableMariadb(dir, binaries), startRedisSentinel(binaries, join(dir, 'redis'))]);
  const failoverMs: number[] = [];
  const failOver = (blow: (master: RedisNode) => Promise<void>, mend: (old: RedisNode) => Promise<void>) => async (): Promise<void> => {
    const old = await redis.master();
    const startedAt = performance.now();
    await blow(old);
    await redis.promoted(old);
    failoverMs.push(Math.round(performance.now() - startedAt));
    await mend(old);
    await follows(old);
  };
  return {
    ...mariadb, redisUrl: redis.url, redis, failoverMs,
    faults: [
      {
        kind: `kill -9, with all Sentinels down for ${BLIND_MS} ms`, target: 'redis', weight: 1,
        strike: failOver(async (master) => {
          await redis.killSentinels();
          await master.kill9();
          await sleep(BLIND_MS);
          await redis.startSentinels();
        }, (old) => redis.restart(old)),
      },
      { kind: 'SIGSTOP until replaced', target: 'redis', weight: 1, strike: failOver(async (master) => master.freeze(), async (old) => old.thaw()) },
      {
        kind: 'kill -9, its acknowledged jobs lost', target: 'redis', weight: 1,
        strike: failOver((master) => master.kill9(), async (old) => {
          await forgetJobs(await redis.master());
          await redis.restart(old);
        }),
      },
    ],
    stop: async () => void (await Promise.all([mariadb.stop(), redis.stop()])),
  };
};

export const startClusterEngines: StartEngines<FaultEngines & Failovers & { readonly redis: RedisCluster }> = async (dir, binaries) => {
  const [mariadb, redis] = await Promise.all([startDurableMariadb(dir, binaries), startRedisCluster(binaries, join(dir, 'redis'))]);
  const failoverMs: number[] = [];
  const failOver = (key: string, blow: (master: RedisNode) => Promise<void>, mend: (old: RedisNode, now: RedisNode) => Promise<void>): Fault['strike'] => async () => {
    const old = await redis.masterOf(key);
    await blow(old);
    failoverMs.push(await redis.promoted(key, old));
    await mend(old, await redis.masterOf(key));
    await follows(old);
  };
  return {
    ...mariadb, redisUrl: redis.url, redis, failoverMs,
    faults: [
      { kind: 'kill -9', target: 'redis', weight: 1, strike: failOver('{assistance}', (master) => master.kill9(), (old) => redis.restart(old)) },
      { kind: 'SIGSTOP until replaced', target: 'redis', weight: 1, strike: failOver('{cases}', async (master) => master.freeze(), async (old) => old.thaw()) },
      {
        kind: 'kill -9, its acknowledged jobs lost', target: 'redis', weight: 1,
        strike: failOver('{supervision}', (master) => master.kill9(), async (old, now) => {
          await forgetJobs(now);
          await redis.restart(old);
        }),
      },
    ],
    stop: async () => void (await Promise.all([mariadb.stop(), redis.stop()])),
  };
};

async function startDurableMariadb(dir: string, binaries: Engines): Promise<{ databaseUrl: string; checkUrl: string; stop: Mariadb['stop'] }> {
  const mariadb = await startMariadb(binaries, { dir: join(dir, 'm'), bufferPoolMb: 256, durable: true });
  const url = `mysql://root@localhost?socketPath=${mariadb.socketPath}`;
  return { databaseUrl: url, checkUrl: url, stop: mariadb.stop };
}

const follows = (node: RedisNode): Promise<number> =>
  until('the old master became a replica', 60_000, async () => /role:slave[\s\S]*master_link_status:up/.test(await node.info()));

/**
 * The worst that asynchronous replication can do: every job that the old master had acknowledged is unknown to the new one,
 * while the marks by which a service notices an emptied Redis are old enough to be there.
 */
async function forgetJobs(master: RedisNode): Promise<void> {
  const keys = ((await master.call('KEYS', '*')) as string[]).filter((key) => !/:relay:mark$|:alarm:epoch$/.test(key));
  // one service's keys at a stroke, as a fail-over does it: a queue without its jobs, or a job without its queue, never exists
  const services = new Set(keys.map((key) => /^\{.*?\}/.exec(key)?.[0] ?? key));
  for (const service of services) await master.call('DEL', ...keys.filter((key) => key.startsWith(service)));
}
