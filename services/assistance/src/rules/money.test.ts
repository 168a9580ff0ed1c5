import { addAmounts, fromCents, isMoreThan, subtractAmount, toCents } from './money';

test.each([['0.00', 0n], ['0.05', 5n], ['8000.10', 800010n], ['9999999999.99', 999999999999n]])('%s is %p cents and back', (amount, cents) => {
  expect([toCents(amount), fromCents(cents)]).toEqual([cents, amount]);
});

test('sums stay exact where a float would lose cents', () => {
  expect(addAmounts('0.10', '0.20')).toBe('0.30');
  expect(addAmounts('9999999999.99', '0.01')).toBe('10000000000.00');
  expect(subtractAmount('1.00', '1.01')).toBe('-0.01');
  expect([isMoreThan('0.30', '0.30'), isMoreThan('0.31', '0.30')]).toEqual([false, true]);
});
