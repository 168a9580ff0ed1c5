import { budget, defaultBudgets } from './budgets';

test.each([['500000/60', { points: 500_000, seconds: 60 }], ['1/1', { points: 1, seconds: 1 }]])('%s is a budget', (text, read) => {
  expect(budget.parse(text)).toEqual(read);
});
test.each(['', '60', '0/60', '10/0', '-1/60', '1e9/60', '10/60/1', '10 / 60'])('%j is none', (text) => {
  expect(budget.safeParse(text).success).toBe(false);
});
test('private instances meet no limit, production does', () => {
  expect(defaultBudgets('PRODUCTION').viewer.points).toBeLessThan(defaultBudgets('TEST').viewer.points);
  expect(defaultBudgets('DEMO')).toEqual(defaultBudgets('TEST'));
});
