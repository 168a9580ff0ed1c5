import IORedis, { type Cluster, type ClusterOptions, type RedisOptions } from 'ioredis';
import { AnsweringCluster } from './answering-cluster';
import { parseRedisUrl, type RedisPlace } from './redis-url';
import { HeardSentinelConnector } from './sentinel-connector';

/**
 * PRODUCER fails fast, because the row in the database is sent again anyway. CONSUMER waits for Redis however long it is
 * away. QUESTION asks once and leaves. COUNTER stands in the way of a request: soon, or not at all.
 */
export type RedisPurpose = 'PRODUCER' | 'CONSUMER' | 'QUESTION' | 'COUNTER';

const PURPOSES: Readonly<Record<RedisPurpose, RedisOptions>> = {
  PRODUCER: { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 2_000, connectTimeout: 2_000 },
  COUNTER: { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 250, connectTimeout: 2_000 },
  // no socketTimeout: ioredis 5.11 lets its timer run on after a reconnect and then cuts the healthy connection
  CONSUMER: { maxRetriesPerRequest: null, connectTimeout: 5_000 },
  QUESTION: { maxRetriesPerRequest: 1, connectTimeout: 5_000, commandTimeout: 5_000, retryStrategy: () => null, sentinelRetryStrategy: () => null },
};

const soon = (times: number): number => Math.min(times * 100, 1_000);

/** A server that became a replica refuses to write: look for the master and send again; job ids make that harmless. */
const onReadOnly = (error: Error): 2 | false => (error.message.includes('READONLY') ? 2 : false);

function optionsFor(place: RedisPlace, purpose: RedisPurpose): RedisOptions {
  return {
    retryStrategy: soon,
    reconnectOnError: onReadOnly,
    ...(place.username ? { username: place.username } : {}),
    ...(place.password ? { password: place.password } : {}),
    ...(place.db > 0 ? { db: place.db } : {}),
    ...(place.isTls ? { tls: {} } : {}),
    ...PURPOSES[purpose],
  };
}

type SentinelPlace = Extract<RedisPlace, { kind: 'SENTINEL' }>;
type ClusterPlace = Extract<RedisPlace, { kind: 'CLUSTER' }>;

const sentinelOptions = ({ sentinels, master, sentinelLogin, isTls }: SentinelPlace): RedisOptions => ({
  Connector: HeardSentinelConnector,
  sentinels: [...sentinels],
  name: master,
  ...(sentinelLogin.username ? { sentinelUsername: sentinelLogin.username } : {}),
  ...(sentinelLogin.password ? { sentinelPassword: sentinelLogin.password } : {}),
  ...(isTls ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
  // a master that was cut off keeps its connections: what the Sentinels say counts
  failoverDetector: true,
  sentinelMaxConnections: 3,
  sentinelReconnectStrategy: () => 10_000,
  sentinelCommandTimeout: 2_000,
});

export function openCluster(place: ClusterPlace, purpose: RedisPurpose, { lazyConnect } = { lazyConnect: false }): Cluster {
  const { enableOfflineQueue = true, retryStrategy, ...redisOptions } = optionsFor(place, purpose);
  const options: ClusterOptions = {
    redisOptions,
    enableOfflineQueue,
    lazyConnect,
    clusterRetryStrategy: retryStrategy ?? null,
    slotsRefreshTimeout: 2_000,
    // a master that was cut off keeps its connections: what the other nodes say counts
    slotsRefreshInterval: 5_000,
    // certificates are issued to names, not to the addresses behind them
    ...(place.isTls ? { dnsLookup: (host, answer) => answer(null, host) } : {}),
  };
  return withListener(new AnsweringCluster([...place.nodes], options));
}

/** The caller sees the failure of its own command; without a listener an outage would end the process. */
function withListener<C extends IORedis | Cluster>(client: C): C {
  client.on('error', () => undefined);
  return client;
}

/** A client of our own, for what is not a queue; it connects when told to. */
export function openRedis(url: string, purpose: RedisPurpose): IORedis | Cluster {
  const place = parseRedisUrl(url);
  if (place.kind === 'CLUSTER') return openCluster(place, purpose, { lazyConnect: true });
  return withListener(new IORedis({ ...serverOptions(place, purpose), lazyConnect: true }));
}

export function serverOptions(place: Exclude<RedisPlace, ClusterPlace>, purpose: RedisPurpose): RedisOptions {
  const options = optionsFor(place, purpose);
  switch (place.kind) {
    case 'SOCKET':
      return { ...options, path: place.path };
    case 'SERVER':
      return { ...options, ...place.node };
    case 'SENTINEL':
      return { ...sentinelOptions(place), ...options };
  }
}

interface Informed {
  info(): Promise<string>;
}

/** What the server that holds keys says of itself, or each master of a Cluster. */
export const infoOfMasters = (redis: Informed & { nodes?(role: 'master'): Informed[] }): Promise<string[]> =>
  Promise.all((redis.nodes?.('master') ?? [redis]).map((node) => node.info()));
