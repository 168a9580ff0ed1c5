import { addDays, weekday, type LocalDate } from '@anjie/calendar';

export const CADENCES = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const;
export type Cadence = (typeof CADENCES)[number];

export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

const monthStart = (year: number, month: number): LocalDate => `${year}-${String(month).padStart(2, '0')}-01`;
const monthsFrom = (year: number, month: number, months: number): Period => {
  const next = month + months > 12 ? monthStart(year + 1, month + months - 12) : monthStart(year, month + months);
  return { from: monthStart(year, month), to: addDays(next, -1) };
};

/** The period of a cadence that a day lies in; a week is Monday to Sunday. */
export function periodOf(cadence: Cadence, day: LocalDate): Period {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  switch (cadence) {
    case 'DAY':
      return { from: day, to: day };
    case 'WEEK': {
      const from = addDays(day, -((weekday(day) + 6) % 7));
      return { from, to: addDays(from, 6) };
    }
    case 'MONTH':
      return monthsFrom(year, month, 1);
    case 'QUARTER':
      return monthsFrom(year, month - ((month - 1) % 3), 3);
    case 'YEAR':
      return { from: monthStart(year, 1), to: `${year}-12-31` };
  }
}

export const nextPeriod = (cadence: Cadence, { to }: Period): Period => periodOf(cadence, addDays(to, 1));
export const isWithin = (day: LocalDate | null, { from, to }: Period): boolean => day !== null && day >= from && day <= to;

/** 2025年10月31日 */
export const dayInWords = (day: LocalDate): string => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** The period as a heading says it. */
export function periodInWords(cadence: Cadence, { from, to }: Period): { readonly zh: string; readonly en: string } {
  const [year, month] = [from.slice(0, 4), Number(from.slice(5, 7))];
  switch (cadence) {
    case 'DAY':
      return { zh: dayInWords(from), en: from };
    case 'WEEK':
      return { zh: `${dayInWords(from)}至${dayInWords(to)}`, en: `${from} to ${to}` };
    case 'MONTH':
      return { zh: `${year}年${month}月`, en: from.slice(0, 7) };
    case 'QUARTER':
      return { zh: `${year}年第${'一二三四'[(month - 1) / 3] ?? ''}季度`, en: `quarter ${(month + 2) / 3} of ${year}` };
    case 'YEAR':
      return { zh: `${year}年`, en: year };
  }
}
