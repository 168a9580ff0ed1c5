/** Adds a year to a calendar from a file in the holiday-cn JSON format (github NateScarlet/holiday-cn, MIT). */
import { createHash } from 'node:crypto';
import { createCalendar, type Calendar, type YearTable } from './calendar';
import { isLocalDate, type LocalDate } from './local-date';

/** One row of holiday-cn. `isOffDay: false` is a make-up workday. `isAdjustedRest` is our optional addition. */
export interface HolidayNoticeDay {
  readonly name: string;
  readonly date: LocalDate;
  readonly isOffDay: boolean;
  readonly isAdjustedRest?: boolean;
}

/** The State Council's notice of one year: `papers` are its addresses on gov.cn. */
export interface HolidayNotice {
  readonly year: number;
  readonly papers: readonly string[];
  readonly days: readonly HolidayNoticeDay[];
}

/** Thrown for a file that is not a holiday notice, or an empty or truncated one: those must not publish a year. */
export class HolidayNoticeInvalid extends Error {
  readonly code = 'HOLIDAY_NOTICE_INVALID';
  constructor(reason: string) {
    super(`holiday notice: ${reason}`);
    this.name = 'HolidayNoticeInvalid';
  }
}

type Json = Readonly<Record<string, unknown>>;

function asObject(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new HolidayNoticeInvalid(`${what} is not an object`);
  return value as Json;
}

function asArray(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new HolidayNoticeInvalid(`${what} is not a list`);
  return value;
}

function parseDay(value: unknown): HolidayNoticeDay {
  const { name, date, isOffDay, isAdjustedRest } = asObject(value, 'a day');
  if (typeof name !== 'string' || !isLocalDate(date) || typeof isOffDay !== 'boolean') {
    throw new HolidayNoticeInvalid(`a day needs name, date and isOffDay: ${JSON.stringify(value)}`);
  }
  return { name, date, isOffDay, ...(typeof isAdjustedRest === 'boolean' ? { isAdjustedRest } : {}) };
}

function parsePaper(value: unknown): string {
  if (typeof value !== 'string' || !/^https?:\/\//.test(value)) throw new HolidayNoticeInvalid('a paper is not a web address');
  return value;
}

function parseNotice(value: unknown, year: unknown): HolidayNotice {
  if (typeof year !== 'number' || !Number.isInteger(year)) throw new HolidayNoticeInvalid('no year');
  const { papers, days } = asObject(value, String(year));
  return { year, papers: asArray(papers, 'papers').map(parsePaper), days: asArray(days, 'days').map(parseDay) };
}

/**
 * The notices of a parsed JSON file: one year (`{ year, papers, days }`, the files of holiday-cn) or many
 * (`{ years: { "2027": { papers, days } } }`). Ascending by year. Throws {@link HolidayNoticeInvalid}.
 */
export function parseHolidayNotices(json: unknown): HolidayNotice[] {
  const file = asObject(json, 'the file');
  if (file['years'] === undefined) return [parseNotice(file, file['year'])];
  const years = Object.entries(asObject(file['years'], 'years'));
  return years.map(([year, value]) => parseNotice(value, Number(year))).sort((a, b) => a.year - b.year);
}

/** 1 January, 1 May and 1 October are off by 《全国年节及纪念日放假办法》 whatever the notice: their absence means a torn file. */
function checkComplete({ year, papers, days }: HolidayNotice): void {
  if (papers.length === 0) throw new HolidayNoticeInvalid(`${year} names no paper`);
  for (const day of ['01-01', '05-01', '10-01']) {
    if (!days.some((row) => row.isOffDay && row.date === `${year}-${day}`)) {
      throw new HolidayNoticeInvalid(`${year} is empty or incomplete: ${year}-${day} is not a day off`);
    }
  }
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

function tableOf(notice: HolidayNotice): YearTable {
  const days = notice.days.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const rows = days.map((day) => [day.date, day.isOffDay, day.isAdjustedRest ?? null, day.name]);
  return {
    offDays: days.filter((day) => day.isOffDay).map((day) => ({ on: day.date, name: day.name, ...(day.isAdjustedRest ? { isAdjustedRest: true } : {}) })),
    makeUpWorkdays: days.filter((day) => !day.isOffDay).map((day) => ({ on: day.date, name: day.name })),
    source: { papers: notice.papers, digest: sha(JSON.stringify([notice.year, notice.papers, rows])) },
  };
}

/** `chinese-days@1.5.7+2027#<12 hex>`: the base, the years added by notice (a count when over four), a hash of their content. */
function versionOf(base: string, years: Calendar['years']): string {
  const added = Object.entries(years).filter(([, table]) => table.source?.digest !== undefined);
  const named = added.length > 4 ? `${added.length}-years` : added.map(([year]) => year).join(',');
  return `${base.split('+')[0]}+${named}#${sha(added.map(([year, table]) => `${year}:${table.source?.digest}`).join())}`;
}

/**
 * A new calendar with the notice's year added, or replaced when it was there (the notices of 2015, 2019 and 2020 were
 * amended). Same notices in any order give the same version. Throws {@link HolidayNoticeInvalid}, also for an empty
 * notice (holiday-cn ships next year's file empty), and `RangeError` for a day outside the year or named twice.
 */
export function withHolidayNotice(calendar: Calendar, notice: HolidayNotice): Calendar {
  checkComplete(notice);
  const years = { ...calendar.years, [notice.year]: tableOf(notice) };
  return { ...createCalendar({ version: versionOf(calendar.version, years), years }), whenUnpublished: calendar.whenUnpublished };
}

/** {@link withHolidayNotice} for each notice of a parsed JSON file; an operator adds 2027 by such a file. */
export function withHolidayNotices(calendar: Calendar, json: unknown): Calendar {
  return parseHolidayNotices(json).reduce(withHolidayNotice, calendar);
}
