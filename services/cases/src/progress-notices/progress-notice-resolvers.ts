import { isRefusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { CaseResolvers, MutationResolvers, ProgressNoticeResolvers } from '../generated/graphql';

const Mutation: MutationResolvers = {
  giveProgressNotice: async (_root, { input }, { services, actor, loaders, viewer }) => {
    const done = await services.progressNotices.give(input, actor);
    if (isRefusal(done)) return { __typename: 'ProgressNoticeRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'GiveProgressNoticePayload', case: required(await loaders.caseById.load(done.caseId)) };
  },
};

const ProgressNotice: ProgressNoticeResolvers = { unit: ({ unitId }) => ({ id: unitId }) };
const Case: CaseResolvers = { progressNotices: ({ id }, args, { loaders }) => loaders.progressNoticesOfCase(id, args) };

export const progressNoticeResolvers = { Mutation, ProgressNotice, Case };
