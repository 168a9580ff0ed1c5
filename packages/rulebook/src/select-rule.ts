/** Which of several rules of the same code applies in a place on a day. */
import { parseLocalDate, type LocalDate } from '@anjie/calendar';
import type { TimeLimitRule } from './rule';

/** `jurisdictionCode`: where the responsible unit sits, GB/T 2260. `on`: the day of the starting event. */
export interface RuleQuery {
  readonly code: string;
  readonly jurisdictionCode: string;
  readonly on: LocalDate;
}

/** SUPERSEDED: in force, but a more specific or higher one applies. LENGTHENS: passed over, since it gives more time than the national rule and names no instrument. */
export type RuleStanding = 'APPLIES' | 'SUPERSEDED' | 'LENGTHENS';

export interface StandingRule {
  readonly rule: TimeLimitRule;
  readonly standing: RuleStanding;
}

/** `330000` → `33`, `330402007000` → `330402007`, `000000` → the empty prefix of the whole country. */
function prefixOf(code: string): string {
  const belowCounty = code.slice(6).replace(/(000)+$/, '');
  return belowCounty ? code.slice(0, 6) + belowCounty : code.slice(0, 6).replace(/(00)+$/, '');
}

function inForce(rule: TimeLimitRule, on: LocalDate): boolean {
  return rule.validFrom <= on && (rule.validTo === null || on <= rule.validTo);
}

/** Most specific place, then highest priority, then the newest text. */
function compareRank(a: TimeLimitRule, b: TimeLimitRule): number {
  const bySpecificity = prefixOf(b.jurisdictionCode).length - prefixOf(a.jurisdictionCode).length;
  return bySpecificity || b.priority - a.priority || (a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : 0);
}

const isNational = (rule: TimeLimitRule): boolean => prefixOf(rule.jurisdictionCode) === '';

/**
 * True when `one` gives more time than `national`. Across units: n calendar days are never longer than n working
 * days, and n working days are taken as n plus two for each begun week (5 working days = 7), holidays left aside.
 */
function isLonger(one: TimeLimitRule, national: TimeLimitRule): boolean {
  if (one.amount === null || national.amount === null) return one.amount === null && national.amount !== null;
  if (one.unit === national.unit || one.unit === 'CALENDAR_DAY') return one.amount > national.amount;
  return one.amount + 2 * Math.ceil(one.amount / 5) > national.amount;
}

/** Measured against every national rule that `rule` would set aside, so that a national row of a local file cannot widen the measure. */
function lengthensUnlawfully(rule: TimeLimitRule, others: readonly TimeLimitRule[]): boolean {
  if (rule.mayLengthen) return false;
  return others.some((other) =>
    other !== rule && isNational(other) && other.force !== 'PRACTICE' && !other.mayLengthen && compareRank(rule, other) <= 0 && isLonger(rule, other));
}

/** The rules of one code that are in force in a place on a day, the highest first, each with its standing. */
function rankRules(rules: readonly TimeLimitRule[], { code, jurisdictionCode, on }: RuleQuery): StandingRule[] {
  const place = prefixOf(jurisdictionCode);
  const ranked = rules
    .filter((rule) => rule.code === code && inForce(rule, on) && place.startsWith(prefixOf(rule.jurisdictionCode)))
    .sort(compareRank);
  const applies = ranked.find((rule) => !lengthensUnlawfully(rule, ranked));
  return ranked.map((rule) => ({ rule, standing: rule === applies ? 'APPLIES' : lengthensUnlawfully(rule, ranked) ? 'LENGTHENS' : 'SUPERSEDED' }));
}

/**
 * The rule that applies: the most specific jurisdiction prefix, in force on the day, highest priority. A local rule may
 * shorten the national one; one that lengthens it is passed over unless it carries `mayLengthen`. A national row of
 * force PRACTICE is a default and binds nobody. Null when there is no such rule. Throws `InvalidLocalDate`.
 */
export function selectRule(rules: readonly TimeLimitRule[], query: RuleQuery): TimeLimitRule | null {
  parseLocalDate(query.on);
  return rankRules(rules, query).find(({ standing }) => standing === 'APPLIES')?.rule ?? null;
}

/** The rule by which a period may be extended in a place on a day (延期); it may come from another file than the period. */
export function selectExtension(rules: readonly TimeLimitRule[], { code, ...place }: RuleQuery): TimeLimitRule | null {
  const extension = rules.find((rule) => rule.extendsCode === code)?.code;
  return extension ? selectRule(rules, { ...place, code: extension }) : null;
}

const byCode = new Intl.Collator('en', { numeric: true });

/** All rules in force in a place on a day with their standing: by code (T2 before T10), within a code the highest first. Throws `InvalidLocalDate`. */
export function rulesInPlace(rules: readonly TimeLimitRule[], query: Omit<RuleQuery, 'code'> & { readonly code?: string | null }): StandingRule[] {
  parseLocalDate(query.on);
  const codes = query.code ? [query.code] : [...new Set(rules.map((rule) => rule.code))].sort(byCode.compare);
  return codes.flatMap((code) => rankRules(rules, { ...query, code }));
}

/** The rules that {@link selectRule} passes over on some day of their validity because they lengthen; for a warning when a local file is loaded. */
export function findLengthening(rules: readonly TimeLimitRule[]): TimeLimitRule[] {
  return rules.filter((rule) => {
    const sameCode = rules.filter((other) => other.code === rule.code);
    const days = [rule.validFrom, ...sameCode.map((other) => other.validFrom).filter((day) => inForce(rule, day))];
    return days.some((day) => lengthensUnlawfully(rule, sameCode.filter((other) => inForce(other, day))));
  });
}
