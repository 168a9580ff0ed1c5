import type { Viewer } from '@anjie/access';
import { hasRole } from '@anjie/access';
import { addDays, type LocalDate } from '@anjie/calendar';
import { basisOf, dueFor, selectRule, type Due } from '@anjie/rulebook';
import type { ExplanationSources } from './deadline-explanation';
import { letterRefusals, type LetterRefusal } from './letter-refusals';

export type LetterState = 'DRAFTED' | 'ISSUED' | 'REPLIED' | 'CLOSED' | 'WITHDRAWN';
export type LetterAction = 'ISSUE' | 'REPLY' | 'CLOSE' | 'WITHDRAW' | 'OBJECT' | 'RECORD_INTERVIEW';
export type LetterMove = Exclude<LetterAction, 'ISSUE'>;

export const REPLY_DUTY = 'REPLY_SUPERVISION_LETTER';
const MAX_REPLY_DAYS = 366;

/** What the unit that a letter is about does; everything else is the issuing side's. */
const OF_THE_UNIT: readonly LetterAction[] = ['REPLY', 'OBJECT'];

/** Which role may do what; the row's visibility and the viewer's unit are asked as well. */
export const mayActOnLetters = (viewer: Viewer, action: LetterAction): boolean =>
  viewer.kind === 'OFFICIAL' && viewer.unitId !== null && hasRole(viewer, OF_THE_UNIT.includes(action) ? 'UNIT_HANDLER' : 'JOINT_OFFICE');

const MOVES: Readonly<Record<LetterMove, readonly LetterState[]>> = {
  REPLY: ['ISSUED'], CLOSE: ['ISSUED', 'REPLIED'], WITHDRAW: ['DRAFTED', 'ISSUED', 'REPLIED'], OBJECT: ['ISSUED', 'REPLIED'], RECORD_INTERVIEW: ['ISSUED', 'REPLIED'],
};

export const canMoveLetter = (from: LetterState, action: LetterMove): boolean => MOVES[action].includes(from);

/** Parts in a case that a letter may be addressed to. */
export const ADDRESSED_ROLES = ['LEAD', 'SUPPORT', 'REFERRED'] as const;

/** 督〔2021〕0001号 */
export const letterNumber = (year: number, serial: number): string => `督〔${year}〕${String(serial).padStart(4, '0')}号`;

export interface ReplyTerms {
  /** Of the kind: code of the rulebook. */
  readonly replyRule: string;
  readonly issuedOn: LocalDate;
  readonly replyDueOn: LocalDate | null;
  readonly jurisdictionCode: string;
}

/** When the reply is due: the date that the letter names, else what the kind's rule says. */
export function replyDue({ replyRule, issuedOn, replyDueOn, jurisdictionCode }: ReplyTerms, { rules, calendar }: ExplanationSources): { due: Due; basis: string } | LetterRefusal {
  if (replyDueOn !== null && (replyDueOn <= issuedOn || replyDueOn > addDays(issuedOn, MAX_REPLY_DAYS))) return letterRefusals.badReplyDate();
  const code = replyDueOn !== null ? 'LETTER_REPLY_DATE' : replyRule;
  const rule = selectRule(rules, { code, jurisdictionCode, on: issuedOn });
  if (!rule) throw new Error(`no rule ${code} on ${issuedOn}`);
  const due = dueFor({ rule, startOn: issuedOn, calendar, unpublishedYears: 'PROVISIONAL', ...(replyDueOn === null ? {} : { assignedOn: replyDueOn }) });
  return due.kind === 'DUE' ? { due, basis: basisOf(rule) } : letterRefusals.badReplyDate();
}
