/** The calendar that ships with Anjie: npm `chinese-days` (MIT), State Council notices 2004-2026. */
import chineseDays from 'chinese-days/dist/chinese-days.json';
import chineseDaysPackage from 'chinese-days/package.json';
import { createCalendar, type Calendar, type NamedDay, type OffDay } from './calendar';
import type { LocalDate } from './local-date';

interface DraftTable {
  readonly offDays: OffDay[];
  readonly makeUpWorkdays: NamedDay[];
}

type Rows = Readonly<Record<LocalDate, string>>;

/** `"National Day,国庆节,3"` → `国庆节`. */
function chineseName(label: string): string {
  return label.split(',')[1] ?? label;
}

/**
 * Built from the package's data file, not its functions: they take 2027-01-01 for a working day without a word,
 * because a year they do not know is a year without holidays. Here a year without rows is not published.
 */
function readTables(): Record<number, DraftTable> {
  const years: Record<number, DraftTable> = {};
  const tableOf = (on: LocalDate): DraftTable => (years[Number(on.slice(0, 4))] ??= { offDays: [], makeUpWorkdays: [] });
  const inLieu: Rows = chineseDays.inLieuDays;
  for (const [on, label] of Object.entries<string>(chineseDays.holidays)) {
    tableOf(on).offDays.push({ on, name: chineseName(label), isAdjustedRest: Object.hasOwn(inLieu, on) });
  }
  for (const [on, label] of Object.entries<string>(chineseDays.workdays)) {
    tableOf(on).makeUpWorkdays.push({ on, name: chineseName(label) });
  }
  return years;
}

let cached: Calendar | undefined;

/**
 * The bundled calendar, version `chinese-days@<package version>`; the same object at each call. Later years come
 * through `withHolidayNotice`. The last days of December of its last year may still be changed by the next notice.
 */
export function publishedCalendar(): Calendar {
  cached ??= createCalendar({ version: `chinese-days@${chineseDaysPackage.version}`, years: readTables() });
  return cached;
}
