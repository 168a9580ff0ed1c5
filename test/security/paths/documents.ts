import { edgeOf, type Graph, type Hop, type Path } from './hops';

/** What is asked of the objects at the end of a path: the key alone, which a service may answer that does not own the row; a leaf beside it; every leaf. */
export type Asked = 'KEY' | 'LEAF' | 'ALL';

/** Where a path begins: the arguments of its root field, with variables for what is another's for everybody who asks. */
export interface Root {
  readonly text: string;
  /** The variable that names the row, where the field asks for one. */
  readonly row: string | undefined;
}

/** One path, as anybody may try it. */
export interface Probe {
  readonly path: Path;
  readonly root: Root;
  readonly asked: Asked;
}

export interface Branch {
  readonly hop: Hop;
  readonly alias: string | undefined;
  readonly args: string;
  readonly row: string | undefined;
  asked: Asked;
  readonly branches: Map<string, Branch>;
}

/** Arguments of a field below the root. */
export type ArgumentsOf = (hop: Hop) => string;

/** Probes of one document as a tree: what they have in common is asked once. A key that is asked alone stands beside it under a name of its own. */
export function plant(probes: readonly Probe[], argumentsOf: ArgumentsOf): Branch[] {
  const roots = new Map<string, Branch>();
  for (const { path, root, asked } of probes) {
    let level = roots;
    let last: Branch | undefined;
    for (const [depth, hop] of path.entries()) {
      const args = depth === 0 ? root.text : argumentsOf(hop);
      const isBare = asked === 'KEY' && depth === path.length - 1;
      const key = `${edgeOf(hop)} ${hop.shape} ${args} ${isBare ? 'KEY' : ''}`;
      const alias = depth === 0 ? `r${roots.size}` : isBare ? `key_${hop.field}` : undefined;
      const branch = level.get(key) ?? { hop, args, alias, row: depth === 0 ? root.row : undefined, asked: isBare ? 'KEY' : 'LEAF', branches: new Map<string, Branch>() };
      level.set(key, branch);
      [level, last] = [branch.branches, branch];
    }
    if (last && asked === 'ALL') last.asked = 'ALL';
  }
  return [...roots.values()];
}

export const documentOf = (graph: Graph, branches: readonly Branch[]): string => `{ ${branches.map((branch) => fieldText(graph, branch)).join(' ')} }`;

/** Names of the variables in a document's text. */
export const variablesIn = (text: string): string[] => [...new Set([...text.matchAll(/\$(\w+)/g)].map(([, name]) => name ?? ''))].sort();
/** The document as an operation that declares its variables. */
export const operationOf = (text: string, typeOf: (variable: string) => string): string => {
  const declared = variablesIn(text).map((name) => `$${name}: ${typeOf(name)}`);
  return declared.length > 0 ? `query (${declared.join(', ')}) ${text}` : text;
};

function fieldText(graph: Graph, branch: Branch): string {
  const { hop, alias, args } = branch;
  const inside = objectText(graph, branch);
  const wrapped = hop.shape === 'NODES' ? `nodes { ${inside} }` : hop.shape === 'EDGES' ? `edges { node { ${inside} } }` : hop.isOfUnion ? `__typename ... on ${hop.target} { ${inside} }` : inside;
  return `${alias ? `${alias}: ` : ''}${hop.field}${args} { ${wrapped} }`;
}

function objectText(graph: Graph, { hop, asked, branches }: Branch): string {
  const keys = graph.keysOf(hop.target);
  const leaves = graph.leavesOf(hop.target).filter((leaf) => !keys.includes(leaf));
  const shown = leaves.slice(0, { KEY: 0, LEAF: 1, ALL: Infinity }[asked]);
  return ['__typename', ...keys, ...shown, ...[...branches.values()].map((branch) => fieldText(graph, branch))].join(' ');
}

const TOKEN = /\.\.\.|"[^"]*"|[A-Za-z0-9_.-]+|[{}():,[\]!$]/g;
export const tokensOf = (text: string): number => text.match(TOKEN)?.length ?? 0;
export const aliasesOf = (text: string): number => text.match(/\b(r\d+|key_\w+): /g)?.length ?? 0;

/** Objects behind a branch, however its field wraps them. */
export function objectsAt({ hop, alias }: Branch, holder: unknown): Readonly<Record<string, unknown>>[] {
  const value = isRecord(holder) ? holder[alias ?? hop.field] : undefined;
  const inner = hop.shape === 'NODES' ? get(value, 'nodes') : hop.shape === 'EDGES' ? listOf(get(value, 'edges')).map((edge) => get(edge, 'node')) : value;
  return listOf(inner).filter(isRecord).filter((one) => !hop.isOfUnion || one['__typename'] === hop.target);
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const get = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
