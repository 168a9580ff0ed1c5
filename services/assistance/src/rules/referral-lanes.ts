import type { LocalDate } from '@anjie/calendar';
import { refuse, type Refusal } from '@anjie/contracts';
import { dueFor, type TimeLimitRule } from '@anjie/rulebook';
import type { LawBooks } from './law-books';

/** What of a fast lane decides the days of a referral. */
export interface LaneTerms {
  readonly signDays: number;
  readonly completeDays: number;
  readonly unit: 'WORKING_DAY' | 'CALENDAR_DAY';
}

export interface LaneDay {
  readonly on: LocalDate;
  readonly isProvisional: boolean;
}

/** The last of `days` days from `startOn`, which itself is not counted. */
export function laneDay({ calendar }: LawBooks, rule: TimeLimitRule, { startOn, days, unit }: { startOn: LocalDate; days: number; unit: LaneTerms['unit'] }): LaneDay {
  const due = dueFor({ rule: { ...rule, kind: 'PERIOD', amount: days, unit }, startOn, calendar, unpublishedYears: 'PROVISIONAL' });
  if (due.kind === 'REFUSED') throw new Error(`a lane of ${days} days has no last day: ${due.code}`);
  return { on: due.dueEffective, isProvisional: due.provisional };
}

/** The day that a unit promises in a lane: its own if that is in time, the lane's when it names none. */
export function lanePromise({ lastOn, promisedOn, today }: { lastOn: LocalDate; promisedOn: LocalDate | null; today: LocalDate }): LocalDate | Refusal<'LANE_TOO_LATE'> {
  const last = lastOn < today ? today : lastOn;
  if (promisedOn === null) return last;
  if (promisedOn <= last) return promisedOn;
  return refuse('LANE_TOO_LATE', `该快办通道最迟应于${last}办结。`, `This lane ends on ${last} at the latest.`, '地方做法（快办通道）');
}
