import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginSchemaReportingDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { createTokenMint } from '@anjie/access';
import { createDataSource, type GraphqlContext } from './data-source';
import { createDocumentGate, createDocumentJudge } from './documents';
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
import { createOfficialsAsker } from './portal/ask-officials';
import { createClientReader } from './portal/client-reader';
import { createClientRegister, type RegisterOptions } from './portal/register';
import { createScopeReader } from './portal/scopes';
import { createDocumentTeller } from './portal/trusted-documents';
import { createAdmission } from './rates/admission';
import { createLimiter } from './rates/limiter';
import { openSpool } from './spool';
import { createUpstreams } from './upstreams';
import { createViewerReader, type ReadViewer } from './viewer';

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
  const supergraphSdl = readFileOf('ANJIE_SUPERGRAPH_FILE', env.ANJIE_SUPERGRAPH_FILE);
  let schema: GraphQLSchema | undefined;
  const executor = createExecutor({
    supergraphSdl,
    dataSourceFor: ({ name, url }) => createDataSource(upstreams.open(name, url), mint),
    onSchema: (loaded) => (schema = loaded),
    log,
  });
  const apollo = createApollo(executor, log);
  await apollo.start();
  const graph = { schema: () => loadedSchema(schema), scopesNeeded: createScopeReader(supergraphSdl) };
  const gate = createDocumentGate({ ...graph, isDevIssuerOn: env.ANJIE_DEV_ISSUER });
  const door = openDoor(env, { log, ask: createOfficialsAsker({ upstreams, mint }), readViewer, judge: createDocumentJudge(graph) });
  const routes = [
    graphqlRoute({ apollo, gate, ...door }),
    ...fileRoutes({ upstreams, mint, spool: await openSpool(env.ANJIE_UPLOAD_DIR), ...door }),
    ...healthRoutes(upstreams, door.isReady),
    ...(env.ANJIE_DEV_ISSUER ? [graphiqlRoute()] : []),
  ];
  const http = await serveHttp({ routes, host: env.ANJIE_HOST, port: env.ANJIE_PORT, corsOrigins: env.ANJIE_CORS_ORIGINS, log });
  return {
    port: http.port,
    async close() {
      await http.close();
      door.close();
      await apollo.stop();
      await upstreams.close();
    },
  };
}

interface DoorParts extends Pick<RegisterOptions, 'ask' | 'judge' | 'log'> {
  readonly readViewer: ReadViewer;
}

/** Who comes in: people by token, programs by key, both within their budgets. */
function openDoor(env: GatewayEnv, { ask, judge, log, readViewer }: DoorParts) {
  const register = createClientRegister({ ask, log, judge });
  const isClientRequired = env.ANJIE_PORTAL_CLIENTS === 'REQUIRED';
  const limiter = createLimiter({ redisUrl: env.ANJIE_REDIS_URL, gateways: env.ANJIE_GATEWAYS, budgets: env.budgets, log });
  return {
    admission: createAdmission({ readClient: createClientReader(register, isClientRequired), readViewer, limiter, proxies: env.ANJIE_TRUSTED_PROXIES }),
    tellDocument: createDocumentTeller({ ask, register }),
    isReady: () => register.isLoaded() || !isClientRequired,
    close() {
      register.close();
      limiter.close();
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
