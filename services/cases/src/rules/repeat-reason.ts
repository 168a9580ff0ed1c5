import { CLOSED, type CaseStatus } from './life';

/** Why somebody petitions about the same matter again (brief §2.3 #10). It describes how the unit handled it, not the person. */
export type RepeatReason = 'WITHIN_TERM' | 'UNIT_OVERDUE' | 'DISSATISFIED_NO_REVIEW' | 'AFTER_FINAL' | 'NEW_FACTS' | 'AFTER_CLOSING';

/** JOINED: taken into the running case. RELAPSE: reopens it. A refusal ends the petition, never the case. */
export type Disposition = 'JOINED' | 'NOT_ACCEPTED' | 'NO_LONGER_ACCEPTED' | 'RELAPSE' | 'NEW_CASE';

export interface RepeatFacts {
  readonly status: CaseStatus;
  readonly hasNewFacts: boolean;
  /** Day by which the unit must be done; null when no handling clock runs. */
  readonly handlingDueOn: string | null;
  /** The re-review opinion was delivered (第三十六条第三款). */
  readonly isFinal: boolean;
  /** The organ that received it stands above the one that handles the matter: only such an organ may refuse it. */
  readonly isAboveHandler: boolean;
  readonly today: string;
}

export interface RepeatRuling {
  readonly reason: RepeatReason;
  readonly disposition: Disposition;
  readonly basis: string;
}

const HANDLED = new Set<CaseStatus>(['ACCEPTED', 'HANDLING', 'EXTENDED']);
const ANSWERED = new Set<CaseStatus>(['REPLIED', 'REVIEW', 'EXECUTING', 'TERMINATED', 'CLOSE_REVIEW', 'SETTLED', 'RE_REVIEW']);

/** 第十九条第三款 protects only a unit inside its limit; 第三十六条第三款 ends a matter only for the same facts and reasons. */
export function rulingOn({ status, hasNewFacts, handlingDueOn, isFinal, isAboveHandler, today }: RepeatFacts): RepeatRuling {
  if (hasNewFacts) return { reason: 'NEW_FACTS', disposition: 'NEW_CASE', basis: '《信访工作条例》第三十六条第三款' };
  if (isFinal) return { reason: 'AFTER_FINAL', disposition: 'NO_LONGER_ACCEPTED', basis: '《信访工作条例》第三十六条第三款' };
  if (CLOSED.has(status)) return { reason: 'AFTER_CLOSING', disposition: 'RELAPSE', basis: '《信访工作条例》第二十七条' };
  if (ANSWERED.has(status)) return { reason: 'DISSATISFIED_NO_REVIEW', disposition: 'JOINED', basis: '《信访工作条例》第三十五条' };
  const isOverdue = handlingDueOn !== null && handlingDueOn < today;
  if (isOverdue) return { reason: 'UNIT_OVERDUE', disposition: 'JOINED', basis: '《信访工作条例》第十九条第三款' };
  const isHandled = isAboveHandler && HANDLED.has(status) && handlingDueOn !== null;
  return { reason: 'WITHIN_TERM', disposition: isHandled ? 'NOT_ACCEPTED' : 'JOINED', basis: '《信访工作条例》第十九条第三款' };
}
