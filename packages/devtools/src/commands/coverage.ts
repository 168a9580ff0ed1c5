import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalogue } from '../mechanisms/catalogue';
import { coverageOf, coveragePage, unserved } from '../mechanisms/coverage-page';
import { servedByKinds, servedBySchemas } from '../mechanisms/served-elements';
import { readTestResults } from '../mechanisms/test-results';
import { readSchemas } from '../lint/schema-reading';
import { checkoutPaths } from '../local/index';
import { readTopology } from '../stack/topology';

const PAGE = 'docs/coverage.md';

/** `npm run coverage [-- --check]`: writes docs/coverage.md from the tests that passed last, or fails when it says something else. */
export async function coverage(args: string[]): Promise<number> {
  const { root, testResults } = checkoutPaths();
  const results = readTestResults(testResults);
  if (Object.keys(results).length === 0) {
    console.error('No test has run here: `npm test` first.');
    return 1;
  }
  const topology = readTopology(root);
  const elements = [...servedBySchemas(readSchemas(root, topology)), ...servedByKinds(root, topology.map(({ name }) => name))];
  const rows = coverageOf({ catalogue: readCatalogue(root), elements, results });
  const page = coveragePage(rows);
  const file = join(root, PAGE);
  if (!args.includes('--check')) writeFileSync(file, page);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== page) {
    console.error(`${PAGE} is not what the tests say: run \`npm run coverage\` after \`npm test\` and commit it.`);
    return 1;
  }
  console.log(`${rows.length - unserved(rows).length - rows.filter(({ out }) => out).length} of ${rows.length} rows served; not served: ${unserved(rows).map(({ row }) => row).join(', ') || 'none'}`);
  return 0;
}
