import { HeaderMap, type ApolloServer } from '@apollo/server';
import { AppError, ERROR_CODES } from '@anjie/contracts';
import type { GraphqlContext } from './data-source';
import type { DocumentGate, GraphqlRequest } from './documents';
import { readBody, sendText, type Exchange, type Route } from './http';
import { messageOf } from './locale';
import type { ReadViewer } from './viewer';

const BODY_LIMIT = 200_000;

export interface GraphqlRouteOptions {
  readonly apollo: ApolloServer<GraphqlContext>;
  readonly readViewer: ReadViewer;
  readonly gate: DocumentGate;
}

/** Apollo gets these instead of the client's headers: nothing that a client sends can reach a plugin or a subgraph. */
const HEADERS = new HeaderMap([['content-type', 'application/json']]);

export function graphqlRoute({ apollo, readViewer, gate }: GraphqlRouteOptions): Route {
  return {
    method: 'POST',
    path: '/graphql',
    fault: ({ code, detail }, locale) => ({ errors: [{ message: messageOf(code, locale), extensions: { code, ...(detail ? { detail } : {}) } }] }),
    async answer({ request, response, requestId, locale }: Exchange) {
      const viewer = await readViewer(request.headers.authorization, locale);
      refuseMediaType(request.headers);
      const body = parseRequest(await readBody(request, BODY_LIMIT));
      gate(body, viewer);
      const result = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers: HEADERS, search: '', body },
        context: async () => ({ viewer, requestId }),
      });
      // a session that is over looks as every other token that is no good
      if (result.status === ERROR_CODES.UNAUTHENTICATED.status) throw new AppError('UNAUTHENTICATED');
      if (result.body.kind !== 'complete') throw new AppError('INTERNAL');
      sendText(response, result.status ?? 200, result.body.string);
    },
  };
}

/** JSON in UTF-8 only. That a browser must ask before it sends this type is also what keeps foreign pages out. */
function refuseMediaType(headers: Exchange['request']['headers']): void {
  const isJson = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(headers['content-type'] ?? '');
  const isPlain = headers['content-encoding'] === undefined || headers['content-encoding'] === 'identity';
  if (!isJson || !isPlain) throw new AppError('UNSUPPORTED_MEDIA_TYPE');
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Takes over the three members of a GraphQL request; batches and persisted queries are refused, extensions dropped. */
function parseRequest(raw: Buffer): GraphqlRequest {
  const body = parseJson(raw);
  const { query, operationName, variables, extensions } = body;
  if (isRecord(extensions) && 'persistedQuery' in extensions) throw new AppError('BAD_USER_INPUT', { field: 'extensions.persistedQuery' });
  if (typeof query !== 'string' || query.trim() === '') throw new AppError('BAD_USER_INPUT', { field: 'query' });
  if (!isAbsent(operationName) && typeof operationName !== 'string') throw new AppError('BAD_USER_INPUT', { field: 'operationName' });
  if (!isAbsent(variables) && !isRecord(variables)) throw new AppError('BAD_USER_INPUT', { field: 'variables' });
  return { query, operationName: operationName || null, variables: isRecord(variables) ? variables : {} };
}

function parseJson(raw: Buffer): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(decoder.decode(raw));
  } catch {
    throw new AppError('BAD_USER_INPUT', { rule: 'a JSON body' });
  }
  if (Array.isArray(body)) throw new AppError('BAD_USER_INPUT', { rule: 'no batches' });
  if (!isRecord(body)) throw new AppError('BAD_USER_INPUT', { rule: 'a JSON object' });
  return body;
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
