import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRedis } from '@anjie/redis';
import { freePort } from '../stack/ports';
import type { Engines } from './engines';
import { makePrivateDir } from './paths';
import { startProcess, type LocalProcess } from './processes';
import { waitUntilReady } from './readiness';
import { startRedisNode, until, type RedisNode } from './redis-node';

export interface RedisSentinel {
  readonly url: string;
  readonly nodes: readonly RedisNode[];
  /** Of the Sentinels. */
  readonly ports: readonly number[];
  /** How many clients listen to each Sentinel for fail-overs. */
  listeners(): Promise<readonly number[]>;
  /** All three at once. (Frozen ones would do nothing for 30 s after they thaw: they distrust a clock that jumped.) */
  killSentinels(): Promise<void>;
  startSentinels(): Promise<void>;
  /** The node that the Sentinels call master. */
  master(): Promise<RedisNode>;
  /** Starts again what was killed; the Sentinels make a replica of it. */
  restart(node: RedisNode): Promise<void>;
  /** Until the Sentinels name a master other than `old`, and it takes writes. Answers the milliseconds. */
  promoted(old: RedisNode): Promise<number>;
  stop(): Promise<void>;
}

const MASTER = 'anjie';
/** Milliseconds of silence after which a Sentinel calls a server down. */
const DOWN_AFTER_MS = 3_000;

/** One master, two replicas, three Sentinels on 127.0.0.1. */
export async function startRedisSentinel(engines: Engines, dir: string): Promise<RedisSentinel> {
  const first = await startRedisNode(engines, { dir: join(dir, 'r0') });
  const replica = (name: string) => startRedisNode(engines, { dir: join(dir, name), settings: { replicaof: `127.0.0.1 ${first.port}` } });
  const nodes = [first, await replica('r1'), await replica('r2')];
  await until('the replicas follow', 30_000, async () => (await first.info()).includes('connected_slaves:2'));
  const ports = [await freePort(), await freePort(), await freePort()];
  const startAll = () => Promise.all(ports.map((port, index) => startSentinel(engines, { dir: join(dir, `s${index}`), port, watched: first.port })));
  let sentinels = await startAll();
  const url = `redis+sentinel://${ports.map((port) => `127.0.0.1:${port}`).join(',')}/${MASTER}`;
  const ask = (port: number, ...question: string[]) => askSentinel(port, ['SENTINEL', ...question]);
  await until('the Sentinels know each other and the replicas', 30_000, async () => {
    const found = await Promise.all(ports.map(async (port) => [await ask(port, 'SENTINELS', MASTER), await ask(port, 'REPLICAS', MASTER)]));
    return found.every((lists) => lists.every((list) => (list as unknown[]).length === 2));
  });
  const masterNode = async (): Promise<RedisNode> => {
    const answers = await Promise.allSettled(ports.map((port) => ask(port, 'GET-MASTER-ADDR-BY-NAME', MASTER) as Promise<[string, string]>));
    const named = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [Number(answer.value[1])] : []));
    const node = nodes.find(({ port }) => named.filter((other) => other === port).length > ports.length / 2);
    if (!node) throw new Error('the Sentinels do not agree on a master');
    return node;
  };
  return {
    url,
    nodes,
    ports,
    listeners: () => Promise.all(ports.map(async (port) => [...String(await askSentinel(port, ['CLIENT', 'LIST'])).matchAll(/ cmd=subscribe /g)].length)),
    killSentinels: async () => void (await Promise.all(sentinels.map((sentinel) => sentinel.kill9()))),
    startSentinels: async () => void (sentinels = await startAll()),
    master: masterNode,
    restart: (node) => node.start(),
    promoted: (old) => until('another master takes writes', 120_000, async () => {
      const now = await masterNode();
      return now !== old && (await now.info()).includes('role:master');
    }),
    async stop() {
      await Promise.all([...sentinels, ...nodes].map((part) => part.stop()));
    },
  };
}

async function askSentinel(port: number, [command, ...args]: readonly [string, ...string[]]): Promise<unknown> {
  const redis = openRedis(`redis://127.0.0.1:${port}`, 'QUESTION');
  try {
    await redis.connect();
    return await redis.call(command, ...args);
  } finally {
    redis.disconnect();
  }
}

async function startSentinel(engines: Engines, { dir, port, watched }: { dir: string; port: number; watched: number }): Promise<LocalProcess> {
  const file = join(makePrivateDir(dir), 'sentinel.conf');
  const lines = [
    `port ${port}`, 'bind 127.0.0.1', `dir ${dir}`, `sentinel monitor ${MASTER} 127.0.0.1 ${watched} 2`,
    `sentinel down-after-milliseconds ${MASTER} ${DOWN_AFTER_MS}`, `sentinel failover-timeout ${MASTER} 10000`,
  ];
  // a Sentinel notes in its file what it learned
  if (!existsSync(file)) writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  const sentinel = await startProcess({ name: 'Sentinel', command: engines.redisServer, args: [file, '--sentinel'], env: engines.env, logFile: join(dir, 'sentinel.log') });
  await waitUntilReady(sentinel, { at: { port }, hello: 'PING\r\n', isReady: (answer) => answer.toString('latin1').startsWith('+PONG'), timeoutMs: 30_000 });
  return sentinel;
}
