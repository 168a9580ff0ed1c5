import { isRefusal } from '@anjie/contracts';
import { required } from '@anjie/service-kit/subgraph';
import type {
  CaseResolvers, MutationResolvers, QueryResolvers, ReferralEventResolvers, ReferralPayloadResolvers, ReferralRefusalResolvers, ReferralResolvers,
  ReferralResultResolvers, UnitResolvers,
} from '../generated/graphql';
import { accepting, completing, consentingToReturn, decidingDispute, refusingReturn, requestingReturn, signing, withdrawing } from './referral-moves';

const Query: QueryResolvers = {
  referral: (_root, { id }, { loaders }) => loaders.referral.load(id),
  referrals: (_root, args, { lists }) => lists.referrals(args),
};

const Mutation: MutationResolvers = {
  sendReferral: (_root, { input }, { actor, services }) => services.referrals.send(actor, input),
  signReferral: (_root, { input }, { actor, services }) => services.moves.take(actor, signing(input)),
  acceptReferral: (_root, { input }, { actor, services }) => services.moves.take(actor, accepting(input)),
  requestReferralReturn: (_root, { input }, { actor, services }) => services.moves.take(actor, requestingReturn(input)),
  consentToReferralReturn: (_root, { input }, { actor, services }) => services.moves.take(actor, consentingToReturn(input)),
  refuseReferralReturn: (_root, { input }, { actor, services }) => services.moves.take(actor, refusingReturn(input)),
  decideReferralDispute: (_root, { input }, { actor, services }) => services.moves.take(actor, decidingDispute(input)),
  completeReferral: (_root, { input }, { actor, services }) => services.moves.take(actor, completing(input)),
  withdrawReferral: (_root, { input }, { actor, services }) => services.moves.take(actor, withdrawing(input)),
};

const Referral: ReferralResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.referral.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  fromUnit: ({ fromUnitId }) => ({ id: fromUnitId }),
  toUnit: ({ toUnitId }) => ({ id: toUnitId }),
  sentBy: ({ sentById }) => ({ id: sentById }),
  history: ({ id }, _args, { loaders }) => loaders.eventsOfReferral.load(id),
  lane: ({ laneCode }, _args, { services }) => (laneCode ? services.kinds.referralLanes.of(laneCode) : null),
  part: ({ pairPart }) => pairPart,
  counterpart: async ({ id, pairId }, _args, { loaders }) => {
    const other = pairId ? await loaders.counterpartOfReferral.load(id) : null;
    return other ? loaders.referral.load(other.counterpartId) : null;
  },
  assignedOfficial: ({ assignedOfficialId }) => (assignedOfficialId ? { id: assignedOfficialId } : null),
  dispute: ({ disputedOn, disputeSettledOn, disputeDecision }) =>
    disputedOn === null ? null : { since: disputedOn, settledOn: disputeSettledOn, decision: disputeDecision && DECISIONS[disputeDecision] },
  coHandlings: ({ id }, _args, { loaders }) => loaders.coHandlingsOfReferral.load(id),
  flag: ({ flagCode }) => flagCode,
};
const DECISIONS = { STAY: 'RECEIVER_HANDLES', BACK: 'GOES_BACK' } as const;

const ReferralEvent: ReferralEventResolvers = {
  by: ({ byId }) => (byId ? { id: byId } : null),
  unit: ({ unitId }) => (unitId ? { id: unitId } : null),
};

const ReferralResult: ReferralResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'ReferralRefusal' : 'ReferralPayload') };

const ReferralPayload: ReferralPayloadResolvers = {
  // clear: an earlier mutation of the same request may have loaded the state before
  referral: async ({ referralId }, _args, { loaders }) => required(await loaders.referral.clear(referralId).load(referralId)),
};

const ReferralRefusal: ReferralRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Case: CaseResolvers = {
  referrals: ({ id }, args, { loaders }) => loaders.referralsOfCase(id, args),
};

const Unit: UnitResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  incomingReferrals: ({ id }, args, { loaders }) => loaders.referralsToUnit(id, args),
  outgoingReferrals: ({ id }, args, { loaders }) => loaders.referralsFromUnit(id, args),
};

export const referralResolvers = { Query, Mutation, Referral, ReferralEvent, ReferralResult, ReferralPayload, ReferralRefusal, Case, Unit };
