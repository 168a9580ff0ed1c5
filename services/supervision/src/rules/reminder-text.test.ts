import { reminderText } from './reminder-text';

const words = { dutyName: '办结', basis: '《信访工作条例》第三十四条', dueOn: '2025-10-09' };

describe('《信访工作条例》第三十四条 in a reminder', () => {
  test.each([
    ['2025-09-30', '“办结”应于2025-10-09前完成：还剩9日。依据：《信访工作条例》第三十四条', '9 days left'],
    ['2025-10-08', '“办结”应于2025-10-09前完成：还剩1日。依据：《信访工作条例》第三十四条', '1 day left'],
    ['2025-10-09', '“办结”应于2025-10-09前完成：今日到期。依据：《信访工作条例》第三十四条', 'today is the last day'],
    ['2025-10-10', '“办结”应于2025-10-09前完成：已超期1日。依据：《信访工作条例》第三十四条', '1 day overdue'],
  ])('made on %s', (on, zh, en) => {
    expect(reminderText({ ...words, on }, 'zh-CN')).toBe(zh);
    expect(reminderText({ ...words, on }, 'en')).toContain(en);
  });
});
