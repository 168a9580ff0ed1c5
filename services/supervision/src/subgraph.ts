import { join } from 'node:path';
import { auditResolvers } from '@anjie/service-kit/audit-reading';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { assessmentResolvers } from './assessments/assessment-resolvers';
import { backTraceResolvers } from './back-traces/back-trace-resolvers';
import { bulletinResolvers } from './bulletins/bulletin-resolvers';
import { checklistResolvers } from './checklists/checklist-resolvers';
import { closeReviewResolvers } from './close-reviews/close-review-resolvers';
import { closeSampleResolvers } from './close-samples/close-sample-resolvers';
import { coordinationCandidateResolvers } from './coordination/coordination-candidate-resolvers';
import { figureResolvers } from './figures/figure-resolvers';
import type { CaseResolvers, DivisionResolvers, MutationResolvers, QueryResolvers, UnitResolvers } from './generated/graphql';
import { focusResolvers } from './focus/focus-resolvers';
import { findingResolvers } from './formalism/finding-resolvers';
import { ladderResolvers } from './ladders/ladder-resolvers';
import { instrumentKindResolvers } from './letters/instrument-kind-resolvers';
import { inquiryResolvers } from './inquiries/inquiry-resolvers';
import { inspectionResolvers } from './inspections/inspection-resolvers';
import { inspectionTeamResolvers } from './inspections/team-resolvers';
import { decisionReviewResolvers } from './decision-reviews/decision-review-resolvers';
import { figureResolvers } from './figures/figure-resolvers';
import type { CaseResolvers, DivisionResolvers } from './generated/graphql';
import { letterResolvers } from './letters/letter-resolvers';
import { listingResolvers } from './listings/listing-resolvers';
import { meetingResolvers } from './meetings/meeting-resolvers';
import { notificationResolvers } from './notifications/notification-resolvers';
import { obligationResolvers } from './obligations/obligation-resolvers';
import { programmeResolvers } from './programmes/programme-resolvers';
import { reminderResolvers } from './reminders/reminder-resolvers';
import { urgentReportResolvers } from './urgent-reports/urgent-report-resolvers';
import { webhookResolvers } from './webhooks/webhook-resolvers';
import { workloadResolvers } from './workloads/workload-resolvers';

const Case: CaseResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.visibleCase.load(id),
  ...obligationResolvers.Case,
  ...letterResolvers.Case,
  ...closeReviewResolvers.Case,
  ...backTraceResolvers.Case,
  ...meetingResolvers.Case,
  ...coordinationCandidateResolvers.Case,
  ...inspectionResolvers.Case,
  ...inquiryResolvers.Case,
  ...listingResolvers.Case,
  ...findingResolvers.Case,
  ...urgentReportResolvers.Case,
};

const Unit: UnitResolvers = {
  ...obligationResolvers.Unit, ...backTraceResolvers.Unit,
  ...meetingResolvers.Unit, ...inspectionResolvers.Unit, ...closeSampleResolvers.Unit, ...inquiryResolvers.Unit,
  ...letterResolvers.Unit, ...listingResolvers.Unit, ...focusResolvers.Unit, ...findingResolvers.Unit, ...urgentReportResolvers.Unit,
};

const instrumentQueries: QueryResolvers = {
  ...instrumentKindResolvers.Query, ...ladderResolvers.Query, ...listingResolvers.Query, ...focusResolvers.Query, ...findingResolvers.Query, ...urgentReportResolvers.Query,
};
const instrumentMutations: MutationResolvers = {
  ...ladderResolvers.Mutation, ...listingResolvers.Mutation, ...focusResolvers.Mutation, ...findingResolvers.Mutation, ...urgentReportResolvers.Mutation,
};

const instrumentTypes = {
  LetterApproval: letterResolvers.LetterApproval,
  LetterObjection: letterResolvers.LetterObjection,
  InterviewRecord: letterResolvers.InterviewRecord,
  InstrumentKind: instrumentKindResolvers.InstrumentKind,
  AccountabilityGround: instrumentKindResolvers.AccountabilityGround,
  Ladder: ladderResolvers.Ladder,
  LadderRung: ladderResolvers.LadderRung,
  LadderSuggestion: ladderResolvers.LadderSuggestion,
  LadderSuggestionResult: ladderResolvers.LadderSuggestionResult,
  ListedSupervision: listingResolvers.ListedSupervision,
  ListingProgress: listingResolvers.ListingProgress,
  ListedSupervisionResult: listingResolvers.ListedSupervisionResult,
  FocusManagement: focusResolvers.FocusManagement,
  FocusManagementResult: focusResolvers.FocusManagementResult,
  FormalismFinding: findingResolvers.FormalismFinding,
  FormalismRule: findingResolvers.FormalismRule,
  FormalismFindingResult: findingResolvers.FormalismFindingResult,
  UrgentReport: urgentReportResolvers.UrgentReport,
  UrgentReportKind: urgentReportResolvers.UrgentReportKind,
  UrgentReportReceiver: urgentReportResolvers.UrgentReportReceiver,
  UrgentReportResult: urgentReportResolvers.UrgentReportResult,
};

const Division: DivisionResolvers = {
  __resolveReference: ({ code }) => ({ code }),
  ...meetingResolvers.Division, ...inspectionResolvers.Division, ...inspectionTeamResolvers.Division,
};

const oversightQueries: QueryResolvers = {
  ...meetingResolvers.Query, ...coordinationCandidateResolvers.Query, ...inspectionResolvers.Query, ...inspectionTeamResolvers.Query, ...closeSampleResolvers.Query, ...inquiryResolvers.Query,
};
const oversightMutations: MutationResolvers = {
  ...meetingResolvers.Mutation, ...inspectionResolvers.Mutation, ...inspectionTeamResolvers.Mutation, ...closeSampleResolvers.Mutation, ...inquiryResolvers.Mutation,
};

const oversightTypes = {
  MeetingResult: meetingResolvers.MeetingResult,
  MeetingDecisionResult: meetingResolvers.MeetingDecisionResult,
  MeetingKind: meetingResolvers.MeetingKind,
  Meeting: meetingResolvers.Meeting,
  MeetingAttendee: meetingResolvers.MeetingAttendee,
  MeetingPoint: meetingResolvers.MeetingPoint,
  MeetingDecision: meetingResolvers.MeetingDecision,
  CoordinationCandidate: coordinationCandidateResolvers.CoordinationCandidate,
  InspectionResult: inspectionResolvers.InspectionResult,
  InspectionFindingResult: inspectionResolvers.InspectionFindingResult,
  InspectionKind: inspectionResolvers.InspectionKind,
  InspectionPartner: inspectionResolvers.InspectionPartner,
  Inspection: inspectionResolvers.Inspection,
  InspectionFinding: inspectionResolvers.InspectionFinding,
  InspectionTeamResult: inspectionTeamResolvers.InspectionTeamResult,
  InspectionTeam: inspectionTeamResolvers.InspectionTeam,
  InspectionTeamMember: inspectionTeamResolvers.InspectionTeamMember,
  InspectionTeamDivision: inspectionTeamResolvers.InspectionTeamDivision,
  CloseReviewSampleResult: closeSampleResolvers.CloseReviewSampleResult,
  CloseReviewSample: closeSampleResolvers.CloseReviewSample,
  CloseReviewStratum: closeSampleResolvers.CloseReviewStratum,
  CloseReviewSampling: closeSampleResolvers.CloseReviewSampling,
  CloseReviewRequirement: closeSampleResolvers.CloseReviewRequirement,
  CloseOutcome: closeSampleResolvers.CloseOutcome,
  InquiryAnswer: inquiryResolvers.InquiryAnswer,
  Inquiry: inquiryResolvers.Inquiry,
  InquiryStep: inquiryResolvers.InquiryStep,
  InquiryFinding: inquiryResolvers.InquiryFinding,
  InquiryObjection: inquiryResolvers.InquiryObjection,
  ...programmeResolvers.Case,
  ...decisionReviewResolvers.Case,
};

const Division: DivisionResolvers = {
  __resolveReference: ({ code }) => ({ code }),
  ...bulletinResolvers.Division,
  ...programmeResolvers.Division,
  ...assessmentResolvers.Division,
};

const reports = [bulletinResolvers, programmeResolvers, checklistResolvers, assessmentResolvers, decisionReviewResolvers] as const;

/** schema/ + resolvers. Each noun's resolvers bring their own Query, Mutation and types. */
export const buildSupervisionSchema = () =>
  buildSubgraph(join(__dirname, '../schema'), {
    ...scalarResolvers,
    Query: { ...obligationResolvers.Query, ...reminderResolvers.Query, ...letterResolvers.Query, ...closeReviewResolvers.Query, ...backTraceResolvers.Query, ...notificationResolvers.Query, ...webhookResolvers.Query, ...auditResolvers('supervision', 'auditOfSupervision').Query, ...instrumentQueries, ...oversightQueries },
    Mutation: { ...reminderResolvers.Mutation, ...letterResolvers.Mutation, ...closeReviewResolvers.Mutation, ...backTraceResolvers.Mutation, ...notificationResolvers.Mutation, ...webhookResolvers.Mutation, ...instrumentMutations, ...oversightMutations },
    Query: { ...obligationResolvers.Query, ...reminderResolvers.Query, ...letterResolvers.Query, ...closeReviewResolvers.Query, ...backTraceResolvers.Query, ...notificationResolvers.Query, ...webhookResolvers.Query, ...auditResolvers('supervision', 'auditOfSupervision').Query, ...Object.assign({}, ...reports.map((noun) => noun.Query)) },
    Mutation: { ...reminderResolvers.Mutation, ...letterResolvers.Mutation, ...closeReviewResolvers.Mutation, ...backTraceResolvers.Mutation, ...notificationResolvers.Mutation, ...webhookResolvers.Mutation, ...Object.assign({}, ...reports.map((noun) => noun.Mutation)) },
    Obligor: obligationResolvers.Obligor,
    Obligation: obligationResolvers.Obligation,
    Reminder: reminderResolvers.Reminder,
    MarkReminderReadResult: reminderResolvers.MarkReminderReadResult,
    SupervisionLetter: letterResolvers.SupervisionLetter,
    SupervisionLetterResult: letterResolvers.SupervisionLetterResult,
    ...instrumentTypes,
    ...oversightTypes,
    CloseReview: { ...closeReviewResolvers.CloseReview, ...closeSampleResolvers.CloseReview },
    CloseReviewItem: closeReviewResolvers.CloseReviewItem,
    CloseReviewFinding: closeReviewResolvers.CloseReviewFinding,
    CloseReviewResult: closeReviewResolvers.CloseReviewResult,
    BackTraceRequest: { ...backTraceResolvers.BackTraceRequest, ...inquiryResolvers.BackTraceRequest },
    BackTraceResult: backTraceResolvers.BackTraceResult,
    MarkNotificationsReadResult: notificationResolvers.MarkNotificationsReadResult,
    NotificationKind: notificationResolvers.NotificationKind,
    Notification: notificationResolvers.Notification,
    Digest: notificationResolvers.Digest,
    DigestCount: notificationResolvers.DigestCount,
    WebhookEndpoint: webhookResolvers.WebhookEndpoint,
    WebhookDelivery: webhookResolvers.WebhookDelivery,
    WebhookAttempt: webhookResolvers.WebhookAttempt,
    WebhookSecretResult: webhookResolvers.WebhookSecretResult,
    WebhookEndpointResult: webhookResolvers.WebhookEndpointResult,
    WebhookDeliveryResult: webhookResolvers.WebhookDeliveryResult,
    Unit,
    Official: { ...obligationResolvers.Official, ...reminderResolvers.Official, ...letterResolvers.Official, ...findingResolvers.Official },
    ...figureResolvers,
    Campaign: { ...figureResolvers.Campaign, ...meetingResolvers.Campaign },
    Unit: { ...obligationResolvers.Unit, ...backTraceResolvers.Unit, ...bulletinResolvers.Unit, ...programmeResolvers.Unit, ...checklistResolvers.Unit, ...assessmentResolvers.Unit, ...decisionReviewResolvers.Unit, ...workloadResolvers.Unit },
    Official: { ...obligationResolvers.Official, ...reminderResolvers.Official, ...assessmentResolvers.Official },
    ...figureResolvers,
    Campaign: { ...figureResolvers.Campaign, ...bulletinResolvers.Campaign, ...programmeResolvers.Campaign },
    ...Object.assign({}, workloadResolvers.types, ...reports.map((noun) => noun.types)),
    Division,
    Case,
  });
