import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { required } from '@anjie/service-kit/subgraph';
import type {
  DivisionResolvers, EarlyDisputeKindResolvers, EarlyDisputePayloadResolvers, EarlyDisputeRefusalResolvers, EarlyDisputeResolvers, EarlyDisputeResultResolvers, MutationResolvers,
  QueryResolvers, UnitResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  earlyDispute: (_root, { id }, { loaders }) => loaders.earlyDispute.load(id),
  earlyDisputes: (_root, args, { lists }) => lists.earlyDisputes(args),
  earlyDisputeKinds: (_root, _args, { services }) => [...services.kinds.earlyDisputes.all],
};

const Mutation: MutationResolvers = {
  reportEarlyDispute: (_root, { input }, { actor, services }) => services.earlyDisputes.report(actor, input),
  handOffEarlyDispute: (_root, { input }, { actor, services }) => services.earlyDisputes.handOff(actor, input),
  settleEarlyDispute: (_root, { input }, { actor, services }) => services.earlyDisputes.settle(actor, input),
  linkEarlyDispute: (_root, { input }, { actor, services }) => services.earlyDisputes.link(actor, input),
};

const EarlyDispute: EarlyDisputeResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.earlyDispute.load(id),
  kind: ({ kind }, _args, { services }) => services.kinds.earlyDisputes.of(kind),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  unit: ({ unitId }) => ({ id: unitId }),
  responsibleUnit: ({ responsibleUnitId }) => (responsibleUnitId ? { id: responsibleUnitId } : null),
  case: ({ caseId }, _args, { loaders }) => (caseId ? loaders.visibleCase.load(caseId) : null),
};
const EarlyDisputeKind: EarlyDisputeKindResolvers = kindResolvers;
const EarlyDisputeResult: EarlyDisputeResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'EarlyDisputeRefusal' : 'EarlyDisputePayload') };
const EarlyDisputePayload: EarlyDisputePayloadResolvers = {
  earlyDispute: async ({ earlyDisputeId }, _args, { loaders }) => required(await loaders.earlyDispute.clear(earlyDisputeId).load(earlyDisputeId)),
};
const EarlyDisputeRefusal: EarlyDisputeRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Unit: UnitResolvers = { earlyDisputes: ({ id }, args, { loaders }) => loaders.earlyDisputesOfUnit(id, args) };
const Division: DivisionResolvers = { earlyDisputes: ({ code }, args, { loaders }) => loaders.earlyDisputesOfDivision(code, args) };

export const earlyDisputeResolvers = { Query, Mutation, EarlyDispute, EarlyDisputeKind, EarlyDisputeResult, EarlyDisputePayload, EarlyDisputeRefusal, Unit, Division };
