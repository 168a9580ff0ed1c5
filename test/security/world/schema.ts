import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isLeafType, isObjectType, isUnionType, parse, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { readAccess, type AccessRule } from '@anjie/service-kit/subgraph';

const ROOT = join(__dirname, '../../..');

/** The composed graph as a client may ask it. */
export const loadSchema = (root = ROOT): GraphQLSchema => buildSchema(readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8'), { assumeValid: true, assumeValidSDL: true });

export interface Rules {
  /** By type name. A type that several services know has the narrowest rule of those that answer for its rows. */
  readonly ofType: ReadonlyMap<string, AccessRule>;
  /** Types with a key that is resolved somewhere: a reference to them is answered by a row. */
  readonly entities: ReadonlySet<string>;
}

/** What the SDL of the services says of each type: `@access(rule:)` and `@key`. */
export function loadRules(root = ROOT): Rules {
  const ofType = new Map<string, AccessRule>();
  const entities = new Set<string>();
  for (const service of readdirSync(join(root, 'services'))) {
    const folder = join(root, 'services', service, 'schema');
    const text = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
    for (const [name, rule] of readAccess(parse(text)).table) if (rule !== 'REFERENCE' || !ofType.has(name)) ofType.set(name, rule);
    for (const [, name] of text.matchAll(/^type (\w+) @key\(fields: "[^"]+"\)/gm)) if (name) entities.add(name);
  }
  return { ofType, entities };
}

/** What a mutation's payload shows of its objects without being told: id and version, or all leaves where there is no id. */
export function payloadSelection(schema: GraphQLSchema, mutation: string): string {
  const type = getNamedType(schema.getMutationType()?.getFields()[mutation]?.type);
  const members = isUnionType(type) ? type.getTypes() : isObjectType(type) ? [type] : [];
  const parts = members.map((member) => `... on ${member.name} { ${isRefusal(member) ? 'code message' : objectsOf(member)} }`);
  return `__typename ${parts.join(' ')}`;
}

const isRefusal = ({ name }: GraphQLObjectType): boolean => name.endsWith('Refusal');

function objectsOf(payload: GraphQLObjectType): string {
  const shown = Object.values(payload.getFields()).map((field) => {
    const type = getNamedType(field.type);
    if (isLeafType(type)) return field.name;
    return isObjectType(type) ? `${field.name} { ${leavesOf(type)} }` : '';
  });
  return shown.filter(Boolean).join(' ') || '__typename';
}

function leavesOf(type: GraphQLObjectType): string {
  const fields = type.getFields();
  if (fields['id']) return fields['version'] ? 'id version' : 'id';
  return Object.values(fields).filter((field) => isLeafType(getNamedType(field.type)) && field.args.length === 0).map((field) => field.name).join(' ') || '__typename';
}
