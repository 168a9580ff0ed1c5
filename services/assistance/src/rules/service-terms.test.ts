import { publishedCalendar } from '@anjie/calendar';
import { lastDayOf, SERVICE_DUTY_CODES, serviceTerm } from './service-terms';

const calendar = publishedCalendar();
const rule = { code: 'AID_DECISION', version: '2022', jurisdictionCode: '000000', stage: 'RELIEF', kind: 'ASSIGNED_DATE', amount: null, unit: 'CALENDAR_DAY', startsOn: 'AID_REQUESTED', basisDocument: '《信访工作条例》', basisArticle: '第三十七条', validFrom: '2005-05-01', validTo: null, priority: 0, force: 'PRACTICE', evidence: 'VERIFIED', onlyRoute: null, extendsCode: null, maxTotalDays: null, excludesHearing: false, mayLengthen: null, descriptionZh: '审批', descriptionEn: 'decide' } as const;

test.each([
  ['2025-09-24', 10, 'WORKING_DAY', '2025-10-14', 'two make-up days count'],
  ['2025-08-04', 60, 'CALENDAR_DAY', '2025-10-09', 'the last day falls on a holiday and moves behind it'],
  ['2024-03-01', 30, 'CALENDAR_DAY', '2024-04-01', 'a Sunday moves to Monday'],
] as const)('from %s, %d %s end on %s: %s', (startOn, days, unit, on, _why) => {
  expect(lastDayOf({ days, unit }, startOn, calendar)).toEqual({ on, isProvisional: false });
});

test('a year without a holiday notice makes the day provisional instead of stopping the act', () => {
  expect(lastDayOf({ days: 30, unit: 'CALENDAR_DAY' }, '2040-03-01', calendar).isProvisional).toBe(true);
});

test('《信访工作条例》第三十七条: a day that a kind names stays that day; its basis goes before the rulebook’s', () => {
  const question = { dutyCode: 'AID_DECISION' as const, startOn: '2024-03-01', dueOn: '2024-03-31', jurisdictionCode: '640104' };
  expect(serviceTerm({ rules: [rule], calendar }, question)).toMatchObject({ dueRaw: '2024-03-31', dueOn: '2024-03-31', ruleCode: 'AID_DECISION', basis: '《信访工作条例》第三十七条' });
  expect(serviceTerm({ rules: [rule], calendar }, { ...question, basis: '地方做法' }).basis).toBe('地方做法');
  for (const dutyCode of SERVICE_DUTY_CODES.slice(1)) expect(() => serviceTerm({ rules: [rule], calendar }, { ...question, dutyCode })).toThrow('the rulebook has no');
});
