import { AppError, isRefusal, type Refusal } from '@anjie/contracts';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type { BlindMatchOfficeResolvers, CaseResolvers, MutationResolvers, QueryResolvers, RepeatCandidateResolvers, RepeatDecisionResolvers, RepeatClueResolvers, RepeatRefusalCode } from '../generated/graphql';
import { clueText } from '../rules/repeat-score';

const Query: QueryResolvers = {
  repeatCandidates: async (_root, { input: { draft, petitionId } }, { services, actor, viewer }) => {
    if (draft && !petitionId) return services.candidates.ofDraft(draft, actor);
    if (petitionId && !draft) return services.candidates.ofPetition(petitionId, viewer);
    throw new AppError('BAD_USER_INPUT', { field: 'input', rule: 'either petitionId or draft' });
  },
};

type Decided = { decisionId: string; caseId: string } | Refusal<RepeatRefusalCode>;

async function answerOf(done: Decided, { loaders, viewer }: Context) {
  if (isRefusal(done)) return { __typename: 'RepeatRefusal' as const, ...refusalOf(done, viewer) };
  return {
    __typename: 'RepeatDecisionPayload' as const,
    decision: required(await loaders.repeatDecisionById.load(done.decisionId)),
    case: required(await loaders.caseById.load(done.caseId)),
  };
}

const Mutation: MutationResolvers = {
  confirmRepeat: async (_root, { input }, context) => answerOf(await context.services.repeats.confirm(input, context.actor), context),
  refuseRepeat: async (_root, { input }, context) => answerOf(await context.services.repeats.refuse(input, context.actor), context),
  undoRepeat: async (_root, { input }, context) => answerOf(await context.services.repeats.undo(input, context.actor), context),
  askBlindMatch: async (_root, { input }, { services, actor, viewer }) => {
    const done = await services.blindMatches.ask(input, actor);
    if (isRefusal(done)) return { __typename: 'RepeatRefusal', ...refusalOf(done, viewer) };
    return { __typename: 'BlindMatchPayload', offices: [...done.offices] };
  },
};

const RepeatCandidate: RepeatCandidateResolvers = {
  case: async ({ caseId, intoCaseId }, _args, { loaders }) => {
    const [own, into] = await Promise.all([loaders.caseById.load(caseId), intoCaseId ? loaders.caseById.load(intoCaseId) : null]);
    return required(into ?? own);
  },
  petition: ({ petitionId }, _args, { loaders }) => loaders.petitionById.load(petitionId),
  similarityPercent: ({ similarity }) => Math.round(similarity * 100),
};

const RepeatClue: RepeatClueResolvers = { text: (reason, _args, { viewer }) => clueText(reason, viewer.locale) };

const Case: CaseResolvers = {
  mergedInto: async ({ id }, _args, { loaders }) => {
    const merge = await loaders.mergeOfCase.load(id);
    return merge && loaders.caseById.load(merge.intoCaseId);
  },
  mergedFrom: ({ id }, args, { loaders }) => loaders.mergedCasesOfCase(id, args),
  repeatDecisions: ({ id }, args, { loaders }) => loaders.repeatDecisionsOfCase(id, args),
};

const RepeatDecision: RepeatDecisionResolvers = {
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  repeatOf: async ({ intoCaseId }, _args, { loaders }) => required(await loaders.caseById.load(intoCaseId)),
  petition: ({ petitionId }, _args, { loaders }) => (petitionId ? loaders.petitionById.load(petitionId) : null),
  decidedBy: ({ decidedBy }) => ({ id: decidedBy }),
};

const BlindMatchOffice: BlindMatchOfficeResolvers = {
  office: ({ unitId }) => ({ id: unitId }),
  division: ({ divisionCode }) => ({ code: divisionCode }),
};

export const repeatResolvers = { Query, Mutation, RepeatCandidate, RepeatClue, Case, RepeatDecision, BlindMatchOffice };
