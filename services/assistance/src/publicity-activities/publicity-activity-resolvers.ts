import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { required } from '@anjie/service-kit/subgraph';
import type {
  MutationResolvers, PublicityActivityKindResolvers, PublicityActivityPayloadResolvers, PublicityActivityRefusalResolvers, PublicityActivityResolvers, PublicityActivityResultResolvers,
  QueryResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  publicityActivities: (_root, args, { lists }) => lists.publicity(args),
  publicityActivityKinds: (_root, _args, { services }) => [...services.kinds.publicity.all],
};

const Mutation: MutationResolvers = {
  recordPublicityActivity: (_root, { input }, { actor, services }) => services.publicity.record(actor, input),
};

const PublicityActivity: PublicityActivityResolvers = {
  kind: ({ kind }, _args, { services }) => services.kinds.publicity.of(kind),
  centre: async ({ centreId }, _args, { loaders }) => required(await loaders.centre.load(centreId)),
};
const PublicityActivityKind: PublicityActivityKindResolvers = kindResolvers;
const PublicityActivityResult: PublicityActivityResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'PublicityActivityRefusal' : 'PublicityActivityPayload') };
const PublicityActivityPayload: PublicityActivityPayloadResolvers = {
  activity: async ({ publicityActivityId }, _args, { loaders }) => required(await loaders.publicity.load(publicityActivityId)),
};
const PublicityActivityRefusal: PublicityActivityRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

export const publicityResolvers = { Query, Mutation, PublicityActivity, PublicityActivityKind, PublicityActivityResult, PublicityActivityPayload, PublicityActivityRefusal };
