import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from './log';

export interface ExecutorOptions {
  readonly supergraphSdl: string;
  readonly dataSourceFor: (subgraph: { readonly name: string; readonly url: string }) => GraphQLDataSource;
  readonly onSchema: (schema: GraphQLSchema) => void;
  readonly log: Logger;
}

/**
 * The one place that decides which executor runs Apollo's query plans. ApolloServer sees only the `gateway` interface,
 * so another executor of the same plans can be put here once it is proven against this one (docs/adr).
 */
export function createExecutor({ supergraphSdl, dataSourceFor, onSchema, log }: ExecutorOptions): ApolloGateway {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url }) => dataSourceFor({ name, url: url ?? '' }),
    logger: apolloLogger(log),
    // By default a header of the client's would show the query plan outside NODE_ENV=production.
    __exposeQueryPlanExperimental: false,
  });
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => onSchema(apiSchema));
  return gateway;
}

/** Apollo's own lines carry no viewer data; its debug lines are plans and of no use here. */
export const apolloLogger = (log: Logger) => ({
  debug: () => undefined,
  info: (message?: unknown) => log.debug({ apollo: String(message) }, 'apollo'),
  warn: (message?: unknown) => log.warn({ apollo: String(message) }, 'apollo'),
  error: (message?: unknown) => log.error({ apollo: String(message) }, 'apollo'),
});
