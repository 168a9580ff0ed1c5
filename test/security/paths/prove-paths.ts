import { createRandom } from '../../faults/harness/random';
import { SEED, type Sizes } from '../sizes';
import type { Stage } from '../stage';
import { JUDGED, type Persona, type PersonaName } from '../world/personas';
import { deepProbes, detourProbes, edgeProbes, shortProbes } from './enumerate';
import type { Probe } from './documents';
import { edgeOf, type Hop } from './hops';
import { createJudge, type Leak } from './judge';
import { createRunner, type Failure, type Runner } from './runner';

export interface PathReport {
  readonly personas: number;
  readonly edges: number;
  readonly shortPaths: number;
  readonly deepPaths: number;
  readonly probes: number;
  readonly requests: number;
  readonly objects: number;
  /** How many of the objects are rows that were held against the oracle. */
  readonly judged: number;
  /** What each persona was shown: objects of any kind, and different rows of somebody's. */
  readonly shown: readonly (readonly [who: PersonaName, objects: number, rows: number])[];
  readonly leaks: readonly Leak[];
  /** Edges behind which nobody found anything. */
  readonly unreached: readonly string[];
  readonly failures: readonly Failure[];
}

/** Every edge, every short path and many long ones, as every persona; each object that is answered is held against the oracle. */
export async function provePaths(stage: Stage, { edgeWays, allPathsTo, walkedBy, deepPaths, rareRows }: Sizes): Promise<PathReport> {
  const { system, graph, samples, personas } = stage;
  const judge = createJudge(stage);
  const runner = createRunner({ system, graph, judge, samples });
  const making = { graph, samples };
  const each = edgeProbes(making, { most: 1, ways: edgeWays });
  const short = shortProbes(making, allPathsTo);
  for (const { probes, walkers } of shareOut([...each, ...short], personas, walkedBy)) for (const who of walkers) await runner.run(who, probes);
  const deep = deepProbes(making, personas.filter(isOfficial), { count: deepPaths, seed: SEED });
  for (const [who, probes] of deep) await runner.run(who, probes);
  const edges = graph.types.flatMap((type) => graph.hopsFrom(type)).map(edgeOf);
  const missing = (): string[] => edges.filter((edge) => !judge.reached.has(edge));
  await lookForRare({ making, runner, missing }, rareRows);
  const shown = personas.map(({ name }) => [name, judge.seenBy(name)] as const);
  return {
    personas: personas.length, edges: edges.length, shortPaths: new Set(short.map(({ path }) => path)).size, deepPaths: [...deep.values()].reduce((sum, probes) => sum + probes.length, 0),
    probes: runner.tally.probes, requests: runner.tally.requests, shown: shown.map(([who, { objects, rows }]) => [who, objects, rows.size]),
    objects: shown.reduce((sum, [, { objects }]) => sum + objects, 0), judged: shown.reduce((sum, [, { judged }]) => sum + judged, 0),
    leaks: judge.leaks, unreached: missing(), failures: runner.tally.failures,
  };
}

interface Search {
  readonly making: Parameters<typeof edgeProbes>[0];
  readonly runner: Runner;
  readonly missing: () => readonly string[];
}
/** Rows that one document asks for. */
const ROWS_AT_ONCE = 8;

/** Edges behind which nobody found anything yet, as everybody: from more rows, since only a few cases have a merger or a task force from above, and then by more ways. */
async function lookForRare({ making, runner, missing }: Search, rows: number): Promise<void> {
  if (rows === 0) return;
  const search = async (probes: readonly Probe[]): Promise<void> => {
    for (let shift = 0; shift < rows; shift += ROWS_AT_ONCE) {
      const left = new Set(missing());
      const some = probes.filter(({ path }) => left.has(edgeOf(path.at(-1) as Hop)));
      for (const who of some.length > 0 ? JUDGED : []) await runner.run(who, some, shift);
    }
  };
  await search(edgeProbes(making, { most: ROWS_AT_ONCE, ways: 'EVERY' }));
  await search(detourProbes(making, new Set(missing()), ROWS_AT_ONCE));
}

interface Share {
  readonly probes: readonly Probe[];
  readonly walkers: readonly Persona[];
}
/** So few that the gateway still has their plans when the last persona asks: a plan costs many times what its answer does. */
const SHARE = 240;
/** Each share of them is walked by everybody, or by some in turn. */
function shareOut(probes: readonly Probe[], personas: readonly Persona[], walkedBy: number): readonly Share[] {
  const order = createRandom(`${SEED} walkers`).shuffle(personas);
  const count = Math.min(walkedBy, order.length);
  return Array.from({ length: Math.ceil(probes.length / SHARE) }, (_, i) => ({
    probes: probes.slice(i * SHARE, (i + 1) * SHARE), walkers: Array.from({ length: count }, (__, k) => order[(i * count + k) % order.length] as Persona),
  }));
}

const isOfficial = ({ roles }: Persona): boolean => !roles.includes('PUBLIC_PORTAL');
