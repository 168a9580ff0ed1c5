/** From plain rows to rules: each row by itself, then all of them together. Nothing half-read: problems or rules. */
import { ruleSchema, type TimeLimitRule } from './rule';

/** What is wrong with a row. `row` counts from 0; `field` is empty when it is the row as a whole. */
export interface RuleProblem {
  readonly row: number;
  readonly field: string;
  readonly message: string;
}

/** Rules only when there is no problem. */
export interface ReadRules {
  readonly rules: readonly TimeLimitRule[];
  readonly problems: readonly RuleProblem[];
}

/** Checks every row of one or many files. What only shows among all rows (an extension of nothing) is told by {@link findMisfits}. */
export function readRules(rows: readonly unknown[]): ReadRules {
  const read = rows.map((row) => ruleSchema.safeParse(row));
  const problems = read.flatMap(({ error }, row) =>
    (error?.issues ?? []).map(({ path, message }) => ({ row, field: path.join('.'), message })));
  if (problems.length > 0) return { rules: [], problems };
  const rules = read.flatMap(({ data }) => (data ? [data] : []));
  const twice = findTwice(rules);
  return twice.length > 0 ? { rules: [], problems: twice } : { rules, problems: [] };
}

function findTwice(rules: readonly TimeLimitRule[]): RuleProblem[] {
  return rules.flatMap((rule, row) => {
    const earlier = rules.slice(0, row);
    if (earlier.some((other) => isSamePlace(rule, other) && other.version === rule.version)) {
      return [{ row, field: 'version', message: `stands twice: ${rule.code} of ${rule.jurisdictionCode} in version ${rule.version} is there already; a changed row needs a version of its own and a higher priority` }];
    }
    const isTie = earlier.some((other) => isSamePlace(rule, other) && other.priority === rule.priority && other.validFrom === rule.validFrom);
    return isTie ? [{ row, field: 'priority', message: `must differ: another row of ${rule.code} for ${rule.jurisdictionCode} begins on the same day` }] : [];
  });
}

const isSamePlace = (a: TimeLimitRule, b: TimeLimitRule): boolean => a.code === b.code && a.jurisdictionCode === b.jurisdictionCode;

/**
 * Rows of a local file that do not fit the national ones: a date that somebody types cannot become a counted period or
 * the other way round, since the programs ask for a date or do not; an extension must extend something.
 */
export function findMisfits(local: readonly TimeLimitRule[], national: readonly TimeLimitRule[]): RuleProblem[] {
  const codes = new Set([...local, ...national].map((rule) => rule.code));
  return local.flatMap((rule, row) => {
    const same = national.find((other) => other.code === rule.code);
    if (same && (same.kind === 'ASSIGNED_DATE') !== (rule.kind === 'ASSIGNED_DATE')) {
      return [{ row, field: 'kind', message: `must be ${same.kind} as in the national rule: its date is ${same.kind === 'ASSIGNED_DATE' ? 'typed' : 'counted'}` }];
    }
    const isOrphan = rule.extendsCode !== null && !codes.has(rule.extendsCode);
    return isOrphan ? [{ row, field: 'extendsCode', message: `names ${rule.extendsCode}, and there is no such rule` }] : [];
  });
}

/** Rules from plain rows. @throws Error naming row and field of everything that is wrong. */
export function parseRules(rows: readonly unknown[]): readonly TimeLimitRule[] {
  const { rules, problems } = readRules(rows);
  if (problems.length === 0) return rules;
  throw new Error(problems.map(({ row, field, message }) => `row ${row + 1}, ${field || 'row'}: ${message}`).join('\n'));
}
