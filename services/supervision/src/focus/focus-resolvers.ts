import { isRefusal } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { FocusManagementResolvers, FocusManagementResultResolvers, MutationResolvers, QueryResolvers, UnitResolvers } from '../generated/graphql';
import { refusalAnswer } from '../refusal-answer';
import { focusList } from './focus-repository';
import type { FocusAnswer } from './focus-service';

const Query: QueryResolvers = {
  focusManagement: (_root, { id }, { loaders }) => loaders.focus.load(id),
  focusManagements: (_root, args, { sql, viewer }) => listConnection(sql, focusList(viewer, args.filter), args),
};

async function answerWith(answer: FocusAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('FocusManagementRefusal', answer, viewer) as never;
  return { __typename: 'FocusManagementPayload', focus: await loaders.focus.clear(answer.focusId).load(answer.focusId) } as never;
}

const Mutation: MutationResolvers = {
  beginFocusManagement: async (_root, { input }, context) => answerWith(await context.services.focus.begin(input, context), context),
  endFocusManagement: async (_root, { input }, context) => answerWith(await context.services.focus.end(input, context), context),
};

const FocusManagementResult: FocusManagementResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'FocusManagementPayload' | 'FocusManagementRefusal' }).__typename,
};

const FocusManagement: FocusManagementResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.focus.load(id),
  unit: ({ unitId }) => ({ id: unitId }),
  office: ({ officeUnitId }) => ({ id: officeUnitId }),
  begunBy: ({ begunById }) => ({ id: begunById }),
  figures: (row) => row,
  isInForce: ({ isInForce }) => Number(isInForce) === 1,
  endedBy: ({ endedById }) => (endedById ? { id: endedById } : null),
};

const Unit: UnitResolvers = {
  focusManagements: ({ id }, args, { loaders }) => loaders.focusUnderUnit(id, args),
};

export const focusResolvers = { Query, Mutation, FocusManagementResult, FocusManagement, Unit };
