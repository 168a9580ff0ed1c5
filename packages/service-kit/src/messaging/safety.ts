import { Cluster } from 'ioredis';
import { openRedis } from '@anjie/redis';

/**
 * What is unsafe about Redis, each as a sentence that says what to change: of the server, of the master that Sentinel
 * names, of every node of a Cluster. Managed services that hide CONFIG report it so.
 */
export async function unsafeRedisSettings(url: string): Promise<readonly string[]> {
  const redis = openRedis(url, 'QUESTION');
  try {
    await redis.connect();
    if (!(redis instanceof Cluster)) return unsafeIn(await redis.info(), false);
    const nodes = redis.nodes();
    const found = await Promise.all(nodes.map(async (node) => {
      const name = `${node.options.host}:${node.options.port}`;
      return unsafeIn(await node.info(), true).map((sentence) => `${name}: ${sentence}`);
    }));
    return found.flat();
  } finally {
    redis.disconnect();
  }
}

function unsafeIn(info: string, isCluster: boolean): string[] {
  const read = (key: string): string => new RegExp(`^${key}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
  const [major = 0, minor = 0] = read('redis_version').split('.').map(Number);
  const checks: readonly (readonly [boolean, string])[] = [
    [major < 6 || (major === 6 && minor < 2), `Redis 6.2 or newer is needed, found ${read('redis_version')}`],
    [read('maxmemory_policy') !== 'noeviction', `set maxmemory-policy noeviction: "${read('maxmemory_policy')}" silently drops jobs`],
    [read('aof_enabled') !== '1', 'set appendonly yes: without it a restart forgets every timer'],
    [!isCluster && read('cluster_enabled') === '1', 'this is a node of a Cluster: write ANJIE_REDIS_URL as redis+cluster://h1,h2,h3'],
    [!isCluster && read('role') === 'slave', 'this is a replica, which refuses to write: ANJIE_REDIS_URL must lead to the master'],
  ];
  return checks.filter(([isUnsafe]) => isUnsafe).map(([, sentence]) => sentence);
}
