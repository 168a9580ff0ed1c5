import { isIdNumber } from './identity-forms';

test('GB 11643-1999: an identity number has 18 characters, a real day of birth not after today and the right last character', () => {
  const judged = ['11010519491231002X', '110105194912310021', '110105194902290020', '110105491231002', '11010519491231002x'];
  expect(judged.map((text) => isIdNumber(text, '2026-01-01'))).toEqual([true, false, false, false, false]);
  expect(isIdNumber('11010519491231002X', '1949-12-30')).toBe(false);
});
