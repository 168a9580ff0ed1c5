import { addDays, instantAtLocal, type Calendar, type LocalDate } from '@anjie/calendar';
import { defaultEscalationPlan, defaultReminderPlan, escalationSteps, reminderSteps, type ReminderStep } from '@anjie/rulebook';

export type DeadlineKind = 'REMIND_BEFORE' | 'REMIND_DUE' | 'REMIND_AFTER' | 'OVERDUE' | 'ESCALATE';
export type DeadlineState = 'ARMED' | 'FIRED' | 'CANCELLED';

export interface PlannedDeadline {
  readonly kind: DeadlineKind;
  readonly step: number;
  readonly dueAt: Date;
}

export interface DueDates {
  readonly startOn: LocalDate;
  readonly dueRaw: LocalDate;
  readonly dueOn: LocalDate;
}

const KINDS: Readonly<Record<ReminderStep['kind'], DeadlineKind>> = { BEFORE: 'REMIND_BEFORE', ON: 'REMIND_DUE', AFTER: 'REMIND_AFTER' };

/** Overdue begins with the day after the due date, 00:00 Asia/Shanghai. */
export const overdueAt = (dueOn: LocalDate): Date => instantAtLocal(addDays(dueOn, 1), '00:00');

/**
 * The moments of an obligation: reminders and, after the due date, the rungs of the ladder, at 09:00 of working days,
 * and the overdue mark. Of those whose time had passed before they were planned (an old ledger, a message that came
 * late) only the latest reminder and the latest rung stay: one is enough.
 */
export function plannedDeadlines(dates: DueDates, { calendar, now }: { calendar: Calendar; now: Date }): PlannedDeadline[] {
  const due = { ...dates, dueEffective: dates.dueOn };
  const reminders = reminderSteps(due, defaultReminderPlan, calendar).map((step): PlannedDeadline => ({ kind: KINDS[step.kind], step: step.offsetDays, dueAt: step.at }));
  const rungs = escalationSteps(due, defaultEscalationPlan, calendar).map((rung): PlannedDeadline => ({ kind: 'ESCALATE', step: rung.afterDays, dueAt: rung.at }));
  return [...comingAndLatest(reminders, now), { kind: 'OVERDUE', step: 0, dueAt: overdueAt(dates.dueOn) }, ...comingAndLatest(rungs, now)];
}

const comingAndLatest = (steps: readonly PlannedDeadline[], now: Date): PlannedDeadline[] =>
  [...steps.filter((step) => step.dueAt <= now).slice(-1), ...steps.filter((step) => step.dueAt > now)];

export interface KnownDeadline extends PlannedDeadline {
  readonly id: string;
  readonly state: DeadlineState;
}

export interface DeadlineChanges {
  readonly add: readonly PlannedDeadline[];
  /** Gets the next version and this time: an older alarm of it becomes a no-op. */
  readonly rearm: readonly { readonly id: string; readonly kind: DeadlineKind; readonly dueAt: Date }[];
  readonly cancel: readonly string[];
}

const keyOf = (one: PlannedDeadline): string => `${one.kind} ${one.step}`;

/** What must change so that the known deadlines become the planned ones. What has fired fires again only for a new, later time. */
export function deadlineChanges(known: readonly KnownDeadline[], planned: readonly PlannedDeadline[], now: Date): DeadlineChanges {
  const byKey = new Map(known.map((one) => [keyOf(one), one]));
  const plannedKeys = new Set(planned.map(keyOf));
  const rearm = planned.flatMap((plan) => {
    const row = byKey.get(keyOf(plan));
    return row && mustRearm(row, plan, now) ? [{ id: row.id, kind: plan.kind, dueAt: plan.dueAt }] : [];
  });
  return {
    add: planned.filter((plan) => !byKey.has(keyOf(plan))),
    rearm,
    cancel: known.filter((row) => row.state === 'ARMED' && !plannedKeys.has(keyOf(row))).map((row) => row.id),
  };
}

function mustRearm(row: KnownDeadline, plan: PlannedDeadline, now: Date): boolean {
  if (row.state === 'CANCELLED') return true;
  if (row.dueAt.getTime() === plan.dueAt.getTime()) return false;
  return row.state === 'ARMED' || plan.dueAt > now;
}
