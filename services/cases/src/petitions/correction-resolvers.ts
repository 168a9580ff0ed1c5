import { isRefusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { MutationResolvers, PetitionResolvers } from '../generated/graphql';

const Mutation: MutationResolvers = {
  correctPetition: async (_root, { input }, { services, actor, loaders, viewer }) => {
    const done = await services.corrections.correct(input, actor);
    if (isRefusal(done)) return { __typename: 'PetitionRefusal', ...refusalOf(done, viewer) };
    return {
      __typename: 'CorrectPetitionPayload',
      petition: required(await loaders.petitionById.load(done.petitionId)),
      case: required(await loaders.caseById.load(done.caseId)),
    };
  },
};

const Petition: PetitionResolvers = {
  corrections: ({ id }, args, { loaders }) => loaders.correctionsOfPetition(id, args),
};

export const correctionResolvers = { Mutation, Petition };
