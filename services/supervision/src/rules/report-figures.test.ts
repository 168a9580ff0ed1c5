import { figureText, missingBesideRate, percentText, rateOf } from './report-figures';
import { periodInWords, periodOf } from './report-periods';

test.each([[1, 3, '33.33%'], [2, 3, '66.67%'], [1, 8, '12.50%'], [0, 4, '0.00%'], [4, 4, '100.00%'], [1, 20_000, '0.01%'], [1, 20_001, '0.00%']])(
  '%s of %s is %s, without a float · row 126', (value, base, text) => expect(percentText(rateOf({ value, base }) ?? -1)).toBe(text));

test('nothing to divide by is a dash, never 0 or 100 % · row 126', () => {
  expect([figureText('RESOLUTION_RATE', { value: 0, base: 0 }), figureText('RESOLUTION_RATE', { value: 82, base: 120 }), figureText('RESOLVED', { value: 3, base: 0 })]).toEqual(['—', '68.33% (82/120)', '3']);
});

test('化解率 stands with stock, flow and relapse (brief §3.10) · row 126', () => {
  expect(missingBesideRate(['RESOLUTION_RATE', 'RESOLVED'])).toEqual(['OPENING_STOCK', 'ENTERED', 'RELAPSED', 'CLOSING_STOCK']);
  expect(missingBesideRate(['RESOLVED'])).toEqual([]);
});

test.each([
  ['WEEK', '2025-10-12', '2025-10-06', '2025-10-12', '2025年10月6日至2025年10月12日'],
  ['WEEK', '2025-10-13', '2025-10-13', '2025-10-19', '2025年10月13日至2025年10月19日'],
  ['MONTH', '2024-02-29', '2024-02-01', '2024-02-29', '2024年2月'],
  ['QUARTER', '2025-12-31', '2025-10-01', '2025-12-31', '2025年第四季度'],
  ['YEAR', '2025-06-01', '2025-01-01', '2025-12-31', '2025年'],
  ['DAY', '2025-06-01', '2025-06-01', '2025-06-01', '2025年6月1日'],
] as const)('%s of %s: %s to %s · row 126', (cadence, day, from, to, words) => {
  const period = periodOf(cadence, day);
  expect([period, periodInWords(cadence, period).zh]).toEqual([{ from, to }, words]);
});
