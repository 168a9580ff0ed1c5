/** dueFor against an independent slow oracle: the oracle imports no product code and reads holiday-cn, not chinese-days. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedCalendar } from '@anjie/calendar';
import fc from 'fast-check';
import { dueFor, nationalRules, zhejiangRules, type TimeLimitRule } from './index';

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

const periods = [...nationalRules, ...zhejiangRules].filter((rule) => rule.kind === 'PERIOD' && rule.extendsCode === null);
const anyRule = fc.constantFrom(...periods);
const anyDay = fc.integer({ min: 0, max: 7304 }).map((n) => text(new Date(Date.UTC(2007, 0, 1 + n))));
const ruleOf = (code: string): TimeLimitRule => {
  const rule = nationalRules.find((one) => one.code === code && one.version === '2022');
  if (!rule) throw new Error(code);
  return rule;
};

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
  test('for T8 and T5 from every single day of the twenty years', () => {
    const different: string[] = [];
    for (let day = new Date(Date.UTC(2007, 0, 1)); day.getUTCFullYear() < 2027; day = nextDay(day)) {
      const startOn = text(day);
      const t8 = orUnpublished(() => oracleDays(startOn, 60, []));
      const t5 = orUnpublished(() => oracleWorkdays(startOn, 5));
      if (product({ rule: ruleOf('T8'), startOn }).join() !== t8.join()) different.push(`T8 ${startOn}`);
      if (product({ rule: ruleOf('T5'), startOn }).join() !== t5.join()) different.push(`T5 ${startOn}`);
    }
    expect(different).toEqual([]);
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
});
