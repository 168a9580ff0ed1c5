import type { Mechanism } from './catalogue';
import { rowsOfTest, sentenceOf } from './rows-in-text';
import type { ServedElement } from './served-elements';
import type { TestResults } from './test-results';

export interface CoverageFacts {
  readonly catalogue: readonly Mechanism[];
  readonly elements: readonly ServedElement[];
  readonly results: TestResults;
}

export interface RowCoverage extends Mechanism {
  readonly elements: readonly string[];
  /** Tests that passed: `file: sentence`. */
  readonly tests: readonly string[];
}

const MOST_SHOWN = 6;

/** What serves each row. A row is served when a test that says it exercises the row has passed; a description alone serves nothing. */
export function coverageOf({ catalogue, elements, results }: CoverageFacts): RowCoverage[] {
  const tests = Object.entries(results).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([file, found]) =>
    found.filter(({ hasPassed }) => hasPassed).flatMap(({ title }) => rowsOfTest(title).map((row) => ({ row, text: `\`${file}\`: ${sentenceOf(title)}` }))));
  return catalogue.map((mechanism) => ({
    ...mechanism,
    elements: [...new Set(elements.filter(({ rows }) => rows.includes(mechanism.row)).map(({ name }) => name))].sort(),
    tests: [...new Set(tests.filter(({ row }) => row === mechanism.row).map(({ text }) => text))],
  }));
}

export const unserved = (rows: readonly RowCoverage[]): RowCoverage[] => rows.filter(({ out, tests }) => out === undefined && tests.length === 0);

export function coveragePage(rows: readonly RowCoverage[]): string {
  const out = rows.filter((one) => one.out !== undefined);
  const missing = unserved(rows);
  const served = rows.filter((one) => one.out === undefined && one.tests.length > 0);
  return [
    '# What serves which mechanism',
    '',
    'Written by `npm run coverage` from the tests that passed; never edited by hand. The rows are those of [catalogue.yaml](catalogue.yaml): everything that the five source',
    'documents name. A row is served when a test that exercises it has passed; what the schema says of itself stands beside it and serves nothing alone.',
    '',
    `${served.length} of ${rows.length} rows are served, ${out.length} ${out.length === 1 ? 'is' : 'are'} not built on purpose, ${missing.length} ${missing.length === 1 ? 'is' : 'are'} not served yet.`,
    '',
    '## Not built',
    ...(out.length === 0 ? ['None.'] : out.map(({ row, zh, out: reason }) => `- **${row}** ${zh} — ${reason}`)),
    '',
    '## Not served yet',
    ...(missing.length === 0 ? ['None.'] : missing.map(({ row, zh, elements }) => `- **${row}** ${zh}${elements.length > 0 ? ` (in the schema: ${elements.join(', ')}; no test)` : ''}`)),
    '',
    '## Served',
    '',
    '| row | mechanism | in the graph | tests |',
    '|---|---|---|---|',
    ...served.map((one) => `| ${one.row} | ${cell(one.zh)}${one.limit ? ` (permitted form: ${cell(one.limit)})` : ''} | ${cell(some(one.elements.map((name) => `\`${name}\``), ', '))} | ${cell(some(one.tests, '<br>'))} |`),
    '',
  ].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
const some = (all: readonly string[], between: string): string => [...all.slice(0, MOST_SHOWN), ...(all.length > MOST_SHOWN ? [`and ${all.length - MOST_SHOWN} more`] : [])].join(between);
