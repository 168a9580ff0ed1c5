import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';
import { guardAccess } from './access-guard';

type ResolverModule = Parameters<typeof buildSubgraphSchema>[0] extends infer Modules ? Modules : never;

/** All SDL files of a folder as one document text, in name order. */
export const readSdl = (folder: string): string =>
  readdirSync(folder).filter((file) => file.endsWith('.graphql')).sort().map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');

/** The executable subgraph: SDL from `schema/`, resolvers from code, its access rules in front of both. */
export function buildSubgraph(schemaFolder: string, resolvers: object): GraphQLSchema {
  const typeDefs = parse(readSdl(schemaFolder));
  return guardAccess(buildSubgraphSchema([{ typeDefs, resolvers }] as ResolverModule), typeDefs);
}
