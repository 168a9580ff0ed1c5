import { join } from 'node:path';
import { auditResolvers } from '@anjie/service-kit/audit-reading';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { backTraceResolvers } from './back-traces/back-trace-resolvers';
import { closeReviewResolvers } from './close-reviews/close-review-resolvers';
import { figureResolvers } from './figures/figure-resolvers';
import type { CaseResolvers, MutationResolvers, QueryResolvers, UnitResolvers } from './generated/graphql';
import { focusResolvers } from './focus/focus-resolvers';
import { findingResolvers } from './formalism/finding-resolvers';
import { ladderResolvers } from './ladders/ladder-resolvers';
import { instrumentKindResolvers } from './letters/instrument-kind-resolvers';
import { letterResolvers } from './letters/letter-resolvers';
import { listingResolvers } from './listings/listing-resolvers';
import { notificationResolvers } from './notifications/notification-resolvers';
import { obligationResolvers } from './obligations/obligation-resolvers';
import { reminderResolvers } from './reminders/reminder-resolvers';
import { urgentReportResolvers } from './urgent-reports/urgent-report-resolvers';
import { webhookResolvers } from './webhooks/webhook-resolvers';

const Case: CaseResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.visibleCase.load(id),
  ...obligationResolvers.Case,
  ...letterResolvers.Case,
  ...closeReviewResolvers.Case,
  ...backTraceResolvers.Case,
  ...listingResolvers.Case,
  ...findingResolvers.Case,
  ...urgentReportResolvers.Case,
};

const Unit: UnitResolvers = {
  ...obligationResolvers.Unit, ...backTraceResolvers.Unit,
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

/** schema/ + resolvers. Each noun's resolvers bring their own Query, Mutation and types. */
export const buildSupervisionSchema = () =>
  buildSubgraph(join(__dirname, '../schema'), {
    ...scalarResolvers,
    Query: { ...obligationResolvers.Query, ...reminderResolvers.Query, ...letterResolvers.Query, ...closeReviewResolvers.Query, ...backTraceResolvers.Query, ...notificationResolvers.Query, ...webhookResolvers.Query, ...auditResolvers('supervision', 'auditOfSupervision').Query, ...instrumentQueries },
    Mutation: { ...reminderResolvers.Mutation, ...letterResolvers.Mutation, ...closeReviewResolvers.Mutation, ...backTraceResolvers.Mutation, ...notificationResolvers.Mutation, ...webhookResolvers.Mutation, ...instrumentMutations },
    Obligor: obligationResolvers.Obligor,
    Obligation: obligationResolvers.Obligation,
    Reminder: reminderResolvers.Reminder,
    MarkReminderReadResult: reminderResolvers.MarkReminderReadResult,
    SupervisionLetter: letterResolvers.SupervisionLetter,
    SupervisionLetterResult: letterResolvers.SupervisionLetterResult,
    ...instrumentTypes,
    CloseReview: closeReviewResolvers.CloseReview,
    CloseReviewItem: closeReviewResolvers.CloseReviewItem,
    CloseReviewFinding: closeReviewResolvers.CloseReviewFinding,
    CloseReviewResult: closeReviewResolvers.CloseReviewResult,
    BackTraceRequest: backTraceResolvers.BackTraceRequest,
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
    Case,
  });
