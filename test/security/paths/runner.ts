import type { Persona } from '../world/personas';
import { inParallel, type SecuritySystem } from '../world/security-system';
import { edgeOf, type Graph } from './hops';
import type { Probe } from './documents';
import type { Judge } from './judge';
import type { Samples } from './samples';
import { createSheets, type Sheet } from './sheets';

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

export const nameOf = ({ path, root }: Probe): string => `Query${path.map((hop) => `.${edgeOf(hop).split('.').slice(1).join('.')}`).join('')}${root.text}`;

/** Asks probes as a persona, many in one document, and lets everything that comes back be judged. */
export function createRunner({ system, graph, judge, samples }: RunnerOptions) {
  const tally: Tally = { probes: 0, requests: 0, failures: [] };
  const sheets = createSheets({ graph, samples });
  const ask = async (who: Persona, sheet: Sheet, shift: number): Promise<void> => {
    const { probes, branches, query, variables } = sheet;
    const given = new Map(variables.map((name) => [name, samples.valueOf(who, name, shift)]));
    const isHidden = (row: string): boolean => given.get(row)?.isHidden ?? false;
    const answer = await system.ask(who.name, query, Object.fromEntries([...given].map(([name, { value }]) => [name, value])));
    tally.requests += 1;
    judge.judge(who, branches, { data: answer.data, isHidden });
    const codes = [...new Set((answer.errors ?? []).map(({ extensions }) => extensions.code))].sort();
    if (codes.length === 0) return;
    // an error takes its neighbours' data along: each half again, until one path stands alone with its own
    const isShut = codes.join() === 'FORBIDDEN' && (who.roles.includes('PUBLIC_PORTAL') || probes.every(({ path }) => graph.doorOf(path) === 'AUDIT'));
    if (probes.length > 1 && !isShut) {
      for (const half of sheets.halvesOf(sheet)) await ask(who, half, shift);
      return;
    }
    for (const probe of probes) tally.failures.push({ who: who.name, path: nameOf(probe), codes: codes.join('+'), isHidden: probe.root.row !== undefined && isHidden(probe.root.row) });
  };
  return {
    tally,
    /** The same list of probes for another persona, or so many rows further, is the same documents. */
    async run(who: Persona, probes: readonly Probe[], shift = 0): Promise<void> {
      tally.probes += probes.length;
      const [from, before] = [performance.now(), tally.requests];
      await inParallel(sheets.of(probes), (sheet) => ask(who, sheet, shift), 4);
      if (process.env['ANJIE_SECURITY_TIMES']) process.stderr.write(`${who.name}: ${probes.length} probes, ${tally.requests - before} requests, ${judge.leaks.length} leaks so far, ${((performance.now() - from) / 1_000).toFixed(1)} s\n`);
    },
  };
}
export type Runner = ReturnType<typeof createRunner>;
