import { isRefusal } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  DivisionResolvers, InspectionTeamDivisionResolvers, InspectionTeamMemberResolvers, InspectionTeamResolvers, InspectionTeamResultResolvers, MutationResolvers, QueryResolvers,
} from '../generated/graphql';
import { refusalAnswer } from '../refusal-answer';
import { teamList } from './team-repository';
import type { TeamAnswer } from './team-service';

const Query: QueryResolvers = {
  inspectionTeam: (_root, { id }, { loaders }) => loaders.inspectionTeam.load(id),
  inspectionTeams: (_root, args, { sql, viewer }) => listConnection(sql, teamList(viewer, args.filter), args),
};

async function teamAnswer(answer: TeamAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('InspectionRefusal', answer, viewer) as never;
  return { __typename: 'InspectionTeamPayload', team: await loaders.inspectionTeam.clear(answer.teamId).load(answer.teamId) } as never;
}

const Mutation: MutationResolvers = {
  formInspectionTeam: async (_root, { input }, context) => teamAnswer(await context.services.inspectionTeams.form(input, context), context),
  changeInspectionTeam: async (_root, { input }, context) => teamAnswer(await context.services.inspectionTeams.change(input, context), context),
  disbandInspectionTeam: async (_root, { input }, context) => teamAnswer(await context.services.inspectionTeams.disband(input, context), context),
};

const InspectionTeamResult: InspectionTeamResultResolvers = { __resolveType: (result) => (result as { __typename: never }).__typename };

const InspectionTeam: InspectionTeamResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.inspectionTeam.load(id),
  unit: ({ unitId }) => ({ id: unitId }),
  campaign: ({ campaignId }) => (campaignId ? { id: campaignId } : null),
  members: ({ id }, _args, { loaders }) => loaders.membersOfTeam.load(id),
  divisions: ({ id }, _args, { loaders }) => loaders.divisionsOfTeam.load(id),
};

const InspectionTeamMember: InspectionTeamMemberResolvers = {
  official: ({ officialId }) => ({ id: officialId }),
  isLeader: ({ isLeader }) => Boolean(Number(isLeader)),
};

const InspectionTeamDivision: InspectionTeamDivisionResolvers = {
  division: ({ divisionCode }) => ({ code: divisionCode }),
  sharesResponsibility: ({ isShared }) => Boolean(Number(isShared)),
};

const Division: DivisionResolvers = { inspectionTeams: ({ code }, args, { loaders }) => loaders.teamsUnderDivision(code, args) };

export const inspectionTeamResolvers = { Query, Mutation, InspectionTeamResult, InspectionTeam, InspectionTeamMember, InspectionTeamDivision, Division };
