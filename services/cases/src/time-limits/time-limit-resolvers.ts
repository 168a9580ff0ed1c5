import { basisOf, type StandingRule } from '@anjie/rulebook';
import type { QueryResolvers, TimeLimitRuleResolvers } from '../generated/graphql';
import { listTimeLimits } from './time-limit-service';

const Query: QueryResolvers = {
  timeLimitRules: (_root, args, { sql }) => listTimeLimits(sql, args),
};

const FIELDS = [
  'code', 'version', 'jurisdictionCode', 'stage', 'kind', 'amount', 'unit', 'startsOn', 'basisDocument', 'basisArticle', 'validFrom', 'validTo', 'priority', 'force',
  'evidence', 'onlyRoute', 'extendsCode', 'maxTotalDays', 'excludesHearing', 'mayLengthen', 'descriptionZh', 'descriptionEn',
] as const;

/** Every field of the row as the file has it. */
const TimeLimitRule = {
  ...Object.fromEntries(FIELDS.map((field) => [field, ({ rule }: StandingRule) => rule[field]])),
  basis: ({ rule }: StandingRule) => basisOf(rule),
} as TimeLimitRuleResolvers;

export const timeLimitResolvers = { Query, TimeLimitRule };
