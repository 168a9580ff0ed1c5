import { addWorkdays, assumeWeekendsOnly, instantAtLocal, isWorkday, localDateOf, type Calendar, type LocalDate } from '@anjie/calendar';
import type { NoticeUrgency } from '@anjie/contracts';

/** Working hours of working days, Asia/Shanghai; everything else is quiet. One window, noon included: practice, no text sets it. */
export const OFFICE_HOURS = { from: '09:00', to: '17:30' } as const;

/**
 * The reminders of a morning fire at its first minute and are written within the next ones: until this time of day they
 * belong to the digest of the same morning, and the digest waits for them no longer than that.
 */
export const DIGEST_CLOSES = '09:10';

interface Hours {
  readonly day: LocalDate;
  readonly from: Date;
  readonly to: Date;
}

const lenient = (calendar: Calendar): Calendar => assumeWeekendsOnly(calendar);

/** Office hours of the day of an instant; undefined on a day off. In a year without a notice weekends alone decide. */
function hoursOn(instant: Date, calendar: Calendar): Hours | undefined {
  const day = localDateOf(instant);
  return isWorkday(lenient(calendar), day) ? { day, from: instantAtLocal(day, OFFICE_HOURS.from), to: instantAtLocal(day, OFFICE_HOURS.to) } : undefined;
}

const nextMorning = (instant: Date, calendar: Calendar): Date => instantAtLocal(addWorkdays(lenient(calendar), localDateOf(instant), 1), OFFICE_HOURS.from);

/** When a notice that is made at `now` may disturb its recipient. */
export function deliverAt(urgency: NoticeUrgency, now: Date, calendar: Calendar): Date {
  const hours = hoursOn(now, calendar);
  if (!hours) return nextMorning(now, calendar);
  if (now < hours.from) return hours.from;
  const isStillOpen = urgency === 'URGENT' ? now < hours.to : now < instantAtLocal(hours.day, DIGEST_CLOSES);
  return isStillOpen ? now : nextMorning(now, calendar);
}

export interface DigestRound {
  /** The morning that the digests belong to. */
  readonly day: LocalDate;
  /** The time for the reminders of the morning to be written is over. */
  readonly isClosed: boolean;
}

/** Whether digests go out at `now`, and for which morning. A morning that was missed is made up for within its office hours. */
export function digestRound(now: Date, calendar: Calendar): DigestRound | undefined {
  const hours = hoursOn(now, calendar);
  if (!hours || now < hours.from || now >= hours.to) return undefined;
  return { day: hours.day, isClosed: now >= instantAtLocal(hours.day, DIGEST_CLOSES) };
}
