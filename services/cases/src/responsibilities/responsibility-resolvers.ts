import { isRefusal } from '@anjie/contracts';
import type { CaseResolvers, CaseResponsibilityResolvers, MutationResolvers } from '../generated/graphql';
import { refusalOf, required } from '@anjie/service-kit/subgraph';

const Mutation: MutationResolvers = {
  setResponsibilities: async (_root, { input }, { services, actor, loaders, viewer }) => {
    const done = await services.responsibilities.set(input, actor);
    if (isRefusal(done)) return { __typename: 'ResponsibilityRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'SetResponsibilitiesPayload', case: required(await loaders.caseById.load(done.caseId)) };
  },
};

const Case: Pick<CaseResolvers, 'responsibilities'> = {
  responsibilities: ({ id }, args, { loaders }) => loaders.responsibilitiesOfCase(id, args),
};

const CaseResponsibility: CaseResponsibilityResolvers = {
  unit: ({ unitId }) => ({ id: unitId }),
  decidedBy: ({ requestId }, _args, { loaders }) => (requestId ? loaders.requestById.load(requestId) : null),
};

export const responsibilityResolvers = { Mutation, Case, CaseResponsibility };
