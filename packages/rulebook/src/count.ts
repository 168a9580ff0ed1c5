/** The walks from the start to the due date, one day at a time; each records every day it passes. */
import { addDays, assumeWeekendsOnly, dayOf, yearOf, type Calendar, type Day, type LocalDate } from '@anjie/calendar';
import type { DayReason, DueDay, DueInput, HearingSpan } from './due';

/** The outcome of a walk. `unpublishedYears`: years that decided something although they are not published. */
export interface Count {
  readonly dueRaw: LocalDate;
  readonly dueEffective: LocalDate;
  readonly days: readonly DueDay[];
  readonly unpublishedYears: readonly number[];
}

type Walk = Pick<DueInput, 'startOn' | 'calendar' | 'hearings'>;

const isWorking = (day: Day): boolean => day.kind === 'WORKDAY' || day.kind === 'MAKE_UP_WORKDAY';

function uncounted(day: Day, reason: DayReason): DueDay {
  return { ...day, counted: false, ordinal: null, reason };
}

/** For days that are shown but decide nothing: an unpublished year is marked, not refused. */
function showing(calendar: Calendar): (on: LocalDate) => Day {
  const lenient = assumeWeekendsOnly(calendar);
  return (on) => dayOf(lenient, on);
}

function provisionalYears(days: readonly Day[]): number[] {
  return [...new Set(days.filter((day) => day.isProvisional).map((day) => yearOf(day.on)))];
}

function inHearing(on: LocalDate, hearings: readonly HearingSpan[] = []): boolean {
  return hearings.some(({ from, to }) => from <= on && on <= to);
}

/** Shift (顺延): the days over which and to which the last day moves; empty when it is a working day. */
function shiftFrom(calendar: Calendar, last: Day): DueDay[] {
  const days: DueDay[] = [];
  for (let day = last; !isWorking(day); ) {
    day = dayOf(calendar, addDays(day.on, 1));
    days.push(uncounted(day, isWorking(day) ? 'DUE_AFTER_SHIFT' : 'SHIFTED_OVER'));
  }
  return days;
}

/** 日: every day counts but hearing days; only the last day and the shift need a published year. */
export function countCalendarDays({ startOn, calendar, hearings }: Walk, amount: number): Count {
  const show = showing(calendar);
  const days = [uncounted(show(startOn), 'START_NOT_COUNTED')];
  let on = startOn;
  for (let ordinal = 0; ordinal < amount; ) {
    on = addDays(on, 1);
    const day = show(on);
    const isHearing = inHearing(on, hearings);
    if (!isHearing) ordinal += 1;
    if (isHearing) days.push(uncounted(day, 'HEARING_NOT_COUNTED'));
    else if (ordinal < amount) days.push({ ...day, counted: true, ordinal, reason: 'COUNTED' });
  }
  const last = dayOf(calendar, on);
  const shift = shiftFrom(calendar, last);
  days.push({ ...last, counted: true, ordinal: amount, reason: isWorking(last) ? 'LAST_DAY' : 'LAST_DAY_NON_WORKING' });
  return { dueRaw: on, dueEffective: shift.at(-1)?.on ?? on, days: [...days, ...shift], unpublishedYears: provisionalYears([last, ...shift]) };
}

/** 工作日: every day between decides, so each needs a published year. */
export function countWorkdays({ startOn, calendar }: Walk, amount: number): Count {
  const walked: DueDay[] = [];
  let on = startOn;
  for (let ordinal = 0; ordinal < amount; ) {
    on = addDays(on, 1);
    const day = dayOf(calendar, on);
    if (isWorking(day)) ordinal += 1;
    const reason = ordinal === amount ? 'LAST_DAY' : 'COUNTED';
    walked.push(isWorking(day) ? { ...day, counted: true, ordinal, reason } : uncounted(day, 'NON_WORKING_NOT_COUNTED'));
  }
  const start = uncounted(showing(calendar)(startOn), 'START_NOT_COUNTED');
  return { dueRaw: on, dueEffective: on, days: [start, ...walked], unpublishedYears: provisionalYears(walked) };
}

/** A typed date: nothing is counted, nothing shifts. */
export function countAssigned({ startOn, calendar }: Walk, assignedOn: LocalDate): Count {
  const show = showing(calendar);
  const days: DueDay[] = [];
  for (let on = startOn; on < assignedOn; on = addDays(on, 1)) days.push(uncounted(show(on), 'BEFORE_ASSIGNED_DATE'));
  days.push(uncounted(show(assignedOn), 'ASSIGNED_DATE'));
  return { dueRaw: assignedOn, dueEffective: assignedOn, days, unpublishedYears: [] };
}
