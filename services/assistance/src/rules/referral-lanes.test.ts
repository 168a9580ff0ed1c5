import { publishedCalendar } from '@anjie/calendar';
import { selectRule } from '@anjie/rulebook';
import { officeRules } from '@anjie/service-kit/runtime';
import { laneDay, lanePromise } from './referral-lanes';

const books = { rules: officeRules(), calendar: publishedCalendar() };
const rule = selectRule(books.rules, { code: 'REFERRAL_LANE_SIGN', jurisdictionCode: '640104', on: '2024-03-01' });

test.each([[1, 'WORKING_DAY', '2024-03-04'], [5, 'WORKING_DAY', '2024-03-08'], [3, 'CALENDAR_DAY', '2024-03-04'], [2, 'CALENDAR_DAY', '2024-03-04']] as const)(
  '首接首办 and the like (practice): %d × %s from Friday 2024-03-01 ends on %s · row 87', (days, unit, on) => {
    if (!rule) throw new Error('no rule');
    expect(laneDay(books, rule, { startOn: '2024-03-01', days, unit })).toEqual({ on, isProvisional: false });
  });

test('a promise in a lane is its last day, or an earlier one; a later one is refused with that day · row 87', () => {
  const lane = { lastOn: '2024-03-15', today: '2024-03-04' };
  expect(lanePromise({ ...lane, promisedOn: null })).toBe('2024-03-15');
  expect(lanePromise({ ...lane, promisedOn: '2024-03-10' })).toBe('2024-03-10');
  expect(lanePromise({ ...lane, promisedOn: '2024-03-16' })).toMatchObject({ code: 'LANE_TOO_LATE', message: { en: expect.stringContaining('2024-03-15') } });
  expect(lanePromise({ lastOn: '2024-03-15', today: '2024-03-20', promisedOn: null })).toBe('2024-03-20');
});
