import type { Calendar } from '@anjie/calendar';
import { basisOf, dueFor, selectRule, type TimeLimitRule } from '@anjie/rulebook';

export interface LawBooks {
  readonly rules: readonly TimeLimitRule[];
  readonly calendar: Calendar;
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

export interface TermQuestion {
  readonly ruleCode: string;
  readonly startOn: string;
  /** Division of the case: a local overlay may give another period. */
  readonly jurisdictionCode: string;
  /** Where the rule says that somebody names the day. */
  readonly assignedOn?: string | undefined;
}

/** @throws Error when the rulebook has no such rule: a fault of the installation. */
export function ruleFor({ rules }: LawBooks, { ruleCode, jurisdictionCode, startOn }: TermQuestion): TimeLimitRule {
  const rule = selectRule(rules, { code: ruleCode, jurisdictionCode, on: startOn });
  if (!rule) throw new Error(`the rulebook has no ${ruleCode} for ${jurisdictionCode} on ${startOn}`);
  return rule;
}

/** The due date of a duty with where it comes from. @throws Error */
export function termOf(books: LawBooks, question: TermQuestion): DutyTerm {
  const { startOn, assignedOn, ruleCode } = question;
  const rule = ruleFor(books, question);
  const due = dueFor({ rule, startOn, calendar: books.calendar, unpublishedYears: 'PROVISIONAL', ...(assignedOn ? { assignedOn } : {}) });
  if (due.kind === 'REFUSED') throw new Error(`${ruleCode} has no due date: ${due.code}`);
  return {
    startOn, dueRaw: due.dueRaw, dueOn: due.dueEffective, isProvisional: due.provisional, ruleCode: due.ruleCode,
    ruleVersion: due.ruleVersion, calendarVersion: due.calendarVersion, basis: basisOf(rule),
  };
}
