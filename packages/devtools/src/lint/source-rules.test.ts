import { withoutComments } from './source-files';
import { lintSources } from './source-rules';

const rulesBrokenBy = (path: string, text: string): string[] => lintSources([{ path, text }]).map((finding) => finding.rule);

test.each`
  path                                          | text                                           | rule
  ${'services/x/src/rules/due.ts'}              | ${'const now = Date.now();'}                   | ${'rules-know-no-clock-and-no-chance'}
  ${'services/x/src/rules/due.ts'}              | ${'const now = new Date();'}                   | ${'rules-know-no-clock-and-no-chance'}
  ${'packages/calendar/src/day.ts'}             | ${'const id = Math.random();'}                 | ${'rules-know-no-clock-and-no-chance'}
  ${'services/x/src/notes/note-repository.ts'}  | ${'const q = "WHERE due_at < NOW()";'}         | ${'sql-knows-no-clock-of-its-own'}
  ${'services/x/src/notes/note-repository.ts'}  | ${'const q = `due_at < CURRENT_TIMESTAMP`;'}   | ${'sql-knows-no-clock-of-its-own'}
  ${'services/x/src/notes/note-repository.ts'}  | ${'await notes.save(note);'}                   | ${'nothing-is-written-through-entities'}
  ${'infra/install.sh'}                         | ${'npm --registry https://REGISTRY.NPM' + 'JS.org'} | ${'nothing-of-one-machine-is-in-the-tree'}
  ${'services/x/src/string-utils.ts'}           | ${''}                                          | ${'files-are-named-after-what-they-hold'}
  ${'services/x/src/shared/note.ts'}            | ${''}                                          | ${'files-are-named-after-what-they-hold'}
  ${'services/x/schema/note.graphql'}           | ${'\n'.repeat(201)}                            | ${'schema-files-stay-short'}
`('$rule is told of $path with $text', ({ path, text, rule }: { path: string; text: string; rule: string }) => {
  expect(rulesBrokenBy(path, text)).toEqual([rule]);
});

test.each`
  path                                         | text
  ${'services/x/src/rules/due.ts'}             | ${'const day = new Date(epoch);'}
  ${'services/x/src/rules/due.ts'}             | ${'// never Date.now(): the day is an argument'}
  ${'services/x/src/rules/due.test.ts'}        | ${'const now = Date.now();'}
  ${'services/x/src/notes/note-repository.ts'} | ${'/* never NOW() */ const q = "UTC_TIMESTAMP(3)";'}
  ${'services/x/src/notes/note-service.ts'}    | ${'const url = "http://x//y"; const ok = 1;'}
  ${'services/x/schema/note.graphql'}          | ${'\n'.repeat(200)}
`('$path may hold $text', ({ path, text }: { path: string; text: string }) => {
  expect(rulesBrokenBy(path, text)).toEqual([]);
});

test('a finding names the line', () => {
  expect(lintSources([{ path: 'services/x/src/rules/due.ts', text: '/* a\n b */\nconst a = 1;\nconst now = Date.now();' }])[0]?.place).toBe('services/x/src/rules/due.ts:4');
});

test('blanking comments keeps lines, columns and texts', () => {
  expect(withoutComments('a /* x\ny */ "//z" // w')).toBe('a     \n     "//z"     ');
});
