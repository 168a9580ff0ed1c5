import type { QueryResolvers, UnitResolvers } from '../generated/graphql';

const Query: QueryResolvers = {
  unit: (_root, { id }, { loaders }) => loaders.unitById.load(id),
  units: (_root, { filter, ...page }, { lists }) => lists.units(filter ?? {}, page),
};

const Unit: UnitResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.unitById.load(id),
  division: ({ divisionCode }, _args, { loaders }) => loaders.divisionByCode.load(divisionCode),
  parent: ({ parentUnitId }, _args, { loaders }) => (parentUnitId ? loaders.unitById.load(parentUnitId) : null),
  children: ({ id }, page, { loaders }) => loaders.childrenOfUnit(id, page),
  successor: ({ successorUnitId }, _args, { loaders }) => (successorUnitId ? loaders.unitById.load(successorUnitId) : null),
  head: ({ headOfficialId }, _args, { loaders }) => (headOfficialId ? loaders.officialById.load(headOfficialId) : null),
  officials: ({ id }, page, { loaders }) => loaders.officialsOfUnit(id, page),
};

export const unitResolvers = { Query, Unit };
