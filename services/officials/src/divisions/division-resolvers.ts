import { divisionLevel } from '@anjie/contracts';
import type { DivisionResolvers, QueryResolvers } from '../generated/graphql';

const Query: QueryResolvers = {
  division: (_root, { code }, { loaders }) => loaders.divisionByCode.load(code),
  divisions: (_root, { parent, ...page }, { lists }) => lists.divisions(parent ?? null, page),
};

const Division: DivisionResolvers = {
  __resolveReference: ({ code }, { loaders }) => loaders.divisionByCode.load(code),
  level: ({ code }) => divisionLevel(code),
  parent: ({ parentCode }, _args, { loaders }) => (parentCode ? loaders.divisionByCode.load(parentCode) : null),
  children: ({ code }, _args, { loaders }) => loaders.childrenOfDivision.load(code),
  units: ({ code }, page, { loaders }) => loaders.unitsOfDivision(code, page),
};

export const divisionResolvers = { Query, Division };
