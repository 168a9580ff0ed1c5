import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import type { Context } from '../context';
import type { MutationResolvers, OfficialResolvers, QueryResolvers, SponsorDutyKindResolvers, SponsorDutyResolvers, SponsorshipResolvers } from '../generated/graphql';

const Query: QueryResolvers = {
  sponsorDutyKinds: (_root, _args, { services }) => [...services.kinds.sponsorDuties.all],
  sponsorDuty: (_root, { id }, { loaders }) => loaders.sponsorDutyById.load(id),
};

const Mutation: MutationResolvers = {
  openSponsorDuties: (_root, { input }, { services, actor }) => services.sponsorDuties.open(actor, input),
  recordSponsorDuty: (_root, { input }, { services, actor }) => services.sponsorDuties.record(actor, input),
};

const SponsorDutyKind: SponsorDutyKindResolvers = { ...kindResolvers, evidence: ({ evidence }) => [...evidence] };

const SponsorDuty: SponsorDutyResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.sponsorDutyById.load(id),
  sponsorship: ({ sponsorshipId }, _args, { loaders }) => loaders.sponsorshipById.load(sponsorshipId),
  kind: ({ kind }, _args, { services }) => services.kinds.sponsorDuties.of(kind),
  contactOffered: ({ contactOffered }) => (contactOffered === null ? null : Boolean(Number(contactOffered))),
};

const Sponsorship: Pick<SponsorshipResolvers, 'duties'> = { duties: ({ id }, args, { loaders }) => loaders.dutiesOfSponsorship(id, args) };
const Official: Pick<OfficialResolvers, 'sponsorDuties'> = { sponsorDuties: ({ id }, args, { loaders }) => loaders.sponsorDutiesOfOfficial(id, args) };

/** After a change the loaders may hold the rows as they were. */
const payload = {
  SponsorDutiesPayload: { sponsorship: ({ sponsorshipId }: { sponsorshipId: string }, _args: unknown, { loaders }: Context) => loaders.sponsorshipById.clear(sponsorshipId).load(sponsorshipId) },
  SponsorDutyPayload: { duty: ({ dutyId }: { dutyId: string }, _args: unknown, { loaders }: Context) => loaders.sponsorDutyById.clear(dutyId).load(dutyId) },
};
const resultOf = (payloadType: string) => ({ __resolveType: (answer: unknown) => (isRefusal(answer) ? 'SponsorshipRefusal' : payloadType) });

export const sponsorDutyResolvers = {
  Query, Mutation, SponsorDutyKind, SponsorDuty, Sponsorship, Official, ...payload,
  SponsorDutiesResult: resultOf('SponsorDutiesPayload'),
  SponsorDutyResult: resultOf('SponsorDutyPayload'),
};
