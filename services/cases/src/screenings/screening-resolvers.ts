import { isRefusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { CampaignResolvers, CandidateDecisionResolvers, MutationResolvers, QueryResolvers, ScreeningBatchResolvers, ScreeningCandidateResolvers } from '../generated/graphql';
import { SCREENING_NO, type ScreeningNo } from './screening-refusals';
import type { BatchRow, CandidateRow } from './screening-repository';

const answer = async (done: { batchId: string } | ScreeningNo, { loaders, viewer }: Context) =>
  isRefusal(done)
    ? { __typename: 'ScreeningRefusal' as const, ...refusalOf(done, viewer) }
    : { __typename: 'ScreeningPayload' as const, batch: required(await loaders.screeningBatchById.load(done.batchId)) };

const Query: QueryResolvers = {
  screening: (_root, { id }, { loaders }) => loaders.screeningBatchById.load(id),
};

const Mutation: MutationResolvers = {
  openScreening: async (_root, { input }, context) => answer(await context.services.screenings.open(input, context.actor), context),
  closeScreening: async (_root, { input }, context) => answer(await context.services.screenings.close(input, context.actor), context),
  decideCandidates: async (_root, { input }, { services, actor, loaders, viewer }) => {
    const done = await services.screenings.decide(input, actor);
    if (isRefusal(done)) return { __typename: 'ScreeningRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'DecideCandidatesPayload', batch: required(await loaders.screeningBatchById.load(done.batchId)), rows: done.rows };
  },
};

const CandidateDecision: CandidateDecisionResolvers = {
  candidate: ({ candidateId }, _args, { loaders }) => loaders.screeningCandidateById.load(candidateId),
  refusal: ({ code }, _args, { viewer }) => (code ? refusalOf(SCREENING_NO[code], viewer) : null),
};

/** Joined to the campaign's own fields in subgraph.ts. */
const Campaign: Pick<CampaignResolvers, 'screenings'> = {
  screenings: ({ id }, args, { loaders }) => loaders.screeningsOfCampaign(id, args),
};

const criteriaOf = (batch: BatchRow) => ({
  registeredFrom: batch.registeredFrom, registeredTo: batch.registeredTo, minimumPetitions: batch.minimumPetitions, unresolvedOnly: Boolean(batch.isUnresolvedOnly),
  contentCategory: batch.contentCategory, division: { code: batch.divisionCode },
});

const ScreeningBatch: ScreeningBatchResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.screeningBatchById.load(id),
  campaign: async ({ campaignId }, _args, { loaders }) => required(await loaders.campaignById.load(campaignId)),
  criteria: criteriaOf,
  progress: async ({ id }, _args, { loaders }) => {
    const counts = new Map((await loaders.countsOfBatch.load(id)).map((one) => [one.state, Number(one.many)]));
    const of = (state: CandidateRow['state']): number => counts.get(state) ?? 0;
    const [pending, duplicate, admitted, rejected] = [of('PENDING'), of('DUPLICATE'), of('ADMITTED'), of('REJECTED')];
    return { pending, duplicate, admitted, rejected, total: pending + duplicate + admitted + rejected };
  },
  candidates: ({ id }, args, { loaders }) => loaders.candidatesOfBatch(id, args),
};

const ScreeningCandidate: ScreeningCandidateResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.screeningCandidateById.load(id),
  batch: async ({ batchId }, _args, { loaders }) => required(await loaders.screeningBatchById.load(batchId)),
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  reasons: async ({ batchId }, _args, { loaders }) => {
    const batch = required(await loaders.screeningBatchById.load(batchId));
    return ['REGISTERED_IN_PERIOD', ...(batch.minimumPetitions > 1 ? ['REPEATED' as const] : []), ...(batch.isUnresolvedOnly ? ['UNRESOLVED' as const] : []), ...(batch.contentCategory ? ['CONTENT_CATEGORY' as const] : [])];
  },
  entry: ({ entryId }, _args, { loaders }) => (entryId ? loaders.ledgerEntryById.load(entryId) : null),
};

export const screeningResolvers = { Query, Mutation, Campaign, CandidateDecision, ScreeningBatch, ScreeningCandidate };
