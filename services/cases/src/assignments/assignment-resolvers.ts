import { isRefusal } from '@anjie/contracts';
import type { AssignmentResolvers, MutationResolvers } from '../generated/graphql';
import { refusalOf, required } from '@anjie/service-kit/subgraph';

const Mutation: MutationResolvers = {
  assignCase: async (_root, { input }, { services, actor, loaders, viewer }) => {
    const done = await services.assignments.assign(input, actor);
    if (isRefusal(done)) return { __typename: 'ResponsibilityRefusal', ...refusalOf(done, viewer) };
    return {
      __typename: 'AssignCasePayload',
      assignment: required(await loaders.assignmentById.load(done.assignmentId)),
      case: required(await loaders.caseById.load(done.caseId)),
      successions: done.successions.map(({ fromUnitId, toUnitId }) => ({ from: { id: fromUnitId }, to: { id: toUnitId } })),
    };
  },
};

const Assignment: AssignmentResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.assignmentById.load(id),
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  leadUnit: ({ leadUnitId }) => ({ id: leadUnitId }),
  guideUnit: ({ guideUnitId }) => (guideUnitId ? { id: guideUnitId } : null),
  supportUnits: async ({ id }, _args, { loaders }) => (await loaders.supportsOfAssignment.load(id)).map((row) => ({ id: row.unitId })),
};

export const assignmentResolvers = { Mutation, Assignment };
