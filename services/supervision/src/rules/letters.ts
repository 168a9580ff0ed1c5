import type { Viewer } from '@anjie/access';
import { hasRole } from '@anjie/access';
import { addDays, type LocalDate } from '@anjie/calendar';
import { caseIsSealed, refuse, type Refusal } from '@anjie/contracts';
import { basisOf, dueFor, selectRule, type Due } from '@anjie/rulebook';
import type { ExplanationSources } from './deadline-explanation';

export type LetterKind = 'URGE_NOTE' | 'SUPERVISION_LETTER' | 'SUGGESTION_LETTER';
export type LetterState = 'ISSUED' | 'REPLIED' | 'CLOSED';
export type LetterAction = 'ISSUE' | 'REPLY' | 'CLOSE';
export type LetterRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'UNIT_NOT_IN_CASE' | 'UNIT_EXCLUDED' | 'TEXT_NOT_ACCEPTABLE' | 'REPLY_DATE_NOT_ACCEPTABLE' | 'WRONG_STATE' | 'CASE_SEALED';
export type LetterRefusal = Refusal<LetterRefusalCode>;

/** 《信访工作条例》第四十条: the petition office supervises and puts forward suggestions. */
export const LETTER_BASIS = '《信访工作条例》第四十条';
export const REPLY_DUTY = 'REPLY_SUPERVISION_LETTER';
const MAX_TEXT = 4_000;
const MAX_REPLY_DAYS = 366;

/** Which role may do what; the row's visibility and the viewer's unit are asked as well. */
export const mayActOnLetters = (viewer: Viewer, action: LetterAction): boolean =>
  viewer.kind === 'OFFICIAL' && viewer.unitId !== null && hasRole(viewer, action === 'REPLY' ? 'UNIT_HANDLER' : 'JOINT_OFFICE');

const MOVES: Readonly<Record<Exclude<LetterAction, 'ISSUE'>, readonly LetterState[]>> = { REPLY: ['ISSUED'], CLOSE: ['ISSUED', 'REPLIED'] };

export const canMoveLetter = (from: LetterState, action: Exclude<LetterAction, 'ISSUE'>): boolean => MOVES[action].includes(from);

/** Parts in a case that a letter may be addressed to. */
export const ADDRESSED_ROLES = ['LEAD', 'SUPPORT', 'REFERRED'] as const;

/** 督〔2021〕0001号 */
export const letterNumber = (year: number, serial: number): string => `督〔${year}〕${String(serial).padStart(4, '0')}号`;

export const isAcceptableText = (text: string): boolean => text.trim().length > 0 && [...text].length <= MAX_TEXT;

export interface ReplyTerms {
  readonly kind: LetterKind;
  readonly issuedOn: LocalDate;
  readonly replyDueOn: LocalDate | null;
  readonly jurisdictionCode: string;
}

/** When the reply is due: the date that the letter names, else the default of its kind. */
export function replyDue({ kind, issuedOn, replyDueOn, jurisdictionCode }: ReplyTerms, { rules, calendar }: ExplanationSources): { due: Due; basis: string } | LetterRefusal {
  if (replyDueOn !== null && (replyDueOn <= issuedOn || replyDueOn > addDays(issuedOn, MAX_REPLY_DAYS))) return badReplyDate();
  const code = replyDueOn !== null ? 'LETTER_REPLY_DATE' : kind === 'SUGGESTION_LETTER' ? 'T18' : 'LETTER_REPLY';
  const rule = selectRule(rules, { code, jurisdictionCode, on: issuedOn });
  if (!rule) throw new Error(`no rule ${code} on ${issuedOn}`);
  const due = dueFor({ rule, startOn: issuedOn, calendar, unpublishedYears: 'PROVISIONAL', ...(replyDueOn === null ? {} : { assignedOn: replyDueOn }) });
  return due.kind === 'DUE' ? { due, basis: basisOf(rule) } : badReplyDate();
}

const badReplyDate = (): LetterRefusal =>
  refuse('REPLY_DATE_NOT_ACCEPTABLE', '要求回复日期应晚于今日且不超过一年。', 'The reply date must be later than today and within a year.');

export const letterRefusals = {
  notFound: (): LetterRefusal => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  sealed: (): LetterRefusal => caseIsSealed(),
  notPermitted: (): LetterRefusal => refuse('NOT_PERMITTED', '您的岗位或单位无权进行此操作。', 'Your role or unit may not do this.'),
  unitNotInCase: (): LetterRefusal =>
    refuse('UNIT_NOT_IN_CASE', '收函单位不是该事项的责任、配合或受转办单位。', 'The unit is not a lead, supporting or referred unit of the case.', LETTER_BASIS),
  unitExcluded: (): LetterRefusal =>
    refuse('UNIT_EXCLUDED', '不得将检举、控告材料转给被检举、控告的单位。', 'Material must not reach the unit that the report names.', '《信访工作条例》第三十条第三款'),
  badText: (): LetterRefusal => refuse('TEXT_NOT_ACCEPTABLE', '正文不能为空，且不超过4000字。', 'The text must not be empty nor longer than 4,000 characters.'),
  wrongState: (): LetterRefusal => refuse('WRONG_STATE', '函件当前状态不允许此操作。', 'The letter is not in a state that allows this.'),
};
