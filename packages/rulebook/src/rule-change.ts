/** What a row of a local file changes, in a line that its author can check against the text of the instrument. */
import type { LocalDate } from '@anjie/calendar';
import { basisOf, type TimeLimitRule } from './rule';
import { rulesInPlace, selectRule } from './select-rule';

export interface RuleChangeQuestion {
  readonly national: readonly TimeLimitRule[];
  /** The national rules and every local row that is loaded with the one in question. */
  readonly all: readonly TimeLimitRule[];
  readonly on: LocalDate;
}

const UNITS = { CALENDAR_DAY: 'calendar days', WORKING_DAY: 'working days' } as const;

function measure(rule: TimeLimitRule): string {
  if (rule.kind !== 'PERIOD') return rule.kind === 'NO_PERIOD' ? 'no period' : 'a typed date';
  return `${rule.amount} ${UNITS[rule.unit]}`;
}

function change(from: TimeLimitRule, to: TimeLimitRule): string {
  if (measure(from) === measure(to)) return `${measure(to)} as in the national rule`;
  return from.amount !== null && to.amount !== null && from.unit === to.unit ? `${from.amount} → ${measure(to)}` : `${measure(from)} → ${measure(to)}`;
}

function consequence(rule: TimeLimitRule, { all, on }: RuleChangeQuestion): string {
  if (on < rule.validFrom) return `; in force from ${rule.validFrom}, not today`;
  if (rule.validTo !== null && rule.validTo < on) return `; in force until ${rule.validTo}, not today`;
  const here = rulesInPlace(all, { code: rule.code, jurisdictionCode: rule.jurisdictionCode, on });
  const standing = here.find((one) => one.rule === rule)?.standing;
  if (standing === 'LENGTHENS') return '; PASSED OVER: longer than the national rule, and mayLengthen names no instrument that allows it';
  const winner = here.find((one) => one.standing === 'APPLIES')?.rule;
  return standing === 'SUPERSEDED' && winner ? `; no effect: ${winner.code}@${winner.version} has a higher priority` : '';
}

/** `T8 in 330000: 60 → 30 calendar days, 《浙江省信访条例》第二十三条`, and what becomes of it on the day. */
export function describeChange(rule: TimeLimitRule, question: RuleChangeQuestion): string {
  const on = question.on < rule.validFrom ? rule.validFrom : question.on;
  const national = selectRule(question.national, { code: rule.code, jurisdictionCode: '000000', on });
  const what = national ? change(national, rule) : `no national rule → ${measure(rule)}`;
  return `${rule.code} in ${rule.jurisdictionCode}: ${what}, ${basisOf(rule)}${consequence(rule, question)}`;
}
