import { addDays, type LocalDate } from '@anjie/calendar';
import type { FigureCode } from './report-figures';
import { isWithin, type Period } from './report-periods';

/** One thing that is counted: where, under which figure, and the case that it leads to. */
export interface Mark {
  readonly figure: FigureCode;
  /** A base is what a rate is divided by. */
  readonly side: 'VALUE' | 'BASE';
  readonly unitId: string | null;
  readonly divisionCode: string;
  readonly caseId: string;
}

interface Place {
  readonly caseId: string;
  readonly unitId: string | null;
  readonly divisionCode: string;
}

export interface Turn {
  readonly on: LocalDate;
  readonly to: 'RESOLVED' | 'RELAPSED';
}

/** A case in a ledger, and how it was resolved and came again. */
export interface LedgerFact extends Place {
  readonly enteredOn: LocalDate;
  readonly removedOn: LocalDate | null;
  readonly turns: readonly Turn[];
}

const at = ({ caseId, unitId, divisionCode }: Place) => (figure: FigureCode, side: Mark['side'] = 'VALUE'): Mark => ({ figure, side, unitId, divisionCode, caseId });

const when = (holds: boolean, marks: readonly Mark[]): readonly Mark[] => (holds ? marks : []);

/** Turns that change something, in order: a close comes before a relapse of the same day; what is before the entry or after the removal is another ledger's. What is recognised and struck off on one day was resolved. */
function turnsThatCount({ turns, enteredOn, removedOn }: LedgerFact): Turn[] {
  const inLedger = turns.filter(({ on, to }) => on >= enteredOn && (removedOn === null || on < removedOn || (on === removedOn && to === 'RESOLVED')));
  const ordered = inLedger.toSorted((a, b) => (a.on === b.on ? Number(a.to === 'RELAPSED') - Number(b.to === 'RELAPSED') : a.on < b.on ? -1 : 1));
  return ordered.filter((turn, i) => turn.to !== (ordered[i - 1]?.to ?? 'RELAPSED'));
}

/** 存量与流量: opening + entered − removed − resolved + relapsed is the closing stock, for each case and so for every sum. */
export function ledgerMarks(fact: LedgerFact, period: Period): Mark[] {
  const mark = at(fact);
  const turns = turnsThatCount(fact);
  const isIn = (day: LocalDate): boolean => fact.enteredOn <= day && (fact.removedOn === null || fact.removedOn > day);
  const isResolved = (day: LocalDate): boolean => turns.findLast((turn) => turn.on <= day)?.to === 'RESOLVED';
  const before = addDays(period.from, -1);
  const flows = turns.filter((turn) => isWithin(turn.on, period)).map((turn) => mark(turn.to));
  return [
    ...when(isIn(before) && !isResolved(before), [mark('OPENING_STOCK')]),
    ...when(isWithin(fact.enteredOn, period), [mark('ENTERED')]),
    ...when(fact.removedOn !== null && isWithin(fact.removedOn, period) && !isResolved(fact.removedOn), [mark('REMOVED')]),
    ...flows,
    ...when(isIn(period.to) && !isResolved(period.to), [mark('CLOSING_STOCK')]),
    ...when(isIn(period.to), [mark('RESOLUTION_RATE', 'BASE')]),
    ...when(isIn(period.to) && isResolved(period.to), [mark('RESOLUTION_RATE')]),
  ];
}

export interface DutyFact extends Place {
  readonly dutyCode: string;
  readonly startOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly metOn: LocalDate | null;
}

/** 按期、逾期、超期: a late one was done, an overdue one was not. */
export function dutyMarks(fact: DutyFact, period: Period): Mark[] {
  const mark = at(fact);
  const isMet = isWithin(fact.metOn, period);
  const isLate = isMet && (fact.metOn ?? '') > fact.dueOn;
  const isOpen = fact.startOn <= period.to && (fact.metOn === null || fact.metOn > period.to);
  const isOverdue = isOpen && fact.dueOn < period.to;
  return [
    ...when(isWithin(fact.startOn, period), [mark('DUTIES_DECLARED')]),
    ...when(isMet, [mark(isLate ? 'DUTIES_LATE' : 'DUTIES_ON_TIME')]),
    ...when(isMet && fact.dutyCode === FORWARDING, [mark('FORWARDED')]),
    ...when(isOpen, [mark('DUTIES_OPEN')]),
    ...when(isOverdue, [mark('DUTIES_OVERDUE')]),
    ...when(isMet || isOverdue, [mark('ON_TIME_RATE', 'BASE')]),
    ...when(isMet && !isLate, [mark('ON_TIME_RATE')]),
  ];
}
const FORWARDING = 'T2';

export interface LetterFact extends Place {
  readonly isSuggestion: boolean;
  readonly issuedOn: LocalDate;
  readonly replyDueOn: LocalDate;
  readonly repliedOn: LocalDate | null;
  readonly closedOn: LocalDate | null;
}

export function letterMarks(fact: LetterFact, period: Period): Mark[] {
  const mark = at(fact);
  const isReplied = isWithin(fact.repliedOn, period);
  const isAnswered = [fact.repliedOn, fact.closedOn].some((day) => day !== null && day <= period.to);
  const isOpen = fact.issuedOn <= period.to && !isAnswered;
  const isOverdue = isOpen && fact.replyDueOn < period.to;
  return [
    ...when(isWithin(fact.issuedOn, period), [mark('LETTERS_ISSUED'), ...(fact.isSuggestion ? [mark('SUGGESTIONS_ISSUED')] : [])]),
    ...when(isReplied, [mark('LETTERS_REPLIED'), ...(fact.isSuggestion ? [mark('SUGGESTIONS_ANSWERED')] : [])]),
    ...when(isOpen, [mark('LETTERS_OPEN')]),
    ...when(isOverdue, [mark('LETTERS_OVERDUE')]),
    ...when(isReplied || isOverdue, [mark('REPLY_ON_TIME_RATE', 'BASE')]),
    ...(isReplied && (fact.repliedOn ?? '') <= fact.replyDueOn ? [mark('REPLY_ON_TIME_RATE')] : []),
  ];
}

export interface ReviewFact extends Place {
  readonly submittedOn: LocalDate;
  readonly decidedOn: LocalDate | null;
  readonly state: 'SUBMITTED' | 'EXAMINED' | 'PASSED' | 'RETURNED';
  readonly wasReturnedBefore: boolean;
  /** No earlier pass and no relapse before it: 初次. */
  readonly isFirstPass: boolean;
  /** The case came again within the watch after this pass, by this day; null when it has not. */
  readonly relapsedOn: LocalDate | null;
}

export function reviewMarks(fact: ReviewFact, period: Period): Mark[] {
  const mark = at(fact);
  const isDecided = isWithin(fact.decidedOn, period);
  const isPassed = isDecided && fact.state === 'PASSED';
  const isFirst = isPassed && fact.isFirstPass;
  const isWaiting = fact.submittedOn <= period.to && (fact.decidedOn === null || fact.decidedOn > period.to);
  return [
    ...when(isWithin(fact.submittedOn, period), [mark('REVIEWS_SUBMITTED')]),
    ...when(isPassed, [mark('REVIEWS_PASSED'), mark('FIRST_PASS_RATE', 'BASE')]),
    ...when(isPassed && !fact.wasReturnedBefore, [mark('FIRST_PASS_RATE')]),
    ...when(isDecided && fact.state === 'RETURNED', [mark('REVIEWS_RETURNED')]),
    ...when(isWaiting, [mark('REVIEWS_WAITING')]),
    ...when(isFirst, [mark('ONE_TIME_RATE', 'BASE')]),
    ...when(isFirst && !(fact.relapsedOn !== null && fact.relapsedOn <= period.to), [mark('ONE_TIME_RATE')]),
  ];
}

export interface TraceFact extends Place {
  readonly requestedOn: LocalDate;
  readonly decidedOn: LocalDate | null;
  readonly repeatedOn: LocalDate;
  readonly isWithinWatch: boolean;
}

export function traceMarks(fact: TraceFact, period: Period): Mark[] {
  const mark = at(fact);
  return [
    ...when(isWithin(fact.requestedOn, period), [mark('TRACES_REQUESTED')]),
    ...when(isWithin(fact.decidedOn, period), [mark('TRACES_DECIDED')]),
    ...when(fact.isWithinWatch && isWithin(fact.repeatedOn, period), [mark('RELAPSES_WITHIN_WATCH')]),
  ];
}
