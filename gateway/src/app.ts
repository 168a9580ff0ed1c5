import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginSchemaReportingDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { createTokenMint } from '@anjie/access';
import { createDataSource, type GraphqlContext } from './data-source';
import { createDocumentGate } from './documents';
import { readFileOf, type GatewayEnv } from './env';
import { clientError, createErrorPlugin } from './errors';
import { apolloLogger, createExecutor } from './executor';
import { fileRoutes } from './files';
import { graphiqlRoute } from './graphiql';
import { graphqlRoute } from './graphql-route';
import { healthRoutes } from './health';
import { serveHttp } from './http';
import { MAX_TOKENS } from './limits';
import type { Logger } from './log';
import { openSpool } from './spool';
import { createUpstreams } from './upstreams';
import { createViewerReader } from './viewer';

export interface Gateway {
  readonly port: number;
  /** Stops accepting, lets requests under way finish, closes what is left. */
  close(): Promise<void>;
}

/** The only wiring of the gateway. */
export async function startGateway(env: GatewayEnv, log: Logger): Promise<Gateway> {
  const upstreams = createUpstreams(env.ANJIE_SUBGRAPH_URLS, log);
  const mint = createTokenMint('gateway', readFileOf('ANJIE_INTERNAL_PRIVATE_KEY_FILE', env.ANJIE_INTERNAL_PRIVATE_KEY_FILE));
  const readViewer = createViewerReader(env, log);
  let schema: GraphQLSchema | undefined;
  const executor = createExecutor({
    supergraphSdl: readFileOf('ANJIE_SUPERGRAPH_FILE', env.ANJIE_SUPERGRAPH_FILE),
    dataSourceFor: ({ name, url }) => createDataSource(upstreams.open(name, url), mint),
    onSchema: (loaded) => (schema = loaded),
    log,
  });
  const apollo = createApollo(executor, log);
  await apollo.start();
  const gate = createDocumentGate({ schema: () => loadedSchema(schema), isDevIssuerOn: env.ANJIE_DEV_ISSUER });
  const routes = [
    graphqlRoute({ apollo, readViewer, gate }),
    ...fileRoutes({ upstreams, mint, readViewer, spool: await openSpool(env.ANJIE_UPLOAD_DIR) }),
    ...healthRoutes(upstreams),
    ...(env.ANJIE_DEV_ISSUER ? [graphiqlRoute()] : []),
  ];
  const http = await serveHttp({ routes, host: env.ANJIE_HOST, port: env.ANJIE_PORT, corsOrigins: env.ANJIE_CORS_ORIGINS, log });
  return {
    port: http.port,
    async close() {
      await http.close();
      await apollo.stop();
      await upstreams.close();
    },
  };
}

function loadedSchema(schema: GraphQLSchema | undefined): GraphQLSchema {
  if (!schema) throw new Error('the supergraph is not loaded');
  return schema;
}

/** Introspection is on here because documents.ts decides per viewer; Apollo's switch knows no viewers. */
const createApollo = (gateway: ReturnType<typeof createExecutor>, log: Logger): ApolloServer<GraphqlContext> =>
  new ApolloServer<GraphqlContext>({
    gateway,
    nodeEnv: 'production',
    logger: apolloLogger(log),
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationOptions: { maxErrors: 3 },
    formatError: clientError,
    plugins: [
      createErrorPlugin(log),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
