import { required } from '@anjie/service-kit/subgraph';
import type { CaseResolvers, ClaimResponseResolvers, ExecutionResolvers, OpinionResolvers } from '../generated/graphql';

const Case: Pick<CaseResolvers, 'opinions' | 'executions'> = {
  opinions: ({ id }, _args, { loaders }) => loaders.opinionsOfCase.load(id),
  executions: ({ id }, _args, { loaders }) => loaders.executionsOfCase.load(id),
};

const Opinion: OpinionResolvers = {
  unit: ({ unitId }) => ({ id: unitId }),
  document: async ({ documentId }, _args, { loaders }) => required(await loaders.documentById.load(documentId)),
  facts: async ({ id, caseId, factsSealed }, _args, { loaders }) => (await loaders.text.load({ column: 'opinions.facts_sealed', rowId: id, caseId, subjectId: id, sealed: factsSealed })) ?? '',
  responses: ({ id }, _args, { loaders }) => loaders.responsesOfOpinion.load(id),
};

const ClaimResponse: ClaimResponseResolvers = {
  claim: async ({ claimId }, _args, { loaders }) => required(await loaders.claimById.load(claimId)),
  answer: async ({ id, caseId, opinionId, answerSealed }, _args, { loaders }) =>
    (await loaders.text.load({ column: 'claim_responses.answer_sealed', rowId: id, caseId, subjectId: opinionId, sealed: answerSealed })) ?? '',
};

const Execution: ExecutionResolvers = {
  unit: ({ unitId }) => ({ id: unitId }),
  claim: ({ claimId }, _args, { loaders }) => (claimId ? loaders.claimById.load(claimId) : null),
};

export const opinionResolvers = { Case, Opinion, ClaimResponse, Execution };
