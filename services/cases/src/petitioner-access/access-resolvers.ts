import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { MutationResolvers, PetitionResolvers, QueryResolvers, RegisterPetitionPayloadResolvers } from '../generated/graphql';
import { isNo } from './admission';

const Query: Pick<QueryResolvers, 'myMatter'> = {
  myMatter: async (_root, given, { services, actor, viewer }) => {
    const told = await services.access.lookUp(given, actor);
    return isNo(told) ? { __typename: 'AccessRefusal', ...refusalOf(told, viewer) } : { __typename: 'MyMatter', ...told };
  },
};

const Mutation: Pick<MutationResolvers, 'renewQuerySecret'> = {
  renewQuerySecret: async (_root, { input }, { services, actor, viewer, loaders, sql }) => {
    const done = await services.access.renew(input, actor);
    if (isNo(done)) return { __typename: 'AccessRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'RenewQuerySecretPayload', petition: required(await loaders.petitionById.load(done.petitionId)), receipt: await services.access.receiptOf(sql, done) };
  },
};

const Petition: Pick<PetitionResolvers, 'queryCode'> = {
  queryCode: async ({ id }, _args, { loaders, services }) => services.access.shownCode(required(await loaders.accessOfPetition.load(id)).queryCode),
};

/** The payload goes to the one who registered, again only with the same key; no other field leads to a receipt. */
const RegisterPetitionPayload: Pick<RegisterPetitionPayloadResolvers, 'receipt'> = {
  receipt: async ({ petition }, _args, { loaders, services }) => services.access.receipt(required(await loaders.accessOfPetition.load(petition.id))),
};

export const petitionerAccessResolvers = { Query, Mutation, Petition, RegisterPetitionPayload };
