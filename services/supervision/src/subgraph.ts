import { join } from 'node:path';
import { auditResolvers } from '@anjie/service-kit/audit-reading';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { backTraceResolvers } from './back-traces/back-trace-resolvers';
import { closeReviewResolvers } from './close-reviews/close-review-resolvers';
import { figureResolvers } from './figures/figure-resolvers';
import type { CaseResolvers } from './generated/graphql';
import { letterResolvers } from './letters/letter-resolvers';
import { notificationResolvers } from './notifications/notification-resolvers';
import { obligationResolvers } from './obligations/obligation-resolvers';
import { reminderResolvers } from './reminders/reminder-resolvers';
import { webhookResolvers } from './webhooks/webhook-resolvers';

const Case: CaseResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.visibleCase.load(id),
  ...obligationResolvers.Case,
  ...letterResolvers.Case,
  ...closeReviewResolvers.Case,
  ...backTraceResolvers.Case,
};

/** schema/ + resolvers. Each noun's resolvers bring their own Query, Mutation and types. */
export const buildSupervisionSchema = () =>
  buildSubgraph(join(__dirname, '../schema'), {
    ...scalarResolvers,
    Query: { ...obligationResolvers.Query, ...reminderResolvers.Query, ...letterResolvers.Query, ...closeReviewResolvers.Query, ...backTraceResolvers.Query, ...notificationResolvers.Query, ...webhookResolvers.Query, ...auditResolvers('supervision', 'auditOfSupervision').Query },
    Mutation: { ...reminderResolvers.Mutation, ...letterResolvers.Mutation, ...closeReviewResolvers.Mutation, ...backTraceResolvers.Mutation, ...notificationResolvers.Mutation, ...webhookResolvers.Mutation },
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
    Unit: { ...obligationResolvers.Unit, ...backTraceResolvers.Unit },
    Official: { ...obligationResolvers.Official, ...reminderResolvers.Official },
    ...figureResolvers,
    Case,
  });
