import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError, ERROR_CODES, type ErrorCode } from '@anjie/contracts';
import { isDatabaseOutage, isStorageFull, sqlErrno } from '../database';
import type { Logger } from '../runtime';

/** Faults of the document itself keep their place; everything else is reduced to a code of the table. */
const DOCUMENT_FAULTS = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE', 'BAD_REQUEST', 'BAD_USER_INPUT']);

/** A bound value cannot stand beside its column (other characters, another kind): a code that is none, a forged cursor. */
const UNFIT_VALUES = new Set([1267, 1270, 1271, 4078]);

/** What a client may see of an error: a code of the table, its words, the path; never a stack, SQL or a service's name. */
export function createErrorFormat(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    const { code, detail } = codeOf(cause, formatted);
    if (code === 'INTERNAL') log.error({ err: cause, path: formatted.path }, 'a resolver failed');
    if (isStorageFull(cause)) log.error({ err: cause }, 'there is no room left for a change');
    return {
      message: code === 'BAD_USER_INPUT' && isDocumentFault(formatted) ? documentWords(formatted.message) : ERROR_CODES[code].zh,
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: { code, ...(detail ? { detail } : {}) },
    };
  };
}

/** graphql repeats the value of a variable, which may be somebody's number, and guesses what was meant. */
const documentWords = (message: string): string =>
  message.replace(/^(Variable "\$\w+") [\s\S]*$/, '$1 does not fit its type.').replace(/,? ?did you mean[\s\S]*$/i, '').slice(0, 500);

const isDocumentFault = (formatted: GraphQLFormattedError): boolean => DOCUMENT_FAULTS.has(String(formatted.extensions?.['code']));

function codeOf(cause: unknown, formatted: GraphQLFormattedError): { code: ErrorCode; detail?: Readonly<Record<string, unknown>> | undefined } {
  if (cause instanceof AppError) return { code: cause.code, detail: cause.detail };
  if (isDatabaseOutage(cause) || isStorageFull(cause)) return { code: 'SERVICE_UNAVAILABLE' };
  // statement ran longer than max_statement_time
  if (sqlErrno(cause) === 1969) return { code: 'TIMEOUT' };
  if (UNFIT_VALUES.has(sqlErrno(cause))) return { code: 'BAD_USER_INPUT' };
  return { code: isDocumentFault(formatted) ? 'BAD_USER_INPUT' : 'INTERNAL' };
}
