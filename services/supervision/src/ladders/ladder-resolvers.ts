import { isRefusal } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type {
  LadderResolvers, LadderRungResolvers, LadderSuggestionResolvers, LadderSuggestionResultResolvers, MutationResolvers, QueryResolvers,
} from '../generated/graphql';
import { refusalAnswer } from '../refusal-answer';
import { nextRung } from '../rules/ladder';
import { suggestionList } from './ladder-repository';
import { ladderOf } from './ladder-service';

const Query: QueryResolvers = {
  ladderOf: async (_root, { caseId, unitId }, { sql, loaders, kinds }) => ((await loaders.visibleCase.load(caseId)) ? ladderOf(sql, { caseId, unitId, kinds }) : null),
  ladderSuggestions: (_root, args, { sql, viewer }) => listConnection(sql, suggestionList(viewer, args.filter), args),
  ladderSuggestion: (_root, { id }, { loaders }) => loaders.ladderSuggestion.load(id),
};

const Mutation: MutationResolvers = {
  dismissLadderSuggestion: async (_root, { input }, { services, loaders, viewer, requestId }) => {
    const answer = await services.ladders.dismiss(input, { viewer, requestId });
    if (isRefusal(answer)) return refusalAnswer('LadderSuggestionRefusal', answer, viewer) as never;
    return { __typename: 'LadderSuggestionPayload', suggestion: await loaders.ladderSuggestion.clear(answer.suggestionId).load(answer.suggestionId) } as never;
  },
};

const LadderSuggestionResult: LadderSuggestionResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'LadderSuggestionPayload' | 'LadderSuggestionRefusal' }).__typename,
};

const Ladder: LadderResolvers = {
  case: ({ caseId }) => ({ id: caseId }),
  unit: ({ unitId }) => ({ id: unitId }),
  rungs: ({ rungs }) => [...rungs],
  nextRung: ({ rungs }) => nextRung(rungs)?.rung ?? null,
};

const LadderRung: LadderRungResolvers = { options: ({ options }) => [...options] };

const LadderSuggestion: LadderSuggestionResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.ladderSuggestion.load(id),
  case: ({ caseId }) => ({ id: caseId }),
  unit: ({ unitId }) => ({ id: unitId }),
  kinds: ({ rung }, _args, { kinds }) => kinds.instruments.all.filter((kind) => kind.rung === rung && !kind.retired),
  settledBy: ({ settledById }) => (settledById ? { id: settledById } : null),
};

export const ladderResolvers = { Query, Mutation, LadderSuggestionResult, Ladder, LadderRung, LadderSuggestion };
