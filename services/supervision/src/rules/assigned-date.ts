import { neverKept } from '@anjie/contracts';
import { addDays, type LocalDate } from '@anjie/calendar';
import { basisOf, dueFor, selectRule, type Due } from '@anjie/rulebook';
import type { ExplanationSources } from './deadline-explanation';
import { isPlainText } from './plain-text';

export interface Terms {
  readonly due: Due;
  readonly basis: string;
}

export interface TermsAsked {
  readonly code: string;
  readonly startOn: LocalDate;
  readonly jurisdictionCode: string;
}

const MAX_DAYS = 366;

/** A date that an act names (a decision, a finding): later than the day that is counted from, within a year, not moved. Null: no such date. */
export function assignedTerms({ code, startOn, jurisdictionCode }: TermsAsked, dueOn: LocalDate | null | undefined, { rules, calendar }: ExplanationSources): Terms | null {
  if (dueOn == null || dueOn <= startOn || dueOn > addDays(startOn, MAX_DAYS)) return null;
  return plannedTerms({ code, startOn, jurisdictionCode }, dueOn, { rules, calendar });
}

/** The day that a plan names, not moved: however far, and the first day itself too. Null: it had passed before. */
export function plannedTerms(asked: TermsAsked, dueOn: LocalDate, { rules, calendar }: ExplanationSources): Terms | null {
  const rule = ruleFor(asked, rules);
  const due = dueFor({ rule, startOn: asked.startOn, calendar, unpublishedYears: 'PROVISIONAL', assignedOn: dueOn });
  return due.kind === 'DUE' ? { due, basis: basisOf(rule) } : null;
}

/** A period that a rule counts. */
export function periodTerms(asked: TermsAsked, { rules, calendar }: ExplanationSources): Terms {
  const rule = ruleFor(asked, rules);
  const due = dueFor({ rule, startOn: asked.startOn, calendar, unpublishedYears: 'PROVISIONAL' });
  if (due.kind !== 'DUE') throw new Error(`rule ${asked.code} gives no date`);
  return { due, basis: basisOf(rule) };
}

function ruleFor({ code, startOn, jurisdictionCode }: TermsAsked, rules: ExplanationSources['rules']) {
  const rule = selectRule(rules, { code, jurisdictionCode, on: startOn });
  if (!rule) throw new Error(`no rule ${code} on ${startOn}`);
  return rule;
}

/** Words of an office about duties: plain, not too long, and without what is never kept about a person. */
export const isOfficeText = (text: string | null | undefined, lengths: { readonly least?: number; readonly most: number }): boolean =>
  isPlainText(text, lengths) && neverKept(text ?? '') === undefined;
