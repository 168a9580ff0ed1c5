export {
  addDays, diffDays, instantAtLocal, InvalidLocalDate, isLocalDate, localDateOf, parseLocalDate, weekday, yearOf,
  type LocalDate, type Weekday,
} from './local-date';
export {
  assumeWeekendsOnly, createCalendar, dayKind, dayOf, isPublished, isWorkday, publishedYears, YearNotPublished,
  type Calendar, type CalendarTables, type Day, type DayKind, type NamedDay, type OffDay, type YearSource, type YearTable,
} from './calendar';
export { addWorkdays, shiftBackToWorkday, shiftToWorkday } from './working-days';
export { publishedCalendar } from './published-calendar';
export {
  HolidayNoticeInvalid, parseHolidayNotices, withHolidayNotice, withHolidayNotices,
  type HolidayNotice, type HolidayNoticeDay,
} from './holiday-notice';
