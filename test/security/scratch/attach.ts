import { readFileSync } from 'node:fs';
import { createGraph } from '../../faults/harness/graph';
import { connect, messagesUnderWay, setBusinessNow } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import { doorsOfSystem, type SecuritySystem } from '../world/security-system';

export async function attach(): Promise<SecuritySystem> {
  const { url, inner } = JSON.parse(readFileSync('/tmp/wt/proof-sys.json', 'utf8'));
  const tokens = new Map<string, string>(inner.tokens);
  const graph = createGraph(url);
  const rows = async (sql: string, params: readonly unknown[] = []) => { const c = await connect(inner.databaseUrl); try { const [r] = await c.query(sql, [...params]); return r as never; } finally { await c.end(); } };
  return {
    ...doorsOfSystem({ url, graph, rows, settled: async () => void (await eventually('settled', async () => (await messagesUnderWay(inner.databaseUrl, inner.services).catch(() => 1)) === 0, 240_000)), engines: { databaseUrl: inner.databaseUrl }, stack: { services: inner.services } } as never, (who) => tokens.get(who) ?? ''),
    receiver: { url: inner.receiverUrl, trust: () => undefined }, stop: async () => graph.close(),
  } as SecuritySystem;
}
