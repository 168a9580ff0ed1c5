import { isRefusal } from '@anjie/contracts';
import type { Context } from '../context';
import { refusalFields } from '../directory/refusal-fields';
import type { CaseResolvers, MutationResolvers, OfficialResolvers, QueryResolvers, RecusalResolvers } from '../generated/graphql';

const Query: QueryResolvers = {
  recusal: (_root, { id }, { loaders }) => loaders.recusalById.load(id),
};

const Mutation: MutationResolvers = {
  requestRecusal: (_root, { input }, { services, actor }) => services.recusals.request(actor, input),
  decideRecusal: (_root, { input }, { services, actor }) => services.recusals.decide(actor, input),
};

const Recusal: RecusalResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.recusalById.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  official: ({ officialId }, _args, { loaders }) => loaders.officialById.load(officialId),
  decidedBy: ({ decidedBy }, _args, { loaders }) => (decidedBy ? loaders.officialById.load(decidedBy) : null),
};

const Case: Pick<CaseResolvers, 'recusals'> = { recusals: ({ id }, args, { loaders }) => loaders.recusalsOfCase(id, args) };
const Official: Pick<OfficialResolvers, 'recusals'> = { recusals: ({ id }, args, { loaders }) => loaders.recusalsOfOfficial(id, args) };

const RecusalPayload = {
  recusal: ({ recusalId }: { recusalId: string }, _args: unknown, { loaders }: Context) => loaders.recusalById.clear(recusalId).load(recusalId),
};

export const recusalResolvers = {
  Query, Mutation, Recusal, Case, Official, RecusalPayload,
  RecusalResult: { __resolveType: (answer: unknown) => (isRefusal(answer) ? 'RecusalRefusal' : 'RecusalPayload') },
  RecusalRefusal: refusalFields,
};
