import { HeaderMap, type ApolloServer } from '@apollo/server';
import { AppError, ERROR_CODES, LIMITS } from '@anjie/contracts';
import type { GraphqlContext } from './data-source';
import type { DocumentGate } from './documents';
import { readBody, sendText, type Exchange, type Route } from './http';
import { messageOf } from './locale';
import { admitDocument, type Sent, type TellDocument } from './portal/trusted-documents';
import type { Admission } from './rates/admission';
import { parseStrict } from './strict-json';

export interface GraphqlRouteOptions {
  readonly apollo: ApolloServer<GraphqlContext>;
  readonly admission: Admission;
  readonly tellDocument: TellDocument;
  readonly gate: DocumentGate;
}

/** Apollo gets these instead of the client's headers: nothing that a client sends can reach a plugin or a subgraph. */
const HEADERS = new HeaderMap([['content-type', 'application/json']]);

/** What a text costs that is no GraphQL. */
const NO_GRAPHQL = 10;
/** Whoever sends a query byte by byte holds a connection, no longer. */
const BODY_WITHIN_MS = 10_000;
/** From the first byte of a request to the last of its answer, however many fetches its plan has. */
const ANSWER_WITHIN_MS = 10_000;

export function graphqlRoute({ apollo, admission, tellDocument, gate }: GraphqlRouteOptions): Route {
  return {
    method: 'POST',
    path: '/graphql',
    fault: ({ code, detail }, locale) => ({ errors: [{ message: messageOf(code, locale), extensions: { code, ...(detail ? { detail } : {}) } }] }),
    async answer(exchange: Exchange) {
      const { request, response, requestId } = exchange;
      const deadline = performance.now() + ANSWER_WITHIN_MS;
      const caller = await admission.admit(exchange);
      const { client, viewer } = caller;
      refuseMediaType(request.headers);
      const { sent, operationName, variables } = parseRequest(await readBody(request, { limit: LIMITS.bytes.limit, withinMs: BODY_WITHIN_MS }));
      const admitted = admitDocument(sent, client, viewer);
      const body = { query: admitted.query, operationName, variables };
      const size = gate(body, { ...caller, isTrusted: admitted.standing === 'REGISTERED' });
      await admission.charge(caller, size ? size.objects + size.fields : NO_GRAPHQL, response);
      await tellDocument(admitted, { client, viewer, requestId, operationName });
      const result = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers: HEADERS, search: '', body },
        context: async () => ({ viewer, requestId, deadline }),
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

interface Request {
  readonly sent: Sent;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Takes over the members of a GraphQL request; batches and automatic persisted queries are refused, extensions dropped.
 * `documentId` is that of the persisted documents in GraphQL over HTTP, appendix A.
 */
function parseRequest(raw: Buffer): Request {
  const body = parseJson(raw);
  const { operationName, variables, extensions } = body;
  if (isRecord(extensions) && 'persistedQuery' in extensions) throw new AppError('BAD_USER_INPUT', { field: 'extensions.persistedQuery' });
  if (!isAbsent(operationName) && typeof operationName !== 'string') throw new AppError('BAD_USER_INPUT', { field: 'operationName' });
  if (!isAbsent(variables) && !isRecord(variables)) throw new AppError('BAD_USER_INPUT', { field: 'variables' });
  return { sent: sentDocument(body), operationName: operationName || null, variables: isRecord(variables) ? variables : {} };
}

function sentDocument({ query, documentId }: Record<string, unknown>): Sent {
  if (!isAbsent(documentId)) {
    if (typeof documentId !== 'string' || !isAbsent(query)) throw new AppError('BAD_USER_INPUT', { field: 'documentId', rule: 'a text, and no query beside it' });
    return { documentId };
  }
  // half a character has no bytes, so no hash; a NUL ends a text for some readers
  if (typeof query !== 'string' || query.trim() === '' || /[\p{Surrogate}\0]/u.test(query)) throw new AppError('BAD_USER_INPUT', { field: 'query' });
  return { query };
}

function decoded(raw: Buffer): string {
  try {
    return decoder.decode(raw);
  } catch {
    throw new AppError('BAD_USER_INPUT', { rule: 'a JSON body' });
  }
}

function parseJson(raw: Buffer): Record<string, unknown> {
  const body = parseStrict(decoded(raw));
  if (Array.isArray(body)) throw new AppError('BAD_USER_INPUT', { rule: 'no batches' });
  if (!isRecord(body)) throw new AppError('BAD_USER_INPUT', { rule: 'a JSON object' });
  return body;
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
