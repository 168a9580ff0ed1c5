import type { Cluster } from 'ioredis';
import type { ConnectionOptions } from 'bullmq';
import { openCluster, parseRedisUrl, serverOptions } from '@anjie/redis';

interface SharedCluster {
  readonly client: Cluster;
  users: number;
}

const clusters = new Map<string, SharedCluster>();

/** What BullMQ connects with: options, of which it makes its own clients, or a Cluster, which the queues of a process share. */
export function connectionFor(url: string, purpose: 'PRODUCER' | 'CONSUMER'): ConnectionOptions {
  const place = parseRedisUrl(url);
  if (place.kind !== 'CLUSTER') return serverOptions(place, purpose) as ConnectionOptions;
  const key = `${purpose} ${url}`;
  const shared = clusters.get(key) ?? { client: openCluster(place, purpose), users: 0 };
  clusters.set(key, shared);
  shared.users += 1;
  return shared.client;
}

/** BullMQ leaves a client open that it did not make; the last queue to close takes a Cluster along. */
export function closingToo<Part extends { close(force?: boolean): Promise<void> }>(part: Part, connection: ConnectionOptions): Part {
  const [key, shared] = [...clusters].find(([, { client }]) => client === connection) ?? [];
  if (key === undefined || !shared) return part;
  const close = part.close.bind(part);
  let isClosed = false;
  part.close = async (force) => {
    await close(force).finally(() => {
      if (!isClosed) shared.users -= 1;
      isClosed = true;
      if (shared.users > 0) return;
      clusters.delete(key);
      shared.client.disconnect();
    });
  };
  return part;
}
