import { infoOfMasters, openRedis } from '@anjie/redis';
import type { Closable } from '../runtime';
import { keyPrefix } from './queues';

/**
 * Tells when messages under way may be gone, so that the sender need not wait for its patience to end: the mark that this
 * service leaves in Redis is missing (Redis was emptied), or another server answers than before (a fail-over, after which
 * the new master may not know the last jobs that the old one acknowledged).
 */
export function createRedisMarker(redisUrl: string, service: string): Closable & { wasLost(): Promise<boolean> } {
  const redis = openRedis(redisUrl, 'PRODUCER');
  const key = `${keyPrefix(service)}:relay:mark`;
  let servers: string | undefined;
  const isAnother = async (): Promise<boolean> => {
    const before = servers;
    servers = (await infoOfMasters(redis)).map((info) => /^run_id:(.*)$/m.exec(info)?.[1]?.trim() ?? '').sort().join();
    return before !== undefined && before !== servers;
  };
  return {
    /** True once per loss: the mark is set again by the same command that finds it missing. Rejects while Redis is away. */
    async wasLost() {
      if (redis.status === 'wait') await redis.connect();
      const isMissing = (await redis.set(key, '1', 'NX')) === 'OK';
      return (await isAnother().catch(() => false)) || isMissing;
    },
    close: async () => redis.disconnect(),
  };
}
