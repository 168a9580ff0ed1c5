import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkoutPaths, makeTestFolder, findOrFetchEngines, startRedisCluster, startRedisSentinel, until, type Engines, type RedisNode } from '@anjie/devtools';
import { createRedisMarker, openQueue, unsafeRedisSettings } from '@anjie/service-kit/messaging';
import { carryJobs, type Carried } from './carry-jobs';

let dir: string;
let engines: Engines;
jest.setTimeout(300_000);
beforeAll(async () => {
  const paths = checkoutPaths(__dirname);
  dir = makeTestFolder(paths, 'topo');
  engines = await findOrFetchEngines({ cacheDir: paths.cacheDir, log: () => undefined });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const flows = (carried: Carried, since: number): Promise<number> =>
  until('jobs flow again', 60_000, async () => carried.received.size > since + 100);

test('a queue, its worker and the checks at start follow the master that the Sentinels name', async () => {
  const redis = await startRedisSentinel(engines, join(dir, 's'));
  try {
    expect(await unsafeRedisSettings(redis.url)).toEqual([]);
    const carried = carryJobs(redis.url, 'cases');
    await flows(carried, 0);
    const old = await redis.master();
    await old.kill9();
    const promotedMs = await redis.promoted(old);
    await flows(carried, carried.received.size);
    const killed = carried.gaps();
    await redis.restart(old);
    await until('the old master became a replica', 30_000, async () => (await old.info()).includes('role:slave'));
    expect(await unsafeRedisSettings(`redis://127.0.0.1:${old.port}`)).toEqual([expect.stringContaining('this is a replica')]);
    const second = await redis.master();
    second.freeze();
    const frozenMs = await redis.promoted(second);
    await flows(carried, carried.received.size);
    second.thaw();
    const frozen = carried.gaps();
    const missing = await carried.missing();
    console.log('sentinel', { promotedMs, killed, frozenMs, frozen, missing, acknowledged: carried.acknowledged.size });
    await carried.stop();
  } finally {
    await redis.stop();
  }
});

test('queues, workers and the checks at start follow the slots of a Cluster', async () => {
  const redis = await startRedisCluster(engines, join(dir, 'c'));
  try {
    expect(await unsafeRedisSettings(redis.url)).toEqual([]);
    expect(await unsafeRedisSettings(`redis://127.0.0.1:${redis.nodes[0]?.port}`)).toEqual([expect.stringContaining('this is a node of a Cluster')]);
    const carried = ['cases', 'officials', 'supervision', 'assistance'].map((service) => carryJobs(redis.url, service));
    await Promise.all(carried.map((one) => flows(one, 0)));
    const old = await redis.masterOf('{cases}');
    await old.kill9();
    const promotedMs = await redis.promoted('{cases}', old);
    await Promise.all(carried.map((one) => flows(one, one.received.size)));
    const killed = carried.map((one) => one.gaps());
    await redis.restart(old);
    await until('the old master became a replica', 30_000, async () => (await old.info()).includes('role:slave'));
    await until('it follows', 30_000, async () => (await old.info()).includes('master_link_status:up'));
    const second = await redis.masterOf('{cases}');
    second.freeze();
    const frozenMs = await redis.promoted('{cases}', second);
    await Promise.all(carried.map((one) => flows(one, one.received.size)));
    second.thaw();
    const frozen = carried.map((one) => one.gaps());
    const missing = await Promise.all(carried.map((one) => one.missing()));
    console.log('cluster', { promotedMs, killed, frozenMs, frozen, missing, acknowledged: carried.map((one) => one.acknowledged.size) });
    await Promise.all(carried.map((one) => one.stop()));
  } finally {
    await redis.stop();
  }
});

test('queues that are opened while a Cluster is still being connected take jobs as soon as it is, and not only those of the next process', async () => {
  const redis = await startRedisCluster(engines, join(dir, 'e'));
  const queues: ReturnType<typeof openQueue>[] = [];
  try {
    for (let n = 0; n < 200; n += 1) {
      queues.push(openQueue(redis.url, 'cases', `early-${n}`));
      await sleep(1);
    }
    const deaf = async (): Promise<number> => (await Promise.allSettled(queues.map((queue) => queue.add('drill', {}, { jobId: 'drill-1' })))).filter(({ status }) => status === 'rejected').length;
    await until('the first takes a job', 30_000, async () => (await deaf()) < queues.length);
    await sleep(1_000);
    expect(await deaf()).toBe(0);
  } finally {
    await Promise.all(queues.map((queue) => queue.close()));
    await redis.stop();
  }
});

test('who connects while the Cluster has no majority of masters is told so and tries again, instead of waiting for ever', async () => {
  const redis = await startRedisCluster(engines, join(dir, 'm'));
  const marker = createRedisMarker(redis.url, 'cases', async () => '2025-08-04 02:00:00.000');
  try {
    // two of the three that the Cluster began with as masters
    const killed = redis.nodes.slice(0, 2);
    await Promise.all(killed.map((node) => node.kill9()));
    const isFailed = async (node: RedisNode): Promise<boolean> => String(await node.call('CLUSTER', 'INFO')).includes('cluster_state:fail');
    await until('the others know it', 30_000, async () => (await Promise.all(redis.nodes.filter((node) => !killed.includes(node)).map(isFailed))).every(Boolean));
    await expect(answeredWithin(15_000, unsafeRedisSettings(redis.url))).resolves.toBe('REJECTED');
    await expect(answeredWithin(15_000, marker.lostBefore())).resolves.toBe('REJECTED');
    await Promise.all(killed.map((node) => redis.restart(node)));
    await until('the checks at start pass', 60_000, async () => (await unsafeRedisSettings(redis.url)).length === 0);
    await until('the relay finds its mark', 30_000, async () => (await answeredWithin(5_000, marker.lostBefore())) === 'ANSWERED');
  } finally {
    await marker.close();
    await redis.stop();
  }
});

const answeredWithin = (ms: number, answer: Promise<unknown>): Promise<'ANSWERED' | 'REJECTED' | 'WAITING'> =>
  Promise.race([answer.then(() => 'ANSWERED' as const, () => 'REJECTED' as const), sleep(ms, 'WAITING' as const)]);
