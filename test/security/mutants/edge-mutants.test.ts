import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOut } from './find-out';
import { EDGE_MUTANTS, guardTable, ROW_MUTANTS } from './mutants';

test('each patch is tried', () => {
  const tried = [...EDGE_MUTANTS, ...ROW_MUTANTS].map(({ patch }) => patch).filter((patch) => !patch.includes('/'));
  expect(readdirSync(__dirname).filter((name) => name.endsWith('.patch')).sort()).toEqual([...new Set(tried)].sort());
});
test('the table of guards in README.md is this one', () => {
  expect(readFileSync(join(__dirname, 'README.md'), 'utf8')).toContain(guardTable());
});

findOut(EDGE_MUTANTS);
