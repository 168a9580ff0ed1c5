import { isRefusal } from '@anjie/contracts';
import type { MutationResolvers } from '../generated/graphql';
import { refusalOf, required } from '@anjie/service-kit/subgraph';

const Mutation: MutationResolvers = {
  giveGuidance: async (_root, { input }, { services, actor, loaders, viewer }) => {
    const done = await services.guidance.give(input, actor);
    if (isRefusal(done)) return { __typename: 'ResponsibilityRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'GiveGuidancePayload', case: required(await loaders.caseById.load(done.caseId)) };
  },
};

export const guidanceResolvers = { Mutation };
