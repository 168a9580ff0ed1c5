import { isRefusal } from '@anjie/contracts';
import { required } from '@anjie/service-kit/subgraph';
import type {
  CaseResolvers, FollowUpVisitPayloadResolvers, FollowUpVisitRefusalResolvers, FollowUpVisitResolvers, FollowUpVisitResultResolvers, MutationResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  followUpVisit: (_root, { id }, { loaders }) => loaders.visit.load(id),
  followUpVisits: (_root, args, { lists }) => lists.visits(args),
};

const Mutation: MutationResolvers = {
  planFollowUpVisit: (_root, { input }, { actor, services }) => services.visits.plan(actor, input),
  recordFollowUpVisit: (_root, { input }, { actor, services }) => services.visits.record(actor, input),
};

const FollowUpVisit: FollowUpVisitResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.visit.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  unit: ({ unitId }) => ({ id: unitId }),
  official: ({ officialId }) => (officialId ? { id: officialId } : null),
  movedFrom: ({ movedFromUnitId }) => (movedFromUnitId ? { id: movedFromUnitId } : null),
  flag: ({ flagCode }) => flagCode,
};

const FollowUpVisitResult: FollowUpVisitResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'FollowUpVisitRefusal' : 'FollowUpVisitPayload') };

const FollowUpVisitPayload: FollowUpVisitPayloadResolvers = {
  followUpVisit: async ({ followUpVisitId }, _args, { loaders }) => required(await loaders.visit.clear(followUpVisitId).load(followUpVisitId)),
};

const FollowUpVisitRefusal: FollowUpVisitRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Case: CaseResolvers = {
  followUpVisits: ({ id }, args, { loaders }) => loaders.visitsOfCase(id, args),
};

const Unit: UnitResolvers = { followUpVisits: ({ id }, args, { loaders }) => loaders.visitsOfUnit(id, args) };

export const followUpVisitResolvers = { Query, Mutation, FollowUpVisit, FollowUpVisitResult, FollowUpVisitPayload, FollowUpVisitRefusal, Case, Unit };
