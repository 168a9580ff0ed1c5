import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import type { Context } from '../context';
import { refusalFields } from '../directory/refusal-fields';
import type {
  ActivityParticipantResolvers, ActivityResolvers, CampaignResolvers, CaseResolvers, DivisionResolvers, MutationResolvers, OfficialResolvers, QueryResolvers, ReceptionDayResolvers, UnitResolvers,
} from '../generated/graphql';
import { mayReadCounts } from '../rules/acting';
import type { CountRow } from './reception-repository';

const Query: QueryResolvers = {
  activityKinds: (_root, _args, { services }) => [...services.kinds.activities.all],
  activity: (_root, { id }, { loaders }) => loaders.activityById.load(id),
  activities: (_root, args, { lists }) => lists.activities(args),
  receptionDays: (_root, args, { lists }) => lists.receptionDays(args),
};

const Mutation: MutationResolvers = {
  planActivity: (_root, { input }, { services, actor }) => services.activities.plan(actor, input),
  publishActivity: (_root, { input }, { services, actor }) => services.activities.publish(actor, input),
  recordActivity: (_root, { input }, { services, actor }) => services.activities.record(actor, input),
  callOffActivity: (_root, { input }, { services, actor }) => services.activities.callOff(actor, input),
};

const Activity: ActivityResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.activityById.load(id),
  kind: ({ kind }, _args, { services }) => services.kinds.activities.of(kind),
  unit: ({ unitId }, _args, { loaders }) => loaders.unitById.load(unitId),
  division: ({ divisionCode }, _args, { loaders }) => loaders.divisionByCode.load(divisionCode),
  participants: ({ id }, _args, { loaders }) => loaders.participantsOfActivity.load(id),
  cases: ({ id }, page, { loaders }) => loaders.casesOfActivity(id, page),
  campaign: ({ campaignId }) => (campaignId ? { id: campaignId } : null),
  programme: ({ programmeId }) => (programmeId ? { id: programmeId } : null),
  contactOffered: ({ contactOffered }) => (contactOffered === null ? null : Boolean(Number(contactOffered))),
  promises: ({ id }, args, { loaders }) => loaders.promisesOfActivity(id, args),
};

const ActivityParticipant: ActivityParticipantResolvers = {
  official: ({ officialId }, _args, { loaders }) => loaders.officialById.load(officialId),
};

const ReceptionDay: ReceptionDayResolvers = {
  kind: ({ kind }, _args, { services }) => services.kinds.activities.of(kind),
  unit: ({ unitId }, _args, { loaders }) => loaders.unitById.load(unitId),
  leaders: async ({ id }, _args, { loaders }) => (await loaders.participantsOfActivity.load(id)).filter(({ part }) => part === 'LEADER'),
  isCalledOff: ({ state }) => state === 'CALLED_OFF',
};

/** 公式: how each count is made; shown beside the number. */
const FORMULAS = {
  held: '期间内已开展、本人参加的活动数 / activities held in the span in which the official had a part',
  withoutOutcome: '其中种类须有结果而未记结果的活动数 / of these, of a kind that needs an outcome and without one',
  contactOffered: '其中已提出联系的活动数，答复不论 / of these, with contact offered, whatever the answer',
} as const;
const count = (name: keyof typeof FORMULAS) => (row: CountRow & { readonly asOf: string }) => ({ value: row[name], formula: FORMULAS[name], asOf: row.asOf });

const ActivityCounts = { held: count('held'), withoutOutcome: count('withoutOutcome'), contactOffered: count('contactOffered') };

const Case: Pick<CaseResolvers, 'activities'> = { activities: ({ id }, args, { loaders }) => loaders.activitiesOfCase(id, args) };
const Unit: Pick<UnitResolvers, 'activities'> = { activities: ({ id }, args, { loaders }) => loaders.activitiesOfUnit(id, args) };
const Campaign: Pick<CampaignResolvers, 'activities'> = { activities: ({ id }, args, { loaders }) => loaders.activitiesOfCampaign(id, args) };
const Division: Pick<DivisionResolvers, 'activities'> = { activities: ({ code }, args, { loaders }) => loaders.activitiesOfDivision(code, args) };
const Official: Pick<OfficialResolvers, 'activities' | 'activityCounts'> = {
  activities: ({ id }, args, { loaders }) => loaders.activitiesOfOfficial(id, args),
  activityCounts: async ({ id }, { from, to }, { loaders, viewer }) => {
    const current = await loaders.currentUnitOf.load(id);
    const unit = current ? await loaders.actingUnitById.load(current.unitId) : null;
    return mayReadCounts(viewer, id, unit) ? { ...(await loaders.activityCounts(id, { from, to })), asOf: to } : null;
  },
};

const ActivityPayload = {
  activity: ({ activityId }: { activityId: string }, _args: unknown, { loaders }: Context) => loaders.activityById.clear(activityId).load(activityId),
};

export const activityResolvers = {
  Query, Mutation, Activity, ActivityParticipant, ReceptionDay, ActivityCounts, ActivityKind: kindResolvers, Case, Unit, Campaign, Division, Official, ActivityPayload,
  ActivityResult: { __resolveType: (answer: unknown) => (isRefusal(answer) ? 'ActivityRefusal' : 'ActivityPayload') },
  ActivityRefusal: refusalFields,
};
