import { kitMigrations, kitTables } from '@anjie/service-kit/database';
import { caseScopeMigrations, caseScopeTables, directoryMigrations, directoryTables } from '@anjie/service-kit/facts';
import { fileMigrations, fileTables } from '@anjie/service-kit/files';
import { assessmentTables } from './assessments/assessment.table';
import { backTraceTable } from './back-traces/back-trace.table';
import { bulletinTables } from './bulletins/bulletin.table';
import { checklistTables } from './checklists/checklist.table';
import { closeReviewTables } from './close-reviews/close-review.table';
import { closeSampleTables } from './close-samples/close-sample.table';
import { coordinationCandidateTable } from './coordination/coordination-candidate.table';
import { alarmEpochTable, deadlineCheckTable, deadlineEffectTable, deadlineTable } from './deadlines/deadline.table';
import { decisionReviewTables } from './decision-reviews/decision-review.table';
import { countedFigureTable } from './figures/counted-figure.table';
import { inquiryTables } from './inquiries/inquiry.table';
import { inspectionTables } from './inspections/inspection.table';
import { meetingTables } from './meetings/meeting.table';
import { formalismTables } from './formalism/formalism.table';
import { ladderSuggestionTable } from './ladders/ladder.table';
import { interviewRecordTable, letterCounterTable, letterTable } from './letters/letter.table';
import { listingTables } from './listings/listing.table';
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
import { formalismMigrations } from './migrations/1790000020030-create-formalism-findings';
import { instrumentMigrations } from './migrations/1790000020010-grow-letters-into-instruments';
import { listingMigrations } from './migrations/1790000020020-create-listed-supervisions';
import { urgentReportMigrations } from './migrations/1790000020040-create-urgent-reports';
import { withoutCaseMigrations } from './migrations/1790000020000-allow-duties-without-a-case';
import { retentionIndexMigrations } from './migrations/1780000030400-index-what-is-deleted';
import { webhookMigrations } from './migrations/1770000020100-create-webhooks';
import { meetingMigrations } from './migrations/1790000021000-create-meetings';
import { inspectionMigrations } from './migrations/1790000021100-create-inspections';
import { closeSampleMigrations } from './migrations/1790000021200-create-close-samples';
import { inquiryMigrations } from './migrations/1790000021300-create-inquiries';
import { bulletinMigrations } from './migrations/1790000022000-create-bulletins';
import { programmeMigrations } from './migrations/1790000022100-create-programmes';
import { checklistMigrations } from './migrations/1790000022200-create-checklists';
import { assessmentMigrations } from './migrations/1790000022300-create-assessments';
import { decisionReviewMigrations } from './migrations/1790000022400-create-decision-reviews';
import { checklistGrowthMigrations } from './migrations/1790000022500-grow-checklists';
import { digestTable, notificationTable } from './notifications/notification.table';
import { obligationTable } from './obligations/obligation.table';
import { programmeTables } from './programmes/programme.table';
import { reminderTable } from './reminders/reminder.table';
import { urgentReportTables } from './urgent-reports/urgent-report.table';
import { webhookTables } from './webhooks/webhook.table';

const ownTables = [
  obligationTable, deadlineTable, deadlineEffectTable, alarmEpochTable, reminderTable, letterTable, letterCounterTable, countedFigureTable,
  ...closeReviewTables, backTraceTable, deadlineCheckTable, digestTable, notificationTable, ...webhookTables,
  ...meetingTables, coordinationCandidateTable, ...inspectionTables, ...closeSampleTables, ...inquiryTables,
  interviewRecordTable, ladderSuggestionTable, ...listingTables, ...formalismTables, ...urgentReportTables,
  ...bulletinTables, ...programmeTables, ...checklistTables, ...assessmentTables, ...decisionReviewTables,
];

export const tables = [...kitTables, ...caseScopeTables, ...directoryTables, ...fileTables, ...ownTables.map((table) => table as never)];
export const migrations = [
  ...kitMigrations, ...caseScopeMigrations, ...directoryMigrations,
  createObligations, createDeadlines, createDeadlineEffects, createAlarmEpoch, createReminders, createSupervisionLetters, createLetterCounters, createCountedFigures,
  ...closeReviewMigrations, createBackTraceRequests,
  addOutcomeToDeadlineEffects, addArmedIndexToDeadlines, createDeadlineChecks,
  ...notificationMigrations, ...webhookMigrations,
  ...retentionIndexMigrations,
  ...withoutCaseMigrations,
  ...meetingMigrations, ...inspectionMigrations, ...closeSampleMigrations, ...inquiryMigrations,
  ...instrumentMigrations, ...listingMigrations, ...formalismMigrations, ...urgentReportMigrations,
  ...fileMigrations,
  ...bulletinMigrations, ...programmeMigrations, ...checklistMigrations, ...assessmentMigrations, ...decisionReviewMigrations,
  ...checklistGrowthMigrations,
];
