import { SentinelConnector, type Redis, type SentinelAddress, type SentinelConnectionOptions } from 'ioredis';

const FAIL_OVER = '+switch-master';

/** What ioredis declares private, and offers no option for. */
interface Insides {
  connectToSentinel(sentinel: Partial<SentinelAddress>, options?: { lazyConnect?: boolean; autoResubscribe?: boolean }): Redis;
  readonly failoverDetector?: { cleanup(): void } | null;
}

/**
 * How ioredis 5.11 listens to the Sentinels for fail-overs ends the process when a Sentinel that it lost answers nothing
 * after it reconnected (nobody hears the rejection), never asks that one again, and goes on after `quit` for as long as
 * the process lives. Mended upstream in ioredis#2187 and #2198, which no release has: to be looked at with each of them.
 */
export class HeardSentinelConnector extends SentinelConnector {
  constructor(options: unknown) {
    super(options as SentinelConnectionOptions);
    const insides = this.insides();
    const connectToSentinel = insides.connectToSentinel.bind(this);
    insides.connectToSentinel = (sentinel, options) =>
      // only who listens connects later; the others ask once for the master
      options?.lazyConnect === true ? keepListening(connectToSentinel(sentinel, { ...options, autoResubscribe: false })) : connectToSentinel(sentinel, options);
  }

  override async connect(...args: Parameters<SentinelConnector['connect']>): ReturnType<SentinelConnector['connect']> {
    const stream = await super.connect(...args);
    stream.once('close', () => this.insides().failoverDetector?.cleanup());
    return stream;
  }

  private insides(): Insides {
    return this as unknown as Insides;
  }
}

function keepListening(client: Redis): Redis {
  // who asks the Sentinels for the master tells their failures
  client.on('error', () => undefined);
  client.on('ready', () => void client.subscribe(FAIL_OVER).catch(() => client.disconnect(true)));
  return client;
}
