import { refuse, type Refusal } from '@anjie/contracts';
import { ruleFor, termOf, type DutyTerm, type LawBooks } from './law-books';
import { laneDay, type LaneTerms } from './referral-lanes';
import { RETURN_BASIS, type ReferralAction } from './referral-lifecycle';

export type { DutyTerm, LawBooks } from './law-books';

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
  /** The fast lane of the referral, which names its own day to sign. */
  readonly lane?: LaneTerms | undefined;
}

/** The due date of a receiving unit's duty. @throws Error when the rulebook has no such rule: a fault of the installation. */
export function dutyTerm(books: LawBooks, { dutyCode, startOn, jurisdictionCode, promisedOn, lane }: DutyQuestion): DutyTerm {
  if (!lane || dutyCode !== 'REFERRAL_SIGN') return termOf(books, { ruleCode: dutyCode, startOn, jurisdictionCode, assignedOn: promisedOn });
  const question = { ruleCode: 'REFERRAL_LANE_SIGN', startOn, jurisdictionCode };
  const { on, isProvisional } = laneDay(books, ruleFor(books, question), { startOn, days: lane.signDays, unit: lane.unit });
  return { ...termOf(books, { ...question, assignedOn: on }), isProvisional };
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
  : action === 'CONSENT_TO_RETURN' || action === 'WITHDRAW' || action === 'RULE_BACK' ? { dutyCode: 'REFERRAL_SIGN', state: 'CANCELLED' }
  : null;
