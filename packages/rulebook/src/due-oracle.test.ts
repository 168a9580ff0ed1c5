/** dueFor against an independent slow oracle: the oracle imports no product code and reads holiday-cn, not chinese-days. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedCalendar } from '@anjie/calendar';
import { readRulebooks, shippedRulebook } from '@anjie/service-kit/runtime';
import fc from 'fast-check';
import { dueFor, selectRule, type TimeLimitRule } from './index';

const dataDir = process.env['ANJIE_TEST_DATA'];
if (!dataDir) console.warn('ANJIE_TEST_DATA is not set: dueFor is not compared with the oracle');

interface Notices {
  years: Record<string, { days: { date: string; isOffDay: boolean }[] }>;
}

// ---- the oracle
const offDay = new Map<string, boolean>();

function text(date: Date): string {
  return `${date.getUTCFullYear()}-${String(date.getUTCMonth() + 1).padStart(2, '0')}-${String(date.getUTCDate()).padStart(2, '0')}`;
}

function nextDay(date: Date): Date {
  const next = new Date(date.getTime());
  next.setUTCDate(next.getUTCDate() + 1);
  return next;
}

function works(date: Date): boolean {
  if (date.getUTCFullYear() > 2026) throw new Error('unpublished');
  return !(offDay.get(text(date)) ?? [0, 6].includes(date.getUTCDay()));
}

function oracleDays(start: string, days: number, hearing: string[]): [string, string] {
  let last = new Date(`${start}T00:00:00Z`);
  for (let left = days; left > 0; ) {
    last = nextDay(last);
    if (!hearing.includes(text(last))) left -= 1;
  }
  let effective = last;
  while (!works(effective)) effective = nextDay(effective);
  return [text(last), text(effective)];
}

function oracleWorkdays(start: string, days: number): [string, string] {
  let date = new Date(`${start}T00:00:00Z`);
  for (let left = days; left > 0; ) {
    date = nextDay(date);
    if (works(date)) left -= 1;
  }
  return [text(date), text(date)];
}

function orUnpublished(compute: () => [string, string]): string[] {
  try {
    return compute();
  } catch {
    return ['CALENDAR_YEAR_NOT_PUBLISHED'];
  }
}
// ---- end of the oracle

const calendar = publishedCalendar();

function product(input: Omit<Parameters<typeof dueFor>[0], 'calendar'>): string[] {
  const result = dueFor({ ...input, calendar });
  return result.kind === 'DUE' ? [result.dueRaw, result.dueEffective] : [result.code];
}

const { national, local: zhejiang, rules } = readRulebooks([shippedRulebook('local/zhejiang-2016.yaml')]);
const periods = rules.filter((rule) => rule.kind === 'PERIOD' && rule.extendsCode === null);
const anyRule = fc.constantFrom(...periods);
const anyDay = fc.integer({ min: 0, max: 7304 }).map((n) => text(new Date(Date.UTC(2007, 0, 1 + n))));
const ruleOf = (code: string, from = national): TimeLimitRule => {
  const rule = from.find((one) => one.code === code);
  if (!rule) throw new Error(code);
  return rule;
};

test('the rows that are compared: every period of the national file and of Zhejiang', () => {
  const names = periods.map((rule) => `${rule.code}@${rule.version}`);
  expect(names).toEqual(expect.arrayContaining(['T8@2022', 'T5@2022', 'T13@2022', 'T18@2022', 'SIMPLE_OPINION@2016', 'SIMPLE_DECISION@2016', 'T2@zhejiang-2016', 'T8@zhejiang-2016']));
});

(dataDir ? describe : describe.skip)('dueFor equals the slow oracle on holiday-cn 2007-2026 (ANJIE_TEST_DATA)', () => {
  beforeAll(() => {
    const { years } = JSON.parse(readFileSync(join(dataDir ?? '', 'holiday_cn_2007_2026.json'), 'utf8')) as Notices;
    for (const { days } of Object.values(years)) for (const day of days) offDay.set(day.date, day.isOffDay);
  });
  test('for every rule with a period, from any day', () => {
    fc.assert(fc.property(anyRule, anyDay, (rule, startOn) => {
      const amount = rule.amount ?? 0;
      const expected = orUnpublished(() => (rule.unit === 'WORKING_DAY' ? oracleWorkdays(startOn, amount) : oracleDays(startOn, amount, [])));
      expect(product({ rule, startOn })).toEqual(expected);
    }), { numRuns: 3000 });
  }, 60_000);
  test.each([
    ['T8', '第三十四条, 60 日', national, (startOn: string) => oracleDays(startOn, 60, [])],
    ['T5', '第二十三条第三款, 5 个工作日', national, (startOn: string) => oracleWorkdays(startOn, 5)],
    ['SIMPLE_OPINION', '简易办理办法, 10 个工作日', national, (startOn: string) => oracleWorkdays(startOn, 10)],
    ['SIMPLE_DECISION', '简易办理办法, 3 个工作日', national, (startOn: string) => oracleWorkdays(startOn, 3)],
    ['T2', '《浙江省信访条例》第二十条, 5 个工作日', zhejiang, (startOn: string) => oracleWorkdays(startOn, 5)],
    ['T8', '《浙江省信访条例》第二十三条, 30 日', zhejiang, (startOn: string) => oracleDays(startOn, 30, [])],
  ])('for %s (%s) from every single day of the twenty years', (code, _basis, from, oracle) => {
    const different: string[] = [];
    let days = 0;
    for (let day = new Date(Date.UTC(2007, 0, 1)); day.getUTCFullYear() < 2027; day = nextDay(day), days += 1) {
      const startOn = text(day);
      if (product({ rule: ruleOf(code, from), startOn }).join() !== orUnpublished(() => oracle(startOn)).join()) different.push(startOn);
    }
    expect([days, different]).toEqual([7305, []]);
  }, 60_000);
  test('for T8 extended by 1 to 30 days: start + 60 + n, one shift', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (startOn, extensionDays) => {
      const expected = orUnpublished(() => oracleDays(startOn, 60 + extensionDays, []));
      expect(product({ rule: ruleOf('T8'), startOn, extensionDays, extensionRule: ruleOf('T9') })).toEqual(expected);
    }), { numRuns: 1000 });
  }, 60_000);
  test('for T13 with a hearing left out', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 10 }), (startOn, after, length) => {
      const first = new Date(Date.parse(startOn) + after * 86_400_000);
      const span = Array.from({ length: length + 1 }, (_, i) => text(new Date(first.getTime() + i * 86_400_000)));
      const hearings = [{ from: span[0] ?? '', to: span.at(-1) ?? '' }];
      expect(product({ rule: ruleOf('T13'), startOn, hearings })).toEqual(orUnpublished(() => oracleDays(startOn, 30, span)));
    }), { numRuns: 1000 });
  }, 60_000);
  test('for T8 of Jiaxing (330402) extended by Zhejiang\'s T9, 第二十三条: start + 30 + n, n at most 60', () => {
    const inJiaxing = (code: string, on: string) => selectRule(rules, { code, jurisdictionCode: '330402', on });
    fc.assert(fc.property(fc.integer({ min: 3600, max: 7304 }), fc.integer({ min: 1, max: 60 }), (offset, extensionDays) => {
      const startOn = text(new Date(Date.UTC(2007, 0, 1 + offset)));
      const [rule, extensionRule] = [inJiaxing('T8', startOn), inJiaxing('T9', startOn)];
      if (!rule || !extensionRule) throw new Error(startOn);
      expect(product({ rule, startOn, extensionDays, extensionRule })).toEqual(orUnpublished(() => oracleDays(startOn, 30 + extensionDays, [])));
    }), { numRuns: 1000 });
  }, 60_000);
});
