import { GraphQLError, Kind, OperationTypeNode, getOperationAST, parse, validate, visit } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { hasRole, type Viewer } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import { MAX_TOKENS, isTooExpensive, isTooLarge, measureOperation, type Measure } from './limits';
import type { KnownClient } from './portal/register';
import type { ScopesNeeded } from './portal/scopes';

export interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Sender {
  readonly viewer: Viewer;
  readonly client: KnownClient | undefined;
  /** The document is one that the client registered. */
  readonly isTrusted: boolean;
}

/** What is remembered of a document that passed before. */
interface Known {
  readonly document: DocumentNode;
  readonly introspects: boolean;
  readonly operations: Map<string, Operation>;
  readonly hasPageVariables: boolean;
}
interface Operation {
  readonly node: OperationDefinitionNode;
  readonly scopes: ReadonlySet<string>;
  /** Known once where it depends on nothing but the document. */
  readonly size: Measure | undefined;
}

const REMEMBER_MAX = 1_000;
const REMEMBER_LENGTH = 16_000;

export interface DocumentGateOptions {
  readonly schema: () => GraphQLSchema;
  readonly scopesNeeded: ScopesNeeded;
  readonly isDevIssuerOn: boolean;
}

/**
 * Decides before Apollo parses, validates and plans whether a request may go on, and says how large it is. It stands in front of
 * validation because graphql's own rules are what a hostile document makes expensive, and because Apollo's cache of validated
 * documents must not decide who may introspect.
 * @throws AppError QUERY_TOO_LARGE, FORBIDDEN or BAD_USER_INPUT
 * @returns undefined when the text is no GraphQL: Apollo says so better
 */
export type DocumentGate = (request: GraphqlRequest, sender: Sender) => Measure | undefined;

export function createDocumentGate(options: DocumentGateOptions): DocumentGate {
  const known = new Map<string, Known>();
  return (request, sender) => {
    const found = known.get(request.query) ?? study(request.query);
    if (!found) return undefined;
    if (found.introspects && !options.isDevIssuerOn && !hasRole(sender.viewer, 'DEVELOPER')) throw new AppError('FORBIDDEN', { rule: 'introspection' });
    const size = admit(found, { request, sender, options });
    if (request.query.length > REMEMBER_LENGTH || known.has(request.query)) return size;
    if (known.size >= REMEMBER_MAX) known.clear();
    known.set(request.query, found);
    return size;
  };
}

function study(query: string): Known | undefined {
  const document = parseBounded(query);
  if (!document) return undefined;
  let introspects = false;
  let hasPageVariables = false;
  visit(document, {
    Field: ({ name }) => void (introspects ||= name.value === '__schema' || name.value === '__type'),
    Argument: ({ name, value }) => void (hasPageVariables ||= (name.value === 'first' || name.value === 'last') && value.kind === Kind.VARIABLE),
  });
  return { document, introspects, hasPageVariables, operations: new Map() };
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

interface Admission {
  readonly request: GraphqlRequest;
  readonly sender: Sender;
  readonly options: DocumentGateOptions;
}

function admit(known: Known, { request, sender, options }: Admission): Measure {
  const name = request.operationName ?? '';
  const operation = known.operations.get(name) ?? operationOf(known, request.operationName, options);
  if (sender.client) refuseOutside(sender.client, operation.scopes);
  const size = operation.size ?? measureOperation({ document: known.document, operation: operation.node, variables: request.variables, schema: options.schema() });
  // an administrator has looked at a registered document; what its variables ask for nobody has
  if (sender.isTrusted ? isTooExpensive(size) : isTooLarge(size)) throw new AppError('QUERY_TOO_LARGE');
  known.operations.set(name, known.hasPageVariables ? operation : { ...operation, size });
  return size;
}

function operationOf({ document }: Known, name: string | null, { scopesNeeded }: DocumentGateOptions): Operation {
  const node = getOperationAST(document, name);
  if (!node) throw new AppError('BAD_USER_INPUT', { field: 'operationName' });
  if (node.operation === OperationTypeNode.SUBSCRIPTION) throw new AppError('BAD_USER_INPUT', { rule: 'no subscriptions' });
  return { node, scopes: scopesNeeded(document, node), size: undefined };
}

/** All or nothing: no part of a request runs when another is outside what the client was given. */
function refuseOutside(client: KnownClient, needed: ReadonlySet<string>): void {
  for (const scope of needed) if (!client.scopes.has(scope)) throw new AppError('FORBIDDEN', { scope });
}

/** Looks at a document that was registered for a client with these scopes, as the gate will when it is sent. */
export const createDocumentJudge = ({ schema, scopesNeeded }: Pick<DocumentGateOptions, 'schema' | 'scopesNeeded'>) =>
  (text: string, scopes: ReadonlySet<string>): string | null => {
    try {
      const document = parse(text, { maxTokens: MAX_TOKENS, noLocation: true });
      const [error] = validate(schema(), document, undefined, { maxErrors: 1 });
      if (error) return error.message.slice(0, 300);
      const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
      const outside = operations.flatMap((node) => [...scopesNeeded(document, node)]).find((scope) => !scopes.has(scope));
      if (outside) return `it needs the scope ${outside}`;
      const isOver = operations.some((operation) => isTooExpensive(measureOperation({ document, operation, variables: {}, schema: schema() })));
      return isOver ? 'it asks for more than the limits allow' : null;
    } catch (error) {
      return (error instanceof Error ? error.message : 'it cannot be read').slice(0, 300);
    }
  };
