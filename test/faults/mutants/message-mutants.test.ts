import { readdirSync } from 'node:fs';
import { findOut } from './find-out';
import { DEADLINE_AND_CLIENT_MUTANTS, MESSAGE_MUTANTS, POISON_AND_ORDER_MUTANTS } from './mutants';

test('each patch is tried', () => {
  const tried = [...MESSAGE_MUTANTS, ...POISON_AND_ORDER_MUTANTS, ...DEADLINE_AND_CLIENT_MUTANTS].map(({ patch }) => patch);
  expect(readdirSync(__dirname).filter((name) => name.endsWith('.patch')).sort()).toEqual(tried.sort());
});

findOut(MESSAGE_MUTANTS);
