import { isRefusal } from '@anjie/contracts';
import type { Context } from '../context';
import type { MutationResolvers, ResolutionPlanResolvers } from '../generated/graphql';
import { refusalOf, required } from '@anjie/service-kit/subgraph';

const payloadOf = async (done: { planId: string; caseId: string }, { loaders }: Context) => ({
  __typename: 'ResolutionPlanPayload' as const,
  plan: required(await loaders.planById.load(done.planId)),
  case: required(await loaders.caseById.load(done.caseId)),
});

const Mutation: MutationResolvers = {
  makeResolutionPlan: async (_root, { input }, context) => {
    const done = await context.services.plans.make(input, context.actor);
    return isRefusal(done) ? { __typename: 'ResponsibilityRefusal', ...refusalOf(done, context.viewer) } : payloadOf(done, context);
  },
  completePlanStep: async (_root, { input }, context) => {
    const done = await context.services.planSteps.complete(input, context.actor);
    return isRefusal(done) ? { __typename: 'ResponsibilityRefusal', ...refusalOf(done, context.viewer) } : payloadOf(done, context);
  },
  completeMilestone: async (_root, { input }, context) => {
    const done = await context.services.plans.completeMilestone(input, context.actor);
    return isRefusal(done) ? { __typename: 'ResponsibilityRefusal', ...refusalOf(done, context.viewer) } : payloadOf(done, context);
  },
};

const ResolutionPlan: ResolutionPlanResolvers = {
  steps: ({ id }, _args, { loaders }) => loaders.stepsOfPlan.load(id),
  __resolveReference: ({ id }, { loaders }) => loaders.planById.load(id),
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  milestones: ({ id }, _args, { loaders }) => loaders.milestonesOfPlan.load(id),
};

export const planResolvers = { Mutation, ResolutionPlan };
