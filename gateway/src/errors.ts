import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { ApolloServerPlugin } from '@apollo/server';
import { ERROR_CODES, type ErrorCode } from '@anjie/contracts';
import type { GraphqlContext } from './data-source';
import { isBudgetSpent } from './documents';
import { messageOf } from './locale';
import type { Logger } from './log';

/** Apollo's words for a fault of the client's document. */
const DOCUMENT_FAULTS = new Set([
  'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'BAD_REQUEST', 'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED', 'INVALID_GRAPHQL',
]);
const DETAIL_MAX = 2_000;

/** What a client may see of an error. Everything that is not named here stays inside. */
export function clientError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const code = codeOf(formatted);
  const variable = variableFault(formatted.message);
  const isOwnFault = code === 'BAD_USER_INPUT' && !isFromSubgraph(formatted);
  const detail = isOwnFault && variable ? variable : detailOf(formatted);
  return {
    message: isOwnFault && !variable ? withoutSuggestions(formatted.message) : ERROR_CODES[code].zh,
    ...(isOwnFault && !variable && formatted.locations ? { locations: formatted.locations } : {}),
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code, ...(detail ? { detail } : {}) },
  };
}

/** The gateway writes the subgraph's name into every error that it passes on. */
const isFromSubgraph = (formatted: GraphQLFormattedError): boolean => formatted.extensions?.['serviceName'] !== undefined;

function codeOf(formatted: GraphQLFormattedError): ErrorCode {
  const code = String(formatted.extensions?.['code']);
  if (code.startsWith('GRAPHQL_') && isBudgetSpent(formatted.message)) return 'QUERY_TOO_LARGE';
  if (Object.hasOwn(ERROR_CODES, code)) return code as ErrorCode;
  return DOCUMENT_FAULTS.has(code) && !isFromSubgraph(formatted) ? 'BAD_USER_INPUT' : 'INTERNAL';
}

/** graphql echoes the value of a variable in its message; only the variable's name and the place in it are passed on. */
function variableFault(message: string): Record<string, unknown> | undefined {
  const variable = /^Variable "\$(\w+)" /.exec(message)?.[1];
  if (!variable) return undefined;
  const at = new RegExp(` at "(${variable}[\\w.[\\]]*)"[;.]`).exec(message)?.[1];
  return { variable: `$${variable}`, path: at ?? variable };
}

const withoutSuggestions = (message: string): string => message.replace(/,? ?did you mean[\s\S]*$/i, '').slice(0, 500);

function detailOf(formatted: GraphQLFormattedError): unknown {
  const detail = formatted.extensions?.['detail'];
  return typeof detail === 'object' && detail !== null && JSON.stringify(detail).length <= DETAIL_MAX ? detail : undefined;
}

/** Logs what the client is not told, and gives the answer its language and status. */
export const createErrorPlugin = (log: Logger): ApolloServerPlugin<GraphqlContext> => ({
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        for (const error of errors) logInternal(error, contextValue, log);
      },
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== 'single') return;
        const result = response.body.singleResult;
        // Apollo's `valueCompletion` names types of the schema.
        delete result.extensions;
        for (const error of result.errors ?? []) localize(error, contextValue);
        // a subgraph says that the official's session is over: whatever another one still answered is not shown
        const over = result.errors?.find((error) => errorCode(error) === 'UNAUTHENTICATED');
        if (over) Object.assign(result, { data: undefined, errors: [{ message: over.message, extensions: { code: 'UNAUTHENTICATED' } }] });
        const first = result.errors?.[0];
        if (first && result.data === undefined) response.http.status = ERROR_CODES[errorCode(first)].status;
      },
    };
  },
});

const errorCode = (error: GraphQLFormattedError): ErrorCode => String(error.extensions?.['code']) as ErrorCode;

function localize(error: { -readonly [Key in keyof GraphQLFormattedError]: GraphQLFormattedError[Key] }, { viewer }: GraphqlContext): void {
  const code = errorCode(error);
  if (error.message === ERROR_CODES[code]?.zh) error.message = messageOf(code, viewer.locale);
}

/** The reason is our own or a subgraph's message; it is cut, since nobody vouches for a stranger's subgraph. */
function logInternal(error: GraphQLError, { requestId }: GraphqlContext, log: Logger): void {
  const formatted = { ...error.toJSON(), extensions: { ...error.extensions, code: error.extensions['code'] ?? 'INTERNAL_SERVER_ERROR' } };
  if (codeOf(formatted) !== 'INTERNAL') return;
  const { serviceName, code } = error.extensions;
  const stack = serviceName === undefined ? (error.originalError ?? error).stack : undefined;
  log.error({ requestId, path: error.path, subgraph: serviceName, code, reason: error.message.slice(0, 300), stack }, 'a request failed');
}
