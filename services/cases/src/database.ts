import { kitMigrations, kitTables } from '@anjie/service-kit/database';
import { caseScopeMigrations, caseScopeTables, directoryMigrations, directoryTables } from '@anjie/service-kit/facts';
import { fileMigrations, fileTables } from '@anjie/service-kit/files';
import { importMigrations, importTables } from '@anjie/service-kit/imports';
import { closingTables } from './closing/closing.table';
import { clockTables } from './clocks/clock.table';
import { documentTables } from './documents/document.table';
import { executionTables } from './executions/execution.table';
import { historyTables } from './history/history.table';
import { objectionTables } from './objections/objection.table';
import { opinionTables } from './opinions/opinion.table';
import { repeatTables } from './repeats/repeat.table';
import { reviewTables } from './reviews/review.table';
import { accusationTables } from './accusations/accusation.table';
import { assignmentTables } from './assignments/assignment.table';
import { attachmentTable } from './attachments/attachment.table';
import { campaignTables } from './campaigns/campaign.table';
import { caseTables } from './cases/case.table';
import { exclusionTable } from './exclusions/exclusion.table';
import { closingFactTables } from './closing/closing-fact.table';
import { petitionerTables } from './petitioners/petitioner.table';
import { claimChangeTable } from './claims/claim.table';
import { petitionCorrectionTable, petitionTable } from './petitions/petition.table';
import { petitionerAccessTables } from './petitioner-access/petitioner-access.table';
import { planTables } from './plans/plan.table';
import { screeningTables } from './screenings/screening.table';
import { clusterTables } from './clusters/cluster.table';
import { policyMeasureTables } from './policy-measures/policy-measure.table';
import { planStepTable } from './plans/plan-step.table';
import { dutyLineTable } from './duty-lines/duty-line.table';
import { markTable } from './marks/mark.table';
import { strikeOffTable } from './strike-offs/strike-off.table';
import { caseMigrations } from './migrations/1768000000000-create-cases';
import { campaignMigrations } from './migrations/1768000001000-create-campaigns';
import { responsibilityMigrations } from './migrations/1768000002000-create-responsibility';
import { caseResponsibilityTables } from './responsibilities/responsibility.table';
import { caseResponsibilityMigrations } from './migrations/1769000070000-create-case-responsibilities';
import { screeningMigrations } from './migrations/1769000050100-create-screenings';
import { clusterMigrations } from './migrations/1769000050200-create-clusters';
import { planStepMigrations } from './migrations/1769000050400-create-plan-steps';
import { markMigrations } from './migrations/1769000050300-create-case-marks';
import { dutyLineMigrations } from './migrations/1790000040100-create-duty-lines';
import { campaignGoalMigrations } from './migrations/1790000040000-add-campaign-goals';
import { campaignGrowthMigrations } from './migrations/1769000050000-extend-campaigns';
import { caseLifeMigrations } from './migrations/1769000000000-create-case-life';
import { casePaperMigrations } from './migrations/1769000001000-create-case-papers';
import { repeatMigrations } from './migrations/1769000030000-create-repeats';
import { attachmentMigrations } from './migrations/1769000040100-create-attachments';
import { intakeMigrations } from './migrations/1769000010000-extend-petitions';
import { exchangeTables } from './exchange/exchange.table';
import { exchangeMigrations } from './migrations/1769000011000-create-exchange';
import { closingFactMigrations } from './migrations/1769000082000-create-closing-facts';
import { petitionDispositionMigrations } from './migrations/1769000002000-add-petition-dispositions';
import { petitionerAccessMigrations } from './migrations/1769000060000-create-petitioner-access';
import { vaultMigrations, vaultTables } from '@anjie/service-kit/vault';
import { blindIndexMigrations } from './migrations/1780000030100-add-second-blind-index';
import { dataRequestTables } from './data-requests/data-request.table';
import { dataRequestMigrations } from './migrations/1780000030200-create-data-requests';
import type { EntitySchema } from 'typeorm';
import { accusationMigrations } from './migrations/1769000020001-create-accusations';
import { readerMigrations } from './migrations/1780000020000-create-readers';
import { readerTable } from './readings/reader.table';
import { matterHelpMigrations } from './migrations/1790000040200-create-matter-help';
import { matterHelpTables } from './progress-notices/progress-notice.table';

export const tables: readonly EntitySchema<never>[] = [
  ...kitTables,
  ...caseScopeTables,
  ...directoryTables,
  ...fileTables,
  ...importTables,
  ...vaultTables,
  ...caseTables,
  petitionTable,
  ...petitionerTables,
  ...campaignTables,
  ...assignmentTables,
  ...planTables,
  ...caseResponsibilityTables,
  attachmentTable,
  strikeOffTable,
  markTable,
  dutyLineTable,
  planStepTable,
  ...clusterTables,
  ...policyMeasureTables,
  ...screeningTables,
  petitionCorrectionTable,
  claimChangeTable,
  ...exchangeTables,
  ...historyTables,
  ...clockTables,
  ...documentTables,
  ...opinionTables,
  ...executionTables,
  ...objectionTables,
  ...reviewTables,
  ...closingTables,
  ...repeatTables,
  ...accusationTables,
  exclusionTable,
  ...closingFactTables,
  ...petitionerAccessTables,
  ...dataRequestTables,
  readerTable,
  ...matterHelpTables,
];
export const migrations = [
  ...kitMigrations,
  ...caseScopeMigrations,
  ...directoryMigrations,
  ...fileMigrations,
  ...importMigrations,
  ...vaultMigrations,
  ...caseMigrations,
  ...campaignMigrations,
  ...responsibilityMigrations,
  ...caseResponsibilityMigrations,
  ...attachmentMigrations,
  ...campaignGrowthMigrations,
  ...screeningMigrations,
  ...clusterMigrations,
  ...markMigrations,
  ...planStepMigrations,
  ...intakeMigrations,
  ...exchangeMigrations,
  ...caseLifeMigrations,
  ...casePaperMigrations,
  ...repeatMigrations,
  ...accusationMigrations,
  ...petitionDispositionMigrations,
  ...closingFactMigrations,
  ...petitionerAccessMigrations,
  ...blindIndexMigrations,
  ...dataRequestMigrations,
  ...readerMigrations,
  ...campaignGoalMigrations,
  ...dutyLineMigrations,
  ...matterHelpMigrations,
];
