import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { CaseResolvers, MutationResolvers, QueryResolvers, RatingResolvers } from '../generated/graphql';
import { isNo } from './admission';
import { ratingsForStaff } from './rating-rounds';

const Query: Pick<QueryResolvers, 'ratingFigures'> = {
  ratingFigures: (_root, asked, { services, sql, viewer }) => services.access.ratings.figures(sql, viewer, asked),
};

const Mutation: Pick<MutationResolvers, 'rateMatter' | 'recordProxyRating'> = {
  rateMatter: async (_root, { input }, { services, actor, viewer }) => {
    const told = await services.access.rate(input, actor);
    return isNo(told) ? { __typename: 'AccessRefusal', ...refusalOf(told, viewer) } : { __typename: 'MyMatterPayload', matter: told };
  },
  recordProxyRating: async (_root, { input }, { services, actor, viewer, loaders }) => {
    const done = await services.access.ratings.recordProxy(input, actor);
    if (isNo(done)) return { __typename: 'AccessRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'ProxyRatingPayload', case: required(await loaders.caseById.load(done.caseId)) };
  },
};

const Case: Pick<CaseResolvers, 'ratings'> = {
  ratings: async (row, _args, { loaders }) => ratingsForStaff(row, await loaders.ratingsOfCase.load(row.id)),
};

const Rating: Pick<RatingResolvers, 'comment'> = {
  comment: ({ comment }, _args, { loaders }) => comment && loaders.text.load(comment),
};

export const ratingResolvers = { Query, Mutation, Case, Rating };
