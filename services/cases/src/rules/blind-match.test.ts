import { isSameMatter, nameableDivisions, namedOffices } from './blind-match';
import { MINIMA } from './minhash';

test.each([
  ['a county for a county', '640121', '640104', ['640121']], ['a county for its province', '640121', '640000', ['640121', '640100', '640000']],
  ['a county for a city', '640121', '640200', ['640121', '640100']], ['a city for a county', '640200', '640104', []], ['a province for a county', '640000', '640104', []],
  ['a township for a county', '640121100', '640104', ['640121100', '640121']], ['a township for a township', '640121100', '640104200', ['640121100']],
  ['a village for a township', '640121100201', '640104200', ['640121100201', '640121100']], ['a county for a township', '640121', '640104200', []],
  ['the asker’s own county', '640104', '640104', ['640104']],
])('a case of %s: offices that may be named', (_what, division, asker, named) => expect(nameableDivisions(division, asker)).toEqual(named));

test('no division is ever named above the level of the one who asks', () => {
  const codes = ['640000', '640100', '640104', '640104100', '640104100201', '110000', '110101'];
  const level = (code: string): number => (code.length > 6 ? code.length : code.endsWith('0000') ? 2 : code.endsWith('00') ? 4 : 6);
  for (const division of codes) {
    for (const asker of codes) for (const named of nameableDivisions(division, asker)) expect(level(named)).toBeGreaterThanOrEqual(level(asker));
  }
});

const office = (divisionCode: string) => ({ unitId: `office-${divisionCode}`, divisionCode });

test('counts end at three, offices at five, and a case without a nameable office is not told of', () => {
  expect(namedOffices(Array.from({ length: 9 }, () => '640121'), '640104', office)).toEqual([{ ...office('640121'), count: 3 }]);
  expect(namedOffices(['640121', '640122', '640123', '640121'], '640104', office).map((one) => one.count)).toEqual([2, 1, 1]);
  expect(namedOffices(Array.from({ length: 9 }, (_u, i) => `64012${i}`), '640104', office)).toHaveLength(5);
  expect(namedOffices(['640000', '640100'], '640104', office)).toEqual([]);
  expect(namedOffices(['640121'], '640104', () => undefined)).toEqual([]);
});

test('the text must agree as well as the person', () => {
  const one = { signature: new Uint8Array(MINIMA).fill(7), grams: 100 };
  const half = { signature: one.signature.map((byte, i) => (i % 2 ? byte : byte + 1)), grams: 100 };
  const none = { signature: new Uint8Array(MINIMA).fill(9), grams: 100 };
  expect([one, half, none].map((other) => isSameMatter(one, other))).toEqual([true, true, false]);
});
