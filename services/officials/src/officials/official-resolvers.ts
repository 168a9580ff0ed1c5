import { isId } from '@anjie/service-kit/database';
import type { OfficialResolvers, PostResolvers, QueryResolvers } from '../generated/graphql';

const Query: QueryResolvers = {
  official: (_root, { id }, { loaders }) => loaders.officialById.load(id),
  officials: (_root, { filter, ...page }, { lists }) => lists.officials(filter ?? {}, page),
  me: (_root, _args, { viewer, loaders }) => (viewer.kind === 'OFFICIAL' && isId(viewer.subject) ? loaders.officialById.load(viewer.subject) : null),
};

const Official: OfficialResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.officialById.load(id),
  unit: async ({ id }, _args, { loaders }) => {
    const current = await loaders.currentUnitOf.load(id);
    return current ? loaders.unitById.load(current.unitId) : null;
  },
  posts: ({ id }, _args, { loaders }) => loaders.postsOfOfficial.load(id),
  sponsorships: ({ id }, args, { loaders }) => loaders.sponsorshipsOfOfficial(id, args),
};

const Post: PostResolvers = {
  unit: ({ unitId }, _args, { loaders }) => loaders.unitById.load(unitId),
};

export const officialResolvers = { Query, Official, Post };
