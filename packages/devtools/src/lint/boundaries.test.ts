import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkoutPaths } from '../local/index';
import { lintBoundaries } from './boundaries';

/** Each rule, broken once: a file and what it imports. */
const PLANTED = [
  ['services-do-not-know-each-other', 'services/cases/src/app.ts', '../../officials/src/app'],
  ['services-do-not-know-each-other', 'services/cases/test/note.test.ts', '../../officials/src/app'],
  ['the-gateway-knows-only-the-supergraph', 'gateway/src/app.ts', '../../packages/service-kit/src/index'],
  ['the-gateway-knows-only-the-supergraph', 'gateway/src/errors.ts', '../../services/cases/src/env'],
  ['redis-knows-nobody', 'packages/redis/src/open-redis.ts', '../../contracts/src/index'],
  ['packages-know-no-service', 'packages/service-kit/src/log.ts', '../../../services/cases/src/env'],
  ['packages-know-no-service', 'test/e2e/journey.test.ts', '../../services/cases/src/env'],
  ['contracts-and-calendar-are-pure', 'packages/contracts/src/roles.ts', 'node:fs'],
  ['contracts-and-calendar-are-pure', 'packages/calendar/src/day.ts', '../../service-kit/src/index'],
  ['contracts-and-calendar-are-pure', 'packages/rulebook/src/rule.ts', 'typeorm'],
  ['rules-are-pure', 'services/cases/src/rules/closing.ts', '../notes/note-repository'],
  ['rules-are-pure', 'services/cases/src/rules/sending.ts', 'node:crypto'],
  ['resolvers-only-delegate', 'services/cases/src/notes/note-resolvers.ts', 'typeorm'],
  ['resolvers-only-delegate', 'services/officials/src/units/unit-resolvers.ts', 'node:fs'],
  ['only-repositories-touch-tables', 'services/cases/src/notes/note-repository.ts', './note.table'],
  ['testing-stays-in-tests', 'services/cases/src/worker.ts', '../../../packages/testing/src/index'],
  ['no-cycles', 'services/cases/src/notes/note-parts.ts', './note-service'],
] as const;

/** What stands around them: the other ends, and code that may do what it does. */
const AROUND: Readonly<Record<string, string>> = {
  'services/officials/src/app.ts': '',
  'services/cases/src/env.ts': '',
  'services/cases/src/database.ts': "import './notes/note.table';",
  'services/cases/src/notes/note.table.ts': "import 'typeorm';",
  'services/cases/src/notes/note-service.ts': "import type { a } from './note-parts';",
  'services/cases/src/rules/opening.ts': "import '../../../../packages/calendar/src/index';",
  'services/cases/test/open-note.test.ts': "import '../../../packages/testing/src/index';",
  'packages/calendar/src/index.ts': "import '../../contracts/src/index';",
  'packages/contracts/src/index.ts': '',
  'packages/service-kit/src/index.ts': "import 'typeorm';",
  'packages/testing/src/index.ts': "import '../../service-kit/src/index';",
  'packages/redis/src/index.ts': "import './redis-url';",
  'packages/redis/src/redis-url.ts': '',
  'gateway/src/main.ts': "import '../../packages/contracts/src/index'; import '../../packages/redis/src/index';",
  'node_modules/typeorm/package.json': '{ "name": "typeorm", "main": "index.js" }',
  'node_modules/typeorm/index.js': '',
};

let tree: string;
beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'anjie-boundaries-'));
  const files = { ...AROUND, ...Object.fromEntries(PLANTED.map(([, from, to]) => [from, `import type { a } from '${to}';\nexport type b = typeof a;`])) };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  }
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

test('every planted import is told with its rule, and nothing else is', async () => {
  const { findings } = await lintBoundaries({ tree, checkout: checkoutPaths().root, folders: ['gateway', 'services', 'packages', 'test'] });
  const told = findings.map(({ rule, place }) => `${rule} ${place}`).sort();
  expect(told).toEqual(PLANTED.map(([rule, from]) => `${rule} ${from}`).sort());
  expect(findings.every(({ message }) => /\n\s+\S.{30,}/.test(message))).toBe(true);
}, 30_000);

test('a cruise that finds no module fails instead of passing', async () => {
  mkdirSync(join(tree, 'empty'));
  await expect(lintBoundaries({ tree, checkout: checkoutPaths().root, folders: ['empty'] })).rejects.toThrow('no module at all');
}, 30_000);
