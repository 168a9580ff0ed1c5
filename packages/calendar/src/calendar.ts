/**
 * The working-day calendar as data: what the State Council's yearly holiday notices (节假日安排通知) change
 * against "Monday to Friday" (国务院关于职工工作时间的规定 Art. 7).
 */
import { InvalidLocalDate, isLocalDate, weekday, yearOf, type LocalDate } from './local-date';

/** A day that a notice names, with the holiday it belongs to, e.g. 春节. */
export interface NamedDay {
  readonly on: LocalDate;
  readonly name: string;
}

/** A day off. `isAdjustedRest`: a weekday off in exchange for a make-up workday; absent when the source does not tell. */
export interface OffDay extends NamedDay {
  readonly isAdjustedRest?: boolean;
}

/** Where a year's table comes from. `digest` is set for a table added by {@link withHolidayNotice}. */
export interface YearSource {
  readonly papers: readonly string[];
  readonly digest?: string;
}

/** What the notice of one year says. It may reach back into December of the year before (2018-12-30). */
export interface YearTable {
  readonly offDays: readonly OffDay[];
  readonly makeUpWorkdays: readonly NamedDay[];
  readonly source?: YearSource;
}

/** Input of {@link createCalendar}: the version to store on each computed deadline, and one table per published year. */
export interface CalendarTables {
  readonly version: string;
  readonly years: Readonly<Record<number, YearTable>>;
}

interface DayMark {
  readonly name: string;
  readonly isOff: boolean;
  readonly isAdjustedRest: boolean;
}

/** Plain data. Build it with {@link createCalendar}; `marks` is the index of `years` by day. */
export interface Calendar extends CalendarTables {
  readonly marks: Readonly<Record<LocalDate, DayMark>>;
  readonly whenUnpublished: 'REFUSE' | 'WEEKENDS_ONLY';
}

/** 工作日, 周末, 法定节假日 (weekends inside it too), 调休 rest, 调休 make-up workday (a weekend day worked). */
export type DayKind = 'WORKDAY' | 'WEEKEND' | 'STATUTORY_HOLIDAY' | 'ADJUSTED_REST' | 'MAKE_UP_WORKDAY';

/** One day of the calendar. `name` is the holiday's; `isProvisional` when the year's notice is not published. */
export interface Day {
  readonly on: LocalDate;
  readonly kind: DayKind;
  readonly name: string | null;
  readonly isProvisional: boolean;
}

/** Thrown when a question needs a year whose holiday notice is not in the calendar. Never guess: see brief §1.5. */
export class YearNotPublished extends Error {
  readonly code = 'CALENDAR_YEAR_NOT_PUBLISHED';
  readonly year: number;
  constructor(year: number) {
    super(`no holiday notice for ${year} in this calendar`);
    this.name = 'YearNotPublished';
    this.year = year;
  }
}

function checkTable(year: number, table: YearTable): void {
  const seen = new Set<LocalDate>();
  for (const { on } of [...table.offDays, ...table.makeUpWorkdays]) {
    if (!isLocalDate(on)) throw new InvalidLocalDate(on);
    const isOwn = yearOf(on) === year || on.startsWith(`${year - 1}-12-`);
    if (!isOwn || seen.has(on)) throw new RangeError(`${on} is out of place or named twice in the table of ${year}`);
    seen.add(on);
  }
}

function indexDays(years: CalendarTables['years']): Record<LocalDate, DayMark> {
  const marks: Record<LocalDate, DayMark> = {};
  // ascending: where two notices name the same December day, the later notice speaks
  for (const year of Object.keys(years).map(Number).sort((a, b) => a - b)) {
    const table = years[year];
    if (!table) continue;
    checkTable(year, table);
    for (const day of table.makeUpWorkdays) marks[day.on] = { name: day.name, isOff: false, isAdjustedRest: false };
    for (const day of table.offDays) marks[day.on] = { name: day.name, isOff: true, isAdjustedRest: day.isAdjustedRest ?? false };
  }
  return marks;
}

/** A calendar from tables. A year without a table is "not published". Throws `RangeError` for a misplaced or doubled day. */
export function createCalendar(tables: CalendarTables): Calendar {
  return { version: tables.version, years: tables.years, marks: indexDays(tables.years), whenUnpublished: 'REFUSE' };
}

/** True when the year's holiday notice is in the calendar. */
export function isPublished(calendar: Calendar, year: number): boolean {
  return Object.hasOwn(calendar.years, year);
}

/** The published years, ascending. */
export function publishedYears(calendar: Calendar): number[] {
  return Object.keys(calendar.years).map(Number).sort((a, b) => a - b);
}

/** The same calendar, which answers for an unpublished year from weekends alone; such days are `isProvisional`. */
export function assumeWeekendsOnly(calendar: Calendar): Calendar {
  return { ...calendar, whenUnpublished: 'WEEKENDS_ONLY' };
}

function kindOf(mark: DayMark | undefined, isWeekend: boolean): DayKind {
  if (mark?.isOff) return mark.isAdjustedRest ? 'ADJUSTED_REST' : 'STATUTORY_HOLIDAY';
  if (!isWeekend) return 'WORKDAY';
  return mark ? 'MAKE_UP_WORKDAY' : 'WEEKEND';
}

/** What a day is and why. Throws {@link YearNotPublished}, {@link InvalidLocalDate}. */
export function dayOf(calendar: Calendar, date: LocalDate): Day {
  const day = weekday(date); // checks the date too
  const year = Number(date.slice(0, 4));
  const isProvisional = !isPublished(calendar, year);
  if (isProvisional && calendar.whenUnpublished === 'REFUSE') throw new YearNotPublished(year);
  const mark = Object.hasOwn(calendar.marks, date) ? calendar.marks[date] : undefined;
  const kind = kindOf(mark, day === 0 || day === 6);
  const isNamed = kind !== 'WORKDAY' && kind !== 'WEEKEND';
  return { on: date, kind, name: isNamed ? (mark?.name ?? null) : null, isProvisional };
}

/** The kind of a day. Throws {@link YearNotPublished}, {@link InvalidLocalDate}. */
export function dayKind(calendar: Calendar, date: LocalDate): DayKind {
  return dayOf(calendar, date).kind;
}

/** True for a 工作日: a weekday not off, or a make-up workday. Throws {@link YearNotPublished}, {@link InvalidLocalDate}. */
export function isWorkday(calendar: Calendar, date: LocalDate): boolean {
  const kind = dayKind(calendar, date);
  return kind === 'WORKDAY' || kind === 'MAKE_UP_WORKDAY';
}
