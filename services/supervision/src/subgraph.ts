import { join } from 'node:path';
import { auditResolvers } from '@anjie/service-kit/audit-reading';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { assessmentResolvers } from './assessments/assessment-resolvers';
import { backTraceResolvers } from './back-traces/back-trace-resolvers';
import { bulletinResolvers } from './bulletins/bulletin-resolvers';
import { checklistResolvers } from './checklists/checklist-resolvers';
import { closeReviewResolvers } from './close-reviews/close-review-resolvers';
import { decisionReviewResolvers } from './decision-reviews/decision-review-resolvers';
import { figureResolvers } from './figures/figure-resolvers';
import type { CaseResolvers, DivisionResolvers } from './generated/graphql';
import { letterResolvers } from './letters/letter-resolvers';
import { notificationResolvers } from './notifications/notification-resolvers';
import { obligationResolvers } from './obligations/obligation-resolvers';
import { programmeResolvers } from './programmes/programme-resolvers';
import { reminderResolvers } from './reminders/reminder-resolvers';
import { webhookResolvers } from './webhooks/webhook-resolvers';
import { workloadResolvers } from './workloads/workload-resolvers';

const Case: CaseResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.visibleCase.load(id),
  ...obligationResolvers.Case,
  ...letterResolvers.Case,
  ...closeReviewResolvers.Case,
  ...backTraceResolvers.Case,
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
    Query: { ...obligationResolvers.Query, ...reminderResolvers.Query, ...letterResolvers.Query, ...closeReviewResolvers.Query, ...backTraceResolvers.Query, ...notificationResolvers.Query, ...webhookResolvers.Query, ...auditResolvers('supervision', 'auditOfSupervision').Query, ...Object.assign({}, ...reports.map((noun) => noun.Query)) },
    Mutation: { ...reminderResolvers.Mutation, ...letterResolvers.Mutation, ...closeReviewResolvers.Mutation, ...backTraceResolvers.Mutation, ...notificationResolvers.Mutation, ...webhookResolvers.Mutation, ...Object.assign({}, ...reports.map((noun) => noun.Mutation)) },
    Obligor: obligationResolvers.Obligor,
    Obligation: obligationResolvers.Obligation,
    Reminder: reminderResolvers.Reminder,
    MarkReminderReadResult: reminderResolvers.MarkReminderReadResult,
    SupervisionLetter: letterResolvers.SupervisionLetter,
    SupervisionLetterResult: letterResolvers.SupervisionLetterResult,
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
    Unit: { ...obligationResolvers.Unit, ...backTraceResolvers.Unit, ...bulletinResolvers.Unit, ...programmeResolvers.Unit, ...checklistResolvers.Unit, ...assessmentResolvers.Unit, ...decisionReviewResolvers.Unit, ...workloadResolvers.Unit },
    Official: { ...obligationResolvers.Official, ...reminderResolvers.Official, ...assessmentResolvers.Official },
    ...figureResolvers,
    Campaign: { ...figureResolvers.Campaign, ...bulletinResolvers.Campaign, ...programmeResolvers.Campaign },
    ...Object.assign({}, workloadResolvers.types, ...reports.map((noun) => noun.types)),
    Division,
    Case,
  });
