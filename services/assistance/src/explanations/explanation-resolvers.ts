import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { required } from '@anjie/service-kit/subgraph';
import type {
  CaseResolvers, ExplanationKindResolvers, ExplanationPayloadResolvers, ExplanationRefusalResolvers, ExplanationResultResolvers, ExplanationSessionResolvers, MutationResolvers,
  QueryResolvers, UnitResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  explanationSession: (_root, { id }, { loaders }) => loaders.explanation.load(id),
  explanationSessions: (_root, args, { lists }) => lists.explanations(args),
  explanationKinds: (_root, _args, { services }) => [...services.kinds.explanations.all],
};

const Mutation: MutationResolvers = {
  offerExplanation: (_root, { input }, { actor, services }) => services.explanations.offer(actor, input),
  answerExplanation: (_root, { input }, { actor, services }) => services.explanations.answer(actor, input),
  holdExplanation: (_root, { input }, { actor, services }) => services.explanations.hold(actor, input),
  callOffExplanation: (_root, { input }, { actor, services }) => services.explanations.callOff(actor, input),
};

const ExplanationKind: ExplanationKindResolvers = { ...kindResolvers };

const ExplanationSession: ExplanationSessionResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.explanation.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  kind: ({ kind }, _args, { services }) => services.kinds.explanations.of(kind),
  unit: ({ unitId }) => ({ id: unitId }),
  official: ({ officialId }) => ({ id: officialId }),
  documents: ({ documents }) => documents?.split('\n') ?? [],
};

const ExplanationResult: ExplanationResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'ExplanationRefusal' : 'ExplanationPayload') };

const ExplanationPayload: ExplanationPayloadResolvers = {
  explanation: async ({ explanationId }, _args, { loaders }) => required(await loaders.explanation.clear(explanationId).load(explanationId)),
};

const ExplanationRefusal: ExplanationRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Case: CaseResolvers = { explanationSessions: ({ id }, args, { loaders }) => loaders.explanationsOfCase(id, args) };
const Unit: UnitResolvers = { explanationSessions: ({ id }, args, { loaders }) => loaders.explanationsOfUnit(id, args) };

export const explanationResolvers = { Query, Mutation, ExplanationKind, ExplanationSession, ExplanationResult, ExplanationPayload, ExplanationRefusal, Case, Unit };
