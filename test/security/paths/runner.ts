import type { Persona } from '../world/personas';
import { inParallel, type SecuritySystem } from '../world/security-system';
import { breadthOf, edgeOf, type Graph } from './hops';
import { aliasesOf, documentOf, plant, tokensOf, type ArgumentsOf, type Probe } from './documents';
import type { Judge } from './judge';

/** Below the gateway's limits, whatever document they are derived from. */
const CAPS = { tokens: 720, roots: 10, aliases: 28, breadth: 1_200, probes: 60 } as const;

export interface Failure {
  readonly who: string;
  readonly path: string;
  readonly codes: string;
  /** It began at a row that is not there for the persona. */
  readonly isHidden: boolean;
}
export interface Tally {
  probes: number;
  requests: number;
  readonly failures: Failure[];
}

export interface RunnerOptions {
  readonly system: SecuritySystem;
  readonly graph: Graph;
  readonly judge: Judge;
  readonly argumentsOf: (who: Persona) => ArgumentsOf;
}

export const nameOf = ({ path, root }: Probe): string => `Query${path.map((hop) => `.${edgeOf(hop).split('.').slice(1).join('.')}`).join('')}${root}`;

/** Asks probes as a persona, many in one document, and lets everything that comes back be judged. */
export function createRunner({ system, graph, judge, argumentsOf }: RunnerOptions) {
  const tally: Tally = { probes: 0, requests: 0, failures: [] };
  const ask = async (who: Persona, probes: readonly Probe[]): Promise<void> => {
    const branches = plant(probes, argumentsOf(who));
    const answer = await system.ask(who.name, documentOf(graph, branches));
    tally.requests += 1;
    judge.judge(who, branches, answer.data);
    const codes = [...new Set((answer.errors ?? []).map(({ extensions }) => extensions.code))].sort();
    if (codes.length === 0) return;
    // an error takes its neighbours' data along: each half again, until one path stands alone with its own
    const isShut = codes.join() === 'FORBIDDEN' && (who.roles.includes('PUBLIC_PORTAL') || probes.every(({ path }) => graph.doorOf(path) === 'AUDIT'));
    if (probes.length > 1 && !isShut) {
      const half = probes.length >> 1;
      await ask(who, probes.slice(0, half));
      await ask(who, probes.slice(half));
      return;
    }
    for (const probe of probes) tally.failures.push({ who: who.name, path: nameOf(probe), codes: codes.join('+'), isHidden: probe.isHidden });
  };
  return {
    tally,
    async run(who: Persona, probes: readonly Probe[]): Promise<void> {
      tally.probes += probes.length;
      const [from, before] = [performance.now(), tally.requests];
      await inParallel(batched(graph, probes, argumentsOf(who)), (batch) => ask(who, batch), 4);
      if (process.env['ANJIE_SECURITY_TIMES']) process.stderr.write(`${who.name}: ${probes.length} probes, ${tally.requests - before} requests, ${judge.leaks.length} leaks so far, ${((performance.now() - from) / 1_000).toFixed(1)} s\n`);
    },
  };
}
export type Runner = ReturnType<typeof createRunner>;

/** As many probes in a document as fit; neighbours share their beginning, so that a document is a tree and not a bundle. */
function batched(graph: Graph, probes: readonly Probe[], argumentsOf: ArgumentsOf): Probe[][] {
  const batches: Probe[][] = [];
  let batch: Probe[] = [];
  for (const probe of probes) {
    const wider = [...batch, probe];
    if (batch.length > 0 && !fits(graph, wider, argumentsOf)) {
      batches.push(batch);
      batch = [probe];
    } else batch = wider;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}

function fits(graph: Graph, probes: readonly Probe[], argumentsOf: ArgumentsOf): boolean {
  const branches = plant(probes, argumentsOf);
  const breadth = probes.reduce((sum, { path }) => sum + breadthOf(path), 0);
  if (new Set(probes.map(({ path }) => graph.doorOf(path))).size > 1 || probes.length > CAPS.probes || branches.length > CAPS.roots || breadth > CAPS.breadth) return false;
  const text = documentOf(graph, branches);
  return aliasesOf(text) <= CAPS.aliases && tokensOf(text) <= CAPS.tokens;
}
