import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintBoundaries } from '../lint/boundaries';
import { tell, type Finding } from '../lint/finding';
import { lintAccess, lintSchemas } from '../lint/schema-lint';
import { readSchemas } from '../lint/schema-reading';
import { sourceFiles } from '../lint/source-files';
import { lintSources } from '../lint/source-rules';
import { checkoutPaths } from '../local/index';
import { readTopology } from '../stack/topology';
import { reportApiChanges } from './api-changes';
import { composeSupergraph } from './compose';
import { stalePages } from './docs';
import { LIMITS_SCRIPT } from './limits';
import { createSteps } from './steps';

interface Check {
  readonly name: string;
  /** What is wrong, in lines; nothing when all is well. */
  readonly run: (root: string) => Promise<readonly string[]> | readonly string[];
}

const CHECKS: readonly Check[] = [
  { name: 'types of code and tests', run: (root) => complaints(root, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.check.json', '--pretty', 'false']) },
  { name: 'lint', run: (root) => complaints(root, ['node_modules/oxlint/bin/oxlint', '--format=unix', '--deny-warnings']) },
  { name: 'words and clocks in the sources', run: (root) => told(lintSources(sourceFiles(root))) },
  { name: 'boundaries', run: boundaries },
  { name: 'schemas', run: (root) => told(lintSchemas(readSchemas(root, readTopology(root)))) },
  { name: 'access', run: (root) => told(lintAccess(readSchemas(root, readTopology(root)))) },
  { name: 'composition', run: composition },
  { name: 'pages written from the code', run: (root) => stalePages(root).map((page) => `${page} is not what the code says: run \`npm run docs\` and commit it.`) },
  { name: 'limits from the shipped documents', run: (root) => complaints(root, [LIMITS_SCRIPT, '--check']) },
  { name: 'changes of the API', run: apiOf },
];

/** `npm run check`: everything that needs no database. It goes on after a failure, and says at the end what failed. */
export async function check(args: string[]): Promise<number> {
  const { root } = checkoutPaths();
  const steps = createSteps();
  const failed: { name: string; lines: readonly string[] }[] = [];
  const wanted = CHECKS.filter(({ name }) => args.length === 0 || args.some((arg) => name.includes(arg)));
  for (const { name, run } of wanted) {
    await steps
      .run(name, async () => {
        const lines = await run(root);
        if (lines.length > 0) throw new Failed(lines);
      })
      .catch((error: unknown) => failed.push({ name, lines: error instanceof Failed ? error.lines : [error instanceof Error ? error.message : String(error)] }));
  }
  for (const { name, lines } of failed) console.error(`\n✗ ${name} (${lines.length})\n${lines.map((line) => `  ${line}`).join('\n')}`);
  const summary = failed.length === 0 ? 'all well' : `failed: ${failed.map(({ name }) => name).join(', ')}`;
  console.error(`\n${wanted.length} checks in ${steps.total()}, ${summary}`);
  return failed.length === 0 ? 0 : 1;
}

class Failed extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super('failed');
    this.lines = lines;
  }
}

function told(findings: readonly Finding[]): string[] {
  return findings.map(tell);
}

async function boundaries(root: string): Promise<string[]> {
  const { findings } = await lintBoundaries({ tree: root, checkout: root, folders: ['gateway', 'services', 'packages', 'test'] });
  return told(findings);
}

function composition(root: string): string[] {
  if (readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8') === composeSupergraph(root)) return [];
  return ['gateway/supergraph.graphql is not what services/*/schema say: run `npm run compose` and commit it.'];
}

function apiOf(root: string): readonly string[] {
  const { isBroken, lines } = reportApiChanges(root);
  if (isBroken) return lines;
  process.stderr.write(`${lines.join('\n    ')} … `);
  return [];
}

/** Lines that a tool wrote, when it was not content; paths are shown from the root. */
function complaints(root: string, [script = '', ...args]: readonly string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, script), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const lines = Buffer.concat(output).toString('utf8').replaceAll(`${root}/`, '').split('\n').filter((line) => line.trim() !== '');
      resolve(code === 0 ? [] : [...lines, `${script} ended with ${signal ?? `exit code ${code}`}`]);
    });
  });
}
