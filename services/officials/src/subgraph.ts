import { join } from 'node:path';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { divisionResolvers } from './divisions/division-resolvers';
import type { CaseResolvers } from './generated/graphql';

const Case: CaseResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.visibleCase.load(id),
};

/** schema/ + resolvers. Each noun's resolvers bring their own Query, Mutation and types. */
export const buildOfficialsSchema = () =>
  buildSubgraph(join(__dirname, '../schema'), {
    ...scalarResolvers,
    Query: { ...divisionResolvers.Query },
    Division: divisionResolvers.Division,
    Case,
  });
