import { seesDivisionFigures } from '@anjie/access';
import { AppError, DIVISION_CODE, isRefusal } from '@anjie/contracts';
import { figureChanges } from '@anjie/service-kit/figures';
import type { CampaignResolvers, LedgerEntryResolvers, MutationResolvers, QueryResolvers } from '../generated/graphql';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import { listCampaigns } from './campaign-repository';

/** Rows that one pull of changes may bring. */
const MAX_CHANGES = 1_000;

function changesPerPull(first: number | null | undefined): number {
  const size = first ?? 500;
  if (size < 1 || size > MAX_CHANGES) throw new AppError('BAD_USER_INPUT', { field: 'first', rule: `1-${MAX_CHANGES}` });
  return size;
}

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
  caseFigureChanges: async ({ id }, { divisionCode, changedSince, first }, { sql, viewer }) => {
    if (!DIVISION_CODE.test(divisionCode) || !seesDivisionFigures(viewer, divisionCode)) return null;
    const size = changesPerPull(first);
    const since = changedSince ?? null;
    const nodes = await figureChanges(sql, { campaignId: id, divisionCode, changedSince: since, first: size });
    if (!nodes) throw new AppError('BAD_USER_INPUT', { field: 'changedSince' });
    return { nodes, endCursor: nodes.at(-1)?.cursor ?? since, hasMore: nodes.length === size };
  },
};

const LedgerEntry: LedgerEntryResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.ledgerEntryById.load(id),
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  campaign: async ({ campaignId }, _args, { loaders }) => required(await loaders.campaignById.load(campaignId)),
};

export const campaignResolvers = { Query, Mutation, Campaign, LedgerEntry };
