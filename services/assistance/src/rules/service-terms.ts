import { addDays, addWorkdays, assumeWeekendsOnly, isPublished, shiftToWorkday, yearOf, type Calendar } from '@anjie/calendar';
import { basisOf, dueFor, selectRule, type TimeLimitRule } from '@anjie/rulebook';

/** What a unit or an official owes by a service: to decide on aid, to do what an agreement says, to give a legal opinion, to deal with an issue of the grid. */
export const SERVICE_DUTY_CODES = ['AID_DECISION', 'AGREEMENT_ITEM', 'LEGAL_OPINION', 'EARLY_DISPUTE'] as const;
export type ServiceDutyCode = (typeof SERVICE_DUTY_CODES)[number];

export interface Period {
  readonly days: number;
  readonly unit: 'CALENDAR_DAY' | 'WORKING_DAY';
}

export interface CountedDay {
  readonly on: string;
  /** The year's holiday notice is not published: weekends alone were left out. */
  readonly isProvisional: boolean;
}

/** The last day of a period that a kind names: the first day is not counted, the last moves to a working day (《民法典》第二百零一条、第二百零三条, by analogy). */
export function lastDayOf({ days, unit }: Period, startOn: string, calendar: Calendar): CountedDay {
  const counting = assumeWeekendsOnly(calendar);
  const on = unit === 'WORKING_DAY' ? addWorkdays(counting, startOn, days) : shiftToWorkday(counting, addDays(startOn, days));
  return { on, isProvisional: !isPublished(calendar, yearOf(on)) };
}

export interface ServiceTermQuestion {
  readonly dutyCode: ServiceDutyCode;
  readonly startOn: string;
  /** The day that the kind, the agreement or the request names. */
  readonly dueOn: string;
  readonly jurisdictionCode: string;
  /** Of the kind, where it says more than the rulebook. */
  readonly basis?: string | undefined;
}

export interface ServiceTerm {
  readonly startOn: string;
  readonly dueRaw: string;
  readonly dueOn: string;
  readonly ruleCode: string;
  readonly ruleVersion: string;
  readonly calendarVersion: string;
  readonly basis: string;
}

/** The term of a duty whose day is named elsewhere. @throws Error when the rulebook has no such rule: a fault of the installation. */
export function serviceTerm({ rules, calendar }: { rules: readonly TimeLimitRule[]; calendar: Calendar }, { dutyCode, startOn, dueOn, jurisdictionCode, basis }: ServiceTermQuestion): ServiceTerm {
  const rule = selectRule(rules, { code: dutyCode, jurisdictionCode, on: startOn });
  if (!rule) throw new Error(`the rulebook has no ${dutyCode} for ${jurisdictionCode} on ${startOn}`);
  const due = dueFor({ rule, startOn, calendar, unpublishedYears: 'PROVISIONAL', assignedOn: dueOn });
  if (due.kind === 'REFUSED') throw new Error(`${dutyCode} has no due date: ${due.code}`);
  return {
    startOn, dueRaw: due.dueRaw, dueOn: due.dueEffective, ruleCode: due.ruleCode, ruleVersion: due.ruleVersion, calendarVersion: due.calendarVersion,
    basis: (basis ?? basisOf(rule)).slice(0, 200),
  };
}
