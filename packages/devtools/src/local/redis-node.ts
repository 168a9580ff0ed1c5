import { setTimeout as sleep } from 'node:timers/promises';
import { openRedis } from '@anjie/redis';
import { freePort } from '../stack/ports';
import type { Engines } from './engines';
import { startRedis, type Redis, type RedisOptions } from './redis';

/** One Redis of several, which may be killed, frozen and started again at the same port with the same data. */
export interface RedisNode {
  readonly port: number;
  pid(): number;
  info(): Promise<string>;
  call(command: string, ...args: string[]): Promise<unknown>;
  kill9(): Promise<void>;
  /** SIGSTOP: it keeps its connections and answers nobody. */
  freeze(): void;
  thaw(): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRedisNode(engines: Engines, options: Omit<RedisOptions, 'port'> & { port?: number }): Promise<RedisNode> {
  const port = options.port ?? (await freePort());
  let redis: Redis = await startRedis(engines, { ...options, port });
  const call = async (command: string, ...args: string[]): Promise<unknown> => {
    const client = openRedis(`unix://${redis.socketPath}`, 'QUESTION');
    try {
      await client.connect();
      return await client.call(command, ...args);
    } finally {
      client.disconnect();
    }
  };
  return {
    port,
    pid: () => redis.pid,
    info: async () => String(await call('INFO')),
    call,
    kill9: () => redis.kill9(),
    freeze: () => void process.kill(redis.pid, 'SIGSTOP'),
    thaw: () => void process.kill(redis.pid, 'SIGCONT'),
    async start() {
      redis = await startRedis(engines, { ...options, port });
    },
    async stop() {
      await redis.stop();
    },
  };
}

/** Waits for a fact; a question that fails is asked again. Answers the milliseconds it took. */
export async function until(fact: string, timeoutMs: number, holds: () => Promise<boolean>): Promise<number> {
  const startedAt = performance.now();
  let lastError: unknown;
  for (;;) {
    if (await holds().catch((error: unknown) => ((lastError = error), false))) return Math.round(performance.now() - startedAt);
    if (performance.now() - startedAt > timeoutMs) throw new Error(`${fact}: not within ${timeoutMs / 1000} s`, { cause: lastError });
    await sleep(50);
  }
}
