import { readFileSync } from 'node:fs';
import { publishedCalendar, withHolidayNotices, type Calendar } from '@anjie/calendar';

let current: Calendar | undefined;

/** Adds the State Council notices of a file (format of holiday-cn) to the published years. Once, at start-up. */
export function loadHolidayNotices(path: string): void {
  current = withHolidayNotices(publishedCalendar(), JSON.parse(readFileSync(path, 'utf8')) as unknown);
}

/** The working-day calendar of this process: the published years, and those that an operator's file added. */
export const officeCalendar = (): Calendar => current ?? publishedCalendar();
