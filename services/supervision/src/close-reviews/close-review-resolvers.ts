import { isRefusal } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  CaseResolvers, CloseReservation, CloseReviewFindingResolvers, CloseReviewItemResolvers, CloseReviewReason, CloseReviewResolvers, CloseReviewResultResolvers,
  MutationResolvers, QueryResolvers,
} from '../generated/graphql';
import { refusalAnswer } from '../refusal-answer';
import { CHECKLIST, checklistItem } from '../rules/close-checklist';
import { closeReviewQueue } from './close-review-list';
import { codesOf } from './close-review-repository';
import type { CloseReviewAnswer } from './close-review-service';

const Query: QueryResolvers = {
  closeReview: (_root, { id }, { loaders }) => loaders.closeReview.load(id),
  closeReviews: (_root, args, { sql, viewer }) => listConnection(sql, closeReviewQueue(viewer, args.filter), args),
  closeReviewChecklist: () => [...CHECKLIST],
};

async function answerWith(answer: CloseReviewAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('CloseReviewRefusal', answer, viewer) as never;
  return { __typename: 'CloseReviewPayload', closeReview: await loaders.closeReview.clear(answer.reviewId).load(answer.reviewId) } as never;
}

const Mutation: MutationResolvers = {
  examineCloseReview: async (_root, { input }, context) => answerWith(await context.services.closeReviews.examine(input, context), context),
  decideCloseReview: async (_root, { input }, context) => answerWith(await context.services.closeReviews.decide(input, context), context),
};

const CloseReviewResult: CloseReviewResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'CloseReviewPayload' | 'CloseReviewRefusal' }).__typename,
};

const CloseReviewItem: CloseReviewItemResolvers = {
  text: ({ zh, en }, _args, { viewer }) => (viewer.locale === 'en' ? en : zh),
  inapplicableOn: ({ inapplicableOn }) => [...inapplicableOn],
};

const CloseReviewFinding: CloseReviewFindingResolvers = {
  item: ({ itemCode }) => {
    const item = checklistItem(itemCode);
    if (!item) throw new Error(`no item ${itemCode} on the checklist`);
    return item;
  },
};

const ORDER: readonly string[] = CHECKLIST.map((item) => item.code);
const official = (id: string | null) => (id ? { id } : null);

const CloseReview: CloseReviewResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.closeReview.load(id),
  case: ({ caseId }) => ({ id: caseId }),
  submittedUnit: ({ submittedUnitId }) => ({ id: submittedUnitId }),
  submittedBy: ({ submittedById }) => ({ id: submittedById }),
  materials: async ({ id }, _args, { loaders }) => (await loaders.materialsOfCloseReview.load(id)).map((one) => ({ ...one, isPresent: Boolean(Number(one.isPresent)) })),
  reservations: ({ reservationCodes }) => codesOf(reservationCodes) as CloseReservation[],
  firstReviewer: ({ firstReviewerId }) => official(firstReviewerId),
  findings: async ({ id }, _args, { loaders }) =>
    [...(await loaders.findingsOfCloseReview.load(id))].sort((a, b) => ORDER.indexOf(a.itemCode) - ORDER.indexOf(b.itemCode)),
  secondReviewer: ({ secondReviewerId }) => official(secondReviewerId),
  reviewingUnit: ({ reviewingUnitId }) => (reviewingUnitId ? { id: reviewingUnitId } : null),
  isOverruled: ({ isOverruled }) => (isOverruled === null ? null : Boolean(Number(isOverruled))),
  reasonCodes: ({ reasons }) => codesOf(reasons) as CloseReviewReason[],
  rectification: ({ obligationId }, _args, { loaders }) => (obligationId ? loaders.obligation.load(obligationId) : null),
};

const Case: CaseResolvers = {
  closeReviews: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.closeReviewsUnderCase(id, args) : null),
};

export const closeReviewResolvers = { Query, Mutation, CloseReviewResult, CloseReviewItem, CloseReviewFinding, CloseReview, Case };
