import { isRefusal } from '@anjie/contracts';
import type { Context } from '../context';
import { refusalFields } from '../directory/refusal-fields';
import type { CaseResolvers, ClosingOpinionResolvers, MutationResolvers, QueryResolvers } from '../generated/graphql';

const Query: QueryResolvers = {
  closingOpinion: (_root, { id }, { loaders }) => loaders.closingOpinionById.load(id),
};

const Mutation: MutationResolvers = {
  signClosingOpinion: (_root, { input }, { services, actor }) => services.closingOpinions.sign(actor, input),
  withdrawClosingOpinion: (_root, { input }, { services, actor }) => services.closingOpinions.withdraw(actor, input),
};

const Case: Pick<CaseResolvers, 'closingOpinions'> = {
  closingOpinions: ({ id }, page, { loaders }) => loaders.closingOpinionsOfCase(id, page),
};

const ClosingOpinion: ClosingOpinionResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.closingOpinionById.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  official: ({ officialId }, _args, { loaders }) => loaders.officialById.load(officialId),
  unit: ({ unitId }, _args, { loaders }) => loaders.unitById.load(unitId),
  isAgreed: ({ isAgreed }) => Boolean(Number(isAgreed)),
  isStanding: ({ withdrawnOn }) => withdrawnOn === null,
};

const ClosingOpinionPayload = {
  opinion: ({ opinionId }: { opinionId: string }, _args: unknown, { loaders }: Context) => loaders.closingOpinionById.clear(opinionId).load(opinionId),
};

export const closingOpinionResolvers = {
  Query, Mutation, Case, ClosingOpinion, ClosingOpinionPayload,
  ClosingOpinionResult: { __resolveType: (answer: unknown) => (isRefusal(answer) ? 'ClosingOpinionRefusal' : 'ClosingOpinionPayload') },
  ClosingOpinionRefusal: refusalFields,
};
