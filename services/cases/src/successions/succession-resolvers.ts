import { isRefusal } from '@anjie/contracts';
import type { CaseResolvers, MutationResolvers } from '../generated/graphql';
import { refusalOf, required } from '@anjie/service-kit/subgraph';

const Mutation: MutationResolvers = {
  designateSuccessor: async (_root, { input }, { services, actor, loaders, viewer }) => {
    const done = await services.successions.designate(input, actor);
    if (isRefusal(done)) return { __typename: 'ResponsibilityRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'DesignateSuccessorPayload', case: required(await loaders.caseById.load(done.caseId)) };
  },
};

const Case: Pick<CaseResolvers, 'guideUnit' | 'firstHandler'> = {
  guideUnit: async ({ id }, _args, { loaders }) => {
    const guide = await loaders.guideOfCase.load(id);
    return guide?.guideUnitId ? { id: guide.guideUnitId } : null;
  },
  firstHandler: async ({ id }, _args, { loaders }) => {
    const first = await loaders.firstHandlerOfCase.load(id);
    return first ? { unit: { id: first.unitId }, official: first.officialId ? { id: first.officialId } : null, since: first.since } : null;
  },
};

export const successionResolvers = { Mutation, Case };
