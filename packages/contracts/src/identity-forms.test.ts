import { isIdNumber, isPhone, normaliseIdNumber, normalisePhone } from './identity-forms';

const isGood = (text: string) => isIdNumber(normaliseIdNumber(text), '2022-09-27');

test.each(['11010519491231002X', '440524188001010014', '11010519491231002x', '１１０１０５１９４９１２３１００２Ｘ', ' 110105 19491231 002X ', '110105-19491231-002X'])(
  'GB 11643: %s is an ID number, however it is typed', (text) => {
    expect(isGood(text)).toBe(true);
    expect(normaliseIdNumber(text)).toMatch(/^\d{17}[\dX]$/);
  },
);

test.each([
  ['a wrong check character', '110105194912310021'], ['the old 15 digits', '110105491231002'], ['30 February', '110105194902300024'], ['29 February of a common year', '110105194902290020'],
  ['month 13', '110105194913310029'], ['a first digit 0', '010105194912310020'], ['17 digits', '11010519491231002'], ['19 characters', '11010519491231002XX'],
  ['a letter inside', '1101051949123100AX'], ['nothing', ''], ['a line break behind it', '11010519491231002X\u0000'],
])('GB 11643: %s is refused', (_what, text) => {
  expect(isGood(text)).toBe(false);
});

const withCheck = (body: string): string => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return body + '10X98765432'[weights.reduce((sum, weight, i) => sum + weight * Number(body[i]), 0) % 11];
};

test.each([['2022-09-27', true], ['2022-09-28', false], ['2000-02-29', true], ['1900-02-29', false], ['1849-12-31', false], ['1850-01-01', true]])(
  'GB 11643: born on %s, seen on 2022-09-27: %s', (born, isRight) => {
    expect(isGood(withCheck(`640000${born.replaceAll('-', '')}001`))).toBe(isRight);
  },
);

test('GB 11643: every single wrong digit is noticed', () => {
  const good = '11010519491231002X';
  const changed = Array.from({ length: 17 * 10 }, (_unused, n) => `${good.slice(0, Math.floor(n / 10))}${n % 10}${good.slice(Math.floor(n / 10) + 1)}`);
  expect(new Set(changed.filter(isGood))).toEqual(new Set([good]));
});

test.each([['+86 138-1234-1234', '13812341234'], ['008613812341234', '13812341234'], ['１３８１２３４１２３４', '13812341234'], ['(0951) 6012345', '09516012345'], ['8613', '8613']])(
  'phone %s is kept as %s', (typed, kept) => {
    expect(normalisePhone(typed)).toBe(kept);
  },
);

test('what a phone number is', () => {
  expect(['13812341234', '09516012345', '6012345', '60123456'].map(isPhone)).toEqual([true, true, true, true]);
  expect(['1381234123', '12', '', '1381234123a'].map(isPhone)).toEqual([false, false, false, false]);
});
