import { seesDivisionFigures, type Viewer } from '@anjie/access';
import { DIVISION_CODE } from '@anjie/contracts';
import { isId, type Sql } from '@anjie/service-kit/database';
import type { Kinds, SponsorshipRuleKind } from '../kinds';
import { candidatesOf } from '../officials/post-repository';
import { casesInView, exclusionsOf, recusedOf } from '../readiness/crew-repository';
import { overseesDivision } from '../rules/acting';
import { crewObjection, sponsorshipLevelOf } from '../rules/assignment';
import { divisionLine, levelsBelow, proposeSponsors, ruleFor, type SponsorProposal } from '../rules/sponsorship-levels';
import { activeSponsorships } from '../sponsorships/sponsorship-repository';
import { countCoverage, isHardCase, leadersIn, type CoverageCounts, type CoverageKey } from './coverage-repository';

export interface Coverage extends CoverageKey {
  readonly rule: SponsorshipRuleKind;
  readonly counts: CoverageCounts;
}

/** 包案覆盖 of a ledger in a division; null for whoever does not oversee it. */
export async function coverageOf(sql: Sql, { viewer, kinds }: { viewer: Viewer; kinds: Kinds }, { campaignId, divisionCode }: { campaignId: string; divisionCode: string }): Promise<Coverage | null> {
  if (!isId(campaignId) || !DIVISION_CODE.test(divisionCode) || !seesDivisionFigures(viewer, divisionCode)) return null;
  const rule = ruleFor(kinds.sponsorshipRules.all, divisionCode);
  const key = { campaignId, divisionCode, below: levelsBelow(rule.leastLevelIfHard) };
  return { ...key, rule, counts: await countCoverage(sql, key) };
}

const MOST_LEADERS = 300;
const MOST_SUGGESTIONS = 10;

/** Who might sponsor the case, for whoever may name the sponsor; the present sponsor and those who are kept out are not among them. */
export async function suggestSponsors(sql: Sql, { viewer, kinds }: { viewer: Viewer; kinds: Kinds }, caseId: string): Promise<SponsorProposal[] | null> {
  const found = isId(caseId) ? (await casesInView(sql, viewer, [caseId])).get(caseId.toLowerCase()) : undefined;
  if (!found || found.isSealed || !overseesDivision(viewer, found.divisionCode)) return null;
  const leaders = new Map((await leadersIn(sql, divisionLine(found.divisionCode), MOST_LEADERS)).map((row) => [row.officialId, row.activeCases]));
  const candidates = await candidatesOf(sql, [...leaders.keys()]);
  const excluded = (await exclusionsOf(sql, [found.id])).get(found.id) ?? new Set<string>();
  const recused = (await recusedOf(sql, [found.id])).get(found.id);
  const present = (await activeSponsorships(sql, [found.id]))[0]?.officialId;
  const fit = [...candidates.values()].filter((one) => one.officialId !== present && crewObjection(one, excluded, recused) === null);
  return proposeSponsors(
    fit.map((one) => ({ officialId: one.officialId, level: sponsorshipLevelOf(one), activeCases: leaders.get(one.officialId) ?? 0 })),
    { rule: ruleFor(kinds.sponsorshipRules.all, found.divisionCode), isHard: await isHardCase(sql, found.id) }, MOST_SUGGESTIONS,
  );
}
