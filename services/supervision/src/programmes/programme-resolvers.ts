import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  CampaignResolvers, CaseResolvers, DivisionResolvers, MutationResolvers, ProgrammeEntryResolvers, ProgrammeKindResolvers, ProgrammeMemberResolvers, ProgrammeResolvers,
  ProgrammeResultResolvers, ProgrammeTargetResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';
import { reference } from '../references';
import { refusalAnswer } from '../refusal-answer';
import { yearsInARow } from '../rules/programme-rules';
import type { ProgrammeAnswer } from './programme-acts';
import { entryList, programmeList } from './programme-repository';

const Query: QueryResolvers = {
  programme: (_root, { id }, { loaders }) => loaders.programme.load(id),
  programmes: (_root, args, { sql, viewer }) => listConnection(sql, programmeList(viewer, args.filter), args),
  programmeKinds: (_root, _args, { kinds }) => [...kinds.programmes.all],
  programmeEntries: (_root, args, { sql, viewer }) => listConnection(sql, entryList(viewer, args.filter), args),
};

async function answerWith(answer: ProgrammeAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('ProgrammeRefusal', answer, viewer) as never;
  return { __typename: 'ProgrammePayload', programme: await loaders.programme.clear(answer.programmeId).load(answer.programmeId) } as never;
}

const Mutation: MutationResolvers = {
  draftProgramme: async (_root, { input }, context) => answerWith(await context.services.programmes.draft(input, context), context),
  changeProgrammeMembers: async (_root, { input }, context) => answerWith(await context.services.programmes.changeMembers(input, context), context),
  setProgrammeTarget: async (_root, { input }, context) => answerWith(await context.services.programmes.setTarget(input, context), context),
  recordProgrammeProgress: async (_root, { input }, context) => answerWith(await context.services.programmes.recordProgress(input, context), context),
  addProgrammeEntry: async (_root, { input }, context) => answerWith(await context.services.programmes.addEntry(input, context), context),
  settleProgrammeEntry: async (_root, { input }, context) => answerWith(await context.services.programmes.settleEntry(input, context), context),
  moveProgramme: async (_root, { input }, context) => answerWith(await context.services.programmes.move(input, context), context),
};

const ProgrammeResult: ProgrammeResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'ProgrammePayload' | 'ProgrammeRefusal' }).__typename,
};

const place = (code: string | null) => (code ? { code } : null);

const ProgrammeKind: ProgrammeKindResolvers = { ...kindResolvers, members: ({ members }) => [...members], mostMonths: ({ mostMonths }) => mostMonths ?? null };

const Programme: ProgrammeResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.programme.load(id),
  kind: ({ kindCode }, _args, { kinds }) => kinds.programmes.of(kindCode),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  unit: ({ unitId }) => ({ id: unitId }),
  campaign: ({ campaignId }) => reference(campaignId),
  members: ({ id }, args, { loaders }) => loaders.membersOfProgramme(id, args),
  targets: ({ id }, _args, { loaders }) => loaders.targetsOfProgramme.load(id),
  entries: ({ id }, args, { loaders }) => loaders.entriesOfProgramme(id, args),
};

const ProgrammeMember: ProgrammeMemberResolvers = {
  kind: ({ unitId, divisionCode }) => (unitId ? 'UNIT' : divisionCode ? 'DIVISION' : 'CASE'),
  unit: ({ unitId }) => reference(unitId),
  division: ({ divisionCode }) => place(divisionCode),
  case: ({ caseId }) => reference(caseId),
};

const ProgrammeTarget: ProgrammeTargetResolvers = { isMet: ({ metOn }) => metOn !== null };

const ProgrammeEntry: ProgrammeEntryResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.programmeEntry.load(id),
  programme: async ({ programmeId }, _args, { loaders }) => (await loaders.programme.load(programmeId)) as never,
  unit: ({ unitId }) => reference(unitId),
  division: ({ divisionCode }) => place(divisionCode),
  yearsInARow: async ({ id, year }, _args, { loaders }) => (year === null ? null : yearsInARow((await loaders.awardYearsOf.load(id)).map((award) => award.year), year)),
  isOverdue: async ({ state, dueOn }, _args, { loaders }) => state === 'OPEN' && dueOn !== null && dueOn < (await loaders.today()),
  recordedBy: ({ recordedById }) => ({ id: recordedById }),
};

const Unit: UnitResolvers = { programmes: ({ id }, args, { loaders }) => loaders.programmesUnder.unit(id, args) };
const Division: DivisionResolvers = { programmes: ({ code }, args, { loaders }) => loaders.programmesUnder.division(code, args) };
const Campaign: CampaignResolvers = { programmes: ({ id }, args, { loaders }) => loaders.programmesUnder.campaign(id, args) };
const Case: CaseResolvers = {
  programmes: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.programmesUnder.case(id, args) : null),
};

export const programmeResolvers = {
  Query, Mutation, Unit, Division, Campaign, Case, ProgrammeResult, ProgrammeKind, Programme, ProgrammeMember, ProgrammeTarget, ProgrammeEntry,
};
