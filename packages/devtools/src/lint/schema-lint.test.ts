import { parse, Source } from 'graphql';
import { lintSchemas } from './schema-lint';

const OFFICE = '"单位: u." type Unit @key(fields: "id") { "id" id: ID! } "干部: o." type Official @key(fields: "id") { "id" id: ID! }';
const OBLIGATION = `${OFFICE} "义务人" union Obligor = Unit | Official "义务" type Obligation { "who owes it" obligor: Obligor! }`;
const REFUSAL = '"拒绝" type NoteRefusal { "why" message: String! } "结果" union NoteResult = Note | NoteRefusal "记事" type Note @key(fields: "id") { "id" id: ID! }';

const broken = (subgraph: string, sdl: string): string[] =>
  lintSchemas([{ name: subgraph, document: parse(new Source(sdl, `services/${subgraph}/schema/note.graphql`)) }]).map((finding) => finding.rule);

test.each`
  rule                                        | subgraph         | sdl
  ${'everything-is-described'}                | ${'cases'}       | ${'type Note { "a" a: Int }'}
  ${'everything-is-described'}                | ${'cases'}       | ${'"记事" type Note { a: Int }'}
  ${'everything-is-described'}                | ${'cases'}       | ${'"类别" enum Kind { A }'}
  ${'everything-is-described'}                | ${'cases'}       | ${'"筛选" input NoteFilter { a: Int }'}
  ${'everything-is-described'}                | ${'cases'}       | ${'extend type Query { "notes" note(year: Int): Int }'}
  ${'a-type-begins-with-its-chinese-term'}    | ${'cases'}       | ${'"A note." type Note { "a" a: Int }'}
  ${'no-tracking-of-persons'}                 | ${'cases'}       | ${'"人员" type Case { "分值" riskScore: Int }'}
  ${'no-tracking-of-persons'}                 | ${'cases'}       | ${'"人员" type WatchList { "a" a: Int }'}
  ${'no-tracking-of-persons'}                 | ${'cases'}       | ${'"人员" enum Mark { "名单" BLACK_LIST }'}
  ${'no-tracking-of-persons'}                 | ${'cases'}       | ${'"人员" type Case { "last seen" whereabouts: String }'}
  ${'no-tracking-of-persons'}                 | ${'cases'}       | ${'"人员" type Case { "亲人" relativeIds: String }'}
  ${'no-tracking-of-persons'}                 | ${'cases'}       | ${'"重点人员: somebody" type Person { "a" a: Int }'}
  ${'no-tracking-of-persons'}                 | ${'cases'}       | ${'"责任" type Duty { "稳控责任" a: Int }'}
  ${'an-obligor-is-a-unit-or-an-official'}    | ${'supervision'} | ${OBLIGATION.replace('Unit | Official', 'Unit | Official | Citizen')}
  ${'an-obligor-is-a-unit-or-an-official'}    | ${'supervision'} | ${OBLIGATION.replace('obligor: Obligor!', 'obligor: Unit!')}
  ${'an-obligor-is-a-unit-or-an-official'}    | ${'supervision'} | ${OFFICE}
  ${'supervision-knows-no-petitioner'}        | ${'supervision'} | ${`${OBLIGATION} "提醒" type Reminder { "whom" to: Petitioner }`}
  ${'a-petitioner-is-no-entity'}              | ${'cases'}       | ${'"信访人" type Petitioner @key(fields: "ref") { "ref" ref: ID! }'}
  ${'a-petitioner-is-no-entity'}              | ${'cases'}       | ${'extend type Query { "one" somebody(id: ID!): Petitioner }'}
  ${'a-petitioner-is-no-entity'}              | ${'cases'}       | ${'extend type Query { "all" everybody: PetitionerConnection }'}
  ${'a-petitioner-is-no-entity'}              | ${'cases'}       | ${'"信访人" type Petitioner { "what they did" petitions: PetitionConnection }'}
  ${'nobody-is-looked-up'}                    | ${'cases'}       | ${'extend type Query { "notes" notes("号" idNumber: String): Int }'}
  ${'nobody-is-looked-up'}                    | ${'cases'}       | ${'extend type Query { "notes" notes("f" filter: F): Int } "筛选" input F { "人" petitionerName: String }'}
  ${'nobody-is-looked-up'}                    | ${'cases'}       | ${'extend type Query { "notes" notes("f" filter: F): Int } "筛选" input F { "in" inner: G "again" more: F } "筛选" input G { "号" idNumber: String }'}
  ${'a-mutation-has-one-input-and-a-refusal'} | ${'cases'}       | ${`extend type Mutation { "add" addNote("text" text: String!): NoteResult! } ${REFUSAL}`}
  ${'a-mutation-has-one-input-and-a-refusal'} | ${'cases'}       | ${`extend type Mutation { "add" addNote(input: I!): NoteResult! } "入" input I { "t" text: String } ${REFUSAL}`}
  ${'a-mutation-has-one-input-and-a-refusal'} | ${'cases'}       | ${`extend type Mutation { "add" addNote(input: I!): Note! } "入" input I { "k" idempotencyKey: String! } ${REFUSAL}`}
  ${'a-list-is-a-connection'}                 | ${'cases'}       | ${'"信访事项" type Case @key(fields: "id") { "id" id: ID! "others" related: [Case!]! }'}
`('$rule: $sdl', ({ rule, subgraph, sdl }: { rule: string; subgraph: string; sdl: string }) => {
  expect(broken(subgraph, sdl)).toEqual([rule]);
});

test.each`
  what                                   | subgraph         | sdl
  ${'a described type'}                  | ${'cases'}       | ${'"记事: a note." type Note { "text" text(first: Int, after: String): String }'}
  ${'a duty of units and officials'}     | ${'supervision'} | ${OBLIGATION}
  ${'a mutation that can refuse'}        | ${'cases'}       | ${`extend type Mutation { "add" addNote(input: I!): NoteResult! } "入" input I { "k" idempotencyKey: String! } ${REFUSAL}`}
  ${'a batch that refuses item by item'} | ${'cases'}       | ${`extend type Mutation { "add" addNotes(input: I!): Added! } "结果" type Added { "r" results: [NoteResult!]! } "入" input I { "k" idempotencyKey: String! } ${REFUSAL}`}
  ${'rows of a connection'}              | ${'cases'}       | ${'"信访事项" type Case @key(fields: "id") { "id" id: ID! } "列表" type CaseConnection { "rows" nodes: [Case!]! }'}
  ${'a list of plain values'}            | ${'cases'}       | ${'"信访事项" type Case @key(fields: "id") { "id" id: ID! "days" days: [Int!]! }'}
`('$what is fine', ({ subgraph, sdl }: { subgraph: string; sdl: string }) => {
  expect(broken(subgraph, sdl)).toEqual([]);
});

test('a finding names file and line', () => {
  const document = parse(new Source('"记事"\ntype Note {\n  text: String\n}', 'services/cases/schema/note.graphql'));
  expect(lintSchemas([{ name: 'cases', document }])[0]?.place).toBe('services/cases/schema/note.graphql:3');
});
