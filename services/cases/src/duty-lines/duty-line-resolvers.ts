import { isRefusal, type Refusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { CaseResolvers, DutyLineRefusalCode, DutyLineResolvers, MutationResolvers } from '../generated/graphql';
import type { LineDone } from './duty-line-service';

const answer = async (done: LineDone | Refusal<DutyLineRefusalCode>, { loaders, viewer }: Context) =>
  isRefusal(done)
    ? { __typename: 'DutyLineRefusal' as const, ...refusalOf(done, viewer) }
    : { __typename: 'DutyLinePayload' as const, dutyLine: required(await loaders.dutyLineById.clear(done.dutyLineId).load(done.dutyLineId)) };

const Mutation: MutationResolvers = {
  setDutyLine: async (_root, { input }, context) => answer(await context.services.dutyLines.set(input, context.actor), context),
  endDutyLine: async (_root, { input }, context) => answer(await context.services.dutyLines.end(input, context.actor), context),
};

/** Joined to the case's own fields in subgraph.ts. */
const Case: Pick<CaseResolvers, 'dutyLines'> = { dutyLines: ({ id }, args, { loaders }) => loaders.dutyLinesOfCase(id, args) };

const DutyLine: DutyLineResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.dutyLineById.load(id),
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  unit: ({ unitId }) => ({ id: unitId }),
  setBy: ({ setBy }) => ({ id: setBy }),
};

export const dutyLineResolvers = { Mutation, Case, DutyLine };
