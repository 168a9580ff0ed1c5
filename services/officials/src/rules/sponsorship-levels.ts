import { divisionPrefix, isInDivision } from '@anjie/contracts';
import type { SponsorshipLevel } from './assignment';

/** Lowest first. */
export const SPONSORSHIP_LEVELS: readonly SponsorshipLevel[] = ['TOWNSHIP', 'COUNTY', 'CITY', 'PROVINCE'];
const rank = (level: SponsorshipLevel | null): number => (level === null ? -1 : SPONSORSHIP_LEVELS.indexOf(level));

/** A row of kinds/sponsorship-rules.yaml. */
export interface SponsorshipRule {
  readonly code: string;
  readonly divisionCode: string | null;
  readonly leastLevel: SponsorshipLevel;
  readonly leastLevelIfHard: SponsorshipLevel;
  readonly mostCases: number;
  readonly retired: boolean;
}

/** The rule for a place: the most specific division, of two for one place the later row. @throws Error when every rule is retired */
export function ruleFor<Rule extends SponsorshipRule>(rules: readonly Rule[], divisionCode: string): Rule {
  const fitting = rules.filter((rule) => !rule.retired && (rule.divisionCode === null || isInDivision(divisionCode, rule.divisionCode)));
  const [first, ...others] = fitting;
  if (!first) throw new Error('kinds/sponsorship-rules.yaml has no rule that is in force everywhere');
  const width = (rule: Rule): number => (rule.divisionCode === null ? 0 : divisionPrefix(rule.divisionCode).length);
  return others.reduce((best, rule) => (width(rule) >= width(best) ? rule : best), first);
}

export const leastLevelOf = (rule: SponsorshipRule, isHard: boolean): SponsorshipLevel => (isHard ? rule.leastLevelIfHard : rule.leastLevel);

/** Levels below what the rule asks of a hard case. */
export const levelsBelow = (least: SponsorshipLevel): SponsorshipLevel[] => SPONSORSHIP_LEVELS.filter((level) => rank(level) < rank(least));

/** GB/T 2260: the division and those above it, the nearest first. */
export function divisionLine(code: string): string[] {
  const above = [code.slice(0, 9), code.slice(0, 6), `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`];
  return [...new Set([code, ...above.filter((one) => one.length <= code.length)])];
}

export interface SponsorCandidate {
  readonly officialId: string;
  readonly level: SponsorshipLevel | null;
  readonly activeCases: number;
}
export interface Reason {
  readonly zh: string;
  readonly en: string;
}
export interface SponsorProposal extends SponsorCandidate {
  readonly reachesLevel: boolean;
  readonly reasons: readonly Reason[];
}

const LEVEL_WORDS: Readonly<Record<SponsorshipLevel, Reason>> = {
  PROVINCE: { zh: '省级', en: 'province' }, CITY: { zh: '市级', en: 'city' }, COUNTY: { zh: '县级', en: 'county' }, TOWNSHIP: { zh: '乡镇级', en: 'township' },
};

/**
 * 最难的由主要领导包: who might sponsor the case, in an order with reasons; a person decides. First those who reach the level, then those below the
 * load of the rule; a hard case then goes to the higher level, another one to the nearer level; at last to whoever has fewer cases.
 */
export function proposeSponsors(candidates: readonly SponsorCandidate[], { rule, isHard }: { rule: SponsorshipRule; isHard: boolean }, most: number): SponsorProposal[] {
  const least = leastLevelOf(rule, isHard);
  const proposals = candidates.map((one) => ({ ...one, reachesLevel: rank(one.level) >= rank(least), reasons: reasonsFor(one, { rule, isHard, least }) }));
  const order = (one: SponsorProposal): number[] => [
    one.reachesLevel ? 0 : 1, one.activeCases < rule.mostCases ? 0 : 1, isHard ? -rank(one.level) : Math.abs(rank(one.level) - rank(least)), one.activeCases,
  ];
  return proposals.sort((a, b) => compare(order(a), order(b)) || (a.officialId < b.officialId ? -1 : 1)).slice(0, most);
}

const compare = (a: readonly number[], b: readonly number[]): number => a.map((value, i) => value - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0;

function reasonsFor({ level, activeCases }: SponsorCandidate, { rule, isHard, least }: { rule: SponsorshipRule; isHard: boolean; least: SponsorshipLevel }): Reason[] {
  const own = level === null ? { zh: '无级别', en: 'no' } : LEVEL_WORDS[level];
  const asked = LEVEL_WORDS[least];
  const reaches = rank(level) >= rank(least);
  return [
    {
      zh: `${own.zh}领导，${isHard ? '疑难' : '一般'}案件规则要求不低于${asked.zh}：${reaches ? '符合' : '不符合'}`,
      en: `Leader of ${own.en} level; for ${isHard ? 'a hard' : 'an ordinary'} case the rule asks for ${asked.en} level at least: ${reaches ? 'reached' : 'not reached'}`,
    },
    {
      zh: `现有包案${activeCases}件，规则建议不超过${rule.mostCases}件${activeCases < rule.mostCases ? '' : '：已满'}`,
      en: `Sponsors ${activeCases} cases; the rule suggests at most ${rule.mostCases}${activeCases < rule.mostCases ? '' : ': full'}`,
    },
  ];
}
