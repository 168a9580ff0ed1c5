/**
 * Date-only arithmetic on `YYYY-MM-DD` strings and the conversions from and to instants in Asia/Shanghai.
 * The zone is a fixed +08:00: China has kept no summer time since 1992. Nothing here reads the clock.
 */

/** A civil day, `YYYY-MM-DD`, years 1000-2999. Lexical order is time order. */
export type LocalDate = string;

/** 0 = Sunday (星期日) … 6 = Saturday (星期六). */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

const DATE = /^([12]\d{3})-(\d{2})-(\d{2})$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
const MS_PER_DAY = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** Thrown for a string that is not an existing day or time of day, or arithmetic that leaves the years 1000-2999. */
export class InvalidLocalDate extends RangeError {
  readonly code = 'INVALID_LOCAL_DATE';
  constructor(value: string) {
    super(`not a local date or time: ${JSON.stringify(value)}`);
    this.name = 'InvalidLocalDate';
  }
}

function epochDay(value: string): number | null {
  const match = DATE.exec(value);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const ms = Date.UTC(year, month - 1, day);
  const back = new Date(ms);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? ms / MS_PER_DAY : null;
}

function requireEpochDay(value: string): number {
  const day = epochDay(value);
  if (day === null) throw new InvalidLocalDate(value);
  return day;
}

function fromEpochDay(day: number): LocalDate {
  const date = new Date(day * MS_PER_DAY);
  const text = Number.isNaN(date.getTime()) ? String(day) : date.toISOString().slice(0, 10);
  if (text.length !== 10 || text < '1000' || text >= '3000') throw new InvalidLocalDate(text);
  return text;
}

/** True for an existing day written `YYYY-MM-DD` (`2025-02-29` is false). */
export function isLocalDate(value: unknown): value is LocalDate {
  return typeof value === 'string' && epochDay(value) !== null;
}

/** The value itself, checked. Throws {@link InvalidLocalDate}. */
export function parseLocalDate(value: string): LocalDate {
  requireEpochDay(value);
  return value;
}

/** The calendar year of a day. Throws {@link InvalidLocalDate}. */
export function yearOf(date: LocalDate): number {
  return Number(parseLocalDate(date).slice(0, 4));
}

/** The day `days` calendar days later (earlier when negative). Throws {@link InvalidLocalDate}; `days` must be whole. */
export function addDays(date: LocalDate, days: number): LocalDate {
  if (!Number.isSafeInteger(days)) throw new RangeError(`days must be whole: ${days}`);
  return fromEpochDay(requireEpochDay(date) + days);
}

/** Calendar days from `from` to `to`: positive when `to` is later. Throws {@link InvalidLocalDate}. */
export function diffDays(from: LocalDate, to: LocalDate): number {
  return requireEpochDay(to) - requireEpochDay(from);
}

/** Day of the week, 0 = Sunday. Throws {@link InvalidLocalDate}. */
export function weekday(date: LocalDate): Weekday {
  const day = requireEpochDay(date);
  return ((((day + 4) % 7) + 7) % 7) as Weekday;
}

/** The civil day in Asia/Shanghai at an instant. Throws {@link InvalidLocalDate} for an invalid `Date`. */
export function localDateOf(instant: Date): LocalDate {
  return fromEpochDay(Math.floor((instant.getTime() + SHANGHAI_MS) / MS_PER_DAY));
}

/** The instant of a local time of day, `HH:mm` in 24 hours, at +08:00. Throws {@link InvalidLocalDate}. */
export function instantAtLocal(date: LocalDate, time: string): Date {
  const match = TIME.exec(time);
  if (!match) throw new InvalidLocalDate(time);
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return new Date(requireEpochDay(date) * MS_PER_DAY + minutes * 60_000 - SHANGHAI_MS);
}
