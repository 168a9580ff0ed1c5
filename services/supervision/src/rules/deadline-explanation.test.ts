import { publishedCalendar } from '@anjie/calendar';
import { officeRules, readRulebooks, shippedRulebook } from '@anjie/service-kit/runtime';
import { explainStored, explainWhatIf, type StoredDeadline } from './deadline-explanation';

const sources = { rules: officeRules(), calendar: publishedCalendar() };
const stored = (part: Partial<StoredDeadline>): StoredDeadline => ({
  ruleCode: 'T8', ruleVersion: '2022', calendarVersion: sources.calendar.version, jurisdictionCode: '640104', startOn: '2025-08-04', dueRaw: '2025-10-03', dueOn: '2025-10-09', ...part,
});

describe('a stored due date computed again', () => {
  test.each<[string, Partial<StoredDeadline>]>([
    ['T8 第三十四条: 2025-08-04 + 60 日', {}],
    ['T8 第三十四条 extended by 30 日', { dueRaw: '2025-11-02', dueOn: '2025-11-03' }],
    ['T9 declared for the extension', { ruleCode: 'T9', dueRaw: '2025-11-02', dueOn: '2025-11-03' }],
    ['T5 第二十三条第三款: 5 工作日', { ruleCode: 'T5', startOn: '2025-09-29', dueRaw: '2025-10-13', dueOn: '2025-10-13' }],
    ['T3 of 2005, no longer in force', { ruleCode: 'T3', ruleVersion: '2005', startOn: '2021-03-01', dueRaw: '2021-03-16', dueOn: '2021-03-16' }],
    ['a typed date', { ruleCode: 'LETTER_REPLY_DATE', dueRaw: '2025-08-16', dueOn: '2025-08-16' }],
  ])('%s is confirmed', (_sentence, part) => {
    const { check, due } = explainStored(stored(part), sources);
    expect([check, due?.dueRaw, due?.dueEffective]).toEqual(['CONFIRMED', stored(part).dueRaw, stored(part).dueOn]);
  });
  test('another date is called different, and the stored one stands', () => {
    const { check, remark } = explainStored(stored({ dueOn: '2025-10-04' }), sources);
    expect([check, remark?.en]).toEqual(['DIFFERENT', expect.stringContaining('due 2025-10-09')]);
  });
  test('a rule version that is gone is said to be gone', () => {
    expect(explainStored(stored({ ruleVersion: '1995' }), sources)).toMatchObject({ check: 'RULE_UNKNOWN', due: null });
  });
  test('dates of another calendar version that agree are confirmed with a remark', () => {
    expect(explainStored(stored({ calendarVersion: 'chinese-days@1.0.0' }), sources)).toMatchObject({ check: 'CONFIRMED', remark: { en: expect.stringContaining('1.0.0') } });
  });
});

describe('with local rules', () => {
  const { national, local, rules } = readRulebooks([shippedRulebook('local/zhejiang-2016.yaml')]);
  const inJiaxing = { ruleVersion: 'zhejiang-2016', jurisdictionCode: '330402', startOn: '2025-03-03' };
  test.each<[string, Partial<StoredDeadline>]>([
    ['《浙江省信访条例》第二十三条: T8, 30 日', { ...inJiaxing, dueRaw: '2025-04-02', dueOn: '2025-04-02' }],
    ['第二十三条: T8, extended by 60 日', { ...inJiaxing, dueRaw: '2025-06-01', dueOn: '2025-06-03' }],
    ['第二十三条: T9 declared for the extension', { ...inJiaxing, ruleCode: 'T9', dueRaw: '2025-06-01', dueOn: '2025-06-03' }],
    ['第二十条: T2, 5 个工作日', { ...inJiaxing, ruleCode: 'T2', dueRaw: '2025-03-10', dueOn: '2025-03-10' }],
  ])('%s is confirmed; without the file the rule is unknown and the stored dates stand', (_sentence, part) => {
    expect(explainStored(stored(part), { ...sources, rules })).toMatchObject({ check: 'CONFIRMED', remark: null });
    expect(explainStored(stored(part), { ...sources, rules: national })).toMatchObject({ check: 'RULE_UNKNOWN', due: null });
  });
  test('a local T8 is extended by the national T9 (第三十四条), where no local T9 is', () => {
    const t8Only = { ...sources, rules: [...national, ...local.filter((rule) => rule.code === 'T8')] };
    const asked = { ruleCode: 'T8', startOn: '2025-03-03', jurisdictionCode: '330402', extensionDays: 30, hearings: [], assignedOn: null };
    expect(explainWhatIf(asked, t8Only).due).toMatchObject({ dueRaw: '2025-05-02', dueEffective: '2025-05-06' });
    expect(explainWhatIf({ ...asked, extensionDays: 31 }, t8Only)).toMatchObject({ check: 'NOT_COMPUTABLE' });
    expect(explainStored(stored({ ...inJiaxing, dueRaw: '2025-05-02', dueOn: '2025-05-06' }), t8Only)).toMatchObject({ check: 'CONFIRMED' });
  });
  test('an edited row moves no stored date: the difference is said', () => {
    const edited = rules.map((rule) => (rule.code === 'T8' && rule.version === '2022' ? { ...rule, amount: 75 } : rule));
    expect(explainStored(stored({ dueRaw: '2025-10-03', dueOn: '2025-10-09' }), { ...sources, rules: edited })).toMatchObject({
      check: 'DIFFERENT', remark: { en: expect.stringContaining('the stored 2025-10-03 and 2025-10-09 stand') },
    });
  });
  test('hearings of a re-review may be the difference (第三十六条第二款), and are named as such', () => {
    const { check, remark } = explainStored(stored({ ruleCode: 'T13', startOn: '2025-03-03', dueRaw: '2025-04-06', dueOn: '2025-04-07' }), sources);
    expect([check, remark?.zh]).toEqual(['DIFFERENT', expect.stringContaining('听证时间（第三十六条第二款）')]);
  });
});

describe('what if', () => {
  const ask = (part: object) => explainWhatIf({ ruleCode: 'T8', startOn: '2025-08-04', jurisdictionCode: '640104', extensionDays: 0, hearings: [], assignedOn: null, ...part }, sources);
  test('T8 with an extension of 30 日', () => {
    expect(ask({ extensionDays: 30 }).due).toMatchObject({ dueRaw: '2025-11-02', dueEffective: '2025-11-03' });
  });
  test.each([['EXTENSION_TOO_LONG', { extensionDays: 31 }, 'longer'], ['no period', { ruleCode: 'T6' }, 'no period']])('%s is said', (_name, part, words) => {
    expect(ask(part)).toMatchObject({ check: 'NOT_COMPUTABLE', due: null, remark: { en: expect.stringContaining(words) } });
  });
  test('an unknown rule is said to be unknown', () => {
    expect(ask({ ruleCode: 'NOPE' })).toMatchObject({ check: 'RULE_UNKNOWN', rule: null });
  });
});
