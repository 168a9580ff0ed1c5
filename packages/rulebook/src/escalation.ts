/** When an overdue duty is told of further up (逐级提醒), and whom. Practice of joint offices, not law: no article sets these days. */
import { addDays, assumeWeekendsOnly, instantAtLocal, shiftToWorkday, type Calendar } from '@anjie/calendar';
import type { Due } from './due';
import { REMINDER_TIME } from './reminders';

/** The head of the unit that owes it, the sponsors (包案领导), the joint office that oversees the unit's division. */
export type EscalationAudience = 'UNIT_HEAD' | 'SPONSORS' | 'JOINT_OFFICE';

export interface EscalationRung {
  /** Calendar days after `dueEffective`. */
  readonly afterDays: number;
  readonly tells: EscalationAudience;
}

/** Practice: 催办 → 提级催办 → 联席办督促; each rung tells somebody further up, and letters remain acts of people. */
export const defaultEscalationPlan: readonly EscalationRung[] = [
  { afterDays: 3, tells: 'UNIT_HEAD' },
  { afterDays: 7, tells: 'SPONSORS' },
  { afterDays: 15, tells: 'JOINT_OFFICE' },
];

export interface EscalationStep extends EscalationRung {
  /** 09:00 Asia/Shanghai of a working day. */
  readonly at: Date;
}

/** The rungs of a due date, ascending, moved forward to working days. Two may fall on one day: they tell different people. */
export function escalationSteps({ dueEffective }: Pick<Due, 'dueEffective'>, plan: readonly EscalationRung[], calendar: Calendar): EscalationStep[] {
  const lenient = assumeWeekendsOnly(calendar);
  return plan
    .toSorted((a, b) => a.afterDays - b.afterDays)
    .map((rung) => ({ ...rung, at: instantAtLocal(shiftToWorkday(lenient, addDays(dueEffective, rung.afterDays)), REMINDER_TIME) }));
}
