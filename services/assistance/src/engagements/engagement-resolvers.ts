import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { required } from '@anjie/service-kit/subgraph';
import type {
  CaseResolvers, MutationResolvers, QueryResolvers, ServiceEngagementPayloadResolvers, ServiceEngagementRefusalResolvers, ServiceEngagementResolvers, ServiceEngagementResultResolvers,
  ServiceRoleResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  serviceEngagement: (_root, { id }, { loaders }) => loaders.engagement.load(id),
  serviceEngagements: (_root, args, { lists }) => lists.engagements(args),
  serviceRoles: (_root, _args, { services }) => [...services.kinds.serviceRoles.all],
};

const Mutation: MutationResolvers = {
  offerService: (_root, { input }, { actor, services }) => services.engagements.offer(actor, input),
  answerServiceOffer: (_root, { input }, { actor, services }) => services.engagements.answer(actor, input),
};

const ServiceRole: ServiceRoleResolvers = { ...kindResolvers, from: ({ from }) => [...from] };

const ServiceEngagement: ServiceEngagementResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.engagement.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  role: ({ kind }, _args, { services }) => services.kinds.serviceRoles.of(kind),
  unit: ({ unitId }) => ({ id: unitId }),
  participant: ({ participantId }, _args, { loaders }) => (participantId ? loaders.participant.load(participantId) : null),
  contract: ({ contractId }, _args, { loaders }) => (contractId ? loaders.contract.load(contractId) : null),
};

const ServiceEngagementResult: ServiceEngagementResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'ServiceEngagementRefusal' : 'ServiceEngagementPayload') };

const ServiceEngagementPayload: ServiceEngagementPayloadResolvers = {
  engagement: async ({ engagementId }, _args, { loaders }) => required(await loaders.engagement.clear(engagementId).load(engagementId)),
};

const ServiceEngagementRefusal: ServiceEngagementRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Case: CaseResolvers = { serviceEngagements: ({ id }, { roles, ...args }, { loaders }) => loaders.engagementsOfCase(id, { ...args, kinds: roles }) };

export const engagementResolvers = { Query, Mutation, ServiceRole, ServiceEngagement, ServiceEngagementResult, ServiceEngagementPayload, ServiceEngagementRefusal, Case };
