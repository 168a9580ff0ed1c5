import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { required } from '@anjie/service-kit/subgraph';
import type {
  DoubleReferralPayloadResolvers, DoubleReferralResultResolvers, MutationResolvers, QueryResolvers, ReferralBatchResultResolvers, ReferralCoHandlingResolvers, ReferralLaneResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  referralLanes: (_root, _args, { services }) => [...services.kinds.referralLanes.all],
};

const Mutation: MutationResolvers = {
  sendDoubleReferral: (_root, { input }, { actor, services }) => services.referrals.sendDouble(actor, input),
  sendReferrals: (_root, { input }, { actor, services }) => services.batches.send(actor, input),
  acceptReferrals: (_root, { input }, { actor, services }) => services.batches.accept(actor, input),
  askCoHandler: (_root, { input }, { actor, services }) => services.coHandlings.ask(actor, input),
  signCoHandling: (_root, { input }, { actor, services }) => services.coHandlings.sign(actor, input),
  completeCoHandling: (_root, { input }, { actor, services }) => services.coHandlings.complete(actor, input),
  releaseCoHandler: (_root, { input }, { actor, services }) => services.coHandlings.release(actor, input),
};

const ReferralLane: ReferralLaneResolvers = { ...kindResolvers, watchDays: ({ watchDays }) => watchDays ?? null };

const ReferralCoHandling: ReferralCoHandlingResolvers = {
  unit: ({ unitId }) => ({ id: unitId }),
  assignedOfficial: ({ assignedOfficialId }) => (assignedOfficialId ? { id: assignedOfficialId } : null),
};

const DoubleReferralResult: DoubleReferralResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'ReferralRefusal' : 'DoubleReferralPayload') };
const DoubleReferralPayload: DoubleReferralPayloadResolvers = {
  resolving: async ({ resolvingId }, _args, { loaders }) => required(await loaders.referral.load(resolvingId)),
  guiding: async ({ guidingId }, _args, { loaders }) => required(await loaders.referral.load(guidingId)),
};

const ReferralBatchResult: ReferralBatchResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'ReferralRefusal' : 'ReferralBatchPayload') };

export const cooperationResolvers = { Query, Mutation, ReferralLane, ReferralCoHandling, DoubleReferralResult, DoubleReferralPayload, ReferralBatchResult };
