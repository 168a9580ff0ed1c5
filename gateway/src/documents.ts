import { GraphQLError, Kind, OperationTypeNode, getOperationAST, parse, visit } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { hasRole, type Viewer } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import { MAX_TOKENS, isTooLarge, measureOperation } from './limits';

export interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What is remembered of a document that passed before. */
interface Known {
  readonly document: DocumentNode;
  readonly introspects: boolean;
  /** Operations whose size depends on nothing but the document, and fits. */
  readonly fits: Set<string>;
  readonly hasPageVariables: boolean;
}

const REMEMBER_MAX = 1_000;
const REMEMBER_LENGTH = 16_000;

export interface DocumentGateOptions {
  readonly schema: () => GraphQLSchema;
  readonly isDevIssuerOn: boolean;
}

/**
 * Decides before Apollo parses, validates and plans whether a request may go on. It stands in front of validation
 * because graphql's own rules are what a hostile document makes expensive, and because Apollo's cache of validated
 * documents must not decide who may introspect.
 * @throws AppError QUERY_TOO_LARGE, FORBIDDEN or BAD_USER_INPUT
 */
export type DocumentGate = (request: GraphqlRequest, viewer: Viewer) => void;

export function createDocumentGate({ schema, isDevIssuerOn }: DocumentGateOptions): DocumentGate {
  const known = new Map<string, Known>();
  return (request, viewer) => {
    const found = known.get(request.query) ?? study(request.query);
    if (!found) return;
    if (found.introspects && !isDevIssuerOn && !hasRole(viewer, 'DEVELOPER')) throw new AppError('FORBIDDEN', { rule: 'introspection' });
    checkOperation(found, request, schema());
    if (request.query.length > REMEMBER_LENGTH || known.has(request.query)) return;
    if (known.size >= REMEMBER_MAX) known.clear();
    known.set(request.query, found);
  };
}

/** Undefined when the text is no GraphQL: Apollo says so better. */
function study(query: string): Known | undefined {
  const document = parseBounded(query);
  if (!document) return undefined;
  let introspects = false;
  let hasPageVariables = false;
  visit(document, {
    Field: ({ name }) => void (introspects ||= name.value === '__schema' || name.value === '__type'),
    Argument: ({ name, value }) => void (hasPageVariables ||= (name.value === 'first' || name.value === 'last') && value.kind === Kind.VARIABLE),
  });
  return { document, introspects, hasPageVariables, fits: new Set() };
}

function parseBounded(query: string): DocumentNode | undefined {
  try {
    return parse(query, { maxTokens: MAX_TOKENS, noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError && isBudgetSpent(error.message)) throw new AppError('QUERY_TOO_LARGE');
    return undefined;
  }
}

/** graphql's own words when its parser's or its validator's budget is used up. */
export const isBudgetSpent = (message: string): boolean => /more that \d+ tokens/.test(message) || message === 'Validation aborted.';

function checkOperation({ document, fits, hasPageVariables }: Known, { operationName, variables }: GraphqlRequest, schema: GraphQLSchema): void {
  if (fits.has(operationName ?? '')) return;
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new AppError('BAD_USER_INPUT', { field: 'operationName' });
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw new AppError('BAD_USER_INPUT', { rule: 'no subscriptions' });
  if (isTooLarge(measureOperation({ document, operation, variables, schema }))) throw new AppError('QUERY_TOO_LARGE');
  if (!hasPageVariables) fits.add(operationName ?? '');
}
