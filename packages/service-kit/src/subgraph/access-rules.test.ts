import { parse } from 'graphql';
import { keysOf, readAccess } from './access-rules';

const DIRECTIVE = 'directive @access(rule: String!) on OBJECT | FIELD_DEFINITION\n';
const messages = (sdl: string): string[] => readAccess(parse(DIRECTIVE + sdl)).findings.map(({ message }) => message);

test('a type, a reference and a root field without a rule are told, each by its name', () => {
  expect(messages(`
    type Query { visit(id: ID!): Visit  visits: [Visit!]! @access(rule: "CASE") }
    type Mutation { planVisit: Visit }
    type Visit @key(fields: "id") { id: ID! }
    type Note { text: String! }
  `)).toEqual([
    'Query.visit has no @access(rule:), so nobody has decided who reaches it',
    'Mutation.planVisit has no @access(rule:), so nobody has decided who reaches it',
    'Visit has no @access(rule:), so nobody has decided who reaches it',
    'Note has no @access(rule:), so nobody has decided who reaches it',
  ]);
});

test('a word that is no rule, and a key that opens a part of something else', () => {
  expect(messages('type A @access(rule: "EVERYBODY") { id: ID! }')).toEqual([expect.stringMatching(/^A: there is no access rule EVERYBODY; there are DIRECTORY, CASE,/)]);
  expect(messages('type A @key(fields: "id") @access(rule: "PART") { id: ID! }')).toEqual(['A can be asked for by its key, and PART does not say who may see it']);
  expect(messages('type A @access(rule: "PART") { id: ID! }')).toEqual([]);
});

test('what wraps rows is a part of them; an extension has the rule of its type', () => {
  const { table, findings } = readAccess(parse(`${DIRECTIVE}
    extend type Case { visits: VisitConnection! }
    type Case @key(fields: "id") @access(rule: "CASE") { id: ID! }
    type VisitConnection { totalCount: Int! }
    extend type Query { cases: VisitConnection! @access(rule: "CASE") }
  `));
  expect(findings).toEqual([]);
  expect([...table]).toEqual([['Case', 'CASE'], ['VisitConnection', 'PART'], ['Query.cases', 'CASE']]);
});

test('the parts of a key', () => {
  expect([...keysOf(parse('type R @key(fields: "campaignId divisionCode") @key(fields: "id") { id: ID! }'))]).toEqual([['R', ['campaignId', 'divisionCode', 'id']]]);
});
