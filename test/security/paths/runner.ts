import type { Persona } from '../world/personas';
import { inParallel, type SecuritySystem } from '../world/security-system';
import { breadthOf, edgeOf, type Graph } from './hops';
import { aliasesOf, documentOf, operationOf, plant, tokensOf, variablesIn, type Branch, type Probe } from './documents';
import type { Judge } from './judge';
import type { Samples } from './samples';

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
  readonly samples: Samples;
}

/** Probes that are asked in one request: the same text for everybody who asks, so that the gateway plans it once. */
interface Sheet {
  readonly probes: readonly Probe[];
  readonly branches: readonly Branch[];
  readonly query: string;
  readonly variables: readonly string[];
  halves?: readonly [Sheet, Sheet];
}

export const nameOf = ({ path, root }: Probe): string => `Query${path.map((hop) => `.${edgeOf(hop).split('.').slice(1).join('.')}`).join('')}${root.text}`;

/** Asks probes as a persona, many in one document, and lets everything that comes back be judged. */
export function createRunner({ system, graph, judge, samples }: RunnerOptions) {
  const tally: Tally = { probes: 0, requests: 0, failures: [] };
  const sheetOf = (probes: readonly Probe[]): Sheet => {
    const branches = plant(probes, samples.argumentsOf);
    const text = documentOf(graph, branches);
    return { probes, branches, query: operationOf(text, samples.typeOf), variables: variablesIn(text) };
  };
  const halvesOf = (sheet: Sheet): readonly [Sheet, Sheet] => {
    const half = sheet.probes.length >> 1;
    return (sheet.halves ??= [sheetOf(sheet.probes.slice(0, half)), sheetOf(sheet.probes.slice(half))]);
  };
  const known = new WeakMap<readonly Probe[], readonly Sheet[]>();
  const sheetsOf = (probes: readonly Probe[]): readonly Sheet[] => {
    const sheets = known.get(probes) ?? batched(graph, probes, samples).map(sheetOf);
    known.set(probes, sheets);
    return sheets;
  };
  const ask = async (who: Persona, sheet: Sheet): Promise<void> => {
    const { probes, branches, query, variables } = sheet;
    const given = new Map(variables.map((name) => [name, samples.valueOf(who, name)]));
    const isHidden = (row: string): boolean => given.get(row)?.isHidden ?? false;
    const answer = await system.ask(who.name, query, Object.fromEntries([...given].map(([name, { value }]) => [name, value])));
    tally.requests += 1;
    judge.judge(who, branches, { data: answer.data, isHidden });
    const codes = [...new Set((answer.errors ?? []).map(({ extensions }) => extensions.code))].sort();
    if (codes.length === 0) return;
    // an error takes its neighbours' data along: each half again, until one path stands alone with its own
    const isShut = codes.join() === 'FORBIDDEN' && (who.roles.includes('PUBLIC_PORTAL') || probes.every(({ path }) => graph.doorOf(path) === 'AUDIT'));
    if (probes.length > 1 && !isShut) {
      for (const half of halvesOf(sheet)) await ask(who, half);
      return;
    }
    for (const probe of probes) tally.failures.push({ who: who.name, path: nameOf(probe), codes: codes.join('+'), isHidden: probe.root.row !== undefined && isHidden(probe.root.row) });
  };
  return {
    tally,
    /** The same list of probes for another persona is the same documents. */
    async run(who: Persona, probes: readonly Probe[]): Promise<void> {
      tally.probes += probes.length;
      const [from, before] = [performance.now(), tally.requests];
      await inParallel(sheetsOf(probes), (sheet) => ask(who, sheet), 4);
      if (process.env['ANJIE_SECURITY_TIMES']) process.stderr.write(`${who.name}: ${probes.length} probes, ${tally.requests - before} requests, ${judge.leaks.length} leaks so far, ${((performance.now() - from) / 1_000).toFixed(1)} s\n`);
    },
  };
}
export type Runner = ReturnType<typeof createRunner>;

/** As many probes in a document as fit; neighbours share their beginning, so that a document is a tree and not a bundle. */
function batched(graph: Graph, probes: readonly Probe[], samples: Samples): Probe[][] {
  const batches: Probe[][] = [];
  let batch: Probe[] = [];
  for (const probe of probes) {
    const wider = [...batch, probe];
    if (batch.length > 0 && !fits(graph, wider, samples)) {
      batches.push(batch);
      batch = [probe];
    } else batch = wider;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}

function fits(graph: Graph, probes: readonly Probe[], { argumentsOf, typeOf }: Samples): boolean {
  const branches = plant(probes, argumentsOf);
  const breadth = probes.reduce((sum, { path }) => sum + breadthOf(path), 0);
  if (new Set(probes.map(({ path }) => graph.doorOf(path))).size > 1 || probes.length > CAPS.probes || branches.length > CAPS.roots || breadth > CAPS.breadth) return false;
  const text = operationOf(documentOf(graph, branches), typeOf);
  return aliasesOf(text) <= CAPS.aliases && tokensOf(text) <= CAPS.tokens;
}
