import type { CaseResolvers, ReviewResolvers } from '../generated/graphql';

const Case: Pick<CaseResolvers, 'reviews'> = {
  reviews: ({ id }, _args, { loaders }) => loaders.reviewsOfCase.load(id),
};

const Review: ReviewResolvers = {
  organ: ({ organUnitId }) => ({ id: organUnitId }),
  hearings: ({ id }, _args, { loaders }) => loaders.hearingsOfReview.load(id),
};

export const reviewResolvers = { Case, Review };
