import { readdirSync } from 'node:fs';
import { findOut } from './find-out';
import { EDGE_MUTANTS, ROW_MUTANTS } from './mutants';

test('each patch is tried', () => {
  const tried = [...EDGE_MUTANTS, ...ROW_MUTANTS].map(({ patch }) => patch).filter((patch) => !patch.includes('/'));
  expect(readdirSync(__dirname).filter((name) => name.endsWith('.patch')).sort()).toEqual([...new Set(tried)].sort());
});

findOut(EDGE_MUTANTS);
