import type { Calendar } from '@anjie/calendar';
import { refuse, type Refusal } from '@anjie/contracts';
import { basisOf, dueFor, selectRule, type TimeLimitRule } from '@anjie/rulebook';
import { RETURN_BASIS, type ReferralAction } from './referral-lifecycle';

export const DUTY_CODES = ['REFERRAL_SIGN', 'REFERRAL_COMPLETE'] as const;
export type DutyCode = (typeof DUTY_CODES)[number];
export type DutyState = 'OPEN' | 'MET' | 'CANCELLED';

export interface DutyQuestion {
  readonly dutyCode: DutyCode;
  readonly startOn: string;
  /** Division of the case: a local overlay may give another period. */
  readonly jurisdictionCode: string;
  /** The promised day of REFERRAL_COMPLETE. */
  readonly promisedOn?: string;
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

/** The due date of a receiving unit's duty. @throws Error when the rulebook has no such rule: a fault of the installation. */
export function dutyTerm({ rules, calendar }: LawBooks, { dutyCode, startOn, jurisdictionCode, promisedOn }: DutyQuestion): DutyTerm {
  const rule = selectRule(rules, { code: dutyCode, jurisdictionCode, on: startOn });
  if (!rule) throw new Error(`the rulebook has no ${dutyCode} for ${jurisdictionCode} on ${startOn}`);
  const due = dueFor({ rule, startOn, calendar, unpublishedYears: 'PROVISIONAL', ...(promisedOn ? { assignedOn: promisedOn } : {}) });
  if (due.kind === 'REFUSED') throw new Error(`${dutyCode} has no due date: ${due.code}`);
  return {
    startOn, dueRaw: due.dueRaw, dueOn: due.dueEffective, isProvisional: due.provisional, ruleCode: due.ruleCode,
    ruleVersion: due.ruleVersion, calendarVersion: due.calendarVersion, basis: basisOf(rule),
  };
}

/** 《信访工作条例》第二十三条第三款: the objection comes within 5 working days of receipt; the last day still counts. */
export function refusesLateReturn({ today, signDueOn }: { today: string; signDueOn: string }): Refusal<'RETURN_TOO_LATE'> | null {
  if (today <= signDueOn) return null;
  return refuse(
    'RETURN_TOO_LATE', `异议应当自收到之日起5个工作日内提出，期限已于${signDueOn}届满。`,
    `An objection is raised within 5 working days of receipt; the last day was ${signDueOn}.`, RETURN_BASIS,
  );
}

/** What an action does to a duty that is open. An objection alone does not stop the clock; the sender's consent does. */
export const dutyEndFor = (action: ReferralAction): { dutyCode: DutyCode; state: Exclude<DutyState, 'OPEN'> } | null =>
  action === 'SIGN' ? { dutyCode: 'REFERRAL_SIGN', state: 'MET' }
  : action === 'COMPLETE' ? { dutyCode: 'REFERRAL_COMPLETE', state: 'MET' }
  : action === 'CONSENT_TO_RETURN' || action === 'WITHDRAW' ? { dutyCode: 'REFERRAL_SIGN', state: 'CANCELLED' }
  : null;
