import { getNamedType, getNullableType, isLeafType, isListType, isNonNullType, isObjectType, isUnionType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { TELLING } from '../oracle/rules';
import type { Rules } from '../world/schema';

/** One step through the graph: from a type by a field to the objects behind it, through whatever page lies around them. */
export interface Hop {
  readonly parent: string;
  readonly field: string;
  readonly target: string;
  /** NODES and EDGES are the two ways through a connection. */
  readonly shape: 'ONE' | 'LIST' | 'NODES' | 'EDGES';
  /** Pages of figures have nodes and no edges. */
  readonly hasEdges: boolean;
  /** The field's type is a union, of which this is one member. */
  readonly isOfUnion: boolean;
  readonly args: readonly { readonly name: string; readonly type: string; readonly isRequired: boolean }[];
}
export type Path = readonly Hop[];

export const edgeOf = ({ parent, field, target, isOfUnion }: Hop): string => (isOfUnion ? `${parent}.${field}→${target}` : `${parent}.${field}`);

export interface Graph {
  readonly types: readonly string[];
  hopsFrom(type: string): readonly Hop[];
  /** The shortest path to a type's objects; empty for the root. */
  pathTo(type: string): Path;
  /** Leaves that need no argument. */
  leavesOf(type: string): readonly string[];
  keysOf(type: string): readonly string[];
  /** Root fields that are shut for most: for auditors, for petitioners' websites. The others are asked by everybody in office. */
  doorOf(path: Path): 'AUDIT' | 'PORTAL' | 'OFFICE';
}

/** Everything that can be reached from a root field, read off the schema: a new type or field is in it without a word here. */
export function readGraph(schema: GraphQLSchema, { ofType }: Rules): Graph {
  const hops = new Map<string, readonly Hop[]>();
  const shortest = new Map<string, Path>([['Query', []]]);
  for (const type of shortest.keys()) {
    const own = hopsOf(schema.getType(type) as GraphQLObjectType);
    hops.set(type, own);
    // by id first: a row that the test has chosen is better to start from than whatever a list begins with
    for (const hop of [...own].sort((a, b) => Number(isById(b)) - Number(isById(a)))) if (!shortest.has(hop.target)) shortest.set(hop.target, [...(shortest.get(type) ?? []), hop]);
  }
  const fieldsOf = (type: string): GraphQLField<unknown, unknown>[] => Object.values((schema.getType(type) as GraphQLObjectType).getFields());
  const leaves = (type: string): string[] => fieldsOf(type).filter((field) => isLeafType(getNamedType(field.type)) && field.args.every((arg) => !isNonNullType(arg.type) || arg.defaultValue !== undefined)).map(({ name }) => name);
  return {
    types: [...hops.keys()],
    hopsFrom: (type) => hops.get(type) ?? [],
    doorOf([first]) {
      const rule = ofType.get(`Query.${first?.field ?? ''}`);
      return rule === 'AUDIT' || rule === 'PORTAL' ? rule : 'OFFICE';
    },
    pathTo: (type) => shortest.get(type) ?? [],
    leavesOf: leaves,
    keysOf: (type) => TELLING[type] ?? (['id', 'code'].filter((key) => leaves(type).includes(key)).slice(0, 1)),
  };
}

export const isById = ({ args }: Hop): boolean => args.some(({ name, isRequired }) => isRequired && name === 'id');

function hopsOf(type: GraphQLObjectType): Hop[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const args = field.args.map((arg) => ({ name: arg.name, type: arg.type.toString(), isRequired: isNonNullType(arg.type) && arg.defaultValue === undefined }));
    return targetsOf(field).map((found) => ({ parent: type.name, field: field.name, args, ...found }));
  });
}

function targetsOf(field: GraphQLField<unknown, unknown>): Pick<Hop, 'target' | 'shape' | 'isOfUnion' | 'hasEdges'>[] {
  const named = getNamedType(field.type);
  const shape = isListType(getNullableType(field.type)) ? 'LIST' : 'ONE';
  if (isUnionType(named)) return named.getTypes().map(({ name }) => ({ target: name, shape, isOfUnion: true, hasEdges: false }));
  if (!isObjectType(named)) return [];
  const nodes = named.name.endsWith('Connection') ? named.getFields()['nodes'] : undefined;
  const hasEdges = nodes !== undefined && named.getFields()['edges'] !== undefined;
  return [nodes ? { target: getNamedType(nodes.type).name, shape: 'NODES', isOfUnion: false, hasEdges } : { target: named.name, shape, isOfUnion: false, hasEdges }];
}

/** How deep the gateway counts a path, with the leaf at its end, or what tells the objects on the way apart where that lies deeper. */
export function depthOf(graph: Graph, path: Path): number {
  let [depth, deepest] = [0, 0];
  for (const { shape, target } of path) {
    depth += { ONE: 1, LIST: 1, NODES: 2, EDGES: 3 }[shape];
    deepest = Math.max(deepest, depth + 1, ...graph.keysOf(target).map((key) => depth + 1 + (key.match(/\{/g)?.length ?? 0)));
  }
  return deepest;
}
/** How many objects the gateway takes its answer for, at two a page. */
export const breadthOf = (path: Path): number => path.reduce((product, { shape }) => product * (shape === 'LIST' ? 5 : shape === 'ONE' ? 1 : 2), 1);

/** All paths of at most so many hops. */
export function allPaths(graph: Graph, hops: number): Path[] {
  const found: Path[] = [];
  let front: Path[] = [[]];
  for (let at = 0; at < hops; at += 1) {
    front = front.flatMap((path) => graph.hopsFrom(path.at(-1)?.target ?? 'Query').map((hop) => [...path, hop]));
    found.push(...front);
  }
  return found;
}
