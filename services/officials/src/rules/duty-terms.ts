import type { Calendar } from '@anjie/calendar';
import { basisOf, dueFor, selectRule, type TimeLimitRule } from '@anjie/rulebook';

export type DutyCode = 'PROMISE' | 'SPONSOR_DUTY' | 'HAND_OVER';
export type DutyState = 'OPEN' | 'MET' | 'CANCELLED';

export interface DutyQuestion {
  /** Also the code of the rule that limits it. */
  readonly dutyCode: DutyCode;
  readonly startOn: string;
  /** Division of the case: a local overlay may give another period. */
  readonly jurisdictionCode: string;
  /** The day that somebody named; for rules that count days it is left out. */
  readonly assignedOn?: string;
}

export interface DutyTerm {
  readonly startOn: string;
  readonly dueRaw: string;
  readonly dueOn: string;
  readonly isProvisional: boolean;
  readonly ruleCode: string;
  readonly ruleVersion: string;
  readonly calendarVersion: string;
  readonly basis: string;
}

export interface LawBooks {
  readonly rules: readonly TimeLimitRule[];
  readonly calendar: Calendar;
}

/** When a duty is due. @throws Error when the rulebook has no such rule: a fault of the installation. */
export function dutyTerm({ rules, calendar }: LawBooks, { dutyCode, startOn, jurisdictionCode, assignedOn }: DutyQuestion): DutyTerm {
  const rule = selectRule(rules, { code: dutyCode, jurisdictionCode, on: startOn });
  if (!rule) throw new Error(`the rulebook has no ${dutyCode} for ${jurisdictionCode} on ${startOn}`);
  const due = dueFor({ rule, startOn, calendar, unpublishedYears: 'PROVISIONAL', ...(assignedOn ? { assignedOn } : {}) });
  if (due.kind === 'REFUSED') throw new Error(`${dutyCode} has no due date: ${due.code}`);
  return {
    startOn, dueRaw: due.dueRaw, dueOn: due.dueEffective, isProvisional: due.provisional, ruleCode: due.ruleCode,
    ruleVersion: due.ruleVersion, calendarVersion: due.calendarVersion, basis: basisOf(rule),
  };
}
