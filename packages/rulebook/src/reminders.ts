/** When to remind (提醒) the responsible official of a due date. */
import {
  addDays, assumeWeekendsOnly, instantAtLocal, shiftBackToWorkday, shiftToWorkday, type Calendar, type LocalDate,
} from '@anjie/calendar';
import type { Due } from './due';

/** Offsets in calendar days: `before` from `dueRaw`, `after` from `dueEffective`. */
export interface ReminderPlan {
  readonly before: readonly number[];
  readonly on: boolean;
  readonly after: readonly number[];
}

/** 7, 3 and 1 days before, on the day, 1, 3 and 7 days after. */
export const defaultReminderPlan: ReminderPlan = { before: [7, 3, 1], on: true, after: [1, 3, 7] };

/** One reminder. `on` is a working day; `at` is 09:00 Asia/Shanghai of it. `offsetDays` is the planned offset, 0 for ON. */
export interface ReminderStep {
  readonly kind: 'BEFORE' | 'ON' | 'AFTER';
  readonly offsetDays: number;
  readonly on: LocalDate;
  readonly at: Date;
}

export const REMINDER_TIME = '09:00';

type Draft = Omit<ReminderStep, 'at'>;

/** Steps that land on the same day become one: the nearest before the due date, the farthest after it. */
function mergeSameDay(drafts: readonly Draft[]): Draft[] {
  const byDay = new Map<LocalDate, Draft>();
  for (const draft of drafts) byDay.set(draft.on, draft);
  return [...byDay.values()].sort((a, b) => (a.on < b.on ? -1 : 1));
}

function checkOffsets(offsets: readonly number[]): void {
  for (const days of offsets) if (!Number.isSafeInteger(days) || days < 1) throw new RangeError(`offset must be whole, 1 or more: ${days}`);
}

/**
 * The reminders of a due date, ascending. BEFORE moves back to a working day and is dropped unless it lies after
 * `startOn`; ON and AFTER move forward. Officials are warned against `dueRaw` and overdue after `dueEffective`
 * (brief §1.5). A reminder is no legal period: in an unpublished year weekends alone decide, nothing is refused.
 */
export function reminderSteps(due: Pick<Due, 'startOn' | 'dueRaw' | 'dueEffective'>, plan: ReminderPlan, calendar: Calendar): ReminderStep[] {
  checkOffsets([...plan.before, ...plan.after]);
  const lenient = assumeWeekendsOnly(calendar);
  const before = plan.before.toSorted((a, b) => b - a)
    .map((days): Draft => ({ kind: 'BEFORE', offsetDays: days, on: shiftBackToWorkday(lenient, addDays(due.dueRaw, -days)) }))
    .filter((draft) => draft.on > due.startOn);
  const on: Draft[] = plan.on ? [{ kind: 'ON', offsetDays: 0, on: shiftToWorkday(lenient, due.dueEffective) }] : [];
  const after = plan.after.toSorted((a, b) => a - b)
    .map((days): Draft => ({ kind: 'AFTER', offsetDays: days, on: shiftToWorkday(lenient, addDays(due.dueEffective, days)) }));
  return mergeSameDay([...before, ...on, ...after]).map((draft) => ({ ...draft, at: instantAtLocal(draft.on, REMINDER_TIME) }));
}
