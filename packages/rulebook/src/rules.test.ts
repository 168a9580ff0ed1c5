import { readRulebooks, shippedRulebook } from '@anjie/service-kit/runtime';
import { basisOf, describeChange, findLengthening, findMisfits, parseRules, readRules, rulesInPlace, selectRule, type TimeLimitRuleRow } from './index';

const { national, local: zhejiang, rules: withZhejiang } = readRulebooks([shippedRulebook('local/zhejiang-2016.yaml')]);
const row = (extra: Partial<TimeLimitRuleRow>): TimeLimitRuleRow => ({
  code: 'T8', version: 'local-1', jurisdictionCode: '330400', stage: 'HANDLING', amount: 45, startsOn: 'MATTER_ACCEPTED',
  basisDocument: '《示例办法》', basisArticle: '第一条', validFrom: '2022-05-01', descriptionZh: '办结', descriptionEn: 'Finish handling', ...extra,
});
const select = (rules: typeof national, code: string, jurisdictionCode: string) => selectRule(rules, { code, jurisdictionCode, on: '2024-03-01' });

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
    const rule = select(national, code, '610902');
    expect(rule).toMatchObject({ amount, unit, force: 'STATUTE' });
    expect(rule && basisOf(rule)).toBe(basis);
  });
  test('T5 is the only statutory period in working days', () => {
    expect(national.filter((rule) => rule.force === 'STATUTE' && rule.unit === 'WORKING_DAY').map((rule) => rule.code)).toEqual(['T5']);
  });
  test('the 60 days belong to Art. 31(6) matters, and only re-review leaves hearings out', () => {
    expect(select(national, 'T8', '000000')?.onlyRoute).toBe('ART31_6');
    expect(national.filter((rule) => rule.excludesHearing).map((rule) => `${rule.code}@${rule.version}`)).toEqual(['T13@2022', 'T13@2005']);
  });
  test('hold every row of the brief, T1 to T20', () => {
    const codes = rulesInPlace(national, { jurisdictionCode: '000000', on: '2024-03-01' }).map(({ rule }) => rule.code);
    expect(codes.filter((code) => /^T\d/.test(code))).toEqual(Array.from({ length: 20 }, (_, i) => `T${i + 1}`));
  });
  test.each([
    ['T1', 'NO_PERIOD', '第二十二条第一款'], ['T6', 'NO_PERIOD', '第二十四条第一款'], ['T7', 'NO_PERIOD', '第二十四条第二款'], ['T14', 'NO_PERIOD', '第三十六条第三款'],
    ['T15', 'NO_PERIOD', '第十九条第三款'], ['T16', 'NO_PERIOD', '第二十条第三款'], ['T17', 'NO_PERIOD', '第二十五条'], ['T19', 'ASSIGNED_DATE', '第四十一条'],
    ['T20', 'ASSIGNED_DATE', '第三十九条'], ['ASSIGNED_LIMIT', 'ASSIGNED_DATE', '第二十二条第一款第三项'],
  ])('%s counts no days (%s), 《信访工作条例》%s', (code, kind, basisArticle) => {
    expect(select(national, code, '640104')).toMatchObject({ kind, basisArticle, amount: null, force: 'STATUTE' });
  });
  test.each([
    ['T18', 30, 'CALENDAR_DAY'], ['LETTER_REPLY', 7, 'CALENDAR_DAY'], ['REFERRAL_SIGN', 5, 'WORKING_DAY'], ['COORDINATION', 5, 'WORKING_DAY'], ['BACK_TRACE', 30, 'CALENDAR_DAY'],
    ['RELAPSE_WATCH', 90, 'CALENDAR_DAY'], ['RATING_WINDOW', 30, 'CALENDAR_DAY'], ['DATA_REQUEST', 30, 'CALENDAR_DAY'],
  ])('%s, %d %s, is practice: no text names the number', (code, amount, unit) => {
    expect(select(national, code, '640104')).toMatchObject({ amount, unit, force: 'PRACTICE' });
  });
  test.each([
    ['T3', '第二十二条第二款'], ['T4', '第二十一条第二款'], ['T8', '第三十三条'], ['T9', '第三十三条'], ['T10', '第三十四条'], ['T11', '第三十四条'],
    ['T12', '第三十五条第一款'], ['T13', '第三十五条第一款'], ['T18', '第三十六条第二款'],
  ])('%s of a matter that began before 2022-05-01: 《信访条例》（2005）%s', (code, basisArticle) => {
    expect(selectRule(national, { code, jurisdictionCode: '640104', on: '2021-06-01' })).toMatchObject({ version: '2005', basisArticle, onlyRoute: null });
  });
  test('T18, REFERRAL_SIGN and CAMPAIGN_LIMIT are labelled practice, not statute', () => {
    for (const code of ['T18', 'REFERRAL_SIGN', 'CAMPAIGN_LIMIT']) expect(select(national, code, '000000')?.force).toBe('PRACTICE');
    expect(select(national, 'T18', '000000')?.descriptionEn).toContain('local/2005 practice');
    expect(select(national, 'REFERRAL_SIGN', '000000')).toMatchObject({ amount: 5, unit: 'WORKING_DAY' });
  });
  test('a matter that began before 2022-05-01 falls under the 2005 text; before 2005-05-01 under none', () => {
    const on = (day: string) => selectRule(national, { code: 'T8', jurisdictionCode: '640104', on: day });
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
    const silent = zhejiang.map((rule) => ({ ...rule, mayLengthen: null }));
    expect(select([...national, ...silent], 'T9', '330402')?.amount).toBe(30);
    expect(findLengthening([...national, ...silent]).map((rule) => rule.code)).toEqual(['T9']);
    expect(findLengthening(withZhejiang)).toEqual([]);
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
    const rules = [...national, ...parseRules([row({ code, amount, unit })])];
    expect(select(rules, code, '330402')?.version === 'local-1').toBe(applies);
  });
  test('is not used outside its validity', () => {
    const rules = [...national, ...parseRules([row({ validTo: '2024-02-29' })])];
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
    ['an amount in words', { amount: '60日' }],
    ['a priority below zero', { priority: -1 }],
    ['a day that does not exist', { validFrom: '2022-02-30' }],
    ['an end before the start', { validTo: '2022-04-30' }],
    ['a jurisdiction that is no code', { jurisdictionCode: 'Zhejiang' }],
    ['a total without extension', { maxTotalDays: 90 }],
    ['an extension in working days', { extendsCode: 'T8', unit: 'WORKING_DAY' }],
  ])('refuses %s', (_what, extra) => {
    expect(() => parseRules([{ ...row({}), ...extra }])).toThrow();
  });
  test('refuses the same rule twice, and two that would apply at once', () => {
    expect(() => parseRules([row({}), row({})])).toThrow(/row 2, version: stands twice/);
    expect(() => parseRules([row({}), row({ version: 'local-2' })])).toThrow(/row 2, priority: must differ/);
    expect(parseRules([row({}), row({ version: 'local-2', validFrom: '2024-01-01' })])).toHaveLength(2);
  });
  test('reads numbers and yes or no from text, and nothing else', () => {
    expect(parseRules([row({ amount: '45', priority: '2', excludesHearing: 'true' })])[0]).toMatchObject({ amount: 45, priority: 2, excludesHearing: true });
    expect(readRules([{ ...row({}), amount: '4.5', excludesHearing: 'yes', version: undefined }]).problems.map(({ field, message }) => `${field} ${message}`)).toEqual([
      'version is missing', 'amount must be a whole number from 1 to 3660', 'excludesHearing must be true or false',
    ]);
  });
});

describe('a local row among the national ones', () => {
  const misfit = (extra: Partial<TimeLimitRuleRow>) => findMisfits(parseRules([row(extra)]), national).map(({ field }) => field);
  test.each<[string, Partial<TimeLimitRuleRow>, string[]]>([
    ['a typed date where the national rule counts', { kind: 'ASSIGNED_DATE', amount: null }, ['kind']],
    ['a count where the national rule has a typed date', { code: 'CAMPAIGN_LIMIT' }, ['kind']],
    ['a period where the national text has none', { code: 'T6' }, []],
    ['an extension of a rule that is nowhere', { code: 'X9', extendsCode: 'X8' }, ['extendsCode']],
    ['an extension of a national rule', { code: 'T9', extendsCode: 'T8', maxTotalDays: 75 }, []],
  ])('%s', (_what, extra, fields) => {
    expect(misfit(extra)).toEqual(fields);
  });
  test('a national row of a local file may shorten, and cannot widen the measure for anybody', () => {
    const national90 = { jurisdictionCode: '000000', amount: 90, priority: 5, version: 'office-1' };
    const here = (rules: Partial<TimeLimitRuleRow>[]) => select([...national, ...parseRules(rules.map(row))], 'T8', '330402')?.version;
    expect(here([{ ...national90, amount: 45 }])).toBe('office-1');
    expect(here([national90])).toBe('2022');
    expect(here([{ ...national90, validFrom: '2010-01-01', priority: 0 }, { amount: 80 }])).toBe('2022');
    expect(here([{ ...national90, mayLengthen: { instrument: '《新条例》第一条', reasonEn: 'a new text' } }])).toBe('office-1');
  });
  test('all rules of a place say what becomes of them', () => {
    const lengthening = parseRules([row({ amount: 61 }), row({ code: 'T2', jurisdictionCode: '330402', amount: 3, version: 'nanhu-1' })]);
    const standing = (code: string) => rulesInPlace([...withZhejiang, ...lengthening], { code, jurisdictionCode: '330402', on: '2024-03-01' })
      .map(({ rule, standing: what }) => `${rule.version} ${what}`);
    expect(standing('T8')).toEqual(['local-1 LENGTHENS', 'zhejiang-2016 APPLIES', '2022 SUPERSEDED']);
    expect(standing('T2')).toEqual(['nanhu-1 APPLIES', 'zhejiang-2016 SUPERSEDED', '2022 SUPERSEDED']);
    expect(rulesInPlace(national, { jurisdictionCode: '000000', on: '1999-01-01' })).toEqual([]);
  });
});

describe('what a local row changes, in a line', () => {
  const say = (rows: readonly Partial<TimeLimitRuleRow>[], on = '2026-03-01') => {
    const local = parseRules(rows.map(row));
    return local.map((rule) => describeChange(rule, { national, all: [...national, ...local], on }));
  };
  test('every row of Zhejiang 2016', () => {
    expect(zhejiang.map((rule) => describeChange(rule, { national, all: withZhejiang, on: '2026-03-01' }))).toEqual([
      'T2 in 330000: 15 calendar days → 5 working days, 《浙江省信访条例》第二十条',
      'T3 in 330000: 15 calendar days → 5 working days, 《浙江省信访条例》第二十条',
      'T8 in 330000: 60 → 30 calendar days, 《浙江省信访条例》第二十三条',
      'T9 in 330000: 30 → 60 calendar days, 《浙江省信访条例》第二十三条',
    ]);
  });
  test.each<[string, Partial<TimeLimitRuleRow>[], string]>([
    ['nothing', [{ amount: 60 }], 'T8 in 330400: 60 calendar days as in the national rule, 《示例办法》第一条'],
    ['a new code', [{ code: 'REVIEW_ACCEPT', amount: 3, unit: 'WORKING_DAY' }], 'REVIEW_ACCEPT in 330400: no national rule → 3 working days, 《示例办法》第一条'],
    ['a period where there was none', [{ code: 'T6', amount: 10 }], 'T6 in 330400: no period → 10 calendar days, 《示例办法》第一条'],
    ['a later day', [{ validFrom: '2027-01-01' }], 'T8 in 330400: 60 → 45 calendar days, 《示例办法》第一条; in force from 2027-01-01, not today'],
    ['an earlier time', [{ validTo: '2024-12-31' }], 'T8 in 330400: 60 → 45 calendar days, 《示例办法》第一条; in force until 2024-12-31, not today'],
    ['a longer time', [{ amount: 75 }], 'T8 in 330400: 60 → 75 calendar days, 《示例办法》第一条; PASSED OVER: longer than the national rule, and mayLengthen names no instrument that allows it'],
    ['nothing, for another row', [{}, { version: 'local-2', priority: 1, amount: 40 }], 'T8 in 330400: 60 → 45 calendar days, 《示例办法》第一条; no effect: T8@local-2 has a higher priority'],
  ])('%s', (_what, rows, line) => {
    expect(say(rows)[0]).toBe(line);
  });
});

