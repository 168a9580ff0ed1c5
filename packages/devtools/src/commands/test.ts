import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPaths, createTestEngines } from '../local/index';

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

const PROJECTS = new Set(['rules', 'service', 'e2e']);

/** `npm test [-- rules|service|e2e] [pattern…]`: everything on throw-away engines; the last line counts. */
export async function runTests(args: string[]): Promise<number> {
  const paths = checkoutPaths();
  const projects = args.filter((arg) => PROJECTS.has(arg));
  const rest = args.filter((arg) => !PROJECTS.has(arg));
  const engines = await createTestEngines(paths);
  const scratch = mkdtempSync(join(engines.dir, 'report-'));
  const report = join(scratch, 'jest.json');
  try {
    const code = await jest([...(projects.length > 0 ? ['--selectProjects', ...projects] : []), '--json', '--outputFile', report, ...rest], {
      cwd: paths.root,
      env: { ...process.env, ANJIE_TEST_DATABASE_URL: engines.databaseUrl, ANJIE_TEST_REDIS_URL: engines.redisUrl, ANJIE_TEST_DIR: engines.dir, APOLLO_TELEMETRY_DISABLED: '1' },
    });
    return tell(report, code);
  } finally {
    await engines.stop();
    rmSync(engines.dir, { recursive: true, force: true });
  }
}

function jest(args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<number> {
  return new Promise((resolve, reject) => {
    // jest prints its JSON to stdout unless an output file is named; stdout then stays empty and stderr is for people
    const child = spawn(process.execPath, [join(options.cwd, 'node_modules/jest/bin/jest.js'), '--forceExit', ...args], { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
  });
}

/** A suite that could not even load has no tests to count; it counts as one failure. */
function tell(report: string, code: number): number {
  if (!existsSync(report)) {
    console.log('0 passed, 1 failed, 0 skipped');
    return code || 1;
  }
  const result = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  console.log(`${result.numPassedTests} passed, ${failed} failed, ${result.numPendingTests + result.numTodoTests} skipped`);
  return failed > 0 ? 1 : code;
}
