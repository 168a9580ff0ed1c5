import { divisionLevel, isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { required } from '@anjie/service-kit/subgraph';
import type {
  ExpertPayloadResolvers, ExpertPoolLevel, ExpertResolvers, ExpertResultResolvers, MutationResolvers, ParticipantKindResolvers, ParticipantPayloadResolvers, ParticipantResolvers,
  ParticipantResultResolvers, QueryResolvers, ServingRefusalResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  participant: (_root, { id }, { loaders }) => loaders.participant.load(id),
  participants: (_root, args, { lists }) => lists.participants(args),
  participantKinds: (_root, _args, { services }) => [...services.kinds.volunteers.all],
  expert: (_root, { id }, { loaders }) => loaders.expert.load(id),
  experts: (_root, args, { lists }) => lists.experts(args),
};

const Mutation: MutationResolvers = {
  listParticipant: (_root, { input }, { actor, services }) => services.serving.list(actor, input),
  endParticipant: (_root, { input }, { actor, services }) => services.serving.end(actor, input),
  appointExpert: (_root, { input }, { actor, services }) => services.serving.appoint(actor, input),
  dismissExpert: (_root, { input }, { actor, services }) => services.serving.dismiss(actor, input),
};

const ParticipantKind: ParticipantKindResolvers = { ...kindResolvers };

const Participant: ParticipantResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.participant.load(id),
  kind: ({ kind }, _args, { services }) => services.kinds.volunteers.of(kind),
  employerUnit: ({ employerUnitId }) => (employerUnitId ? { id: employerUnitId } : null),
};

const Expert: ExpertResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.expert.load(id),
  level: ({ poolDivisionCode }) => divisionLevel(poolDivisionCode) as ExpertPoolLevel,
  employerUnit: ({ employerUnitId }) => (employerUnitId ? { id: employerUnitId } : null),
};

const ParticipantResult: ParticipantResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'ServingRefusal' : 'ParticipantPayload') };
const ExpertResult: ExpertResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'ServingRefusal' : 'ExpertPayload') };

const ParticipantPayload: ParticipantPayloadResolvers = {
  participant: async ({ participantId }, _args, { loaders }) => required(await loaders.participant.clear(participantId).load(participantId)),
};
const ExpertPayload: ExpertPayloadResolvers = {
  expert: async ({ expertId }, _args, { loaders }) => required(await loaders.expert.clear(expertId).load(expertId)),
};

const ServingRefusal: ServingRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

export const servingResolvers = {
  Query, Mutation, ParticipantKind, Participant, Expert, ParticipantResult, ExpertResult, ParticipantPayload, ExpertPayload, ServingRefusal,
};
