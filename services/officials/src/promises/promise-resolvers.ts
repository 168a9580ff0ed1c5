import { isRefusal } from '@anjie/contracts';
import type { Context } from '../context';
import type { ActivityPromiseResolvers, CaseResolvers, MutationResolvers, OfficialResolvers, QueryResolvers, UnitResolvers } from '../generated/graphql';

const Query: QueryResolvers = {
  activityPromise: (_root, { id }, { loaders }) => loaders.promiseById.load(id),
};

const Mutation: MutationResolvers = {
  makePromise: (_root, { input }, { services, actor }) => services.promises.make(actor, input),
  keepPromise: (_root, { input }, { services, actor }) => services.promises.keep(actor, input),
  dropPromise: (_root, { input }, { services, actor }) => services.promises.drop(actor, input),
};

const ActivityPromise: ActivityPromiseResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.promiseById.load(id),
  activity: ({ activityId }, _args, { loaders }) => loaders.activityById.load(activityId),
  case: ({ caseId }, _args, { loaders }) => (caseId ? loaders.visibleCase.load(caseId) : null),
  obligorUnit: ({ obligorUnitId }, _args, { loaders }) => (obligorUnitId ? loaders.unitById.load(obligorUnitId) : null),
  obligorOfficial: ({ obligorOfficialId }, _args, { loaders }) => (obligorOfficialId ? loaders.officialById.load(obligorOfficialId) : null),
};

const Case: Pick<CaseResolvers, 'promises'> = { promises: ({ id }, args, { loaders }) => loaders.promisesOfCase(id, args) };
const Unit: Pick<UnitResolvers, 'promises'> = { promises: ({ id }, args, { loaders }) => loaders.promisesOfUnit(id, args) };
const Official: Pick<OfficialResolvers, 'promises'> = { promises: ({ id }, args, { loaders }) => loaders.promisesOfOfficial(id, args) };

const ActivityPromisePayload = {
  promise: ({ promiseId }: { promiseId: string }, _args: unknown, { loaders }: Context) => loaders.promiseById.clear(promiseId).load(promiseId),
};

export const promiseResolvers = {
  Query, Mutation, ActivityPromise, Case, Unit, Official, ActivityPromisePayload,
  ActivityPromiseResult: { __resolveType: (answer: unknown) => (isRefusal(answer) ? 'ActivityRefusal' : 'ActivityPromisePayload') },
};
