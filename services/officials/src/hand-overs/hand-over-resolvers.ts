import { isRefusal } from '@anjie/contracts';
import type { Context } from '../context';
import type { MutationResolvers, SafeHarbourResolvers, SafeHarbourStepResolvers, SponsorHandOverResolvers, SponsorshipResolvers } from '../generated/graphql';
import type { Begun } from '../sponsorships/name-sponsors';

const Mutation: MutationResolvers = {
  handOverSponsorship: (_root, { input }, { services, actor }) => services.handOvers.handOver(actor, input),
  proposeSafeHarbour: (_root, { input }, { services, actor }) => services.safeHarbours.propose(actor, input),
  decideSafeHarbour: (_root, { input }, { services, actor }) => services.safeHarbours.decide(actor, input),
};

const Sponsorship: Pick<SponsorshipResolvers, 'handOver' | 'safeHarbours'> = {
  handOver: ({ id }, _args, { loaders }) => loaders.handOverOfSponsorship.load(id),
  safeHarbours: ({ id }, _args, { loaders }) => loaders.safeHarboursOfSponsorship.load(id),
};

const SponsorHandOver: SponsorHandOverResolvers = {
  unit: ({ unitId }, _args, { loaders }) => (unitId ? loaders.unitById.load(unitId) : null),
  head: ({ headOfficialId }, _args, { loaders }) => (headOfficialId ? loaders.officialById.load(headOfficialId) : null),
  successor: ({ successorId }, _args, { loaders }) => (successorId ? loaders.sponsorshipById.load(successorId) : null),
};

const SafeHarbour: SafeHarbourResolvers = {
  trail: ({ id }, _args, { loaders }) => loaders.stepsOfSafeHarbour.load(id),
};
const SafeHarbourStep: SafeHarbourStepResolvers = {
  official: ({ officialId }, _args, { loaders }) => loaders.officialById.load(officialId),
};

/** After a change the loaders may hold the rows as they were. */
const fresh = (loaders: Context['loaders'], id: string) => {
  loaders.handOverOfSponsorship.clear(id);
  loaders.safeHarboursOfSponsorship.clear(id);
  return loaders.sponsorshipById.clear(id).load(id);
};
const payloads = {
  HandOverPayload: {
    sponsorship: ({ sponsorshipId }: Begun, _args: unknown, { loaders }: Context) => fresh(loaders, sponsorshipId),
    replaced: ({ replacedId }: Begun, _args: unknown, { loaders }: Context) => (replacedId ? fresh(loaders, replacedId) : null),
  },
  SafeHarbourPayload: { sponsorship: ({ sponsorshipId }: { sponsorshipId: string }, _args: unknown, { loaders }: Context) => fresh(loaders, sponsorshipId) },
};
const resultOf = (payloadType: string) => ({ __resolveType: (answer: unknown) => (isRefusal(answer) ? 'SponsorshipRefusal' : payloadType) });

export const handOverResolvers = {
  Mutation, Sponsorship, SponsorHandOver, SafeHarbour, SafeHarbourStep, ...payloads,
  HandOverResult: resultOf('HandOverPayload'),
  SafeHarbourResult: resultOf('SafeHarbourPayload'),
};
