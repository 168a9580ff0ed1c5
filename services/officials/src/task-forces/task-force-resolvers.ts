import { isRefusal } from '@anjie/contracts';
import type { Context } from '../context';
import { refusalFields } from '../directory/refusal-fields';
import type { CaseResolvers, MutationResolvers, QueryResolvers, TaskForceMemberResolvers, TaskForceResolvers } from '../generated/graphql';

const Query: QueryResolvers = {
  taskForce: (_root, { id }, { loaders }) => loaders.taskForceById.load(id),
};

const Mutation: MutationResolvers = {
  formTaskForce: (_root, { input }, { services, actor }) => services.taskForces.form(actor, input),
  changeTaskForce: (_root, { input }, { services, actor }) => services.taskForces.change(actor, input),
  dissolveTaskForce: (_root, { input }, { services, actor }) => services.taskForces.dissolve(actor, input),
};

const Case: Pick<CaseResolvers, 'taskForce' | 'upperTaskForce'> = {
  taskForce: ({ id }, _args, { loaders }) => loaders.activeTaskForceOf.load(id),
  upperTaskForce: ({ id }, _args, { loaders }) => loaders.activeUpperTaskForceOf.load(id),
};

const TaskForce: TaskForceResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.taskForceById.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  isActive: ({ dissolvedOn }) => dissolvedOn === null,
  isPastEnd: ({ isPastEnd }) => Number(isPastEnd ?? 0) === 1,
  members: ({ id }, _args, { loaders }) => loaders.membersOfTaskForce.load(id),
};

const TaskForceMember: TaskForceMemberResolvers = {
  official: ({ officialId }, _args, { loaders }) => loaders.officialById.load(officialId),
  homeUnit: ({ homeUnitId }, _args, { loaders }) => (homeUnitId ? loaders.unitById.load(homeUnitId) : null),
};

/** After a change the loaders may hold the row and its members as they were. */
const payload = {
  taskForce: ({ taskForceId }: { taskForceId: string }, _args: unknown, { loaders }: Context) => {
    loaders.membersOfTaskForce.clear(taskForceId);
    return loaders.taskForceById.clear(taskForceId).load(taskForceId);
  },
};
const resultOf = (payloadType: string) => ({ __resolveType: (answer: unknown) => (isRefusal(answer) ? 'TaskForceRefusal' : payloadType) });

export const taskForceResolvers = {
  Query, Mutation, Case, TaskForce, TaskForceMember,
  FormTaskForcePayload: payload, ChangeTaskForcePayload: payload, DissolveTaskForcePayload: payload,
  FormTaskForceResult: resultOf('FormTaskForcePayload'),
  ChangeTaskForceResult: resultOf('ChangeTaskForcePayload'),
  DissolveTaskForceResult: resultOf('DissolveTaskForcePayload'),
  TaskForceRefusal: refusalFields,
};
