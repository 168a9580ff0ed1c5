import { composeServices } from '@apollo/composition';
import { parse, printSchema } from 'graphql';
import { apiSchemaOf, compareApis, sectionOf } from './api-schema';

const SDL = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible"])
  enum State { OPEN CLOSED }
  type Case @key(fields: "id") { id: ID! state: State! title(long: Boolean): String secret: Int @inaccessible old: Int @deprecated(reason: "no") }
  type Query { case(id: ID!): Case }`;

const supergraph = (sdl: string): string => {
  const { supergraphSdl, errors } = composeServices([{ name: 'cases', url: 'http://x', typeDefs: parse(sdl) }]);
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
};
const changes = (edit: (sdl: string) => string, accepted = '') => compareApis(apiSchemaOf(supergraph(SDL)), apiSchemaOf(supergraph(edit(SDL))), accepted);
const said = (list: readonly { description: string }[]): string[] => list.map((one) => one.description);

test('the API is what clients see: no joins, nothing inaccessible', () => {
  const api = printSchema(apiSchemaOf(supergraph(SDL)));
  expect(api).not.toMatch(/join__|link__|secret|@key/);
  expect(api).toContain('old: Int @deprecated(reason: "no")');
  expect(api).toContain('case(id: ID!): Case');
});

test.each`
  what                        | edit                                                              | description
  ${'a field removed'}        | ${(s: string) => s.replace('state: State!', '')}                  | ${'Case.state was removed.'}
  ${'an argument made to be'} | ${(s: string) => s.replace('long: Boolean', 'long: Boolean!')}    | ${'Case.title arg long has changed type from Boolean to Boolean!.'}
  ${'a field made nullable'}  | ${(s: string) => s.replace('state: State!', 'state: State')}      | ${'Case.state changed type from State! to State.'}
  ${'a field hidden'}         | ${(s: string) => s.replace('state: State!', 'state: State! @inaccessible')} | ${'Case.state was removed.'}
`('$what breaks clients', ({ edit, description }: { edit: (sdl: string) => string; description: string }) => {
  expect(said(changes(edit).breaking)).toContain(description);
  const announced = changes(edit, `- ${description}`);
  expect(said(announced.breaking)).not.toContain(description);
  expect(said(announced.accepted)).toContain(description);
});

test('a new enum value is risky and not breaking', () => {
  const { breaking, risky } = changes((sdl) => sdl.replace('CLOSED', 'CLOSED REOPENED'));
  expect([breaking, said(risky)]).toEqual([[], ['REOPENED was added to enum type State.']]);
});

test('what is only added is neither', () => {
  expect(changes((sdl) => sdl.replace('old: Int', 'new: Int old: Int'))).toEqual({ breaking: [], accepted: [], risky: [] });
});

test('an announcement counts for its version only', () => {
  const text = '# x\n## 0.2.0\n- Case.b was removed.\n## 0.1.0\n- Case.a was removed.\n';
  expect([sectionOf('0.2.0', text).trim(), sectionOf('0.1.0', text).trim(), sectionOf('0.3.0', text)]).toEqual(['- Case.b was removed.', '- Case.a was removed.', '']);
});
