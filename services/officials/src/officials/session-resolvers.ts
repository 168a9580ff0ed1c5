import { isRefusal } from '@anjie/contracts';
import { required } from '@anjie/service-kit/subgraph';
import type { EndSessionsPayloadResolvers, EndSessionsResultResolvers, MutationResolvers } from '../generated/graphql';

const Mutation: MutationResolvers = {
  endSessions: (_root, { input }, { services, actor }) => services.sessions.endSessions(actor, input),
};

const EndSessionsResult: EndSessionsResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'DirectoryRefusal' : 'EndSessionsPayload') };

const EndSessionsPayload: EndSessionsPayloadResolvers = {
  sessionsValidAfter: ({ sessionsValidAfter }) => new Date(sessionsValidAfter),
  official: async ({ officialId }, _args, { loaders }) => required(await loaders.officialById.load(officialId)),
};

export const sessionResolvers = { Mutation, EndSessionsResult, EndSessionsPayload };
