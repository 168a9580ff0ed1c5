import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

export interface TestResult {
  readonly title: string;
  readonly hasPassed: boolean;
}
/** File of tests, relative to the checkout → what came of each. */
export type TestResults = Readonly<Record<string, readonly TestResult[]>>;

interface JestReport {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly { readonly title: string; readonly status: string }[] }[];
}

export const readTestResults = (file: string): TestResults => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TestResults) : {});

/** Keeps what jest reported, file by file: a run of a few files leaves what is known of the others. */
export function keepTestResults(file: string, root: string, report: string): void {
  if (!existsSync(report)) return;
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
  const fresh = testResults.map(({ name, assertionResults }) => [relative(root, name), assertionResults.map(({ title, status }) => ({ title, hasPassed: status === 'passed' }))] as const);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...readTestResults(file), ...Object.fromEntries(fresh) }));
}
