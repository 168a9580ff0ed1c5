import { isRefusal } from '@anjie/contracts';
import type { Context } from '../context';
import { refusalFields } from '../directory/refusal-fields';
import type { CampaignResolvers, MutationResolvers, QueryResolvers, ResourceAllocationResolvers, UnitResolvers } from '../generated/graphql';

const Query: QueryResolvers = {
  resourceAllocation: (_root, { id }, { loaders }) => loaders.resourceById.load(id),
};

const Mutation: MutationResolvers = {
  planResource: (_root, { input }, { services, actor }) => services.resources.plan(actor, input),
  recordResource: (_root, { input }, { services, actor }) => services.resources.record(actor, input),
};

const ResourceAllocation: ResourceAllocationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.resourceById.load(id),
  campaign: ({ campaignId }) => ({ id: campaignId }),
  unit: ({ unitId }, _args, { loaders }) => loaders.unitById.load(unitId),
};

const Unit: Pick<UnitResolvers, 'resources'> = { resources: ({ id }, args, { loaders }) => loaders.resourcesOfUnit(id, args) };
const Campaign: Pick<CampaignResolvers, 'resources'> = { resources: ({ id }, args, { loaders }) => loaders.resourcesOfCampaign(id, args) };

const ResourceAllocationPayload = {
  resource: ({ resourceId }: { resourceId: string }, _args: unknown, { loaders }: Context) => loaders.resourceById.clear(resourceId).load(resourceId),
};

export const resourceResolvers = {
  Query, Mutation, ResourceAllocation, Unit, Campaign, ResourceAllocationPayload,
  ResourceAllocationResult: { __resolveType: (answer: unknown) => (isRefusal(answer) ? 'ResourceAllocationRefusal' : 'ResourceAllocationPayload') },
  ResourceAllocationRefusal: refusalFields,
};
