import { publishedCalendar } from '@anjie/calendar';
import { officeRules } from '@anjie/service-kit/runtime';
import { assignedTerms, isOfficeText, periodTerms, plannedTerms } from './assigned-date';

const sources = { rules: officeRules(), calendar: publishedCalendar() };
const asked = (code: string) => ({ code, startOn: '2025-08-04', jurisdictionCode: '640104' });

test.each(['MEETING_DECISION', 'MEETING_MINUTES', 'INSPECTION_REPORT', 'INSPECTION_RECTIFICATION', 'SHARED_FOLLOW_UP'])('%s: the date that was named, not moved; later than the day and within a year · rows 61, 124', (code) => {
  expect(assignedTerms(asked(code), '2025-10-01', sources)).toMatchObject({ due: { dueEffective: '2025-10-01', ruleCode: code } });
  for (const dueOn of ['2025-08-04', '2025-01-01', '2026-08-06', null, undefined]) expect(assignedTerms(asked(code), dueOn, sources)).toBeNull();
});

test.each([['2025-08-04', '2025-08-04'], ['2025-10-01', '2025-10-01'], ['2027-12-31', '2027-12-31'], ['2025-08-03', undefined]])(
  'PROGRAMME_MEASURE from 2025-08-04 by %s: the day of the list, however far, not moved (practice); a day that had passed binds nobody · row 138',
  (dueOn, expected) => expect(plannedTerms(asked('PROGRAMME_MEASURE'), dueOn, sources)?.due.dueEffective).toBe(expected),
);

test.each([
  ['DISPUTE_COORDINATION', '2025-08-11', '第二十四条第一款, by analogy: 5 个工作日'],
  ['INQUIRY_CONCLUSION', '2025-10-09', 'practice: 60 日, moved over 国庆节'],
  ['INQUIRY_REPLY', '2025-08-14', 'practice: 10 日'],
  ['INQUIRY_APPEAL_RIGHT', '2025-09-03', 'practice: 30 日'],
  ['INQUIRY_APPEAL', '2025-09-03', 'practice: 30 日'],
])('%s after 2025-08-04 ends on %s (%s) · rows 69, 127', (code, dueOn) => expect(periodTerms(asked(code), sources).due.dueEffective).toBe(dueOn));

test('what is never kept about a person stands in no decision and no finding · row 61', () => {
  expect(['由住建局于月底前办理产权登记。', '落实稳控责任', '掌握其行踪', ' ', 'a\u0000', '字'.repeat(11)].map((text) => isOfficeText(text, { most: text.startsWith('字') ? 10 : 100 })))
    .toEqual([true, false, false, false, false, false]);
});
