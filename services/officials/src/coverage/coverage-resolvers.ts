import { kindResolvers } from '@anjie/service-kit/kinds';
import type { CampaignResolvers, QueryResolvers, SponsorshipCoverageResolvers, SponsorshipRuleResolvers, SponsorSuggestionResolvers } from '../generated/graphql';
import type { Coverage } from './coverage-reading';

const Query: QueryResolvers = {
  sponsorshipRules: (_root, _args, { services }) => [...services.kinds.sponsorshipRules.all],
  sponsorshipCoverage: (_root, args, { lists }) => lists.coverage(args),
  sponsorSuggestions: (_root, { caseId }, { lists }) => lists.sponsorSuggestions(caseId),
};

const Campaign: Pick<CampaignResolvers, 'sponsorshipCoverage'> = {
  sponsorshipCoverage: ({ id }, { divisionCode }, { lists }) => lists.coverage({ campaignId: id, divisionCode }),
};

const SponsorshipRule: SponsorshipRuleResolvers = {
  ...kindResolvers,
  division: ({ divisionCode }, _args, { loaders }) => (divisionCode ? loaders.divisionByCode.load(divisionCode) : null),
};

/** 公式: how each figure is made; shown beside the number. */
const FORMULAS = {
  openCases: '本级及以下台账内未销号、未办结的信访事项数 / cases that the ledger counts in the division and below, neither struck off nor closed',
  WITHOUT_SPONSOR: '其中没有现任包案领导的事项数 / of these, without an active sponsor',
  HARD_BELOW_LEVEL: '其中认定为疑难、包案领导级别低于规则要求的事项数 / of these, marked as hard and with a sponsor below the level that the rule asks for',
  PAST_LIMIT_WITHOUT_PLAN: '其中专项限期已过、现行方案订立于限期之前或没有方案的事项数 / of these, past the campaign limit and without a plan made after it',
} as const;
const figure = (name: keyof typeof FORMULAS) => ({ counts }: Coverage) => ({ value: counts[name], formula: FORMULAS[name], asOf: counts.asOf });

const SponsorshipCoverage: SponsorshipCoverageResolvers = {
  campaign: ({ campaignId }) => ({ id: campaignId }),
  division: ({ divisionCode }, _args, { loaders }) => loaders.divisionByCode.load(divisionCode),
  openCases: figure('openCases'),
  withoutSponsor: figure('WITHOUT_SPONSOR'),
  hardBelowLevel: figure('HARD_BELOW_LEVEL'),
  pastLimitWithoutPlan: figure('PAST_LIMIT_WITHOUT_PLAN'),
  casesWithoutSponsor: (key, page, { lists }) => lists.casesInGap(key, 'WITHOUT_SPONSOR', page),
  hardCasesBelowLevel: (key, page, { lists }) => lists.casesInGap(key, 'HARD_BELOW_LEVEL', page),
  casesPastLimitWithoutPlan: (key, page, { lists }) => lists.casesInGap(key, 'PAST_LIMIT_WITHOUT_PLAN', page),
};

const SponsorSuggestion: SponsorSuggestionResolvers = {
  official: ({ officialId }, _args, { loaders }) => loaders.officialById.load(officialId),
  reasons: ({ reasons }, _args, { viewer }) => reasons.map((reason) => (viewer.locale === 'en' ? reason.en : reason.zh)),
};

export const coverageResolvers = { Query, Campaign, SponsorshipRule, SponsorshipCoverage, SponsorSuggestion };
