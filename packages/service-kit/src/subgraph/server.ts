import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { bodyHash, type InternalClaims, type TokenGate } from '@anjie/access';
import { AppError, ERROR_CODES } from '@anjie/contracts';
import { select } from '../database';
import { answerKnown, KNOWN_MESSAGES_PATH, knownQuestion, MESSAGES_PATH, readBodies } from '../messaging';
import type { Closable, Logger } from '../runtime';
import type { Admit } from '../sessions';
import { createRequestGate, SUBGRAPH_LIMITS } from './document-limits';
import { createErrorFormat } from './errors';
import { readBody, sendJson, serveRoutes, type Route } from './http';

/** Bytes of a request that the gateway may send: its own limit on documents and representations is far below. */
const BODY_LIMIT = 2_000_000;

export interface SubgraphOptions<Context extends object> {
  readonly schema: GraphQLSchema;
  readonly contextFor: (claims: InternalClaims) => Context;
  readonly gate: TokenGate;
  /** Bounds an official by today's directory. */
  readonly admit: Admit;
  readonly db: DataSource;
  readonly host: string;
  readonly port: number;
  readonly log: Logger;
  /** Further internal routes; each gets the checked claims. */
  readonly routes?: readonly Route[];
}

/** Serves the subgraph over HTTP. Nothing but health answers without a valid internal token. */
export async function serveSubgraph<Context extends object>(options: SubgraphOptions<Context>): Promise<Closable & { port: number }> {
  const apollo = new ApolloServer<Context>({
    schema: options.schema,
    introspection: false,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    parseOptions: { maxTokens: SUBGRAPH_LIMITS.tokens },
    stopOnTerminationSignals: false,
    formatError: createErrorFormat(options.log),
    plugins: [ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginLandingPageDisabled()],
  });
  await apollo.start();
  const http = await serveRoutes([graphqlRoute(apollo, options), messagesRoute(options), knownMessagesRoute(options), ...healthRoutes(options.db), ...(options.routes ?? [])], options);
  return {
    port: http.port,
    async close() {
      await http.close();
      await apollo.stop();
    },
  };
}

/** The checked claims of a request whose raw body is known. @throws AppError UNAUTHENTICATED, the same for every wrong token */
export function claimsOf(gate: TokenGate, request: IncomingMessage, hash: string): InternalClaims {
  const header = request.headers['x-internal-auth'];
  const claims = gate(typeof header === 'string' ? header : undefined, hash);
  // the gateway speaks for people; a service only for itself
  const isEntitled = claims && (claims.iss === 'gateway' || (claims.viewer.kind === 'SERVICE' && claims.viewer.subject === claims.iss));
  if (!isEntitled) throw new AppError('UNAUTHENTICATED');
  return claims;
}

function graphqlRoute<Context extends object>(apollo: ApolloServer<Context>, options: SubgraphOptions<Context>): Route {
  const refuseTooLarge = createRequestGate();
  return {
    method: 'POST',
    path: '/graphql',
    async answer(request, response) {
      const raw = await readBody(request, BODY_LIMIT);
      const claims = claimsOf(options.gate, request, bodyHash(raw));
      const body = parseBody(raw);
      refuseTooLarge(body);
      const viewer = await options.admit(claims.viewer);
      if (!viewer) return sendJson(response, ERROR_CODES.UNAUTHENTICATED.status, SESSION_OVER);
      const result = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers: JSON_HEADERS, search: '', body },
        context: async () => options.contextFor({ ...claims, viewer }),
      });
      if (result.body.kind !== 'complete') throw new AppError('INTERNAL');
      response.writeHead(result.status ?? 200, Object.fromEntries(result.headers));
      response.end(result.body.string);
    },
  };
}

/** As GraphQL, so that the gateway passes it on: this is about the official's session, a 401 without it about our own token. */
const SESSION_OVER = { errors: [{ message: ERROR_CODES.UNAUTHENTICATED.zh, extensions: { code: 'UNAUTHENTICATED' } }] };

const JSON_HEADERS = new HeaderMap([['content-type', 'application/json']]);

function parseBody(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    throw new AppError('BAD_USER_INPUT');
  }
}

/** Gives a service the messages that were addressed to it. */
function messagesRoute({ gate, db }: { gate: TokenGate; db: DataSource }): Route {
  return {
    method: 'POST',
    path: MESSAGES_PATH,
    async answer(request, response) {
      const { service, raw } = await askingService(gate, request);
      const ids = (parseBody(raw) as { ids?: unknown }).ids;
      const isList = Array.isArray(ids) && ids.length <= 500 && ids.every((id) => typeof id === 'string');
      if (!isList) throw new AppError('BAD_USER_INPUT');
      sendJson(response, 200, { messages: await readBodies(db, service, ids as string[]) });
    },
  };
}

/** Tells a service which of its messages arrived here: ids and seals of its own, nobody else's. */
function knownMessagesRoute({ gate, db }: { gate: TokenGate; db: DataSource }): Route {
  return {
    method: 'POST',
    path: KNOWN_MESSAGES_PATH,
    async answer(request, response) {
      const { service, question } = await askedBy(gate, request, knownQuestion);
      sendJson(response, 200, await answerKnown(db, service, question));
    },
  };
}

/** The service whose own token this is. @throws AppError UNAUTHENTICATED for everybody else, the gateway included */
async function askingService(gate: TokenGate, request: IncomingMessage): Promise<{ service: string; raw: Buffer }> {
  const raw = await readBody(request, 100_000);
  const claims = claimsOf(gate, request, bodyHash(raw));
  if (claims.viewer.kind !== 'SERVICE' || claims.iss !== claims.viewer.subject) throw new AppError('UNAUTHENTICATED');
  return { service: claims.iss, raw };
}

/** A question of another service's that has the right shape. @throws AppError UNAUTHENTICATED, BAD_USER_INPUT */
export async function askedBy<Schema extends z.ZodType>(gate: TokenGate, request: IncomingMessage, shape: Schema): Promise<{ service: string; question: z.infer<Schema> }> {
  const { service, raw } = await askingService(gate, request);
  const question = shape.safeParse(parseBody(raw));
  if (!question.success) throw new AppError('BAD_USER_INPUT');
  return { service, question: question.data };
}

/** `/livez`: the process answers. `/readyz`: its database answers too. Neither tells more. */
export function healthRoutes(db: DataSource): Route[] {
  const live = async (_request: IncomingMessage, response: ServerResponse) => sendJson(response, 200, { status: 'ok' });
  const ready = async (_request: IncomingMessage, response: ServerResponse) => {
    const isReady = await select(db.manager, 'SELECT 1').then(() => true, () => false);
    sendJson(response, isReady ? 200 : ERROR_CODES.SERVICE_UNAVAILABLE.status, { status: isReady ? 'ok' : 'unavailable' });
  };
  return [
    { method: 'GET', path: '/livez', answer: live },
    { method: 'GET', path: '/readyz', answer: ready },
  ];
}
