import { diffDays, type Calendar, type LocalDate } from '@anjie/calendar';
import { dueFor, selectExtension, selectRule, type Due, type DueInput, type DueRefusalCode, type HearingSpan, type TimeLimitRule } from '@anjie/rulebook';
import type { DueDates } from './deadline-plan';

export type DeadlineCheck = 'CONFIRMED' | 'DIFFERENT' | 'RULE_UNKNOWN' | 'NOT_COMPUTABLE' | 'WHAT_IF';

export interface DeadlineRemark {
  readonly zh: string;
  readonly en: string;
}

export interface ExplainedDeadline {
  readonly check: DeadlineCheck;
  readonly due: Due | null;
  readonly remark: DeadlineRemark | null;
}

export interface StoredDeadline extends DueDates {
  readonly ruleCode: string;
  readonly ruleVersion: string;
  readonly calendarVersion: string;
  readonly jurisdictionCode: string;
}

export interface ExplanationSources {
  readonly rules: readonly TimeLimitRule[];
  readonly calendar: Calendar;
}

/** Computes a stored due date again from its rule and says whether the same dates come out. */
export function explainStored(stored: StoredDeadline, { rules, calendar }: ExplanationSources): ExplainedDeadline {
  const ofVersion = rules.filter((rule) => rule.version === stored.ruleVersion);
  const rule = selectRule(ofVersion.map(withoutEnd), { code: stored.ruleCode, jurisdictionCode: stored.jurisdictionCode, on: '2999-01-01' });
  if (!rule) return { check: 'RULE_UNKNOWN', due: null, remark: unknownRule(stored) };
  const result = dueFor(inputFor(stored, rule, { rules, calendar }));
  if (result.kind === 'REFUSED') return { check: 'NOT_COMPUTABLE', due: null, remark: refusalWords(result.code) };
  const isSame = result.dueRaw === stored.dueRaw && result.dueEffective === stored.dueOn;
  if (!isSame) return { check: 'DIFFERENT', due: result, remark: differentDates(stored, result) };
  return { check: 'CONFIRMED', due: result, remark: stored.calendarVersion === calendar.version ? null : otherCalendar(stored, calendar) };
}

/** The version is given, so its text counts even where it is no longer in force. */
const withoutEnd = (rule: TimeLimitRule): TimeLimitRule => ({ ...rule, validTo: null });

function inputFor(stored: StoredDeadline, rule: TimeLimitRule, { rules, calendar }: ExplanationSources): DueInput {
  const base = { startOn: stored.startOn, calendar, unpublishedYears: 'PROVISIONAL' as const };
  if (rule.kind === 'ASSIGNED_DATE') return { ...base, rule, assignedOn: stored.dueRaw };
  const place = { jurisdictionCode: stored.jurisdictionCode, on: stored.startOn };
  const limited = (rule.extendsCode && selectRule(rules, { ...place, code: rule.extendsCode })) || rule;
  const extensionRule = rule.extendsCode ? rule : selectExtension(rules, { ...place, code: rule.code });
  // the event tells dates, not the extension; the days beyond the period are what was granted
  const extensionDays = limited.unit === 'CALENDAR_DAY' ? diffDays(stored.startOn, stored.dueRaw) - (limited.amount ?? 0) : 0;
  const isExtended = extensionRule !== null && extensionDays > 0 && extensionDays <= (extensionRule.amount ?? 0);
  return { ...base, rule: limited, ...(isExtended ? { extensionRule, extensionDays } : {}) };
}

export interface WhatIf {
  readonly ruleCode: string;
  readonly startOn: LocalDate;
  readonly jurisdictionCode: string;
  readonly extensionDays: number;
  /** Days left out; a rule that leaves none out says so. */
  readonly hearings: readonly HearingSpan[];
  /** The typed date of a rule that has no period. */
  readonly assignedOn: LocalDate | null;
}

/** What a rule would give from a day on. */
export function explainWhatIf(asked: WhatIf, { rules, calendar }: ExplanationSources): ExplainedDeadline & { readonly rule: TimeLimitRule | null } {
  const query = { code: asked.ruleCode, jurisdictionCode: asked.jurisdictionCode, on: asked.startOn };
  const rule = selectRule(rules, query);
  if (!rule) return { check: 'RULE_UNKNOWN', due: null, rule, remark: { zh: `${asked.startOn}没有适用的规则${asked.ruleCode}。`, en: `No rule ${asked.ruleCode} applies on ${asked.startOn}.` } };
  const extensionRule = selectExtension(rules, query);
  const result = dueFor({
    rule, startOn: asked.startOn, calendar, unpublishedYears: 'PROVISIONAL', extensionDays: asked.extensionDays, hearings: asked.hearings,
    ...(extensionRule ? { extensionRule } : {}), ...(asked.assignedOn ? { assignedOn: asked.assignedOn } : {}),
  });
  if (result.kind === 'REFUSED') return { check: 'NOT_COMPUTABLE', due: null, rule, remark: refusalWords(result.code) };
  return { check: 'WHAT_IF', due: result, rule, remark: null };
}

const unknownRule = (stored: StoredDeadline): DeadlineRemark => ({
  zh: `规则${stored.ruleCode}@${stored.ruleVersion}已不在规则库中，以存储的日期为准。`,
  en: `Rule ${stored.ruleCode}@${stored.ruleVersion} is not in the rulebook any more; the stored dates stand.`,
});

/** The event tells the dates, not the hearing days that were left out of them. */
const mayBeHearing = (stored: StoredDeadline, due: Due): boolean => due.rule.excludesHearing && stored.dueRaw > due.dueRaw;

const differentDates = (stored: StoredDeadline, due: Due): DeadlineRemark => ({
  zh: `重新计算得${due.dueRaw}期满、${due.dueEffective}到期；以存储的${stored.dueRaw}、${stored.dueOn}为准。${mayBeHearing(stored, due) ? '差额可以是不计入期限的听证时间（第三十六条第二款）。' : ''}`,
  en: `Computed again: the period ends on ${due.dueRaw}, due ${due.dueEffective}; the stored ${stored.dueRaw} and ${stored.dueOn} stand.${mayBeHearing(stored, due) ? ' The difference may be hearing time, which is left out (Art. 36 ¶2).' : ''}`,
});

const otherCalendar = (stored: StoredDeadline, calendar: Calendar): DeadlineRemark => ({
  zh: `日期按日历${stored.calendarVersion}计算，按现有日历${calendar.version}核对一致。`,
  en: `Computed with calendar ${stored.calendarVersion}; the present ${calendar.version} gives the same dates.`,
});

const REFUSALS: Readonly<Record<DueRefusalCode, DeadlineRemark>> = {
  CALENDAR_YEAR_NOT_PUBLISHED: { zh: '该年放假安排未公布。', en: 'The holiday notice of the year is not published.' },
  RULE_HAS_NO_PERIOD: { zh: '该规则未规定期限。', en: 'The rule sets no period.' },
  ASSIGNED_DATE_MISSING: { zh: '期限由交办时指定的日期确定，试算时须给出assignedOn。', en: 'The date is typed when it is assigned; to try it out give assignedOn.' },
  ASSIGNED_DATE_BEFORE_START: { zh: '指定日期早于起算日。', en: 'The assigned date is before the start.' },
  EXTENSION_NOT_ALLOWED: { zh: '该期限不能延长。', en: 'This period cannot be extended.' },
  EXTENSION_TOO_LONG: { zh: '延期超过规定日数。', en: 'The extension is longer than allowed.' },
  HEARING_NOT_EXCLUDED: { zh: '该期限不扣除听证时间。', en: 'Hearing time is not left out of this period.' },
};

const refusalWords = (code: DueRefusalCode): DeadlineRemark => REFUSALS[code];
