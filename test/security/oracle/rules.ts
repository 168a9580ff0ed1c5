import type { AccessRule } from '@anjie/service-kit/subgraph';
import type { Persona } from '../world/personas';
import type { SecuritySystem } from '../world/security-system';
import { LINKS_OF_ASSISTANCE, OF_ASSISTANCE, OPEN_OF_ASSISTANCE } from './assistance';
import { LINKS_OF_CASES, OF_CASES } from './cases';
import type { Facts } from './facts';
import { LINKS_OF_INSTRUMENTS, OF_INSTRUMENTS, seesInquiryObjection } from './instruments';
import { LINKS_OF_OFFICIALS, OF_OFFICIALS, overseesPlace } from './officials';
import { LINKS_OF_OVERSIGHT, OF_OVERSIGHT } from './oversight';
import { has, isIn, isKeptOut, type Known, type KnowledgeOf, type Link } from './rule';
import { LINKS_OF_SUPERVISION, OF_SUPERVISION } from './supervision';

/** One rule for each type whose rows somebody owns. Whatever the graph answers is held against it. */
export interface Oracle {
  /** @throws RangeError for a type that nobody has written a rule for */
  sees(persona: Persona, type: string, id: string): boolean;
  /** Is an object as it was answered for this persona? Undefined for types that are no rows of anybody's. */
  allows(persona: Persona, object: Readonly<Record<string, unknown>>): boolean | undefined;
  seesCase(persona: Persona, caseId: string): boolean;
  /** Rows that everybody in office sees, as the directory. */
  isOfOffice(type: string, id: string): boolean;
  /** How many rows of the type there are, and how many of them the persona should see. */
  count(persona: Persona, type: string): { readonly seen: number; readonly all: number };
  idsOf(type: string): readonly string[];
  readonly types: readonly string[];
}

const KNOWLEDGE: KnowledgeOf = { ...OF_CASES, ...OF_OFFICIALS, ...OF_SUPERVISION, ...OF_INSTRUMENTS, ...OF_OVERSIGHT, ...OF_ASSISTANCE };
const LINKS = { ...LINKS_OF_CASES, ...LINKS_OF_OFFICIALS, ...LINKS_OF_SUPERVISION, ...LINKS_OF_INSTRUMENTS, ...LINKS_OF_OVERSIGHT, ...LINKS_OF_ASSISTANCE };
/** What finds the rows of each type, and those of the directory that are asked for by their id. */
export const ROW_STATEMENTS: ReadonlyMap<string, string> = new Map([...Object.entries(KNOWLEDGE).map(([type, { rows }]) => [type, rows] as const), ...Object.entries(OPEN_OF_ASSISTANCE)]);

/** Rows that are judged by what they say of themselves. */
const SELF_TOLD: Readonly<Record<string, readonly [said: AccessRule, sees: (known: Known, who: Persona, told: Readonly<Record<string, unknown>>) => boolean]>> = {
  DivisionRollup: ['OVERSIGHT', (_known, who, { divisionCode }) => has(who, 'JOINT_OFFICE') && isIn(divisionCode, who.division)],
  ResponsibilityNode: ['OVERSIGHT', (_known, who, { unit }) => overseesPlace(who, unit)],
  SponsorshipCoverage: ['OVERSIGHT', (_known, who, told) => overseesPlace(who, told)],
  AuditEntry: ['AUDIT', ({ facts }, who, { caseId }) => {
    const one = typeof caseId === 'string' ? facts.cases.get(caseId) : undefined;
    return has(who, 'AUDITOR') && !(one && isKeptOut({ facts, who }, one));
  }],
  InquiryObjection: ['PART', seesInquiryObjection],
};
/** What an answer must show of such a row, so that it can be judged. */
export const TELLING: Readonly<Record<string, readonly string[]>> = {
  DivisionRollup: ['campaignId', 'divisionCode', 'asOf'], AuditEntry: ['id', 'caseId'], InquiryObjection: ['text'],
  ResponsibilityNode: ['unit { id division { code } }'], SponsorshipCoverage: ['campaign { id }', 'division { code }'],
};

/** Types whose rows the oracle knows, with the word that it expects in the SDL. */
export const KNOWN_RULES: ReadonlyMap<string, AccessRule> = new Map([...Object.entries(KNOWLEDGE).map(([type, { said }]) => [type, said] as const), ...Object.entries(SELF_TOLD).map(([type, [said]]) => [type, said] as const)]);

export async function openOracle(system: SecuritySystem, facts: Facts): Promise<Oracle> {
  const links: Known['links'] = Object.fromEntries(await Promise.all(Object.entries(LINKS).map(async ([name, sql]) => [name, linkOf(await system.rows<{ a: string; b: string }>(sql))] as const)));
  const known: Known = { facts, links };
  const memo = new Map<string, boolean>();
  const sees = (who: Persona, type: string, id: string): boolean => {
    const rule = KNOWLEDGE[type]?.sees;
    if (!rule) throw new RangeError(`the oracle has no rule for ${type}`);
    const key = `${who.name} ${type} ${id}`;
    const row = facts.rows.get(type)?.get(id);
    // a website is nobody in office: no row is for it
    const answer = memo.get(key) ?? (row !== undefined && !has(who, 'PUBLIC_PORTAL') && rule({ ...known, who, row }));
    memo.set(key, answer);
    return answer;
  };
  const idsOf = (type: string): readonly string[] => [...(facts.rows.get(type)?.keys() ?? [])];
  return {
    allows(who, told) {
      const { __typename: type, id } = told;
      if (typeof type !== 'string' || !KNOWN_RULES.has(type)) return undefined;
      const self = SELF_TOLD[type];
      return self ? self[1](known, who, told) : sees(who, type, String(id));
    },
    sees, idsOf, types: Object.keys(KNOWLEDGE),
    seesCase: (who, caseId) => sees(who, 'Case', caseId),
    isOfOffice(type, id) {
      const row = facts.rows.get(type)?.get(id);
      return row !== undefined && (KNOWLEDGE[type]?.isOfOffice?.(row) ?? false);
    },
    count: (who, type) => ({ seen: idsOf(type).filter((id) => sees(who, type, id)).length, all: idsOf(type).length }),
  };
}

function linkOf(rows: readonly { a: string; b: string }[]): Link {
  const found = new Map<string, string[]>();
  for (const { a, b } of rows) found.set(a, [...(found.get(a) ?? []), b]);
  return found;
}
