import { SEED, type Sizes } from '../sizes';
import type { Stage } from '../stage';
import { JUDGED, type Persona, type PersonaName } from '../world/personas';
import { deepProbes, edgeProbes, shortProbes } from './enumerate';
import { edgeOf, type Hop } from './hops';
import { createJudge, type Leak } from './judge';
import { createRunner, type Failure } from './runner';

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
export async function provePaths(stage: Stage, { allPathsTo, deepPaths, rareRows }: Sizes): Promise<PathReport> {
  const { system, graph, samples, personas } = stage;
  const judge = createJudge(stage);
  const runner = createRunner({ system, graph, judge, argumentsOf: samples.argumentsOf });
  const making = { graph, samples };
  let shortPaths = 0;
  for (const who of personas) {
    await runner.run(who, edgeProbes(making, who, 1));
    if (allPathsTo === 1) continue;
    const short = shortProbes(making, who, allPathsTo);
    shortPaths = Math.max(shortPaths, new Set(short.map(({ path }) => path)).size);
    await runner.run(who, short);
  }
  const deep = deepProbes(making, personas.filter(isOfficial), { count: deepPaths, seed: SEED });
  for (const [who, probes] of deep) await runner.run(who, probes);
  const edges = graph.types.flatMap((type) => graph.hopsFrom(type)).map(edgeOf);
  for (const who of rareRows > 0 ? JUDGED : []) {
    const missing = new Set(edges.filter((edge) => !judge.reached.has(edge)));
    await runner.run(who, edgeProbes(making, who, rareRows).filter(({ path }) => missing.has(edgeOf(path.at(-1) as Hop))));
  }
  const shown = personas.map(({ name }) => [name, judge.seenBy(name)] as const);
  return {
    personas: personas.length, edges: edges.length, shortPaths, deepPaths: [...deep.values()].reduce((sum, probes) => sum + probes.length, 0),
    probes: runner.tally.probes, requests: runner.tally.requests, shown: shown.map(([who, { objects, rows }]) => [who, objects, rows.size]),
    objects: shown.reduce((sum, [, { objects }]) => sum + objects, 0), judged: shown.reduce((sum, [, { judged }]) => sum + judged, 0),
    leaks: judge.leaks, unreached: edges.filter((edge) => !judge.reached.has(edge)), failures: runner.tally.failures,
  };
}

const isOfficial = ({ roles }: Persona): boolean => !roles.includes('PUBLIC_PORTAL');
