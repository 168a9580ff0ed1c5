import { buildSchema } from 'graphql';
import { deriveLimits, expanded, limitsFile, sizesOf } from './derive-limits';

const schema = buildSchema(`
  type Query { cases(first: Int): CaseConnection! changes(first: Int): FigureChangeConnection! me: Case }
  type CaseConnection { nodes: [Case!]! }
  type FigureChangeConnection { nodes: [Case!]! }
  type Case { id: ID! cases(first: Int): CaseConnection! units: [Case!]! }
`);
const size = (query: string, variables = {}) => sizesOf({ name: 'x', query, variables }, schema);

test.each([
  ['{ me { id } }', {}, { tokens: 6, depth: 2, fields: 2, rootFields: 1, objects: 1, breadth: 1, aliases: 0, directives: 0, page: 0 }],
  ['{ a: me { b: id @skip(if: false) } }', {}, { aliases: 2, directives: 1, rootFields: 1 }],
  ['{ cases(first: 7) { nodes { id } } }', {}, { objects: 14, breadth: 7, page: 7 }],
  ['query ($n: Int) { cases(first: $n) { nodes { id } } }', { n: 9 }, { objects: 18, breadth: 9, page: 9 }],
  ['{ cases(first: 3) { nodes { cases(first: 4) { nodes { id } } } } }', {}, { breadth: 12, objects: 30, page: 4 }],
  ['{ cases(first: 3) { nodes { units { id } me: cases(first: 2) { nodes { id } } } } }', {}, { breadth: 15 }],
  ['{ changes(first: 500) { nodes { id } } }', {}, { page: 0, objects: 1_000 }],
  ['query A { me { id } } query B { a: me { id } b: me { id } }', {}, { rootFields: 2, aliases: 2, fields: 4 }],
  ['# a comment is no token\n{ me { id } }', {}, { tokens: 6 }],
  ['{ me { ...F ...F } } fragment F on Case { id }', {}, { fields: 3 }],
])('%s', (query, variables, expected) => {
  expect(size(query, variables)).toMatchObject(expected);
});

test('each limit is twice the largest, and names its document', () => {
  const limits = deriveLimits([{ name: 'small', query: '{ me { id } }', variables: {} }, { name: 'deep', query: '{ me { cases(first: 2) { nodes { id } } } }', variables: {} }], schema);
  expect(limits.depth).toEqual({ limit: 8, largest: 4, document: 'deep' });
  expect(limits.rootFields).toEqual({ limit: 2, largest: 1, document: 'small' });
  expect(limitsFile(limits)).toContain("  depth: { limit: 8, largest: 4, document: 'deep' },");
});

test('a document that does not fit the graph is named with its line', () => {
  expect(() => size('{\n  nobody\n}')).toThrow('gateway/documents/x.graphql does not fit the graph: line 2: Cannot query field "nobody"');
});

test('long lists and texts are written short', () => {
  expect(expanded({ rows: { $times: 2, of: { a: { $text: 3, of: '字' } } }, b: [1, null], c: true })).toEqual({ rows: [{ a: '字字字' }, { a: '字字字' }], b: [1, null], c: true });
});
