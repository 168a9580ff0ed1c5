import { publishedCalendar } from '@anjie/calendar';
import { readRulebooks, shippedRulebook } from '@anjie/service-kit/runtime';
import { basisOf, dueFor, explain, selectRule, type Due, type DueInput, type TimeLimitRule } from './index';

const calendar = publishedCalendar();
const { national, local: zhejiang } = readRulebooks([shippedRulebook('local/zhejiang-2016.yaml')]);

function rule(code: string, on = '2024-01-01'): TimeLimitRule {
  const found = selectRule(national, { code, jurisdictionCode: '000000', on });
  if (!found) throw new Error(`no rule ${code}`);
  return found;
}

function due(input: Partial<DueInput> & Pick<DueInput, 'rule' | 'startOn'>): Due {
  const result = dueFor({ calendar, ...input });
  if (result.kind === 'REFUSED') throw new Error(result.code);
  return result;
}

/** rule, basis, start, sum, period ends, due, what is remarkable */
type Vector = readonly [code: string, basis: string, startOn: string, sum: string, dueRaw: string, dueEffective: string, remark: string];
const vectors: readonly Vector[] = [
  ['T8', '《信访工作条例》第三十四条', '2023-10-01', '60 日', '2023-11-30', '2023-11-30', ''],
  ['T8', '《信访工作条例》第三十四条', '2024-12-02', '60 日', '2025-01-31', '2025-02-05', '春节, 《民法典》第二百零三条'],
  ['T8', '《信访工作条例》第三十四条', '2025-08-04', '60 日', '2025-10-03', '2025-10-09', '国庆节, 《民法典》第二百零三条'],
  ['T4', '《信访工作条例》第二十三条第三款', '2025-01-14', '15 日', '2025-01-29', '2025-02-05', '春节, 《民法典》第二百零三条'],
  ['T4', '《信访工作条例》第二十三条第三款', '2024-01-20', '15 日', '2024-02-04', '2024-02-04', 'a Sunday, 调休上班: no shift'],
  ['T10', '《信访工作条例》第三十五条', '2025-12-02', '30 日', '2026-01-01', '2026-01-04', '元旦, 《民法典》第二百零三条, to a Sunday, 调休上班'],
  ['T11', '《信访工作条例》第三十五条', '2026-01-16', '30 日', '2026-02-15', '2026-02-24', '春节, 《民法典》第二百零三条'],
  ['T5', '《信访工作条例》第二十三条第三款', '2025-09-29', '5 个工作日', '2025-10-13', '2025-10-13', 'Saturday 10-11 counts'],
  ['T5', '《信访工作条例》第二十三条第三款', '2025-01-24', '5 个工作日', '2025-02-07', '2025-02-07', 'Sunday 01-26 counts'],
  ['T5', '《信访工作条例》第二十三条第三款', '2026-02-12', '5 个工作日', '2026-02-26', '2026-02-26', 'Saturday 02-14 counts'],
  ['SIMPLE_OPINION', '《信访事项简易办理办法（试行）》（国信发〔2016〕8号）', '2025-09-24', '10 个工作日', '2025-10-14', '2025-10-14', 'Sunday 09-28 and Saturday 10-11 count'],
];
const sentence = ([code, basis, startOn, sum, dueRaw, dueEffective, remark]: Vector): string =>
  `${code} ${basis}: ${startOn} + ${sum} = ${dueRaw}${dueEffective === dueRaw ? '' : ` → ${dueEffective}`}${remark && ` (${remark})`}`;

describe('the eleven vectors of the brief, §1.5', () => {
  test.each(vectors.map((vector) => [sentence(vector), vector] as const))('%s', (_sentence, [code, basis, startOn, sum, dueRaw, dueEffective]) => {
    expect(due({ rule: rule(code), startOn })).toMatchObject({ dueRaw, dueEffective, provisional: false, unpublishedYears: [] });
    expect([basisOf(rule(code)), `${rule(code).amount} ${rule(code).unit === 'WORKING_DAY' ? '个工作日' : '日'}`]).toEqual([basis, sum]);
  });
});

describe('what a due date records', () => {
  test('rule, version, calendar version and the first day counted (民法典 art. 201)', () => {
    expect(due({ rule: rule('T8'), startOn: '2024-12-02' })).toMatchObject({
      ruleCode: 'T8', ruleVersion: '2022', calendarVersion: 'chinese-days@1.5.7', startOn: '2024-12-02', firstDayCounted: '2024-12-03',
    });
  });
  test('each day from start to due, with its number', () => {
    const { days } = due({ rule: rule('T8'), startOn: '2024-12-02' });
    expect(days).toHaveLength(66);
    expect(days[0]).toMatchObject({ on: '2024-12-02', counted: false, ordinal: null, reason: 'START_NOT_COUNTED' });
    expect(days.filter((day) => day.counted).map((day) => day.ordinal)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(days[60]).toMatchObject({ on: '2025-01-31', ordinal: 60, reason: 'LAST_DAY_NON_WORKING', name: '春节' });
    expect(days.at(-1)).toMatchObject({ on: '2025-02-05', counted: false, reason: 'DUE_AFTER_SHIFT' });
  });
  test('survives storage as JSON, explanation included', () => {
    const stored = due({ rule: rule('T5'), startOn: '2025-09-29' });
    expect(explain(JSON.parse(JSON.stringify(stored)) as Due, 'en')).toEqual(explain(stored, 'en'));
  });
});

describe('extension, T9 信访工作条例 art. 34', () => {
  const extensionRule = rule('T9');
  test('2024-12-02 + 60 + 5 days = 2025-02-05: one shift at the end, not 2025-02-05 + 5', () => {
    expect(due({ rule: rule('T8'), startOn: '2024-12-02', extensionDays: 5, extensionRule })).toMatchObject({ dueRaw: '2025-02-05', dueEffective: '2025-02-05' });
  });
  test('2025-08-04 + 60 + 30 days = Sunday 2025-11-02 → 2025-11-03', () => {
    const extended = due({ rule: rule('T8'), startOn: '2025-08-04', extensionDays: 30, extensionRule });
    expect(extended).toMatchObject({ dueRaw: '2025-11-02', dueEffective: '2025-11-03' });
    expect(extended.steps.map((step) => step.code)).toEqual(['PERIOD', 'EXTENSION', 'START_NOT_COUNTED', 'PERIOD_ENDS', 'SHIFTED', 'DUE']);
  });
  test('Zhejiang art. 23: 30 + 60 days are 90; on the national 60 days its extension stops at 30', () => {
    const [t8, t9] = ['T8', 'T9'].map((code) => zhejiang.find((one) => one.code === code));
    if (!t8 || !t9) throw new Error('no Zhejiang rules');
    const base = { startOn: '2025-03-03', extensionRule: t9 };
    expect(due({ ...base, rule: t8, extensionDays: 60 }).dueRaw).toBe('2025-06-01');
    expect(due({ ...base, rule: rule('T8'), extensionDays: 30 }).dueRaw).toBe('2025-06-01');
    expect(dueFor({ ...base, calendar, rule: rule('T8'), extensionDays: 31 })).toEqual({ kind: 'REFUSED', code: 'EXTENSION_TOO_LONG' });
  });
  test('is at most 30 days and only for T8 with its rule', () => {
    const base = { calendar, startOn: '2025-08-04' };
    expect(dueFor({ ...base, rule: rule('T8'), extensionDays: 31, extensionRule })).toEqual({ kind: 'REFUSED', code: 'EXTENSION_TOO_LONG' });
    expect(dueFor({ ...base, rule: rule('T8'), extensionDays: 1 })).toEqual({ kind: 'REFUSED', code: 'EXTENSION_NOT_ALLOWED' });
    expect(dueFor({ ...base, rule: rule('T11'), extensionDays: 1, extensionRule })).toEqual({ kind: 'REFUSED', code: 'EXTENSION_NOT_ALLOWED' });
    expect(dueFor({ ...base, rule: rule('T5'), extensionDays: 1, extensionRule })).toEqual({ kind: 'REFUSED', code: 'EXTENSION_NOT_ALLOWED' });
    expect(() => dueFor({ ...base, rule: rule('T8'), extensionDays: -1, extensionRule })).toThrow(RangeError);
  });
});

describe('hearing time', () => {
  const hearings = [{ from: '2025-03-10', to: '2025-03-12' }, { from: '2025-03-12', to: '2025-03-13' }];
  test('T13 信访工作条例 art. 36 ¶2: 2025-03-03 + 30 days + 4 hearing days = Sunday 2025-04-06 → 2025-04-07', () => {
    const result = due({ rule: rule('T13'), startOn: '2025-03-03', hearings });
    expect(result).toMatchObject({ dueRaw: '2025-04-06', dueEffective: '2025-04-07' });
    expect(result.days.filter((day) => day.reason === 'HEARING_NOT_COUNTED')).toHaveLength(4);
  });
  test('is left out in re-review only', () => {
    for (const code of ['T8', 'T11', 'T5']) {
      expect(dueFor({ rule: rule(code), startOn: '2025-03-03', calendar, hearings })).toEqual({ kind: 'REFUSED', code: 'HEARING_NOT_EXCLUDED' });
    }
  });
  test('cannot end before it begins', () => {
    const reversed = [{ from: '2025-03-12', to: '2025-03-10' }];
    expect(() => dueFor({ rule: rule('T13'), startOn: '2025-03-03', calendar, hearings: reversed })).toThrow(RangeError);
  });
});

describe('a year without a holiday notice', () => {
  const refused = { kind: 'REFUSED', code: 'CALENDAR_YEAR_NOT_PUBLISHED', year: 2027 };
  test('is refused by default when the last day lies in it', () => {
    expect(dueFor({ rule: rule('T8'), startOn: '2026-12-02', calendar })).toEqual(refused);
    expect(dueFor({ rule: rule('T5'), startOn: '2026-12-28', calendar })).toEqual(refused);
  });
  test('is refused when only the shift would lie in it', () => {
    const lastDayOff = { ...calendar, marks: { ...calendar.marks, '2026-12-31': { name: '元旦', isOff: true, isAdjustedRest: false } } };
    expect(dueFor({ rule: rule('T4'), startOn: '2026-12-16', calendar: lastDayOff })).toEqual(refused);
  });
  test('does not matter when the period ends before it', () => {
    expect(due({ rule: rule('T4'), startOn: '2026-12-16' })).toMatchObject({ dueRaw: '2026-12-31', dueEffective: '2026-12-31', provisional: false });
  });
  test('does not matter before a calendar-day period either, when only the start lies in it', () => {
    const result = due({ rule: rule('T4'), startOn: '2003-12-25' });
    expect(result).toMatchObject({ dueRaw: '2004-01-09', provisional: false });
    expect(result.days[0]?.isProvisional).toBe(true);
  });
  test('is provisional on request, from weekends alone, and says so', () => {
    const result = due({ rule: rule('T8'), startOn: '2026-12-02', unpublishedYears: 'PROVISIONAL' });
    expect(result).toMatchObject({ dueRaw: '2027-01-31', dueEffective: '2027-02-01', provisional: true, unpublishedYears: [2027] });
    expect(explain(result, 'zh-CN').summary.at(-1)).toBe('暂定：2027年放假安排未公布，公布后须重算');
    expect(explain(result, 'en').days.at(-1)?.note).toContain('not published');
  });
  test('asking for provisional changes nothing in published years', () => {
    const asked = { rule: rule('T5'), startOn: '2025-09-29' };
    expect(due({ ...asked, unpublishedYears: 'PROVISIONAL' })).toEqual(due(asked));
  });
});

describe('rules without a period to count', () => {
  test('T6 and T7 have none: 信访工作条例 art. 24', () => {
    for (const code of ['T6', 'T7']) {
      expect(dueFor({ rule: rule(code), startOn: '2025-01-02', calendar })).toEqual({ kind: 'REFUSED', code: 'RULE_HAS_NO_PERIOD' });
    }
  });
  test('CAMPAIGN_LIMIT is the typed date: a Saturday stays, an unpublished year is no obstacle', () => {
    const campaign = { rule: rule('CAMPAIGN_LIMIT'), startOn: '2026-12-30' };
    expect(due({ ...campaign, assignedOn: '2027-01-02' })).toMatchObject({
      dueRaw: '2027-01-02', dueEffective: '2027-01-02', provisional: false, firstDayCounted: null,
    });
    expect(dueFor({ ...campaign, calendar })).toEqual({ kind: 'REFUSED', code: 'ASSIGNED_DATE_MISSING' });
    expect(dueFor({ ...campaign, calendar, assignedOn: '2026-12-29' })).toEqual({ kind: 'REFUSED', code: 'ASSIGNED_DATE_BEFORE_START' });
  });
  test('a malformed day is an error, not a refusal', () => {
    expect(() => dueFor({ rule: rule('T6'), startOn: '2025-02-30', calendar })).toThrow(RangeError);
  });
});
