import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { defaultFieldResolver, parse, type GraphQLSchema } from 'graphql';
import { hasRole, type Viewer } from '@anjie/access';
import { AppError, PORTAL_FIELDS } from '@anjie/contracts';

type ResolverModule = Parameters<typeof buildSubgraphSchema>[0] extends infer Modules ? Modules : never;

/** All SDL files of a folder as one document text, in name order. */
export const readSdl = (folder: string): string =>
  readdirSync(folder).filter((file) => file.endsWith('.graphql')).sort().map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');

/** The executable subgraph: SDL from `schema/`, resolvers from code, closed to portals. */
export const buildSubgraph = (schemaFolder: string, resolvers: object): GraphQLSchema =>
  closeToPortals(buildSubgraphSchema([{ typeDefs: parse(readSdl(schemaFolder)), resolvers }] as ResolverModule));

/** A public portal's account asks its own few root fields: no list, no reference, no mutation of staff, those that are written later included. */
function closeToPortals(schema: GraphQLSchema): GraphQLSchema {
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      if (PORTAL_FIELDS.has(field.name)) continue;
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (...call) => {
        const { viewer } = (call[2] ?? {}) as { readonly viewer?: Viewer };
        if (viewer && hasRole(viewer, 'PUBLIC_PORTAL')) throw new AppError('FORBIDDEN');
        return resolve(...call) as unknown;
      };
    }
  }
  return schema;
}
