import { infoOfMasters, openRedis } from '@anjie/redis';
import type { Closable } from '../runtime';
import { keyPrefix } from './queues';

/** What the mark says while nothing was lost; else it holds the instant before which messages under way may be gone. */
const WHOLE = '1';
const INSTANT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/;

/** Only if the mark still tells of the loss that was mended: another may have come meanwhile. */
const MEND = `if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('set', KEYS[1], '${WHOLE}') end`;

export interface RedisMarker extends Closable {
  /** The instant before which messages under way may be gone, until `mended` is told of it. Rejects while Redis is away. */
  lostBefore(): Promise<string | undefined>;
  /** All that was lost before the instant was sent again. */
  mended(instant: string): Promise<void>;
}

/**
 * Tells when messages under way may be gone, so that the sender need not wait for its patience to end: the mark that this
 * service leaves in Redis is missing (Redis was emptied), or another server answers than before (a fail-over, after which
 * the new master may not know the last jobs that the old one acknowledged). The loss stands in Redis until it is mended, so
 * that relays share the work and one goes on where another was killed. `now`: the clock that the messages are stamped by.
 */
export function createRedisMarker(redisUrl: string, service: string, now: () => Promise<string>): RedisMarker {
  const redis = openRedis(redisUrl, 'PRODUCER');
  const key = `${keyPrefix(service)}:relay:mark`;
  let servers: string | undefined;
  const namesOfServers = async (): Promise<string> => (await infoOfMasters(redis)).map((info) => /^run_id:(.*)$/m.exec(info)?.[1]?.trim() ?? '').sort().join();
  return {
    async lostBefore() {
      if (redis.status === 'wait') await redis.connect();
      const answering = await namesOfServers().catch(() => servers);
      const isMoved = servers !== undefined && answering !== servers;
      const before = await redis.get(key);
      if (before === null) await redis.set(key, await now(), 'NX');
      else if (isMoved || (before !== WHOLE && !INSTANT.test(before))) await redis.set(key, await now());
      servers = answering;
      const mark = await redis.get(key);
      return mark !== null && INSTANT.test(mark) ? mark : undefined;
    },
    mended: async (instant) => void (await redis.eval(MEND, 1, key, instant)),
    close: async () => redis.disconnect(),
  };
}
