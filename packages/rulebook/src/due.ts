/** What a due date is: data that can be stored, shown and explained without the calendar that made it. */
import type { Calendar, DayKind, LocalDate } from '@anjie/calendar';
import type { TimeLimitRule } from './rule';

/** 民法典 Art. 201 ¶1: the starting day is not counted. It governs civil periods; applied by analogy (brief §1.5). */
export const CIVIL_CODE_START = '《中华人民共和国民法典》第二百零一条（类推适用）';
/** 民法典 Art. 203 ¶1: a last day on a holiday moves to the day after it. By analogy (brief §1.5). */
export const CIVIL_CODE_SHIFT = '《中华人民共和国民法典》第二百零三条（类推适用）';
/** Hearing time is left out of a re-review, and nowhere else. */
export const HEARING_BASIS = '《信访工作条例》第三十六条第二款';

/** A hearing (听证), both days included. */
export interface HearingSpan {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** Input of `dueFor`. */
export interface DueInput {
  readonly rule: TimeLimitRule;
  /** The day of the starting event; not counted. */
  readonly startOn: LocalDate;
  readonly calendar: Calendar;
  /** Approved extension in calendar days, with the rule that allows it. */
  readonly extensionDays?: number;
  readonly extensionRule?: TimeLimitRule;
  /** Only for a rule with `excludesHearing`. */
  readonly hearings?: readonly HearingSpan[];
  /** The typed date; for a rule of kind ASSIGNED_DATE, required. */
  readonly assignedOn?: LocalDate;
  /** Default REFUSE. PROVISIONAL: an unpublished year has weekends only, and the result says so. */
  readonly unpublishedYears?: 'REFUSE' | 'PROVISIONAL';
}

/** Why a day was counted or not. */
export type DayReason =
  | 'START_NOT_COUNTED'
  | 'COUNTED'
  | 'NON_WORKING_NOT_COUNTED'
  | 'HEARING_NOT_COUNTED'
  | 'LAST_DAY'
  | 'LAST_DAY_NON_WORKING'
  | 'SHIFTED_OVER'
  | 'DUE_AFTER_SHIFT'
  | 'BEFORE_ASSIGNED_DATE'
  | 'ASSIGNED_DATE';

/** One day from the start to the due date. `ordinal` is 1, 2, … for counted days, else null. */
export interface DueDay {
  readonly on: LocalDate;
  readonly kind: DayKind;
  /** Name of the holiday, e.g. 春节. */
  readonly name: string | null;
  /** The year's holiday notice is not published: `kind` comes from the weekday alone. */
  readonly isProvisional: boolean;
  readonly counted: boolean;
  readonly ordinal: number | null;
  readonly reason: DayReason;
}

/** A step of the explanation. `on`: the day it speaks of; `days`: a number of days; `year`: the unpublished one; `basis`: document and article, Chinese. */
export interface ExplanationStep {
  readonly code:
    | 'PERIOD' | 'EXTENSION' | 'START_NOT_COUNTED' | 'HEARING_EXCLUDED' | 'PERIOD_ENDS' | 'MAKE_UP_NO_SHIFT'
    | 'SHIFTED' | 'ASSIGNED_DATE' | 'DUE' | 'PROVISIONAL';
  readonly on: LocalDate | null;
  readonly days: number | null;
  readonly year: number | null;
  readonly basis: string | null;
}

/** A computed deadline. Store it with `ruleVersion` and `calendarVersion`. */
export interface Due {
  readonly kind: 'DUE';
  readonly rule: TimeLimitRule;
  readonly ruleCode: string;
  readonly ruleVersion: string;
  readonly calendarVersion: string;
  readonly startOn: LocalDate;
  /** The day after the start; null for a typed date. */
  readonly firstDayCounted: LocalDate | null;
  /** Last day of the period as counted: officials are warned on it. */
  readonly dueRaw: LocalDate;
  /** After the shift: officials are overdue after it; petitioners' rights (T10, T12) run to it. */
  readonly dueEffective: LocalDate;
  readonly provisional: boolean;
  /** Unpublished years that the result rests on; empty unless `provisional`. */
  readonly unpublishedYears: readonly number[];
  readonly steps: readonly ExplanationStep[];
  readonly days: readonly DueDay[];
}

/** Why there is no due date. `year` is set for CALENDAR_YEAR_NOT_PUBLISHED only. */
export type DueRefusalCode =
  | 'CALENDAR_YEAR_NOT_PUBLISHED'
  | 'RULE_HAS_NO_PERIOD'
  | 'ASSIGNED_DATE_MISSING'
  | 'ASSIGNED_DATE_BEFORE_START'
  | 'EXTENSION_NOT_ALLOWED'
  | 'EXTENSION_TOO_LONG'
  | 'HEARING_NOT_EXCLUDED';

/** A refusal to compute; nothing was guessed. */
export type DueRefusal =
  | { readonly kind: 'REFUSED'; readonly code: 'CALENDAR_YEAR_NOT_PUBLISHED'; readonly year: number }
  | { readonly kind: 'REFUSED'; readonly code: Exclude<DueRefusalCode, 'CALENDAR_YEAR_NOT_PUBLISHED'> };

/** Result of `dueFor`. */
export type DueResult = Due | DueRefusal;
