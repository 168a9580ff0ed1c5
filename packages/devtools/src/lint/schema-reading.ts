import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Kind, parse, Source,
  type ASTNode, type DefinitionNode, type DocumentNode, type FieldDefinitionNode, type InputValueDefinitionNode, type TypeNode,
} from 'graphql';
import type { Subgraph } from '../stack/topology';

export interface SubgraphSchema {
  readonly name: string;
  readonly document: DocumentNode;
}

/** The SDL of every subgraph; each node knows its file and line. */
export const readSchemas = (root: string, topology: readonly Subgraph[]): SubgraphSchema[] =>
  topology.map(({ name, schema }) => ({
    name,
    document: {
      kind: Kind.DOCUMENT,
      definitions: readdirSync(join(root, schema)).filter((file) => file.endsWith('.graphql')).sort()
        .flatMap((file) => parse(new Source(readFileSync(join(root, schema, file), 'utf8'), `${schema}/${file}`)).definitions),
    },
  }));

export const placeOf = ({ loc }: ASTNode): string => (loc ? `${loc.source.name}:${loc.startToken.line}` : '?');

export interface Field {
  readonly subgraph: string;
  readonly parent: string;
  readonly node: FieldDefinitionNode;
}

/** Fields of object types and interfaces, also those of extensions. */
export const fieldsOf = (schemas: readonly SubgraphSchema[]): Field[] =>
  schemas.flatMap(({ name: subgraph, document }) =>
    document.definitions.filter(hasOutputFields).flatMap((type) => (type.fields ?? []).map((node) => ({ subgraph, parent: type.name.value, node }))),
  );

export const definitionsOf = (schemas: readonly SubgraphSchema[]): DefinitionNode[] => schemas.flatMap(({ document }) => document.definitions);

const OUTPUT = [Kind.OBJECT_TYPE_DEFINITION, Kind.OBJECT_TYPE_EXTENSION, Kind.INTERFACE_TYPE_DEFINITION, Kind.INTERFACE_TYPE_EXTENSION] as const;
type WithFields = Extract<DefinitionNode, { kind: (typeof OUTPUT)[number] }>;
const hasOutputFields = (node: DefinitionNode): node is WithFields => (OUTPUT as readonly string[]).includes(node.kind);

/** Names of types that have a key in any subgraph. */
export const entitiesOf = (schemas: readonly SubgraphSchema[]): ReadonlySet<string> =>
  new Set(definitionsOf(schemas).filter(hasOutputFields).filter((type) => type.directives?.some((d) => d.name.value === 'key')).map((type) => type.name.value));

export const inputFieldsOf = (schemas: readonly SubgraphSchema[], name: string): readonly InputValueDefinitionNode[] =>
  definitionsOf(schemas).flatMap((node) => (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && node.name.value === name ? (node.fields ?? []) : []));

export const membersOf = (schemas: readonly SubgraphSchema[], name: string): readonly string[] =>
  definitionsOf(schemas).flatMap((node) => (node.kind === Kind.UNION_TYPE_DEFINITION && node.name.value === name ? (node.types ?? []).map((t) => t.name.value) : []));

export const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

export const isList = (type: TypeNode): boolean => type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));

/** As written in SDL: `[Unit!]!`. */
export function written(type: TypeNode): string {
  if (type.kind === Kind.NAMED_TYPE) return type.name.value;
  return type.kind === Kind.LIST_TYPE ? `[${written(type.type)}]` : `${written(type.type)}!`;
}
