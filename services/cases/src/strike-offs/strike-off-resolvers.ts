import { isRefusal, type Refusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { MutationResolvers, QueryResolvers, StrikeOffRefusalCode, StrikeOffResolvers } from '../generated/graphql';
import { strikeOffsToDecide } from './strike-off-repository';
import type { StruckOff } from './strike-off-service';

const answer = async (done: StruckOff | Refusal<StrikeOffRefusalCode>, { loaders, viewer }: Context) =>
  isRefusal(done)
    ? { __typename: 'StrikeOffRefusal' as const, ...refusalOf(done, viewer) }
    : {
        __typename: 'StrikeOffPayload' as const,
        strikeOff: required(await loaders.strikeOffById.load(done.strikeOffId)),
        entry: required(await loaders.ledgerEntryById.load(done.entryId)),
      };

const Query: QueryResolvers = {
  strikeOffsToDecide: (_root, { campaignId, ...page }, { sql, viewer }) => strikeOffsToDecide(sql, viewer, { campaignId, page }),
};

const Mutation: MutationResolvers = {
  requestStrikeOff: async (_root, { input }, context) => answer(await context.services.strikeOffs.request(input, context.actor), context),
  decideStrikeOff: async (_root, { input }, context) => answer(await context.services.strikeOffs.decide(input, context.actor), context),
  undoStrikeOff: async (_root, { input }, context) => answer(await context.services.strikeOffs.undo(input, context.actor), context),
};

const official = (id: string | null) => (id ? { id } : null);

const StrikeOff: StrikeOffResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.strikeOffById.load(id),
  entry: async ({ entryId }, _args, { loaders }) => required(await loaders.ledgerEntryById.load(entryId)),
  requestedBy: ({ requestedBy }) => ({ id: requestedBy }),
  decidedBy: ({ decidedBy }) => official(decidedBy),
};

export const strikeOffResolvers = { Query, Mutation, StrikeOff };
