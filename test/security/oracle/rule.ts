import type { AccessRule } from '@anjie/service-kit/subgraph';
import type { Persona } from '../world/personas';
import { PLACES } from '../world/places';
import type { CaseFact, Facts, RowFact } from './facts';

/** Who should see what, said again from the brief (§5) and the words of `@access`, without a line of the product's. */
export type Rule = (asked: Question) => boolean;

/** What the oracle knows of one type whose rows somebody owns. */
export interface Knowledge {
  /** The word of `@access(rule:)` that the SDL says of the type. */
  readonly said: AccessRule;
  /** The statement that finds every row: `id`, and `caseId`, `units`, `officials` and whatever else the rule asks for. */
  readonly rows: string;
  readonly sees: Rule;
  /** Rows that everybody in office sees, as the directory: that somebody sees one says nothing of the rule. */
  readonly isOfOffice?: (row: RowFact) => boolean;
}
export type KnowledgeOf = Readonly<Record<string, Knowledge>>;

/** Pairs that a rule follows from a row to others: each the statement that finds them, as `a` and `b`. */
export type LinkStatements = Readonly<Record<string, string>>;
export type Link = ReadonlyMap<string, readonly string[]>;
export interface Known {
  readonly facts: Facts;
  readonly links: Readonly<Record<string, Link>>;
}
export interface Question extends Known {
  readonly who: Persona;
  readonly row: RowFact;
}

/** What is linked to a row under this name. */
export function linked({ links }: Known, name: string, id: string): readonly string[] {
  const link = links[name];
  if (!link) throw new RangeError(`no statement finds ${name}`);
  return link.get(id) ?? [];
}

/** In a statement: the different values of a column, with commas between them. */
export const LIST = (column: string, from: string): string => `(SELECT GROUP_CONCAT(DISTINCT ${column}) FROM ${from})`;

export const prefixOf = (code: string): string => (code.length > 6 ? code : code.replace(/(00){1,2}$/, ''));
export const isIn = (code: unknown, office: string): boolean => String(code).startsWith(prefixOf(office));

export const has = ({ roles }: Persona, ...wanted: string[]): boolean => wanted.some((role) => roles.includes(role));
export const unitOf = ({ place }: Persona): string | null => (place ? PLACES[place].id : null);

/** 《信访工作条例》第三十条第三款: kept out in person, with the unit, below it, and through every post but those that ended before the case was filed. */
export function isKeptOut({ facts, who }: Pick<Question, 'facts' | 'who'>, one: CaseFact): boolean {
  const posts = (facts.posts.get(who.id) ?? []).filter(({ endedOn }) => endedOn === null || endedOn >= one.registeredOn);
  const units = [...posts.map(({ unit }) => unit), ...(unitOf(who) ? [unitOf(who) as string] : [])];
  const line = units.flatMap((unit) => [...(facts.unitsUpwards.get(unit) ?? [unit])]);
  return one.excluded.has(who.id) || line.some((unit) => one.excluded.has(unit));
}

/** A sealed case is for the staff of exactly the unit that has it; a window has one only until it is transferred. */
export function holdsSealed(who: Persona, one: CaseFact): boolean {
  if (one.holder === null || one.holder !== unitOf(who)) return false;
  return has(who, 'UNIT_HANDLER', 'JOINT_OFFICE') || (has(who, 'WINDOW_CLERK') && one.holder === one.registrar);
}

export function seesCase({ facts, who }: Pick<Question, 'facts' | 'who'>, one: CaseFact): boolean {
  if (isKeptOut({ facts, who }, one)) return false;
  if (one.isSealed) return holdsSealed(who, one);
  const own = unitOf(who);
  if (one.officials.has(who.id)) return true;
  if (has(who, 'JOINT_OFFICE') && isIn(one.division, who.division)) return true;
  if (has(who, 'UNIT_HANDLER') && own !== null && [...one.units].some((unit) => facts.unitsUpwards.get(unit)?.has(own))) return true;
  return has(who, 'WINDOW_CLERK') && own !== null && one.registrar === own;
}

export const caseOf = ({ facts, row }: Question, id: string | null = row.caseId): CaseFact | undefined => (id === null ? undefined : facts.cases.get(id));
export const byCase = (asked: Question, id: string | null = asked.row.caseId): boolean => {
  const one = caseOf(asked, id);
  return one !== undefined && seesCase(asked, one);
};
/** What no ground of one's own overcomes: being kept out, and the seal. */
export const isOpenBeside = (asked: Question): boolean => {
  const one = caseOf(asked);
  return one !== undefined && !isKeptOut(asked, one) && (!one.isSealed || holdsSealed(asked.who, one));
};
export const isOwnUnit = ({ facts, who }: Question, unit: unknown): boolean =>
  unitOf(who) !== null && has(who, 'UNIT_HANDLER', 'JOINT_OFFICE', 'WINDOW_CLERK') && (facts.unitsUpwards.get(String(unit))?.has(String(unitOf(who))) ?? false);
export const isOwn = (asked: Question): boolean => asked.row.officials.includes(asked.who.id) || asked.row.units.some((unit) => isOwnUnit(asked, unit));
export const isOffice = ({ who, row }: Question): boolean => has(who, 'JOINT_OFFICE') && isIn(row.more['division'], who.division);
/** One's own, or exactly the own unit's, for whoever acts for it: no role, no row. */
export const isInInbox = ({ who, row }: Question): boolean =>
  row.officials.includes(who.id) || (has(who, 'UNIT_HANDLER', 'JOINT_OFFICE') && row.more['inboxUnit'] !== null && row.more['inboxUnit'] === unitOf(who));

/** Of exactly this unit, in one of these roles: who wrote, who approves. */
export const isAt = ({ who }: Question, unit: unknown, ...roles: string[]): boolean => unitOf(who) !== null && unit === unitOf(who) && has(who, ...roles);

export const CASE: Rule = (asked) => byCase(asked);
export const BESIDE_CASE: Rule = (asked) => byCase(asked) || (isOwn(asked) && isOpenBeside(asked));
export const OWNER: Rule = ({ who, row }) => row.officials.includes(who.id);
/** A row that may have no case: one rule for it in a case, another where there is none. */
export const withCaseOrWithout = (inCase: Rule, without: Rule): Rule => (asked) => (asked.row.caseId === null ? without(asked) : inCase(asked));
