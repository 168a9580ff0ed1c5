import { isRefusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { CaseClusterResolvers, CaseResolvers, ClusterMemberResolvers, MutationResolvers, QueryResolvers } from '../generated/graphql';
import type { ClusterNo } from './cluster-refusals';
import { listClusters } from './cluster-repository';

const answer = async (done: { clusterId: string } | ClusterNo, { loaders, viewer }: Context) =>
  isRefusal(done)
    ? { __typename: 'ClusterRefusal' as const, ...refusalOf(done, viewer) }
    : { __typename: 'ClusterPayload' as const, cluster: required(await loaders.clusterById.load(done.clusterId)) };

const Query: QueryResolvers = {
  cluster: (_root, { id }, { loaders }) => loaders.clusterById.load(id),
  clusters: (_root, { filter, ...page }, { sql, viewer }) => listClusters(sql, viewer, { filter: filter ?? {}, page }),
};

const Mutation: MutationResolvers = {
  openCluster: async (_root, { input }, context) => answer(await context.services.clusters.open(input, context.actor), context),
  addToCluster: async (_root, { input }, context) => answer(await context.services.clusters.add(input, context.actor), context),
  removeFromCluster: async (_root, { input }, context) => answer(await context.services.clusters.remove(input, context.actor), context),
};

/** Joined to the case's own fields in subgraph.ts. */
const Case: Pick<CaseResolvers, 'clusters'> = {
  clusters: ({ id }, args, { loaders }) => loaders.clustersOfCase(id, args),
};

const CaseCluster: CaseClusterResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.clusterById.load(id),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  leadDepartment: ({ leadDepartmentId }) => ({ id: leadDepartmentId }),
  members: ({ id }, args, { loaders }) => loaders.membersOfCluster(id, args),
  measures: ({ id }, args, { loaders }) => loaders.measuresOfCluster(id, args),
};

const ClusterMember: ClusterMemberResolvers = {
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
};

export const clusterResolvers = { Query, Mutation, Case, CaseCluster, ClusterMember };
