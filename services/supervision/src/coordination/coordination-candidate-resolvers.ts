import { listConnection } from '@anjie/service-kit/subgraph';
import type { CaseResolvers, CoordinationCandidateResolvers, QueryResolvers } from '../generated/graphql';
import { caseIfSeen } from '../references';
import { candidateList } from './coordination-candidate-repository';

const Query: QueryResolvers = {
  coordinationCandidate: (_root, { id }, { loaders }) => loaders.coordinationCandidate.load(id),
  coordinationCandidates: (_root, args, { sql, viewer }) => listConnection(sql, candidateList(viewer, args.filter), args),
};

const CoordinationCandidate: CoordinationCandidateResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.coordinationCandidate.load(id),
  case: caseIfSeen,
  referral: ({ referralId }) => ({ id: referralId }),
  fromUnit: ({ fromUnitId }) => ({ id: fromUnitId }),
  toUnit: ({ toUnitId }) => ({ id: toUnitId }),
  officeUnit: ({ officeUnitId }) => (officeUnitId ? { id: officeUnitId } : null),
  obligation: ({ obligationId }, _args, { loaders }) => (obligationId ? loaders.obligation.load(obligationId) : null),
  meeting: ({ meetingId }, _args, { loaders }) => (meetingId ? loaders.meeting.load(meetingId) : null),
};

const Case: CaseResolvers = {
  coordinationCandidates: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.candidatesUnderCase(id, args) : null),
};

export const coordinationCandidateResolvers = { Query, CoordinationCandidate, Case };
