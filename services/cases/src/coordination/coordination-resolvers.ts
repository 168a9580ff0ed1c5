import { isRefusal, type Refusal } from '@anjie/contracts';
import type { Context } from '../context';
import type { CaseResolvers, CoordinationRequestResolvers, MutationResolvers, QueryResolvers, ResponsibilityRefusalCode } from '../generated/graphql';
import { refusalOf, required } from '@anjie/service-kit/subgraph';
import { listRequests } from './coordination-repository';

const Query: QueryResolvers = {
  coordinationRequests: (_root, args, { sql, viewer }) => listRequests(sql, viewer, args),
};

type Done = { requestId: string; caseId: string } | Refusal<ResponsibilityRefusalCode>;
const answer = async (done: Done, { loaders, viewer }: Context) => isRefusal(done)
  ? { __typename: 'ResponsibilityRefusal' as const, ...refusalOf(done, viewer) }
  : { __typename: 'CoordinationPayload' as const, request: required(await loaders.requestById.load(done.requestId)), case: required(await loaders.caseById.load(done.caseId)) };

const Mutation: MutationResolvers = {
  requestCoordination: async (_root, { input }, context) => answer(await context.services.coordination.request(input, context.actor), context),
  withdrawCoordination: async (_root, { input }, context) => answer(await context.services.coordination.withdraw(input, context.actor), context),
  decideCoordination: async (_root, { input }, context) => answer(await context.services.coordination.decide(input, context.actor), context),
};

const Case: Pick<CaseResolvers, 'coordinationRequests'> = {
  coordinationRequests: ({ id }, args, { loaders }) => loaders.requestsOfCase(id, args),
};

const CoordinationRequest: CoordinationRequestResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.requestById.load(id),
  case: async ({ caseId }, _args, { loaders }) => required(await loaders.caseById.load(caseId)),
  requestedBy: ({ requestedUnitId }) => ({ id: requestedUnitId }),
  superior: ({ superiorDivisionCode }) => ({ code: superiorDivisionCode }),
  office: ({ officeUnitId }) => ({ id: officeUnitId }),
  proposal: async ({ id }, _args, { loaders }) =>
    (await loaders.proposalsOfRequest.load(id)).map(({ unitId, role, placeKind, ground }) => ({ unit: { id: unitId }, role, placeKind, ground })),
};

export const coordinationResolvers = { Query, Mutation, Case, CoordinationRequest };
