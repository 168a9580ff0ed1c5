import { basisOf, findLengthening, nationalRules, parseRules, selectRule, zhejiangRules, type TimeLimitRuleRow } from './index';

const withZhejiang = [...nationalRules, ...zhejiangRules];
const row = (extra: Partial<TimeLimitRuleRow>): TimeLimitRuleRow => ({
  code: 'T8', version: 'local-1', jurisdictionCode: '330400', stage: 'HANDLING', amount: 45, startsOn: 'MATTER_ACCEPTED',
  basisDocument: '《示例办法》', basisArticle: '第一条', validFrom: '2022-05-01', descriptionZh: '办结', descriptionEn: 'Finish handling', ...extra,
});
const select = (rules: typeof nationalRules, code: string, jurisdictionCode: string) => selectRule(rules, { code, jurisdictionCode, on: '2024-03-01' });

describe('the national rules', () => {
  test.each([
    ['T2', 15, 'CALENDAR_DAY', '《信访工作条例》第二十二条第一款'],
    ['T3', 15, 'CALENDAR_DAY', '《信访工作条例》第二十三条第二款'],
    ['T4', 15, 'CALENDAR_DAY', '《信访工作条例》第二十三条第三款'],
    ['T5', 5, 'WORKING_DAY', '《信访工作条例》第二十三条第三款'],
    ['T8', 60, 'CALENDAR_DAY', '《信访工作条例》第三十四条'],
    ['T9', 30, 'CALENDAR_DAY', '《信访工作条例》第三十四条'],
    ['T10', 30, 'CALENDAR_DAY', '《信访工作条例》第三十五条'],
    ['T11', 30, 'CALENDAR_DAY', '《信访工作条例》第三十五条'],
    ['T12', 30, 'CALENDAR_DAY', '《信访工作条例》第三十六条第一款'],
    ['T13', 30, 'CALENDAR_DAY', '《信访工作条例》第三十六条第一款'],
  ])('%s is %d %s by %s', (code, amount, unit, basis) => {
    const rule = select(nationalRules, code, '610902');
    expect(rule).toMatchObject({ amount, unit, force: 'STATUTE' });
    expect(rule && basisOf(rule)).toBe(basis);
  });
  test('T5 is the only statutory period in working days', () => {
    expect(nationalRules.filter((rule) => rule.force === 'STATUTE' && rule.unit === 'WORKING_DAY').map((rule) => rule.code)).toEqual(['T5']);
  });
  test('the 60 days belong to Art. 31(6) matters, and only re-review leaves hearings out', () => {
    expect(select(nationalRules, 'T8', '000000')?.onlyRoute).toBe('ART31_6');
    expect(nationalRules.filter((rule) => rule.excludesHearing).map((rule) => rule.code)).toEqual(['T13']);
  });
  test('T18, REFERRAL_SIGN and CAMPAIGN_LIMIT are labelled practice, not statute', () => {
    for (const code of ['T18', 'REFERRAL_SIGN', 'CAMPAIGN_LIMIT']) expect(select(nationalRules, code, '000000')?.force).toBe('PRACTICE');
    expect(select(nationalRules, 'T18', '000000')?.descriptionEn).toContain('local/2005 practice');
    expect(select(nationalRules, 'REFERRAL_SIGN', '000000')).toMatchObject({ amount: 5, unit: 'WORKING_DAY' });
  });
  test('a matter that began before 2022-05-01 falls under the 2005 text; before 2005-05-01 under none', () => {
    const on = (day: string) => selectRule(nationalRules, { code: 'T8', jurisdictionCode: '640104', on: day });
    expect(on('2022-05-01')?.version).toBe('2022');
    expect(on('2022-04-30')).toMatchObject({ version: '2005', basisArticle: '第三十三条' });
    expect(on('2005-04-30')).toBeNull();
  });
});

describe('a local overlay', () => {
  test('浙江省信访条例 2016 applies to its counties, townships and villages and to nobody else', () => {
    for (const place of ['330000', '330402', '330402007', '330402007000', '33']) {
      expect(select(withZhejiang, 'T8', place)).toMatchObject({ amount: 30, version: 'zhejiang-2016' });
    }
    for (const place of ['000000', '610902', '340000']) expect(select(withZhejiang, 'T8', place)?.amount).toBe(60);
  });
  test('art. 20: 5 working days shorten the 15 days of T2 and T3; T4 stays national', () => {
    expect(select(withZhejiang, 'T2', '330402')).toMatchObject({ amount: 5, unit: 'WORKING_DAY', basisArticle: '第二十条' });
    expect(select(withZhejiang, 'T3', '330402')?.amount).toBe(5);
    expect(select(withZhejiang, 'T4', '330402')?.version).toBe('2022');
  });
  test('art. 23: the longer extension stands because the instrument says so', () => {
    expect(select(withZhejiang, 'T9', '330402')).toMatchObject({ amount: 60, maxTotalDays: 90 });
    const silent = zhejiangRules.map((rule) => ({ ...rule, mayLengthen: null }));
    expect(select([...nationalRules, ...silent], 'T9', '330402')?.amount).toBe(30);
    expect(findLengthening([...nationalRules, ...silent], '2024-03-01').map((rule) => rule.code)).toEqual(['T9']);
    expect(findLengthening(withZhejiang, '2024-03-01')).toEqual([]);
  });
  test('the most specific place wins, then priority', () => {
    const rules = [...withZhejiang, ...parseRules([row({ amount: 25 }), row({ version: 'local-2', amount: 20, priority: 1 })])];
    expect(select(rules, 'T8', '330402')?.amount).toBe(20);
    expect(select(rules, 'T8', '330500')?.amount).toBe(30);
  });
  test('a rule that lengthens is passed over for the next one', () => {
    const rules = [...withZhejiang, ...parseRules([row({ amount: 61 })])];
    expect(select(rules, 'T8', '330402')?.version).toBe('zhejiang-2016');
  });
  test.each([
    ['T8', 44, 'WORKING_DAY', false],
    ['T8', 42, 'WORKING_DAY', true],
    ['T5', 6, 'CALENDAR_DAY', false],
    ['T5', 5, 'CALENDAR_DAY', true],
    ['T18', 45, 'CALENDAR_DAY', true],
    ['T6', 5, 'WORKING_DAY', true],
  ] as const)('%s: a local %d %s applies: %s', (code, amount, unit, applies) => {
    const rules = [...nationalRules, ...parseRules([row({ code, amount, unit })])];
    expect(select(rules, code, '330402')?.version === 'local-1').toBe(applies);
  });
  test('is not used outside its validity', () => {
    const rules = [...nationalRules, ...parseRules([row({ validTo: '2024-02-29' })])];
    expect(select(rules, 'T8', '330402')?.amount).toBe(60);
  });
});

describe('parseRules', () => {
  test('fills in defaults', () => {
    expect(parseRules([row({})])[0]).toMatchObject({ kind: 'PERIOD', unit: 'CALENDAR_DAY', validTo: null, priority: 0, mayLengthen: null });
  });
  test.each([
    ['an unknown field', { amonut: 3 }],
    ['half a day', { amount: 0.5 }],
    ['a period without amount', { amount: null }],
    ['an amount without period', { kind: 'NO_PERIOD' }],
    ['a day that does not exist', { validFrom: '2022-02-30' }],
    ['an end before the start', { validTo: '2022-04-30' }],
    ['a jurisdiction that is no code', { jurisdictionCode: 'Zhejiang' }],
    ['a total without extension', { maxTotalDays: 90 }],
    ['an extension in working days', { extendsCode: 'T8', unit: 'WORKING_DAY' }],
  ])('refuses %s', (_what, extra) => {
    expect(() => parseRules([{ ...row({}), ...extra }])).toThrow();
  });
  test('refuses the same rule twice', () => {
    expect(() => parseRules([row({}), row({})])).toThrow(/twice/);
  });
});

