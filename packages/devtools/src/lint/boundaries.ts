import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Finding } from './finding';

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly Violation[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string; readonly comment?: string }[] };
  };
}
interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
  readonly cycle?: readonly { readonly name: string }[];
}

/** Where the cruised tree is, and the checkout whose dependency-cruiser and rules are used. */
export interface Territory {
  readonly tree: string;
  readonly checkout: string;
  readonly folders: readonly string[];
}

/** Checks who imports whom. It runs as a process, because dependency-cruiser is ESM and looks at the working directory. */
export async function lintBoundaries({ tree, checkout, folders }: Territory): Promise<{ modules: number; findings: Finding[] }> {
  const script = join(checkout, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [script, '--config', join(checkout, '.dependency-cruiser.cjs'), '--output-type', 'json', ...folders];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: tree, maxBuffer: 200_000_000 }).catch(outputOfViolations);
  const { summary } = JSON.parse(stdout) as Cruise;
  // A parser that does not fit TypeScript makes it find nothing and report success.
  if (summary.totalCruised === 0) throw new Error('dependency-cruiser found no module at all: its parser does not work with this TypeScript');
  const advice = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]));
  return { modules: summary.totalCruised, findings: summary.violations.map((violation) => explain(violation, advice.get(violation.rule.name))) };
}

/** Newer releases end with the number of violations as exit code, and the report is on stdout all the same. */
function outputOfViolations(error: unknown): { stdout: string } {
  const { stdout, stderr } = error as { stdout?: string; stderr?: string };
  if (stdout?.startsWith('{')) return { stdout };
  throw new Error(`dependency-cruiser failed: ${stderr ?? String(error)}`);
}

function explain({ rule, from, to, cycle }: Violation, advice = ''): Finding {
  const path = cycle?.length ? cycle.map((step) => step.name).join(' → ') : to;
  return { rule: rule.name, place: from, message: `→ ${path}\n      ${advice}`.trimEnd() };
}
