import { Kind, parse, type DocumentNode, type SelectionSetNode } from 'graphql';
import type { GraphQLDataSource } from '@apollo/gateway';
import type { TokenMint, Viewer } from '@anjie/access';
import { AppError, type ErrorCode } from '@anjie/contracts';
import { FETCH_MS, outageOf, type Upstream } from './upstreams';

/** What a request carries through Apollo; nothing else of the client's HTTP request gets that far. */
export interface GraphqlContext {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** `performance.now()` after which nobody waits for the answer. */
  readonly deadline: number;
}

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0];
type SubgraphResponse = Awaited<ReturnType<GraphQLDataSource['process']>>;
type SubgraphErrors = NonNullable<SubgraphResponse['errors']>;

/** A dead subgraph under a page of entities would otherwise repeat the same error for every row and field. */
const MAX_OUTAGE_ERRORS = 100;

/**
 * Sends one fetch of a query plan. Implements Apollo's interface itself instead of deriving from
 * RemoteGraphQLDataSource: that class builds node-fetch objects per call and hides the viewer from the place where
 * the body is final, which is where the token must be minted.
 */
export function createDataSource(upstream: Upstream, mint: TokenMint): GraphQLDataSource {
  return {
    async process(options) {
      const { query, variables, operationName } = options.request;
      try {
        return await send({ upstream, mint, context: options.context as GraphqlContext, body: JSON.stringify({ query, variables, operationName }) });
      } catch (error) {
        return { errors: outageErrors(options, error instanceof AppError ? error.code : 'INTERNAL') };
      }
    },
  };
}

interface Call {
  readonly upstream: Upstream;
  readonly mint: TokenMint;
  readonly context: GraphqlContext;
  readonly body: string;
}

async function send({ upstream, mint, context, body }: Call): Promise<SubgraphResponse> {
  const left = Math.min(FETCH_MS, context.deadline - performance.now());
  if (left <= 0) throw new AppError('TIMEOUT');
  const token = mint({ audience: upstream.name, viewer: context.viewer, requestId: context.requestId, body });
  const response = await upstream.call({
    method: 'POST',
    path: upstream.graphqlPath,
    headers: { 'content-type': 'application/json', 'x-internal-auth': token, 'x-request-id': context.requestId },
    body,
    headersTimeout: left,
    bodyTimeout: left,
  });
  const text = await response.body.text().catch((error: unknown) => {
    throw outageOf(error);
  });
  return parseAnswer(response.statusCode, text);
}

/** A subgraph's 401 means that our key is wrong, not the viewer's token: the client must not be told to log in again. */
function parseAnswer(status: number, text: string): SubgraphResponse {
  if (status >= 502 && status <= 504) throw new AppError('SERVICE_UNAVAILABLE');
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new AppError('INTERNAL');
  }
  const isAnswer = typeof answer === 'object' && answer !== null && ('data' in answer || Array.isArray(Reflect.get(answer, 'errors')));
  if (!isAnswer) throw new AppError('INTERNAL');
  return answer as SubgraphResponse;
}

/** One error per field that stays empty, so that the client finds it at the field's path. */
function outageErrors({ request }: ProcessOptions, code: ErrorCode): SubgraphErrors {
  const fields = fetchedFields(parse(request.query ?? '{ __typename }', { noLocation: true }));
  const representations: unknown = request.variables?.['representations'];
  const parents = Array.isArray(representations) ? representations.map((_, index) => ['_entities', index]) : [[]];
  const paths = parents.flatMap((parent) => fields.map((field) => [...parent, field]));
  return paths.slice(0, MAX_OUTAGE_ERRORS).map((path) => ({ message: code, path, extensions: { code } })) as unknown as SubgraphErrors;
}

function fetchedFields(document: DocumentNode): string[] {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const roots = operation ? topFields(operation.selectionSet, document) : [];
  const entities = roots.find(({ name }) => name === '_entities');
  const fields = entities?.below ? topFields(entities.below, document) : roots;
  return [...new Set(fields.map(({ key }) => key).filter((key) => key !== '__typename'))];
}

interface TopField {
  readonly name: string;
  readonly key: string;
  readonly below: SelectionSetNode | undefined;
}

function topFields(set: SelectionSetNode, document: DocumentNode): TopField[] {
  return set.selections.flatMap((selection): TopField[] => {
    if (selection.kind === Kind.FIELD) return [{ name: selection.name.value, key: (selection.alias ?? selection.name).value, below: selection.selectionSet }];
    if (selection.kind === Kind.INLINE_FRAGMENT) return topFields(selection.selectionSet, document);
    const fragment = document.definitions.find((definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value);
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? topFields(fragment.selectionSet, document) : [];
  });
}
