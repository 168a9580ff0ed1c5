import { createRandom, type Random } from '../../faults/harness/random';
import type { Persona } from '../world/personas';
import type { Asked, Probe } from './documents';
import { allPaths, breadthOf, depthOf, edgeOf, isById, type Graph, type Hop, type Path } from './hops';
import type { Samples } from './samples';

const GATEWAY_DEPTH = 12;
/** A single path that the gateway would take for too large is not tried: nobody can. */
const BREADTH = 700;
const fitsGateway = (graph: Graph, path: Path): boolean => depthOf(graph, path) <= GATEWAY_DEPTH && breadthOf(path) <= BREADTH;

interface Making {
  readonly graph: Graph;
  readonly samples: Samples;
}

const probesOf = ({ samples }: Making, { path, most, asked }: { path: Path; most: number; asked: Asked }): Probe[] => {
  const [first] = path;
  return first ? samples.rootsOf(first, most).map((root) => ({ path, root, asked })) : [];
};

/** How an edge is tried: once with every leaf at its end (PLAIN); besides through the edges of its page, and with the key alone (EVERY). */
export type EdgeWays = 'PLAIN' | 'EVERY';

/** Every (type, field) edge by the shortest path to it; from several rows, so that one of them has something there. */
export function edgeProbes(making: Making, { most, ways }: { most: number; ways: EdgeWays }): Probe[] {
  const { graph } = making;
  const paths = graph.types.flatMap((type) => graph.hopsFrom(type).map((hop) => [...graph.pathTo(type), hop]));
  const plain = paths.map((path) => ({ path, asked: 'ALL' as const }));
  const all = ways === 'PLAIN' ? plain : [...plain, ...otherWays(graph, paths)];
  return sorted(graph, all.filter(({ path }) => fitsGateway(graph, path)).flatMap(({ path, asked }) => probesOf(making, { path, most, asked })));
}

function otherWays(graph: Graph, paths: readonly Path[]): { path: Path; asked: Asked }[] {
  const byEdges = paths.filter((path) => path.at(-1)?.hasEdges).map((path) => [...path.slice(0, -1), { ...(path.at(-1) as Path[number]), shape: 'EDGES' as const }]);
  const keyed = paths.filter((path) => path.length > 1 && graph.keysOf(path.at(-1)?.target ?? '').length > 0);
  return [...byEdges.map((path) => ({ path, asked: 'ALL' as const })), ...keyed.map((path) => ({ path, asked: 'KEY' as const }))];
}

/** Ways to one edge that are tried. */
const DETOURS = 60;

/** Edges by other ways than the shortest, those first that begin at a chosen row: a list of what waits for a decision never leads to who decided. */
export function detourProbes(making: Making, edges: ReadonlySet<string>, most: number): Probe[] {
  const { graph } = making;
  const hops = graph.types.flatMap((type) => graph.hopsFrom(type));
  const into = (type: string): readonly Hop[] => hops.filter(({ target }) => target === type);
  const waysTo = (type: string): Path[] =>
    into(type).flatMap((last) => [[...graph.pathTo(last.parent), last], ...into(last.parent).map((before) => [...graph.pathTo(before.parent), before, last])]);
  const beginsAtRow = ([first]: Path): number => Number(first !== undefined && isById(first));
  const paths = hops.filter((hop) => edges.has(edgeOf(hop))).flatMap((hop) =>
    waysTo(hop.parent).map((way) => [...way, hop]).filter((path) => fitsGateway(graph, path)).sort((a, b) => beginsAtRow(b) - beginsAtRow(a) || a.length - b.length).slice(0, DETOURS));
  return sorted(graph, paths.flatMap((path) => probesOf(making, { path, most, asked: 'ALL' })));
}

/** Every path of at most so many hops, from one row that whoever asks may see and one that is not theirs. */
export const shortProbes = (making: Making, hops: number): Probe[] =>
  sorted(making.graph, allPaths(making.graph, hops).filter((path) => fitsGateway(making.graph, path)).flatMap((path) => probesOf(making, { path, most: 1, asked: 'LEAF' })));

/** Paths of four to six hops, drawn; each by a persona that is drawn too. */
export function deepProbes(making: Making, personas: readonly Persona[], { count, seed }: { count: number; seed: string }): Map<Persona, Probe[]> {
  const random = createRandom(`${seed} deep paths`);
  const drawn = new Map<Persona, Probe[]>(personas.map((who) => [who, []]));
  const known = new Set<string>();
  for (let found = 0; found < count; ) {
    const path = walk(making.graph, random);
    const key = path.map((hop) => `${edgeOf(hop)} ${hop.shape}`).join('/');
    if (path.length < 4 || !fitsGateway(making.graph, path) || known.has(key)) continue;
    known.add(key);
    const who = random.pick(personas);
    const probes = probesOf(making, { path, most: 2, asked: 'LEAF' });
    if (probes.length === 0) continue;
    drawn.get(who)?.push(random.pick(probes));
    found += 1;
  }
  return new Map([...drawn].map(([who, probes]) => [who, sorted(making.graph, probes)]));
}

function walk(graph: Graph, random: Random): Path {
  const length = random.int(4, 6);
  const path: Path[number][] = [];
  while (path.length < length) {
    const hops = graph.hopsFrom(path.at(-1)?.target ?? 'Query');
    if (hops.length === 0) return [];
    const hop = random.pick(hops);
    path.push(hop.hasEdges && random.chance(20) ? { ...hop, shape: 'EDGES' } : hop);
  }
  return path;
}

/** Neighbours share their beginning. */
const sorted = (graph: Graph, probes: readonly Probe[]): Probe[] =>
  probes.map((probe) => ({ probe, key: [graph.doorOf(probe.path), probe.path[0]?.field, probe.root.text, ...probe.path.map((hop) => edgeOf(hop))].join('/') })).sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ probe }) => probe);

/** Root fields by id, for asking every row by its id. */
export const doorsOf = (graph: Graph): Path[number][] => graph.hopsFrom('Query').filter(isById);
/** Root lists without a condition. */
export const listsOf = (graph: Graph): Path[number][] => graph.hopsFrom('Query').filter((hop) => graph.doorOf([hop]) === 'OFFICE' && hop.shape === 'NODES' && hop.args.every(({ isRequired }) => !isRequired));
