import { Kind, Lexer, Source, TokenKind, TypeInfo, getNamedType, parse, validate, visit, visitWithTypeInfo } from 'graphql';
import type { FieldNode, GraphQLError, GraphQLSchema } from 'graphql';
import { measureOperation, type Measure } from './limits';

/** A document that ships with the project, with variables as its sender would fill them in. */
export interface ShippedDocument {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export type SizeName = keyof Measure | 'tokens' | 'page' | 'bytes';
export type Sizes = Readonly<Record<SizeName, number>>;
export interface DerivedLimit {
  readonly limit: number;
  readonly largest: number;
  /** Whose size it is. */
  readonly document: string;
}
export type DerivedLimits = Readonly<Record<SizeName, DerivedLimit>>;

/** Room for what departments write themselves, and for what the next release needs. */
const FACTOR = 2;

export const SIZES: readonly SizeName[] = ['tokens', 'depth', 'aliases', 'directives', 'rootFields', 'fields', 'objects', 'breadth', 'page', 'bytes'];

/** Each limit: twice the largest of the shipped documents. @throws Error that names a document which does not fit the graph */
export function deriveLimits(documents: readonly ShippedDocument[], schema: GraphQLSchema): DerivedLimits {
  const measured = documents.map((document) => ({ name: document.name, sizes: sizesOf(document, schema) }));
  const limits = SIZES.map((size): [SizeName, DerivedLimit] => {
    const first = measured.reduce((largest, one) => (one.sizes[size] > largest.sizes[size] ? one : largest));
    return [size, { limit: FACTOR * first.sizes[size], largest: first.sizes[size], document: first.name }];
  });
  return Object.fromEntries(limits) as unknown as DerivedLimits;
}

export function sizesOf({ name, query, variables: given }: ShippedDocument, schema: GraphQLSchema): Sizes {
  const document = parse(query);
  const [error] = validate(schema, document);
  if (error) throw new Error(`gateway/documents/${name}.graphql does not fit the graph: ${placed(error)}`);
  const variables = expanded(given) as Readonly<Record<string, unknown>>;
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const measures = operations.map((operation) => measureOperation({ document, operation, variables, schema }));
  const largest = (key: keyof Measure): number => Math.max(0, ...measures.map((measure) => measure[key]));
  return {
    tokens: countTokens(query), bytes: Buffer.byteLength(JSON.stringify({ query, variables })), page: largestPage({ name, query, variables }, schema),
    depth: largest('depth'), aliases: largest('aliases'), directives: largest('directives'), rootFields: largest('rootFields'), fields: largest('fields'),
    objects: largest('objects'), breadth: largest('breadth'),
  };
}

const placed = ({ message, locations }: GraphQLError): string => `line ${locations?.[0]?.line ?? '?'}: ${message}`;

/** As graphql's parser counts them. */
function countTokens(query: string): number {
  const lexer = new Lexer(new Source(query));
  let count = 0;
  while (lexer.advance().kind !== TokenKind.EOF) count += 1;
  return count;
}

/** Figures are pulled in pages of their own size, which their service bounds. */
const OWN_PAGES = 'FigureChangeConnection';

function largestPage({ query, variables }: ShippedDocument, schema: GraphQLSchema): number {
  const types = new TypeInfo(schema);
  let page = 0;
  visit(parse(query), visitWithTypeInfo(types, {
    Field(node) {
      const type = types.getType();
      if (type && getNamedType(type).name !== OWN_PAGES) page = Math.max(page, firstOf(node, variables));
    },
  }));
  return page;
}

function firstOf({ arguments: args }: FieldNode, variables: Readonly<Record<string, unknown>>): number {
  const value = args?.find(({ name }) => name.value === 'first')?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  return value?.kind === Kind.VARIABLE ? Number(variables[value.name.value] ?? 0) : 0;
}

/** `{ "$times": 500, "of": x }`: a list of 500 x; `{ "$text": 500, "of": "字" }`: a text of 500. So 500 rows need no 500 lines. */
export function expanded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expanded);
  if (typeof value !== 'object' || value === null) return value;
  const { $times: times, $text: text, of } = value as { $times?: number; $text?: number; of?: unknown };
  if (times !== undefined) return Array.from({ length: times }, () => expanded(of));
  if (text !== undefined) return String(of).repeat(text);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expanded(inner)]));
}

/** The table as it is committed. */
export function limitsFile(limits: DerivedLimits): string {
  const rows = SIZES.map((size) => `  ${size}: { limit: ${limits[size].limit}, largest: ${limits[size].largest}, document: '${limits[size].document}' },`);
  return [
    '/**',
    ' * How large a request may be: twice the largest of gateway/documents, which is named. Written by `npm run limits` from there;',
    ' * never edited by hand. `npm run check` compares.',
    ' */',
    'export const LIMITS = {',
    ...rows,
    '} as const;',
    '',
  ].join('\n');
}
