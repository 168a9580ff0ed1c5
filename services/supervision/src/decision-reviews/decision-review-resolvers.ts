import { isRefusal } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { CaseResolvers, DecisionMeasureResolvers, DecisionReviewResolvers, DecisionReviewResultResolvers, MutationResolvers, QueryResolvers, UnitResolvers } from '../generated/graphql';
import { refusalAnswer } from '../refusal-answer';
import { decisionReviewList } from './decision-review-repository';
import type { DecisionReviewAnswer } from './decision-review-service';

const Query: QueryResolvers = {
  decisionReview: (_root, { id }, { loaders }) => loaders.decisionReview.load(id),
  decisionReviews: (_root, args, { sql, viewer }) => listConnection(sql, decisionReviewList(viewer, args.filter), args),
};

async function answerWith(answer: DecisionReviewAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('DecisionReviewRefusal', answer, viewer) as never;
  return { __typename: 'DecisionReviewPayload', decisionReview: await loaders.decisionReview.clear(answer.decisionReviewId).load(answer.decisionReviewId) } as never;
}

const Mutation: MutationResolvers = {
  recordDecisionReview: async (_root, { input }, context) => answerWith(await context.services.decisionReviews.record(input, context), context),
  settleDecisionMeasure: async (_root, { input }, context) => answerWith(await context.services.decisionReviews.settle(input, context), context),
  linkDecisionCases: async (_root, { input }, context) => answerWith(await context.services.decisionReviews.link(input, context), context),
};

const DecisionReviewResult: DecisionReviewResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'DecisionReviewPayload' | 'DecisionReviewRefusal' }).__typename,
};

const LINKED = '关联事项数 = 关联到该决策且您可见的信访事项 | linked = cases on this decision that you may see';
const OPEN = '未结关联事项数 = 其中未结案的 | open = of those, not closed';
const count = (formula: string, of: 'linked' | 'open') => async ({ id }: { id: string }, _args: object, { loaders }: Context) =>
  ({ value: (await loaders.linkCounts.load(id))?.[of] ?? 0, formula, asOf: await loaders.today() });

const DecisionReview: DecisionReviewResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.decisionReview.load(id),
  unit: ({ unitId }) => ({ id: unitId }),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  reviewedBy: ({ reviewerUnitId }) => ({ id: reviewerUnitId }),
  measures: ({ id }, _args, { loaders }) => loaders.measuresOfDecision.load(id),
  linkedCases: count(LINKED, 'linked'),
  openLinkedCases: count(OPEN, 'open'),
  cases: ({ id }, args, { loaders }) => loaders.casesOfDecision(id, args),
};

const DecisionMeasure: DecisionMeasureResolvers = {
  unit: ({ unitId }) => ({ id: unitId }),
  isOverdue: async ({ doneOn, dueOn }, _args, { loaders }) => doneOn === null && dueOn < (await loaders.today()),
};

const Unit: UnitResolvers = { decisionReviews: ({ id }, args, { loaders }) => loaders.decisionReviewsUnder.unit(id, args) };
const Case: CaseResolvers = {
  decisionReviews: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.decisionReviewsUnder.case(id, args) : null),
};

export const decisionReviewResolvers = { Query, Mutation, Unit, Case, DecisionReviewResult, DecisionReview, DecisionMeasure };
