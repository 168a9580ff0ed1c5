import { publishedCalendar } from '@anjie/calendar';
import { answersObjection, checklistDue, firstPeriod, mayFillNow, periodAfter, type GivenAnswer, type ItemRules } from './checklist-rules';

const calendar = publishedCalendar();
const day = { cadence: 'DAY', dueDays: 0 } as const;
const week = { cadence: 'WEEK', dueDays: 1 } as const;

test('a day is a working day: over 国庆节 the next one is the day after, a make-up Sunday counts · row 88', () => {
  const first = firstPeriod(day, '2025-09-28', calendar);
  expect(first).toEqual({ from: '2025-09-28', to: '2025-09-28' });
  expect(periodAfter(day, { from: '2025-09-30', to: '2025-09-30' }, calendar)).toEqual({ from: '2025-10-09', to: '2025-10-09' });
});

test('a week is asked for by the next working day after it · row 88', () => {
  const first = firstPeriod(week, '2025-09-24', calendar);
  expect([first, checklistDue(week, first, calendar)]).toEqual([{ from: '2025-09-22', to: '2025-09-28' }, '2025-09-29']);
  expect(checklistDue(week, { from: '2025-09-29', to: '2025-10-05' }, calendar)).toBe('2025-10-09');
});

test('what is filled in can be mended until its day · row 88', () => {
  expect([['OPEN', '2025-10-20'], ['FILLED', '2025-10-09'], ['FILLED', '2025-10-10']].map(([state, today]) => mayFillNow({ state: state as 'OPEN', dueOn: '2025-10-09' }, today ?? ''))).toEqual([true, true, false]);
});

const items: readonly ItemRules[] = [{ code: 'A', answer: 'YES_NO', required: true }, { code: 'B', answer: 'COUNT', required: true }, { code: 'C', answer: 'TEXT', required: false }];
const full: readonly GivenAnswer[] = [{ item: 'A', yes: false }, { item: 'B', count: 0 }];
test.each<[string, readonly GivenAnswer[], string | undefined]>([
  ['each required item once', full, undefined],
  ['with a text', [...full, { item: 'C', text: '已整改' }], undefined],
  ['one is missing', [{ item: 'A', yes: true }], 'ANSWERS_NOT_FIT'],
  ['one is unknown', [...full, { item: 'D', yes: true }], 'ANSWERS_NOT_FIT'],
  ['one is there twice', [...full, { item: 'A', yes: true }], 'ANSWERS_NOT_FIT'],
  ['a count for yes or no', [{ item: 'A', count: 1 }, { item: 'B', count: 0 }], 'ANSWERS_NOT_FIT'],
  ['two answers in one', [{ item: 'A', yes: true, count: 1 }, { item: 'B', count: 0 }], 'ANSWERS_NOT_FIT'],
  ['a count below zero', [{ item: 'A', yes: true }, { item: 'B', count: -1 }], 'ANSWERS_NOT_FIT'],
  ['words of what is never kept', [...full, { item: 'C', text: '稳控到位' }], 'TEXT_NOT_ACCEPTABLE'],
])('%s · rows 19, 88', (_what, answers, code) => expect(answersObjection(items, answers)?.code).toBe(code));
