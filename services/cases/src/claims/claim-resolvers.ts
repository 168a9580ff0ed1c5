import { isRefusal, type Refusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { ClaimRefusalCode, MutationResolvers } from '../generated/graphql';

const answer = async (done: { claimId: string; caseId: string } | Refusal<ClaimRefusalCode>, { loaders, viewer }: Context) =>
  isRefusal(done)
    ? { __typename: 'ClaimRefusal' as const, ...refusalOf(done, viewer) }
    : { __typename: 'ClaimPayload' as const, claim: required(await loaders.claimById.load(done.claimId)), case: required(await loaders.caseById.load(done.caseId)) };

const Mutation: MutationResolvers = {
  addClaim: async (_root, { input }, context) => answer(await context.services.claims.add(input, context.actor), context),
  clarifyClaim: async (_root, { input }, context) => answer(await context.services.claims.clarify(input, context.actor), context),
  withdrawClaim: async (_root, { input }, context) => answer(await context.services.claims.withdraw(input, context.actor), context),
};

export const claimResolvers = { Mutation };
