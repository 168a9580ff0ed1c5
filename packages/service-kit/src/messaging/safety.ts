import IORedis, { type RedisOptions } from 'ioredis';
import { redisOptions } from './queues';

/** What is unsafe about Redis, each as a sentence that says what to change. Managed services that hide CONFIG report it so. */
export async function unsafeRedisSettings(url: string): Promise<readonly string[]> {
  const redis = new IORedis({ ...(redisOptions(url) as RedisOptions), lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const info = await redis.info();
    const read = (key: string): string => new RegExp(`^${key}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
    const [major = 0, minor = 0] = read('redis_version').split('.').map(Number);
    const checks: readonly (readonly [boolean, string])[] = [
      [major < 6 || (major === 6 && minor < 2), `Redis 6.2 or newer is needed, found ${read('redis_version')}`],
      [read('maxmemory_policy') !== 'noeviction', `set maxmemory-policy noeviction: "${read('maxmemory_policy')}" silently drops jobs`],
      [read('aof_enabled') !== '1', 'set appendonly yes: without it a restart forgets every timer'],
    ];
    return checks.filter(([isUnsafe]) => isUnsafe).map(([, sentence]) => sentence);
  } finally {
    redis.disconnect();
  }
}
