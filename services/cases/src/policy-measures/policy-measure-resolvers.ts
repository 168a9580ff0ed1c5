import { isRefusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { ClusterNo } from '../clusters/cluster-refusals';
import type { Context } from '../context';
import type { MutationResolvers, PolicyMeasureResolvers, QueryResolvers } from '../generated/graphql';
import { listMeasures } from './policy-measure-repository';

const answer = async (done: { measureId: string } | ClusterNo, { loaders, viewer }: Context) =>
  isRefusal(done)
    ? { __typename: 'ClusterRefusal' as const, ...refusalOf(done, viewer) }
    : { __typename: 'PolicyMeasurePayload' as const, measure: required(await loaders.measureById.load(done.measureId)) };

const Query: QueryResolvers = {
  policyMeasure: (_root, { id }, { loaders }) => loaders.measureById.load(id),
  policyMeasures: (_root, { divisionCode, ...page }, { sql, viewer }) => listMeasures(sql, viewer, { divisionCode, page }),
};

const Mutation: MutationResolvers = {
  registerPolicyMeasure: async (_root, { input }, context) => answer(await context.services.policyMeasures.register(input, context.actor), context),
  linkPolicyMeasure: async (_root, { input }, context) => answer(await context.services.policyMeasures.link(input, context.actor), context),
};

const FORMULA = '由此化解数 = 关联类案现有事项中, 印发之日及以后认定化解且未复发的件数(限您可见) | cases now in the linked clusters that stand resolved on or after the day of issue, among those that you may see';

const PolicyMeasure: PolicyMeasureResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.measureById.load(id),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  clusters: ({ id }, args, { loaders }) => loaders.clustersOfMeasure(id, args),
  unlockedCases: ({ id }, args, { loaders }) => loaders.unlockedByMeasure(id, args),
  unlocked: async ({ id }, _args, { loaders }) => {
    const { many, asOf } = required(await loaders.unlockedCountOfMeasure.load(id));
    return { value: many, formula: FORMULA, asOf };
  },
};

export const policyMeasureResolvers = { Query, Mutation, PolicyMeasure };
