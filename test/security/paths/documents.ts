import { edgeOf, type Graph, type Hop, type Path } from './hops';

/** One path as one persona tries it. */
export interface Probe {
  readonly path: Path;
  /** Arguments of the root field, as they stand in the document. */
  readonly root: string;
  /** The row that the root field asks for is not for this persona. */
  readonly isHidden: boolean;
  /** Ask for every leaf of what lies at the end, not for one. */
  readonly isWide: boolean;
}

export interface Branch {
  readonly hop: Hop;
  readonly alias: string | undefined;
  readonly args: string;
  isHidden: boolean;
  isWide: boolean;
  readonly branches: Map<string, Branch>;
}

/** Arguments of a field below the root. */
export type ArgumentsOf = (hop: Hop) => string;

/** Probes of one document as a tree: what they have in common is asked once. */
export function plant(probes: readonly Probe[], argumentsOf: ArgumentsOf): Branch[] {
  const roots = new Map<string, Branch>();
  for (const { path, root, isHidden, isWide } of probes) {
    let level = roots;
    let last: Branch | undefined;
    for (const [depth, hop] of path.entries()) {
      const args = depth === 0 ? root : argumentsOf(hop);
      const key = `${edgeOf(hop)} ${hop.shape} ${args}`;
      const branch = level.get(key) ?? { hop, args, alias: depth === 0 ? `r${roots.size}` : undefined, isHidden: depth === 0 && isHidden, isWide: false, branches: new Map<string, Branch>() };
      level.set(key, branch);
      [level, last] = [branch.branches, branch];
    }
    if (last) last.isWide ||= isWide;
  }
  return [...roots.values()];
}

export const documentOf = (graph: Graph, branches: readonly Branch[]): string => `{ ${branches.map((branch) => fieldText(graph, branch)).join(' ')} }`;

function fieldText(graph: Graph, branch: Branch): string {
  const { hop, alias, args } = branch;
  const inside = objectText(graph, branch);
  const wrapped = hop.shape === 'NODES' ? `nodes { ${inside} }` : hop.shape === 'EDGES' ? `edges { node { ${inside} } }` : hop.isOfUnion ? `__typename ... on ${hop.target} { ${inside} }` : inside;
  return `${alias ? `${alias}: ` : ''}${hop.field}${args} { ${wrapped} }`;
}

/** The key, and a leaf of the row itself: a reference alone would be answered without asking whose it is. */
function objectText(graph: Graph, { hop, isWide, branches }: Branch): string {
  const keys = graph.keysOf(hop.target);
  const leaves = graph.leavesOf(hop.target).filter((leaf) => !keys.includes(leaf));
  const shown = isWide ? leaves : leaves.slice(0, 1);
  return ['__typename', ...keys, ...shown, ...[...branches.values()].map((branch) => fieldText(graph, branch))].join(' ');
}

const TOKEN = /\.\.\.|"[^"]*"|[A-Za-z0-9_.-]+|[{}():,[\]]/g;
export const tokensOf = (text: string): number => text.match(TOKEN)?.length ?? 0;

/** Objects behind a branch, however its field wraps them. */
export function objectsAt({ hop, alias }: Branch, holder: unknown): Readonly<Record<string, unknown>>[] {
  const value = isRecord(holder) ? holder[alias ?? hop.field] : undefined;
  const inner = hop.shape === 'NODES' ? get(value, 'nodes') : hop.shape === 'EDGES' ? listOf(get(value, 'edges')).map((edge) => get(edge, 'node')) : value;
  return listOf(inner).filter(isRecord).filter((one) => !hop.isOfUnion || one['__typename'] === hop.target);
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const get = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
