/** Which of several rules of the same code applies in a place on a day. */
import { parseLocalDate, type LocalDate } from '@anjie/calendar';
import type { TimeLimitRule } from './rule';

/** `jurisdictionCode`: where the responsible unit sits, GB/T 2260. `on`: the day of the starting event. */
export interface RuleQuery {
  readonly code: string;
  readonly jurisdictionCode: string;
  readonly on: LocalDate;
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
 * True when `local` gives more time than `national`. Across units: n calendar days are never longer than n working
 * days, and n working days are taken as n plus two for each begun week (5 working days = 7), holidays left aside.
 */
function isLonger(local: TimeLimitRule, national: TimeLimitRule): boolean {
  if (local.amount === null || national.amount === null) return national.amount !== null;
  if (local.unit === national.unit || local.unit === 'CALENDAR_DAY') return local.amount > national.amount;
  return local.amount + 2 * Math.ceil(local.amount / 5) > national.amount;
}

function lengthensUnlawfully(rule: TimeLimitRule, national: TimeLimitRule | undefined): boolean {
  if (!national || national.force === 'PRACTICE' || isNational(rule) || rule.mayLengthen) return false;
  return isLonger(rule, national);
}

/**
 * The rule that applies: the most specific jurisdiction prefix, in force on the day, highest priority. A local rule may
 * shorten the national one; one that lengthens it is passed over unless it carries `mayLengthen`. A national row of
 * force PRACTICE is a default and binds nobody. Null when there is no such rule. Throws `InvalidLocalDate`.
 */
export function selectRule(rules: readonly TimeLimitRule[], query: RuleQuery): TimeLimitRule | null {
  const on = parseLocalDate(query.on);
  const place = prefixOf(query.jurisdictionCode);
  const candidates = rules
    .filter((rule) => rule.code === query.code && inForce(rule, on) && place.startsWith(prefixOf(rule.jurisdictionCode)))
    .sort(compareRank);
  const national = candidates.find(isNational);
  return candidates.find((rule) => !lengthensUnlawfully(rule, national)) ?? null;
}

/** The local rules that {@link selectRule} passes over on a day because they lengthen; for a warning when an overlay is loaded. */
export function findLengthening(rules: readonly TimeLimitRule[], on: LocalDate): TimeLimitRule[] {
  const current = rules.filter((rule) => inForce(rule, parseLocalDate(on)));
  return current.filter((rule) => {
    const nationals = current.filter((other) => other.code === rule.code && isNational(other)).sort(compareRank);
    return lengthensUnlawfully(rule, nationals[0]);
  });
}
