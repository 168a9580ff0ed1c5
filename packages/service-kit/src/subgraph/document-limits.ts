import { GraphQLError, Kind, parse, visit, type DocumentNode, type SelectionSetNode } from 'graphql';
import { AppError, LIMITS } from '@anjie/contracts';

/**
 * The second lock behind the gateway's, and looser: a plan spreads fragments out, adds keys and aliases of its own, and knows lists
 * without paging only by an estimate.
 */
export const SUBGRAPH_LIMITS = {
  tokens: 12 * LIMITS.fields.limit,
  depth: LIMITS.depth.limit + 3,
  aliases: LIMITS.fields.limit,
  representations: 2 * LIMITS.breadth.limit,
} as const;

const REMEMBER_MAX = 500;
const REMEMBER_LENGTH = 50_000;

/** Looks at a request before anything of it runs. Plans repeat, so a text that passed is not looked at again. @throws AppError QUERY_TOO_LARGE */
export function createRequestGate(): (body: unknown) => void {
  const passed = new Set<string>();
  return (body) => {
    const { query, variables } = (body ?? {}) as { query?: unknown; variables?: { representations?: unknown } | null };
    const given = variables?.representations;
    if (Array.isArray(given) && given.length > SUBGRAPH_LIMITS.representations) throw new AppError('QUERY_TOO_LARGE');
    // what is no text, Apollo refuses
    if (typeof query !== 'string' || passed.has(query)) return;
    const document = parseBounded(query);
    if (document && isTooLarge(document)) throw new AppError('QUERY_TOO_LARGE');
    if (query.length > REMEMBER_LENGTH) return;
    if (passed.size >= REMEMBER_MAX) passed.clear();
    passed.add(query);
  };
}

function parseBounded(query: string): DocumentNode | undefined {
  try {
    return parse(query, { maxTokens: SUBGRAPH_LIMITS.tokens, noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError && /more that \d+ tokens/.test(error.message)) throw new AppError('QUERY_TOO_LARGE');
    return undefined;
  }
}

function isTooLarge(document: DocumentNode): boolean {
  let [aliases, inline] = [0, 0];
  visit(document, {
    Field: ({ alias }) => void (aliases += alias ? 1 : 0),
    Argument: ({ name, value }) => void (inline += name.value === 'representations' && value.kind === Kind.LIST ? value.values.length : 0),
  });
  return aliases > SUBGRAPH_LIMITS.aliases || inline > SUBGRAPH_LIMITS.representations || depthOf(document) > SUBGRAPH_LIMITS.depth;
}

/** Deepest field, fragments spread out; a cycle ends where it began, and validation refuses it. */
function depthOf({ definitions }: DocumentNode): number {
  const fragments = new Map(definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet] as const] : [])));
  const known = new Map<string, number>();
  const depthIn = (set: SelectionSetNode | undefined): number => Math.max(0, ...(set?.selections ?? []).map((selection) => {
    if (selection.kind === Kind.FIELD) return 1 + depthIn(selection.selectionSet);
    if (selection.kind === Kind.INLINE_FRAGMENT) return depthIn(selection.selectionSet);
    const name = selection.name.value;
    const found = known.get(name);
    if (found !== undefined) return found;
    known.set(name, 0);
    const depth = depthIn(fragments.get(name));
    known.set(name, depth);
    return depth;
  }));
  return Math.max(0, ...definitions.map((one) => (one.kind === Kind.OPERATION_DEFINITION ? depthIn(one.selectionSet) : 0)));
}
