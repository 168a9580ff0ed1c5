import { required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { DivisionResolvers, QueryResolvers, ResponsibilityNodeResolvers, ResponsiblePersonResolvers } from '../generated/graphql';
import type { NodeRow } from './tree-repository';

const Query: QueryResolvers = {
  responsibilityTree: (_root, args, { lists }) => lists.responsibilityTree(args),
};

const Division: Pick<DivisionResolvers, 'responsibilityTree'> = {
  responsibilityTree: ({ code }, page, { lists }) => lists.responsibilityTree({ ...page, divisionCode: code }),
};

/** 公式: how each figure is made; shown beside the number. */
const FORMULAS = {
  sponsored: '现任职务在本单位的干部的现任包案数 / active sponsorships of officials whose post is in the unit today',
  promises: '本单位及现任职务在本单位的干部未兑现的承诺数 / open promises that the unit or officials whose post is in it owe',
} as const;
const figure = (name: keyof typeof FORMULAS) => async ({ id }: NodeRow, _args: unknown, { loaders }: Context) => {
  const counts = required(await loaders.nodeCounts.load(id));
  return { value: counts[name], formula: FORMULAS[name], asOf: counts.asOf };
};

const ResponsibilityNode: ResponsibilityNodeResolvers = {
  unit: async ({ id }, _args, { loaders }) => required(await loaders.unitById.load(id)),
  parent: ({ parentUnitId }, _args, { loaders }) => (parentUnitId ? loaders.unitById.load(parentUnitId) : null),
  firstResponsible: async ({ id, headOfficialId }, _args, { loaders }) => {
    const first = (await loaders.responsibleIn.load(id)).find(({ kind }) => kind === 'FIRST_RESPONSIBLE')?.officialId ?? headOfficialId;
    return first ? loaders.officialById.load(first) : null;
  },
  directResponsible: async ({ id }, _args, { loaders }) => (await loaders.responsibleIn.load(id)).filter(({ kind }) => kind === 'DIRECT_RESPONSIBLE'),
  sponsoredCases: figure('sponsored'),
  openPromises: figure('promises'),
};

const ResponsiblePerson: ResponsiblePersonResolvers = {
  official: ({ officialId }, _args, { loaders }) => loaders.officialById.load(officialId),
};

export const treeResolvers = { Query, Division, ResponsibilityNode, ResponsiblePerson };
