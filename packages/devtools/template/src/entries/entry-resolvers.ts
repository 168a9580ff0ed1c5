import type { QueryResolvers, SampleEntryResolvers } from '../generated/graphql';

const Query: QueryResolvers = {
  sampleEntry: (_root, { id }, { loaders }) => loaders.entryById.load(id),
};

const SampleEntry: SampleEntryResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.entryById.load(id),
};

export const entryResolvers = { Query, SampleEntry };
