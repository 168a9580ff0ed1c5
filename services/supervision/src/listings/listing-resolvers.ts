import { isRefusal } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  CaseResolvers, ListedSupervisionResolvers, ListedSupervisionResultResolvers, ListingProgressResolvers, MutationResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';
import { caseIfSeen, reference } from '../references';
import { refusalAnswer } from '../refusal-answer';
import { plateNumber } from '../rules/listings';
import { listingList } from './listing-repository';
import type { ListingAnswer } from './listing-service';

const Query: QueryResolvers = {
  listedSupervision: (_root, { id }, { loaders }) => loaders.listing.load(id),
  listedSupervisions: (_root, args, { sql, viewer }) => listConnection(sql, listingList(viewer, args.filter), args),
};

async function answerWith(answer: ListingAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('ListedSupervisionRefusal', answer, viewer) as never;
  return { __typename: 'ListedSupervisionPayload', listing: await loaders.listing.clear(answer.listingId).load(answer.listingId) } as never;
}

const Mutation: MutationResolvers = {
  listSupervision: async (_root, { input }, context) => answerWith(await context.services.listings.list(input, context), context),
  reportListingProgress: async (_root, { input }, context) => answerWith(await context.services.listings.report(input, context), context),
  proposeDelisting: async (_root, { input }, context) => answerWith(await context.services.listings.propose(input, context), context),
  decideDelisting: async (_root, { input }, context) => answerWith(await context.services.listings.decide(input, context), context),
};

const ListedSupervisionResult: ListedSupervisionResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'ListedSupervisionPayload' | 'ListedSupervisionRefusal' }).__typename,
};

const ListedSupervision: ListedSupervisionResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.listing.load(id),
  plate: ({ numberYear, serial }) => plateNumber(numberYear, serial),
  case: caseIfSeen,
  unit: ({ unitId }) => ({ id: unitId }),
  office: ({ officeUnitId }) => ({ id: officeUnitId }),
  listedBy: ({ listedById }) => ({ id: listedById }),
  decisionLetter: ({ letterId }, _args, { loaders }) => loaders.letter.load(letterId),
  obligation: ({ obligationId }, _args, { loaders }) => loaders.obligation.load(obligationId),
  progress: ({ id }, _args, { loaders }) => loaders.progressOfListing.load(id),
  proposedBy: ({ proposedById }) => reference(proposedById),
  decidedBy: ({ decidedById }) => reference(decidedById),
};

const ListingProgress: ListingProgressResolvers = {
  reportedBy: ({ reportedById }) => ({ id: reportedById }),
  unit: ({ reportingUnitId }) => ({ id: reportingUnitId }),
};

const Case: CaseResolvers = {
  listedSupervisions: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.listingsUnder.case(id, args) : null),
};

const Unit: UnitResolvers = {
  listedSupervisions: ({ id }, args, { loaders }) => loaders.listingsUnder.unit(id, args),
};

export const listingResolvers = { Query, Mutation, ListedSupervisionResult, ListedSupervision, ListingProgress, Case, Unit };
