import { isRefusal } from '@anjie/contracts';
import { kindResolvers } from '@anjie/service-kit/kinds';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { Context } from '../context';
import type {
  CampaignResolvers, CaseResolvers, DivisionResolvers, MeetingAttendeeResolvers, MeetingDecisionResolvers, MeetingDecisionResultResolvers, MeetingKindResolvers, MeetingPointResolvers,
  MeetingResolvers, MeetingResultResolvers, MutationResolvers, QueryResolvers, UnitResolvers,
} from '../generated/graphql';
import { caseIfSeen, reference } from '../references';
import { refusalAnswer } from '../refusal-answer';
import { decisionList } from './decision-repository';
import type { DecisionAnswer } from './decision-service';
import { meetingList } from './meeting-list';
import type { MeetingAnswer } from './open-meeting';

const Query: QueryResolvers = {
  meeting: (_root, { id }, { loaders }) => loaders.meeting.load(id),
  meetings: (_root, args, { sql, viewer }) => listConnection(sql, meetingList(viewer, args.filter), args),
  meetingKinds: (_root, _args, { kinds }) => [...kinds.meetings.all],
  meetingDecision: (_root, { id }, { loaders }) => loaders.meetingDecision.load(id),
  meetingDecisions: (_root, args, { sql, viewer }) => listConnection(sql, decisionList(viewer, args.filter), args),
};

async function meetingAnswer(answer: MeetingAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('MeetingRefusal', answer, viewer) as never;
  return { __typename: 'MeetingPayload', meeting: await loaders.meeting.clear(answer.meetingId).load(answer.meetingId) } as never;
}

async function decisionAnswer(answer: DecisionAnswer, { loaders, viewer }: Context): Promise<never> {
  if (isRefusal(answer)) return refusalAnswer('MeetingRefusal', answer, viewer) as never;
  return { __typename: 'MeetingDecisionPayload', decision: await loaders.meetingDecision.clear(answer.decisionId).load(answer.decisionId) } as never;
}

const Mutation: MutationResolvers = {
  callMeeting: async (_root, { input }, context) => meetingAnswer(await context.services.meetings.call(input, context), context),
  addMeetingPoint: async (_root, { input }, context) => meetingAnswer(await context.services.meetings.addPoint(input, context), context),
  callOffMeeting: async (_root, { input }, context) => meetingAnswer(await context.services.meetings.callOff(input, context), context),
  holdMeeting: async (_root, { input }, context) => meetingAnswer(await context.services.meetings.hold(input, context), context),
  recordMeetingMinutes: async (_root, { input }, context) => meetingAnswer(await context.services.meetings.recordMinutes(input, context), context),
  reportMeetingDecision: async (_root, { input }, context) => decisionAnswer(await context.services.meetingDecisions.report(input, context), context),
  followUpMeetingDecision: async (_root, { input }, context) => decisionAnswer(await context.services.meetingDecisions.followUp(input, context), context),
};

const typeOf = (result: unknown) => (result as { __typename: never }).__typename;
const MeetingResult: MeetingResultResolvers = { __resolveType: typeOf };
const MeetingDecisionResult: MeetingDecisionResultResolvers = { __resolveType: typeOf };

const MeetingKind: MeetingKindResolvers = { ...kindResolvers, minutesDueDays: ({ minutesDueDays }) => minutesDueDays ?? null };

const Meeting: MeetingResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.meeting.load(id),
  kind: ({ kind }, _args, { kinds }) => kinds.meetings.of(kind),
  callingUnit: ({ callingUnitId }) => ({ id: callingUnitId }),
  calledBy: ({ calledById }) => ({ id: calledById }),
  campaign: ({ campaignId }) => reference(campaignId),
  attendees: ({ id }, _args, { loaders }) => loaders.attendeesOfMeeting.load(id),
  points: ({ id }, _args, { loaders }) => loaders.pointsOfMeeting.load(id),
  minutesObligation: ({ minutesObligationId }, _args, { loaders }) => (minutesObligationId ? loaders.obligation.load(minutesObligationId) : null),
  decisions: ({ id }, args, { loaders }) => loaders.meetingDecisionsUnder.meeting(id, args),
};

const MeetingAttendee: MeetingAttendeeResolvers = {
  unit: ({ partyKind, partyId }) => (partyKind === 'UNIT' ? { id: partyId } : null),
  official: ({ partyKind, partyId }) => (partyKind === 'OFFICIAL' ? { id: partyId } : null),
  isPresent: ({ isPresent }) => (isPresent === null ? null : Boolean(Number(isPresent))),
};

const MeetingPoint: MeetingPointResolvers = {
  case: ({ caseId }) => reference(caseId),
  candidate: ({ candidateId }, _args, { loaders }) => (candidateId ? loaders.coordinationCandidate.load(candidateId) : null),
};

const MeetingDecision: MeetingDecisionResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.meetingDecision.load(id),
  meeting: ({ meetingId }, _args, { loaders }) => loaders.meeting.load(meetingId),
  case: caseIfSeen,
  obligorUnit: ({ obligorUnitId }) => reference(obligorUnitId),
  obligorOfficial: ({ obligorOfficialId }) => reference(obligorOfficialId),
  obligation: ({ obligationId }, _args, { loaders }) => (obligationId ? loaders.obligation.load(obligationId) : null),
  reportedBy: ({ reportedById }) => reference(reportedById),
};

const Case: CaseResolvers = {
  meetings: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.meetingsUnder.case(id, args) : null),
  meetingDecisions: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.meetingDecisionsUnder.case(id, args) : null),
};

const Unit: UnitResolvers = {
  meetings: ({ id }, args, { loaders }) => loaders.meetingsUnder.unit(id, args),
  meetingDecisions: ({ id }, args, { loaders }) => loaders.meetingDecisionsUnder.unit(id, args),
};
const Division: DivisionResolvers = { meetings: ({ code }, args, { loaders }) => loaders.meetingsUnder.division(code, args) };
const Campaign: CampaignResolvers = { meetings: ({ id }, args, { loaders }) => loaders.meetingsUnder.campaign(id, args) };

export const meetingResolvers = {
  Query, Mutation, MeetingResult, MeetingDecisionResult, MeetingKind, Meeting, MeetingAttendee, MeetingPoint, MeetingDecision, Case, Unit, Division, Campaign,
};
