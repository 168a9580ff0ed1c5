import { isRefusal } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { BackTraceRequestResolvers, BackTraceResultResolvers, CaseResolvers, MutationResolvers, QueryResolvers, UnitResolvers } from '../generated/graphql';
import { reference } from '../references';
import { refusalAnswer } from '../refusal-answer';
import { backTraceList } from './back-trace-list';

const Query: QueryResolvers = {
  backTraceRequest: (_root, { id }, { loaders }) => loaders.backTrace.load(id),
  backTraceRequests: (_root, args, { sql, viewer }) => listConnection(sql, backTraceList(viewer, args.filter), args),
};

const Mutation: MutationResolvers = {
  decideBackTrace: async (_root, { input }, context) => {
    const answer = await context.services.backTraces.decide(input, context);
    if (isRefusal(answer)) return refusalAnswer('BackTraceRefusal', answer, context.viewer) as never;
    return { __typename: 'BackTracePayload', request: await context.loaders.backTrace.clear(answer.requestId).load(answer.requestId) } as never;
  },
};

const BackTraceResult: BackTraceResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'BackTracePayload' | 'BackTraceRefusal' }).__typename,
};

const BackTraceRequest: BackTraceRequestResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.backTrace.load(id),
  case: ({ caseId }) => ({ id: caseId }),
  tracedUnit: ({ tracedUnitId }) => ({ id: tracedUnitId }),
  petition: ({ petitionId }) => ({ id: petitionId }),
  isWithinWatch: ({ isWithinWatch }) => Boolean(Number(isWithinWatch)),
  closeReview: ({ closeReviewId }, _args, { loaders }) => (closeReviewId ? loaders.closeReview.load(closeReviewId) : null),
  inquiryUnit: ({ inquiryUnitId }) => reference(inquiryUnitId),
  obligation: ({ obligationId }, _args, { loaders }) => (obligationId ? loaders.obligation.load(obligationId) : null),
  decidedBy: ({ decidedById }) => reference(decidedById),
  decidingUnit: ({ decidingUnitId }) => reference(decidingUnitId),
};

const Case: CaseResolvers = {
  backTraceRequests: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.backTracesUnder.case(id, args) : null),
};

const Unit: UnitResolvers = {
  backTraceRequests: ({ id }, args, { loaders }) => loaders.backTracesUnder.unit(id, args),
};

export const backTraceResolvers = { Query, Mutation, BackTraceResult, BackTraceRequest, Case, Unit };
