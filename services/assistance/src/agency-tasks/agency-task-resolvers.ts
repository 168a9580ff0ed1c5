import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { required } from '@anjie/service-kit/subgraph';
import type {
  AgencyTaskKindResolvers, AgencyTaskPayloadResolvers, AgencyTaskRefusalResolvers, AgencyTaskResolvers, AgencyTaskResultResolvers, CaseResolvers, MutationResolvers, QueryResolvers,
  UnitResolvers,
} from '../generated/graphql';

const Query: QueryResolvers = {
  agencyTask: (_root, { id }, { loaders }) => loaders.agencyTask.load(id),
  agencyTasks: (_root, args, { lists }) => lists.agencyTasks(args),
  agencyTaskKinds: (_root, _args, { services }) => [...services.kinds.agencyTasks.all],
};

const Mutation: MutationResolvers = {
  offerAgencyTask: (_root, { input }, { actor, services }) => services.agencyTasks.offer(actor, input),
  authoriseAgencyTask: (_root, { input }, { actor, services }) => services.agencyTasks.authorise(actor, input),
  startAgencyTask: (_root, { input }, { actor, services }) => services.agencyTasks.start(actor, input),
  completeAgencyTask: (_root, { input }, { actor, services }) => services.agencyTasks.complete(actor, input),
  endAgencyTask: (_root, { input }, { actor, services }) => services.agencyTasks.end(actor, input),
};

const AgencyTask: AgencyTaskResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.agencyTask.load(id),
  case: ({ caseId }, _args, { loaders }) => loaders.visibleCase.load(caseId),
  kind: ({ kind }, _args, { services }) => services.kinds.agencyTasks.of(kind),
  unit: ({ unitId }) => ({ id: unitId }),
  agent: ({ agentOfficialId }) => (agentOfficialId ? { id: agentOfficialId } : null),
  since: ({ stateSince }) => stateSince,
  flag: ({ flagCode }) => flagCode,
};

const AgencyTaskKind: AgencyTaskKindResolvers = { ...kindResolvers, levels: ({ levels }) => [...levels] };

const AgencyTaskResult: AgencyTaskResultResolvers = { __resolveType: (answer) => (isRefusal(answer) ? 'AgencyTaskRefusal' : 'AgencyTaskPayload') };
const AgencyTaskPayload: AgencyTaskPayloadResolvers = {
  agencyTask: async ({ agencyTaskId }, _args, { loaders }) => required(await loaders.agencyTask.clear(agencyTaskId).load(agencyTaskId)),
};
const AgencyTaskRefusal: AgencyTaskRefusalResolvers = { message: ({ message }, _args, { viewer }) => (viewer.locale === 'en' ? message.en : message.zh) };

const Case: CaseResolvers = { agencyTasks: ({ id }, args, { loaders }) => loaders.agencyTasksOfCase(id, args) };
const Unit: UnitResolvers = { agencyTasks: ({ id }, args, { loaders }) => loaders.agencyTasksOfUnit(id, args) };

export const agencyTaskResolvers = { Query, Mutation, AgencyTask, AgencyTaskKind, AgencyTaskResult, AgencyTaskPayload, AgencyTaskRefusal, Case, Unit };
