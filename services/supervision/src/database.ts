import { kitMigrations, kitTables } from '@anjie/service-kit/database';
import { caseScopeMigrations, caseScopeTables, directoryMigrations, directoryTables } from '@anjie/service-kit/facts';
import { backTraceTable } from './back-traces/back-trace.table';
import { closeReviewTables } from './close-reviews/close-review.table';
import { alarmEpochTable, deadlineCheckTable, deadlineEffectTable, deadlineTable } from './deadlines/deadline.table';
import { countedFigureTable } from './figures/counted-figure.table';
import { letterCounterTable, letterTable } from './letters/letter.table';
import { createObligations } from './migrations/1767225800000-create-obligations';
import { createDeadlines } from './migrations/1767225800001-create-deadlines';
import { createDeadlineEffects } from './migrations/1767225800002-create-deadline-effects';
import { createAlarmEpoch } from './migrations/1767225800003-create-alarm-epoch';
import { createReminders } from './migrations/1767225800004-create-reminders';
import { createSupervisionLetters } from './migrations/1767225800005-create-supervision-letters';
import { createLetterCounters } from './migrations/1767225800006-create-letter-counters';
import { createCountedFigures } from './migrations/1767225800007-create-counted-figures';
import { closeReviewMigrations } from './migrations/1769000080000-create-close-reviews';
import { createBackTraceRequests } from './migrations/1769000080003-create-back-trace-requests';
import { addOutcomeToDeadlineEffects } from './migrations/1770000010000-add-outcome-to-deadline-effects';
import { addArmedIndexToDeadlines } from './migrations/1770000010001-add-armed-index-to-deadlines';
import { createDeadlineChecks } from './migrations/1770000010002-create-deadline-checks';
import { notificationMigrations } from './migrations/1770000020000-create-notifications';
import { retentionIndexMigrations } from './migrations/1780000030400-index-what-is-deleted';
import { webhookMigrations } from './migrations/1770000020100-create-webhooks';
import { digestTable, notificationTable } from './notifications/notification.table';
import { obligationTable } from './obligations/obligation.table';
import { reminderTable } from './reminders/reminder.table';
import { webhookTables } from './webhooks/webhook.table';

const ownTables = [
  obligationTable, deadlineTable, deadlineEffectTable, alarmEpochTable, reminderTable, letterTable, letterCounterTable, countedFigureTable,
  ...closeReviewTables, backTraceTable, deadlineCheckTable,
  ...closeReviewTables, backTraceTable,
  digestTable, notificationTable, ...webhookTables,
];

export const tables = [...kitTables, ...caseScopeTables, ...directoryTables, ...ownTables.map((table) => table as never)];
export const migrations = [
  ...kitMigrations, ...caseScopeMigrations, ...directoryMigrations,
  createObligations, createDeadlines, createDeadlineEffects, createAlarmEpoch, createReminders, createSupervisionLetters, createLetterCounters, createCountedFigures,
  ...closeReviewMigrations, createBackTraceRequests,
  addOutcomeToDeadlineEffects, addArmedIndexToDeadlines, createDeadlineChecks,
  ...notificationMigrations, ...webhookMigrations,
  ...retentionIndexMigrations,
];
