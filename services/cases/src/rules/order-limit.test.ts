import { limitFromAbove, putsOff, type EarlierOrder } from './order-limit';

const office = { subject: 'me', divisionCode: '640104' };
const order = (limitOn: string | null, divisionCode: string | null, by = 'somebody'): EarlierOrder => ({ limitOn, by, divisionCode });

test.each<[string, EarlierOrder[], string | null]>([
  ['nothing', [], null],
  ['the province', [order('2022-12-31', '640000')], '2022-12-31'],
  ['the province, and the own county since', [order('2022-11-30', '640104'), order('2022-12-31', '640000')], '2022-12-31'],
  ['the province, which took it back', [order(null, '640000'), order('2022-12-31', '640000')], null],
  ['the own county', [order('2022-12-31', '640104')], null],
  ['a township below', [order('2022-12-31', '640104100')], null],
  ['a neighbour, before the case came here', [order('2022-12-31', '640121')], null],
  ['an office that is not known here', [order('2022-12-31', null)], '2022-12-31'],
  ['oneself, at an office that is not known here', [order('2022-12-31', null, 'me')], null],
])('《信访工作条例》第二十二条: of limits that were set by %s the one from above stays: %#', (_who, orders, expected) => {
  expect(limitFromAbove(orders, office)).toBe(expected);
});

test.each<[string | null, string | null, boolean]>([
  ['2022-12-31', '2022-12-31', false], ['2022-12-30', '2022-12-31', false], ['2023-01-01', '2022-12-31', true], [null, '2022-12-31', false], ['2023-01-01', null, false], ['2022-12-31', '2022-09-26', false],
])('on 2022-09-27 a limit of %s puts off the one of %s from above: %s', (given, above, expected) => {
  expect(putsOff(given, above, '2022-09-27')).toBe(expected);
});
