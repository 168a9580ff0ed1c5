import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, isFree } from '../stack/ports';
import type { Engines } from './engines';
import { startRedisNode, until, type RedisNode } from './redis-node';

export interface RedisCluster {
  readonly url: string;
  readonly nodes: readonly RedisNode[];
  /** The master that serves this key's slot, as the living nodes see it. */
  masterOf(key: string): Promise<RedisNode>;
  restart(node: RedisNode): Promise<void>;
  /** Until another node than `old` serves the key. Answers the milliseconds. */
  promoted(key: string, old: RedisNode): Promise<number>;
  stop(): Promise<void>;
}

const MASTERS = 3;
const SLOTS = 16_384;
/** Milliseconds of silence after which the others call a node failed. */
const NODE_TIMEOUT_MS = 3_000;

/** Six nodes on 127.0.0.1: three masters, a replica of each. */
export async function startRedisCluster(engines: Engines, dir: string): Promise<RedisCluster> {
  const nodes: RedisNode[] = [];
  for (let i = 0; i < 2 * MASTERS; i += 1) nodes.push(await startRedisNode(engines, { dir: join(dir, `c${i}`), port: await clusterPort(), settings: clusterSettings }));
  await formCluster(nodes);
  const askAny = async (ask: (node: RedisNode) => Promise<unknown>): Promise<unknown> => Promise.any(nodes.map(ask));
  const masterOf = async (key: string): Promise<RedisNode> => {
    const slot = Number(await askAny((node) => node.call('CLUSTER', 'KEYSLOT', key)));
    // a node that was cut off believes in itself: what most of the others say counts
    const views = await Promise.all(nodes.map((node) => Promise.race([viewOf(node, slot).catch(() => undefined), sleep(500)])));
    const named = views.flatMap((view) => (view === undefined ? [] : [view]));
    const found = nodes.find(({ port }) => named.filter((other) => other === port).length > named.length / 2);
    if (!found) throw new Error(`the nodes do not agree on who serves ${key}`);
    return found;
  };
  return {
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    masterOf,
    restart: (node) => node.start(),
    promoted: (key, old) => until(`another node serves ${key}`, 120_000, async () => (await masterOf(key)) !== old),
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

type SlotRange = [number, number, ...[string, number][]];

/** The port of the master that serves the slot, as this node sees it. */
async function viewOf(node: RedisNode, slot: number): Promise<number | undefined> {
  const ranges = (await node.call('CLUSTER', 'SLOTS')) as SlotRange[];
  return ranges.find(([from, to]) => from <= slot && slot <= to)?.[2]?.[1];
}

const clusterSettings = {
  'cluster-enabled': 'yes',
  'cluster-config-file': 'nodes.conf',
  'cluster-node-timeout': String(NODE_TIMEOUT_MS),
  'cluster-announce-ip': '127.0.0.1',
  // the queues of the other masters go on while one is being replaced
  'cluster-require-full-coverage': 'no',
};

/** Nodes talk to each other on a second port, 10,000 above the first. */
async function clusterPort(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (await isFree(port + 10_000)) return port;
  }
}

async function formCluster(nodes: readonly RedisNode[]): Promise<void> {
  const [first] = nodes;
  if (!first) return;
  for (const [index, node] of nodes.entries()) {
    await node.call('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
    if (index < MASTERS) await node.call('CLUSTER', 'ADDSLOTS', ...slotsOf(index));
    if (node !== first) await node.call('CLUSTER', 'MEET', '127.0.0.1', String(first.port));
  }
  const knowsAll = async (node: RedisNode): Promise<boolean> => String(await node.call('CLUSTER', 'INFO')).includes(`cluster_known_nodes:${nodes.length}`);
  await until('the nodes know each other', 30_000, async () => (await Promise.all(nodes.map(knowsAll))).every(Boolean));
  for (const [index, replica] of nodes.slice(MASTERS).entries()) {
    const id = String(await nodes[index]?.call('CLUSTER', 'MYID'));
    await until('a node becomes a replica', 30_000, async () => (await replica.call('CLUSTER', 'REPLICATE', id)) === 'OK');
  }
  const isWhole = async (node: RedisNode): Promise<boolean> => /cluster_state:ok/.test(String(await node.call('CLUSTER', 'INFO')));
  const follows = async (node: RedisNode): Promise<boolean> => (await node.info()).includes('master_link_status:up');
  await until('the Cluster is whole', 60_000, async () =>
    (await Promise.all([...nodes.map(isWhole), ...nodes.slice(MASTERS).map(follows)])).every(Boolean));
}

function slotsOf(index: number): string[] {
  const from = Math.ceil((index * SLOTS) / MASTERS);
  const to = Math.ceil(((index + 1) * SLOTS) / MASTERS);
  return Array.from({ length: to - from }, (_, i) => String(from + i));
}
