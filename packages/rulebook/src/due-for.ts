/** Counts a period: 日 are calendar days with one shift at the end, 工作日 are working days (brief §1.5). */
import { assumeWeekendsOnly, diffDays, parseLocalDate, YearNotPublished, type LocalDate } from '@anjie/calendar';
import { countAssigned, countCalendarDays, countWorkdays, type Count } from './count';
import {
  CIVIL_CODE_SHIFT, CIVIL_CODE_START, HEARING_BASIS,
  type Due, type DueDay, type DueInput, type DueRefusalCode, type DueResult, type ExplanationStep,
} from './due';
import { basisOf } from './rule';

type Refusal = Exclude<DueRefusalCode, 'CALENDAR_YEAR_NOT_PUBLISHED'>;

function checkExtension({ rule, extensionDays = 0, extensionRule }: DueInput): Refusal | null {
  if (!Number.isSafeInteger(extensionDays) || extensionDays < 0) throw new RangeError(`extensionDays must be whole, 0 or more: ${extensionDays}`);
  if (extensionDays === 0) return null;
  const { amount } = rule;
  if (rule.unit !== 'CALENDAR_DAY' || amount === null || !extensionRule || extensionRule.amount === null) return 'EXTENSION_NOT_ALLOWED';
  if (extensionRule.extendsCode !== rule.code) return 'EXTENSION_NOT_ALLOWED';
  const isOverTotal = extensionRule.maxTotalDays !== null && amount + extensionDays > extensionRule.maxTotalDays;
  return extensionDays > extensionRule.amount || isOverTotal ? 'EXTENSION_TOO_LONG' : null;
}

function checkHearings({ rule, hearings = [] }: DueInput): Refusal | null {
  for (const { from, to } of hearings) {
    if (diffDays(from, to) < 0) throw new RangeError(`hearing ends before it begins: ${from} ${to}`);
  }
  return hearings.length > 0 && !rule.excludesHearing ? 'HEARING_NOT_EXCLUDED' : null;
}

function checkAssigned({ rule, startOn, assignedOn }: DueInput): Refusal | null {
  if (rule.kind !== 'ASSIGNED_DATE') return null;
  if (assignedOn === undefined) return 'ASSIGNED_DATE_MISSING';
  return diffDays(startOn, assignedOn) < 0 ? 'ASSIGNED_DATE_BEFORE_START' : null;
}

function refusalOf(input: DueInput): Refusal | null {
  parseLocalDate(input.startOn);
  if (input.rule.kind === 'NO_PERIOD') return 'RULE_HAS_NO_PERIOD';
  return checkAssigned(input) ?? checkExtension(input) ?? checkHearings(input);
}

function count(input: DueInput): Count {
  const { rule, startOn, hearings = [] } = input;
  const calendar = input.unpublishedYears === 'PROVISIONAL' ? assumeWeekendsOnly(input.calendar) : input.calendar;
  if (rule.kind === 'ASSIGNED_DATE') return countAssigned({ startOn, calendar }, input.assignedOn ?? startOn);
  if (rule.unit === 'WORKING_DAY') return countWorkdays({ startOn, calendar }, rule.amount ?? 0);
  return countCalendarDays({ startOn, calendar, hearings }, (rule.amount ?? 0) + (input.extensionDays ?? 0));
}

function step(code: ExplanationStep['code'], rest: Partial<ExplanationStep>): ExplanationStep {
  return { code, on: null, days: null, year: null, basis: null, ...rest };
}

function isMakeUp(days: readonly DueDay[], on: LocalDate): boolean {
  return days.some((day) => day.on === on && day.kind === 'MAKE_UP_WORKDAY');
}

function endSteps({ dueRaw, dueEffective, days }: Count): ExplanationStep[] {
  const shift = diffDays(dueRaw, dueEffective);
  const steps = [step('PERIOD_ENDS', { on: dueRaw })];
  if (shift > 0) steps.push(step('SHIFTED', { on: dueEffective, days: shift, basis: CIVIL_CODE_SHIFT }));
  if (shift === 0 && isMakeUp(days, dueRaw)) steps.push(step('MAKE_UP_NO_SHIFT', { on: dueRaw, basis: CIVIL_CODE_SHIFT }));
  return steps;
}

function stepsOf(input: DueInput, counted: Count): ExplanationStep[] {
  const { rule, startOn, extensionDays, extensionRule } = input;
  const provisional = counted.unpublishedYears.map((year) => step('PROVISIONAL', { year }));
  const due = step('DUE', { on: counted.dueEffective });
  if (rule.kind === 'ASSIGNED_DATE') return [step('ASSIGNED_DATE', { on: counted.dueRaw, basis: basisOf(rule) }), due];
  const steps = [step('PERIOD', { days: rule.amount, basis: basisOf(rule) })];
  if (extensionDays && extensionRule) steps.push(step('EXTENSION', { days: extensionDays, basis: basisOf(extensionRule) }));
  steps.push(step('START_NOT_COUNTED', { on: startOn, basis: CIVIL_CODE_START }));
  const hearingDays = counted.days.filter((day) => day.reason === 'HEARING_NOT_COUNTED').length;
  if (hearingDays > 0) steps.push(step('HEARING_EXCLUDED', { days: hearingDays, basis: HEARING_BASIS }));
  return [...steps, ...endSteps(counted), due, ...provisional];
}

function toDue(input: DueInput, counted: Count): Due {
  return {
    kind: 'DUE',
    rule: input.rule,
    ruleCode: input.rule.code,
    ruleVersion: input.rule.version,
    calendarVersion: input.calendar.version,
    startOn: input.startOn,
    firstDayCounted: counted.days.find((day) => day.counted)?.on ?? null,
    dueRaw: counted.dueRaw,
    dueEffective: counted.dueEffective,
    provisional: counted.unpublishedYears.length > 0,
    unpublishedYears: counted.unpublishedYears,
    steps: stepsOf(input, counted),
    days: counted.days,
  };
}

/**
 * The due date of a rule. 日: start + amount (+ extension) calendar days, the start day not counted (民法典 Art. 201),
 * one shift to a working day at the end (Art. 203), never stacked. 工作日: working days, `dueRaw` = `dueEffective`.
 * Refuses with a typed result, among others when the count needs a year without a holiday notice. Throws
 * `InvalidLocalDate` or `RangeError` for malformed input only.
 */
export function dueFor(input: DueInput): DueResult {
  const refusal = refusalOf(input);
  if (refusal) return { kind: 'REFUSED', code: refusal };
  try {
    return toDue(input, count(input));
  } catch (error) {
    if (error instanceof YearNotPublished) return { kind: 'REFUSED', code: error.code, year: error.year };
    throw error;
  }
}

