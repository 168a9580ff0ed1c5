import { isRefusal } from '@anjie/contracts';
import type { CaseResolvers, MutationResolvers, QueryResolvers, SponsorshipResolvers } from '../generated/graphql';
import { refusalFields } from '../directory/refusal-fields';
import type { Context } from '../context';
import type { Begun } from './name-sponsors';

const Query: QueryResolvers = {
  sponsorship: (_root, { id }, { loaders }) => loaders.sponsorshipById.load(id),
  sponsorships: (_root, { filter, ...page }, { lists }) => lists.sponsorships(filter ?? {}, page),
};

const Mutation: MutationResolvers = {
  sponsorCase: (_root, { input }, { services, actor }) => services.sponsorships.sponsor(actor, input),
  sponsorCases: (_root, { input }, { services, actor }) => services.sponsorships.sponsorMany(actor, input),
  endSponsorship: (_root, { input }, { services, actor }) => services.sponsorships.end(actor, input),
};

const Case: Pick<CaseResolvers, 'sponsorship' | 'sponsorships'> = {
  sponsorship: ({ id }, _args, { loaders }) => loaders.activeSponsorshipOf.load(id),
  sponsorships: ({ id }, page, { loaders }) => loaders.sponsorshipsOfCase(id, page),
};

const Sponsorship: SponsorshipResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.sponsorshipById.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  official: ({ officialId }, _args, { loaders }) => loaders.officialById.load(officialId),
  isActive: ({ endedOn }) => endedOn === null,
};

/** After a change the loader may hold the row as it was. */
const fresh = (loaders: Context['loaders'], id: string) => loaders.sponsorshipById.clear(id).load(id);

const SponsorCasePayload = {
  sponsorship: ({ sponsorshipId }: Begun, _args: unknown, { loaders }: Context) => fresh(loaders, sponsorshipId),
  replaced: ({ replacedId }: Begun, _args: unknown, { loaders }: Context) => (replacedId ? fresh(loaders, replacedId) : null),
};
const EndSponsorshipPayload = {
  sponsorship: ({ sponsorshipId }: { sponsorshipId: string }, _args: unknown, { loaders }: Context) => fresh(loaders, sponsorshipId),
};

export const sponsorshipResolvers = {
  Query, Mutation, Case, Sponsorship, SponsorCasePayload, EndSponsorshipPayload,
  SponsorCaseResult: { __resolveType: (answer: unknown) => (isRefusal(answer) ? 'SponsorshipRefusal' : 'SponsorCasePayload') },
  EndSponsorshipResult: { __resolveType: (answer: unknown) => (isRefusal(answer) ? 'SponsorshipRefusal' : 'EndSponsorshipPayload') },
  SponsorshipRefusal: refusalFields,
};
