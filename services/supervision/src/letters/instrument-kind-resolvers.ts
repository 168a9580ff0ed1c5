import { selectRule, basisOf, type TimeLimitRule } from '@anjie/rulebook';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { officeRules } from '@anjie/service-kit/runtime';
import type { Context } from '../context';
import type { AccountabilityGroundResolvers, InstrumentKindResolvers, QueryResolvers } from '../generated/graphql';
import { ACCOUNTABILITY_GROUNDS, groundBasis, groundName, type AccountabilityGround as Ground } from '../rules/accountability';
import type { InstrumentKind as Kind } from '../rules/instruments';

const Query: QueryResolvers = {
  instrumentKinds: (_root, _args, { kinds }) => [...kinds.instruments.all],
  accountabilityGrounds: () => Object.keys(ACCOUNTABILITY_GROUNDS) as Ground[],
};

/** What applies nationally today: a locality's own days are in the letter's obligation. */
const ruleOf = async ({ replyRule }: Kind, { today }: Context): Promise<TimeLimitRule | null> => selectRule(officeRules(), { code: replyRule, jurisdictionCode: '000000', on: await today() });

const InstrumentKind: InstrumentKindResolvers = {
  ...kindResolvers,
  preconditions: ({ after }) => after.map(({ kinds, measure, atLeast }) => ({ kinds: [...kinds], measure, needed: atLeast })),
  replyDays: async (kind, _args, context) => (await ruleOf(kind, context))?.amount ?? null,
  replyUnit: async (kind, _args, context) => {
    const rule = await ruleOf(kind, context);
    return rule?.kind === 'PERIOD' ? rule.unit : null;
  },
  replyBasis: async (kind, _args, context) => {
    const rule = await ruleOf(kind, context);
    return rule && basisOf(rule);
  },
  isToOfficial: ({ addressee }) => addressee === 'OFFICIAL',
  addresseeKinds: ({ addresseeKinds }) => [...addresseeKinds],
  needsAccountabilityGround: ({ needsGround }) => needsGround,
  needsInterviewRecord: ({ needsInterview }) => needsInterview,
  isForCommissioners: ({ commissionerMay }) => commissionerMay,
  isForListing: ({ lists }) => lists,
};

/** The code alone stands behind the type. */
const AccountabilityGround: AccountabilityGroundResolvers = {
  code: (code) => code,
  name: (code, _args, { viewer }) => groundName(code, viewer.locale),
  basis: (code) => groundBasis(code),
};

export const instrumentKindResolvers = { Query, InstrumentKind, AccountabilityGround };
