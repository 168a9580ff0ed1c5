import { publishedCalendar } from '@anjie/calendar';
import { officeRules } from '@anjie/service-kit/runtime';
import { articleInEnglish } from './article';
import { defaultReminderPlan, dueFor, explain, reminderSteps, selectRule, type Due, type DueInput } from './index';

const calendar = publishedCalendar();

function due(code: string, startOn: string, extra: Partial<DueInput> = {}): Due {
  const rule = selectRule(officeRules(), { code, jurisdictionCode: '000000', on: '2024-01-01' });
  if (!rule) throw new Error(`no rule ${code}`);
  const result = dueFor({ rule, startOn, calendar, ...extra });
  if (result.kind === 'REFUSED') throw new Error(result.code);
  return result;
}

describe('explain', () => {
  test('T8 in Chinese names the articles and the arithmetic', () => {
    expect(explain(due('T8', '2024-12-02'), 'zh-CN').summary).toEqual([
      '期限：60日（办结），依据《信访工作条例》第三十四条',
      '起算：2024-12-02当日不计入，2024-12-03为第1日，依据《中华人民共和国民法典》第二百零一条（类推适用）',
      '期满：2025-01-31',
      '顺延：2025-01-31为休息日，顺延至2025-02-05，依据《中华人民共和国民法典》第二百零三条（类推适用）',
      '到期日：2025-02-05（规则 T8@2022，日历 chinese-days@1.5.7）',
    ]);
  });
  test('T5 in English shows the make-up Saturday counted and the holiday not', () => {
    const { summary, days } = explain(due('T5', '2025-09-29'), 'en');
    expect(summary[0]).toContain('5 working days');
    expect(summary[0]).toMatch(/basis 《信访工作条例》 Art\. 23 ¶3$/);
    expect(days.find((day) => day.on === '2025-10-11')).toEqual({
      on: '2025-10-11', kind: 'MAKE_UP_WORKDAY', counted: true, ordinal: 4, note: 'make-up workday (国庆节); counted',
    });
    expect(days.find((day) => day.on === '2025-10-01')).toMatchObject({ counted: false, ordinal: null, note: 'public holiday (国庆节); not a working day, not counted' });
    expect(days).toHaveLength(15);
  });
  test('says why a make-up Sunday does not shift', () => {
    expect(explain(due('T4', '2024-01-20'), 'zh-CN').summary[3]).toContain('不顺延：2024-02-04为调休上班日');
  });
  test('a typed date is explained as typed', () => {
    expect(explain(due('CAMPAIGN_LIMIT', '2025-01-02', { assignedOn: '2025-01-05' }), 'en')).toMatchObject({
      summary: [expect.stringContaining('not computed and not shifted'), expect.stringContaining('Due: 2025-01-05')],
      days: [{ on: '2025-01-02', ordinal: null }, {}, {}, { on: '2025-01-05', note: 'weekend; the assigned date' }],
    });
  });
  test('has a line and a note for everything, in both languages', () => {
    const hearings = [{ from: '2025-03-10', to: '2025-03-12' }];
    for (const locale of ['zh-CN', 'en'] as const) {
      const { summary, days } = explain(due('T13', '2025-03-03', { hearings }), locale);
      expect(JSON.stringify([summary, days])).not.toMatch(/undefined|null年|: null days/);
    }
  });
  test.each([
    ['《信访工作条例》第三十四条', '《信访工作条例》 Art. 34'],
    ['《信访工作条例》第二十三条第三款', '《信访工作条例》 Art. 23 ¶3'],
    ['《中华人民共和国民法典》第二百零三条（类推适用）', '《中华人民共和国民法典》 Art. 203 (by analogy)'],
    ['《信访工作条例》第二十二条第一款第三项', '《信访工作条例》 Art. 22 ¶1(3)'],
    ['《示例》第三十一条第六项', '《示例》 Art. 31(6)'],
    ['《示例》第十条', '《示例》 Art. 10'],
    ['专项工作方案', '专项工作方案'],
  ])('%s is %s', (chinese, english) => {
    expect(articleInEnglish(chinese)).toBe(english);
  });
});

describe('reminders', () => {
  const shown = (code: string, startOn: string) => reminderSteps(due(code, startOn), defaultReminderPlan, calendar).map((step) => [step.kind, step.offsetDays, step.on]);
  test('before dueRaw, on and after dueEffective, at 09:00 Asia/Shanghai', () => {
    expect(shown('T8', '2023-10-01')).toEqual([
      ['BEFORE', 7, '2023-11-23'], ['BEFORE', 3, '2023-11-27'], ['BEFORE', 1, '2023-11-29'],
      ['ON', 0, '2023-11-30'], ['AFTER', 1, '2023-12-01'], ['AFTER', 3, '2023-12-04'], ['AFTER', 7, '2023-12-07'],
    ]);
    expect(reminderSteps(due('T8', '2023-10-01'), defaultReminderPlan, calendar)[0]?.at.toISOString()).toBe('2023-11-23T01:00:00.000Z');
  });
  test('a last day in 国庆节 warns on the working days before it; steps on the same day become one', () => {
    expect(shown('T8', '2025-08-04')).toEqual([
      ['BEFORE', 7, '2025-09-26'], ['BEFORE', 1, '2025-09-30'],
      ['ON', 0, '2025-10-09'], ['AFTER', 1, '2025-10-10'], ['AFTER', 3, '2025-10-13'], ['AFTER', 7, '2025-10-16'],
    ]);
  });
  test('steps not after the start are dropped', () => {
    expect(shown('T5', '2025-03-03').filter(([kind]) => kind === 'BEFORE')).toEqual([['BEFORE', 1, '2025-03-07']]);
  });
  test('a plan may be partial, and is checked', () => {
    const t8 = due('T8', '2023-10-01');
    expect(reminderSteps(t8, { before: [], on: false, after: [2] }, calendar).map((step) => step.on)).toEqual(['2023-12-04']);
    expect(() => reminderSteps(t8, { before: [0], on: true, after: [] }, calendar)).toThrow(RangeError);
  });
  test('an unpublished year does not silence a reminder', () => {
    expect(shown('T4', '2026-12-16').filter(([kind]) => kind === 'AFTER')).toEqual([['AFTER', 1, '2027-01-01'], ['AFTER', 3, '2027-01-04'], ['AFTER', 7, '2027-01-07']]);
  });
});
