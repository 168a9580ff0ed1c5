import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { listConnection } from '@anjie/service-kit/subgraph';
import type {
  CaseResolvers, FormalismFindingResolvers, FormalismFindingResultResolvers, FormalismRuleResolvers, MutationResolvers, OfficialResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';
import { caseIfSeen, reference } from '../references';
import { refusalAnswer } from '../refusal-answer';
import { findingList } from './finding-repository';

const Query: QueryResolvers = {
  formalismRules: (_root, _args, { kinds }) => [...kinds.formalismRules.all],
  formalismFinding: (_root, { id }, { loaders }) => loaders.finding.load(id),
  formalismFindings: (_root, args, { sql, viewer }) => listConnection(sql, findingList(viewer, args.filter), args),
};

const Mutation: MutationResolvers = {
  dismissFormalismFinding: async (_root, { input }, { services, loaders, viewer, requestId }) => {
    const answer = await services.findings.dismiss(input, { viewer, requestId });
    if (isRefusal(answer)) return refusalAnswer('FormalismFindingRefusal', answer, viewer) as never;
    return { __typename: 'FormalismFindingPayload', finding: await loaders.finding.clear(answer.findingId).load(answer.findingId) } as never;
  },
};

const FormalismFindingResult: FormalismFindingResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'FormalismFindingPayload' | 'FormalismFindingRefusal' }).__typename,
};

const FormalismFinding: FormalismFindingResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.finding.load(id),
  rule: ({ rule }, _args, { kinds }) => kinds.formalismRules.of(rule),
  unit: ({ unitId }) => ({ id: unitId }),
  official: ({ officialId }) => reference(officialId),
  case: caseIfSeen,
  settledBy: ({ settledById }) => reference(settledById),
};

const FormalismRule: FormalismRuleResolvers = { ...kindResolvers, exceptKinds: ({ exceptKinds }) => [...exceptKinds] };

const Case: CaseResolvers = {
  formalismFindings: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.findingsUnder.case(id, args) : null),
};
const Unit: UnitResolvers = { formalismFindings: ({ id }, args, { loaders }) => loaders.findingsUnder.unit(id, args) };
const Official: OfficialResolvers = { formalismFindings: ({ id }, args, { loaders }) => loaders.findingsUnder.official(id, args) };

export const findingResolvers = { Query, Mutation, FormalismFindingResult, FormalismFinding, FormalismRule, Case, Unit, Official };
