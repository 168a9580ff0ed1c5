import { isRefusal } from '@anjie/contracts';
import { pullFigureChanges } from '@anjie/service-kit/figures';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { CampaignResolvers, LedgerEntryResolvers, MutationResolvers, QueryResolvers } from '../generated/graphql';
import { listCampaigns } from './campaign-repository';

const Query: QueryResolvers = {
  campaign: (_root, { id }, { loaders }) => loaders.campaignById.load(id),
  campaigns: (_root, { filter, ...page }, { sql, viewer }) => listCampaigns(sql, viewer, { filter: filter ?? {}, page }),
};

const Mutation: MutationResolvers = {
  createCampaign: async (_root, { input }, { services, actor, loaders, viewer }) => {
    const done = await services.campaigns.create(input, actor);
    if (isRefusal(done)) return { __typename: 'CampaignRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'CampaignPayload', campaign: required(await loaders.campaignById.load(done.campaignId)) };
  },
  freezeCohort: async (_root, { input }, { services, actor, loaders, viewer }) => {
    const done = await services.campaigns.freeze(input, actor);
    if (isRefusal(done)) return { __typename: 'CampaignRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'CampaignPayload', campaign: required(await loaders.campaignById.load(done.campaignId)) };
  },
};

const Campaign: CampaignResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.campaignById.load(id),
  parent: ({ parentId }, _args, { loaders }) => (parentId ? loaders.campaignById.load(parentId) : null),
  children: ({ id }, args, { loaders }) => loaders.childCampaigns(id, args),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  basisDocuments: ({ basisDocuments }) => JSON.parse(basisDocuments) as string[],
  cohortHash: ({ cohortHash }) => cohortHash?.toString('hex') ?? null,
  phases: ({ id }, _args, { loaders }) => loaders.phasesOfCampaign.load(id),
  targets: ({ id }, _args, { loaders }) => loaders.targetsOfCampaign.load(id),
  ledger: ({ id }, args, { loaders }) => loaders.ledgerOfCampaign(id, args),
  caseFigureChanges: ({ id }, args, { sql, viewer }) => pullFigureChanges(sql, viewer, { ...args, campaignId: id }),
};

const LedgerEntry: LedgerEntryResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.ledgerEntryById.load(id),
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  campaign: async ({ campaignId }, _args, { loaders }) => required(await loaders.campaignById.load(campaignId)),
};

export const campaignResolvers = { Query, Mutation, Campaign, LedgerEntry };
