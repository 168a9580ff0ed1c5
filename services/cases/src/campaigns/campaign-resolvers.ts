import { isRefusal, type Refusal } from '@anjie/contracts';
import { pullFigureChanges } from '@anjie/service-kit/figures';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { CampaignRefusalCode, CampaignResolvers, LedgerEntryResolvers, MutationResolvers, QueryResolvers } from '../generated/graphql';
import { listCampaigns } from './campaign-repository';
import { sourcesOf } from './ledger-writer';

const Query: QueryResolvers = {
  campaign: (_root, { id }, { loaders }) => loaders.campaignById.load(id),
  campaigns: (_root, { filter, ...page }, { sql, viewer }) => listCampaigns(sql, viewer, { filter: filter ?? {}, page }),
};

const payloadOf = async (done: { campaignId: string } | Refusal<CampaignRefusalCode>, { loaders, viewer }: Context) =>
  isRefusal(done)
    ? { __typename: 'CampaignRefusal' as const, ...refusalOf(done, viewer) }
    : { __typename: 'CampaignPayload' as const, campaign: required(await loaders.campaignById.load(done.campaignId)) };

const Mutation: MutationResolvers = {
  createCampaign: async (_root, { input }, context) => payloadOf(await context.services.campaigns.create(input, context.actor), context),
  freezeCohort: async (_root, { input }, context) => payloadOf(await context.services.campaigns.freeze(input, context.actor), context),
  enterPhase: async (_root, { input }, context) => payloadOf(await context.services.phases.enter(input, context.actor), context),
  leavePhase: async (_root, { input }, context) => payloadOf(await context.services.phases.leave(input, context.actor), context),
};

const Campaign: CampaignResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.campaignById.load(id),
  parent: ({ parentId }, _args, { loaders }) => (parentId ? loaders.campaignById.load(parentId) : null),
  children: ({ id }, args, { loaders }) => loaders.childCampaigns(id, args),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  basisDocuments: ({ basisDocuments }) => JSON.parse(basisDocuments) as string[],
  goals: ({ goals }) => JSON.parse(goals) as string[],
  cohortHash: ({ cohortHash }) => cohortHash?.toString('hex') ?? null,
  cohortSources: ({ cohortSources }) => sourcesOf(cohortSources),
  cohortVerified: async ({ id, cohortFrozenOn }, _args, { loaders }) => (cohortFrozenOn ? ((await loaders.cohortCheckOfCampaign.load(id))?.isSame ?? null) : null),
  phases: ({ id }, _args, { loaders }) => loaders.phasesOfCampaign.load(id),
  targets: ({ id }, _args, { loaders }) => loaders.targetsOfCampaign.load(id),
  ledger: ({ id }, args, { loaders }) => loaders.ledgerOfCampaign(id, args),
  caseFigureChanges: ({ id }, args, { sql, viewer }) => pullFigureChanges(sql, viewer, { ...args, campaignId: id }),
};

const LedgerEntry: LedgerEntryResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.ledgerEntryById.load(id),
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  campaign: async ({ campaignId }, _args, { loaders }) => required(await loaders.campaignById.load(campaignId)),
  strikeOffs: ({ id }, args, { loaders }) => loaders.strikeOffsOfEntry(id, args),
  history: ({ id }, args, { loaders }) => loaders.eventsOfEntry(id, args),
};

export const campaignResolvers = { Query, Mutation, Campaign, LedgerEntry };
