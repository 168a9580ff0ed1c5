/** Steps from working day to working day. */
import { isWorkday, type Calendar } from './calendar';
import { addDays, type LocalDate } from './local-date';

/**
 * The `n`-th working day after `date` (before it when `n` is negative); `date` itself is never counted, 0 returns it.
 * Throws `YearNotPublished` when the walk meets an unpublished year.
 */
export function addWorkdays(calendar: Calendar, date: LocalDate, n: number): LocalDate {
  if (!Number.isSafeInteger(n)) throw new RangeError(`n must be whole: ${n}`);
  const step = Math.sign(n);
  let left = Math.abs(n);
  let on = date;
  while (left > 0) {
    on = addDays(on, step);
    if (isWorkday(calendar, on)) left -= 1;
  }
  return on;
}

/**
 * `date` if it is a working day, else the next one: 《中华人民共和国民法典》 Art. 203 ¶1, applied by analogy.
 * A Sunday that is a make-up workday (调休) does not shift. Throws `YearNotPublished`.
 */
export function shiftToWorkday(calendar: Calendar, date: LocalDate): LocalDate {
  return isWorkday(calendar, date) ? date : addWorkdays(calendar, date, 1);
}

/** `date` if it is a working day, else the one before. For reminders, never for a legal period. Throws `YearNotPublished`. */
export function shiftBackToWorkday(calendar: Calendar, date: LocalDate): LocalDate {
  return isWorkday(calendar, date) ? date : addWorkdays(calendar, date, -1);
}
