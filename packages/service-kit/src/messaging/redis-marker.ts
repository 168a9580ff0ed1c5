import type { Closable } from '../runtime';
import { keyPrefix } from './queues';
import { openRedis } from './redis-connection';

/**
 * A mark that this service leaves in Redis. When it is gone, Redis was emptied or replaced by an older state, and every
 * message under way with it: the sender need not wait for its patience to end.
 */
export function createRedisMarker(redisUrl: string, service: string): Closable & { wasLost(): Promise<boolean> } {
  const redis = openRedis(redisUrl, 'PRODUCER');
  const key = `${keyPrefix(service)}:relay:mark`;
  return {
    /** True once per loss: the mark is set again by the same command that finds it missing. Rejects while Redis is away. */
    async wasLost() {
      if (redis.status === 'wait') await redis.connect();
      return (await redis.set(key, '1', 'NX')) === 'OK';
    },
    close: async () => redis.disconnect(),
  };
}
