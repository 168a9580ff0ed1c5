import { isRefusal } from '@anjie/contracts';
import type {
  AssistanceTaskRefusalResolvers, AssistanceTaskResolvers, MutationResolvers, OfficialResolvers, QueryResolvers, ReassignTaskRowResolvers, ReassignTasksResultResolvers, UnitResolvers,
  AssistanceWorkloadResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  assistanceTasks: (_root, args, { lists }) => lists.tasks(args),
  assistanceWorkloads: (_root, args, { lists }) => lists.workloads(args),
};

const Mutation: MutationResolvers = {
  reassignTasks: (_root, { input }, { actor, services }) => services.reassignments.reassign(actor, input),
};

const AssistanceTask: AssistanceTaskResolvers = {
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  unit: ({ unitId }) => ({ id: unitId }),
  assignedTo: ({ officialId }) => (officialId ? { id: officialId } : null),
  flag: ({ flagCode }) => flagCode,
};

const AssistanceWorkload: AssistanceWorkloadResolvers = {
  unit: ({ id }) => ({ id }),
  referrals: (row) => Number(row.referrals),
  coHandlings: (row) => Number(row.coHandlings),
  visits: (row) => Number(row.visits),
  agencyTasks: (row) => Number(row.agencyTasks),
  unassigned: (row) => Number(row.unassigned),
  overdue: (row) => Number(row.overdue ?? 0),
};

const ReassignTasksResult: ReassignTasksResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'AssistanceTaskRefusal' : 'ReassignTasksPayload') };
const ReassignTaskRow: ReassignTaskRowResolvers = { __resolveType: (row) => (isRefusal(row) ? 'AssistanceTaskRefusal' : 'ReassignedTask') };
const AssistanceTaskRefusal: AssistanceTaskRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Unit: UnitResolvers = { assistanceTasks: ({ id }, args, { loaders }) => loaders.tasksOfUnit(id, args) };
const Official: OfficialResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  assistanceTasks: ({ id }, args, { loaders }) => loaders.tasksOfOfficial(id, args),
};

export const taskResolvers = { Query, Mutation, AssistanceTask, AssistanceWorkload, ReassignTasksResult, ReassignTaskRow, AssistanceTaskRefusal, Unit, Official };
