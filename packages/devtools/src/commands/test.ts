import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepTestResults } from '../mechanisms/test-results';
import { checkoutPaths, createTestEngines, type TestEngines } from '../local/index';

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

const PROJECTS = ['rules', 'service', 'e2e', 'smoke', 'security-fast', 'security', 'storms', 'faults', 'fault-mutants'] as const;
type Project = (typeof PROJECTS)[number];
/** Long: only when they are asked for by name. */
const ONLY_BY_NAME: readonly Project[] = ['security', 'storms', 'faults', 'fault-mutants'];
/** The storms want the machine for themselves; the other promises wait more than they work. */
const TOGETHER: Readonly<Partial<Record<Project, readonly Project[]>>> = { faults: ['storms', 'fault-mutants'] };

/**
 * Rules and services run side by side; the journeys one after the other, because they share a running system, its clock
 * and its statement log.
 */
const PHASES: readonly { readonly projects: readonly Project[]; readonly workers: number }[] = [
  { projects: ['rules', 'service'], workers: 2 },
  { projects: ['e2e'], workers: 1 },
  { projects: ['smoke'], workers: 1 },
  { projects: ['security-fast'], workers: 2 },
  { projects: ['security'], workers: 1 },
  { projects: ['storms'], workers: 1 },
  { projects: ['faults', 'fault-mutants'], workers: 2 },
];

/** `npm test [-- rules|service|e2e|smoke|security-fast|security|faults] [pattern…]`: everything on throw-away engines; the last line counts. */
export async function runTests(args: string[]): Promise<number> {
  const paths = checkoutPaths();
  const named = PROJECTS.filter((project) => args.includes(project));
  const chosen = [...named, ...named.flatMap((project) => TOGETHER[project] ?? [])];
  const rest = args.filter((arg) => !PROJECTS.some((project) => project === arg));
  const engines = await createTestEngines(paths);
  try {
    const env = { ...process.env, ...environmentOf(engines) };
    const counts: Counts[] = [];
    for (const { projects, workers } of PHASES) {
      const selected = projects.filter((project) => (chosen.length === 0 ? !ONLY_BY_NAME.includes(project) : chosen.includes(project)));
      if (selected.length === 0) continue;
      const report = join(engines.dir, `${selected.join('-')}.json`);
      const code = await jest(['--maxWorkers', String(workers), '--passWithNoTests', '--json', '--outputFile', report, ...rest, '--selectProjects', ...selected], { cwd: paths.root, env });
      keepTestResults(paths.testResults, paths.root, report);
      counts.push(countsOf(report, code));
    }
    return tell(counts);
  } finally {
    await engines.stop();
    rmSync(engines.dir, { recursive: true, force: true });
  }
}

/** Temporary files of tests stay in the run's folder; only socket addresses, which must be short, may need the system's. */
const environmentOf = (engines: TestEngines): NodeJS.ProcessEnv => ({
  ANJIE_TEST_DATABASE_URL: engines.databaseUrl,
  ANJIE_TEST_REDIS_URL: engines.redisUrl,
  ANJIE_TEST_DIR: engines.dir,
  APOLLO_TELEMETRY_DISABLED: '1',
  TMPDIR: engines.dir,
  ANJIE_SOCKET_DIR: process.env['ANJIE_SOCKET_DIR'] ?? tmpdir(),
});

function jest(args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<number> {
  return new Promise((resolve, reject) => {
    // jest prints its JSON to stdout unless an output file is named; stdout then stays empty and stderr is for people
    const child = spawn(process.execPath, [join(options.cwd, 'node_modules/jest/bin/jest.js'), '--forceExit', ...args], { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
  });
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A suite that could not even load, and a run that ended without a report, count as a failure. */
function countsOf(report: string, code: number): Counts {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return { passed: result.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, skipped: result.numPendingTests + result.numTodoTests };
}

function tell(counts: readonly Counts[]): number {
  const sum = (of: keyof Counts): number => counts.reduce((total, one) => total + one[of], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
}
