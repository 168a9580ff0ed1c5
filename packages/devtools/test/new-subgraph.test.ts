import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { composeSupergraph } from '../src/commands/compose';
import { writeMigration } from '../src/commands/new-migration';
import { complaintAbout, generateSubgraph } from '../src/commands/new-subgraph';
import { lintBoundaries } from '../src/lint/boundaries';
import { lintSchemas } from '../src/lint/schema-lint';
import { readSchemas } from '../src/lint/schema-reading';
import { checkoutPaths } from '../src/local/index';
import { readTopology } from '../src/stack/topology';

const NAME = 'hotline';
const LEFT_BEHIND = new Set(['.git', '.anjie', 'dist', 'generated', 'node_modules']);

let tree: string;
beforeAll(() => {
  const { root, state } = checkoutPaths();
  mkdirSync(join(state, 't'), { recursive: true });
  tree = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? join(state, 't'), 'tree-'));
  copyOf(root);
  generateSubgraph(tree, NAME);
  // What `pnpm install` would link, without asking a registry.
  cpSync(join(root, 'services/officials/node_modules'), join(tree, 'services', NAME, 'node_modules'), { recursive: true, verbatimSymlinks: true });
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** Sources as they are, members' node_modules as the links they are, and the store of packages by reference. */
function copyOf(root: string): void {
  const isSource = (path: string): boolean => !LEFT_BEHIND.has(basename(path)) && !path.endsWith('.tsbuildinfo');
  for (const entry of readdirSync(root).filter(isSource)) cpSync(join(root, entry), join(tree, entry), { recursive: true, filter: isSource });
  // The checkout around it ignores .anjie, and so would the linter.
  mkdirSync(join(tree, '.git'));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  for (const member of readdirSync(join(root, 'packages'))) {
    const links = join('packages', member, 'node_modules');
    if (existsSync(join(root, links))) cpSync(join(root, links), join(tree, links), { recursive: true, verbatimSymlinks: true });
  }
}

async function run(...args: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: tree, maxBuffer: 50_000_000 }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${args.join(' ')} failed:\n${error.stdout}\n${error.stderr}`);
  });
  return stdout + stderr;
}

test('it is listed where services are listed, on the next port', () => {
  expect(readTopology(tree).at(-1)).toEqual({ name: NAME, url: 'http://127.0.0.1:4005', schema: `services/${NAME}/schema` });
  expect(readFileSync(join(tree, 'packages/contracts/src/services.ts'), 'utf8')).toContain(`'assistance', '${NAME}'] as const`);
  const { references } = JSON.parse(readFileSync(join(tree, 'tsconfig.build.json'), 'utf8')) as { references: { path: string }[] };
  expect(references.at(-1)).toEqual({ path: `services/${NAME}` });
});

test('it composes with the others, and its schema keeps the rules', () => {
  writeFileSync(join(tree, 'gateway/supergraph.graphql'), composeSupergraph(tree));
  expect(readFileSync(join(tree, 'gateway/supergraph.graphql'), 'utf8')).toContain('type HotlineEntry');
  const own = readSchemas(tree, readTopology(tree)).filter(({ name }) => name === NAME);
  expect(lintSchemas(own)).toEqual([]);
});

test('it has types from its schema, compiles, keeps the boundaries and passes its own tests', async () => {
  const { file, isListed } = writeMigration(join(tree, 'services', NAME), 'create-calls', 1_767_225_600_000);
  expect([file, isListed]).toEqual(['1767225600001-create-calls.ts', true]);
  await run('packages/devtools/codegen.mjs');
  await run('node_modules/typescript/bin/tsc', '-b', `services/${NAME}`);
  await run('node_modules/oxlint/bin/oxlint', '--deny-warnings', `services/${NAME}`);
  const { findings } = await lintBoundaries({ tree, checkout: checkoutPaths().root, folders: [`services/${NAME}`] });
  expect(findings).toEqual([]);
  const output = await run('node_modules/jest/bin/jest.js', '--selectProjects', 'service', '--testPathPatterns', `services/${NAME}`, '--testNamePattern', 'an entry|an id', '--forceExit');
  expect(output).toContain('2 passed');
}, 120_000);

test.each(['officials', 'gateway', 'x', 'Hotline', 'hot-line', ''])('the name "%s" is refused', (name) => {
  expect(complaintAbout(checkoutPaths().root, name)).toBeDefined();
});
