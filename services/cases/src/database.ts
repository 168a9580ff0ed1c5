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
import { reviewTables } from './reviews/review.table';
import { assignmentTables } from './assignments/assignment.table';
import { campaignTables } from './campaigns/campaign.table';
import { caseTables } from './cases/case.table';
import { closingFactTables } from './closing/closing-fact.table';
import { petitionerTables } from './petitioners/petitioner.table';
import { petitionTable } from './petitions/petition.table';
import { petitionerAccessTables } from './petitioner-access/petitioner-access.table';
import { planTables } from './plans/plan.table';
import { caseMigrations } from './migrations/1768000000000-create-cases';
import { campaignMigrations } from './migrations/1768000001000-create-campaigns';
import { responsibilityMigrations } from './migrations/1768000002000-create-responsibility';
import { caseLifeMigrations } from './migrations/1769000000000-create-case-life';
import { casePaperMigrations } from './migrations/1769000001000-create-case-papers';
import { closingFactMigrations } from './migrations/1769000082000-create-closing-facts';
import { petitionDispositionMigrations } from './migrations/1769000002000-add-petition-dispositions';
import { petitionerAccessMigrations } from './migrations/1769000060000-create-petitioner-access';
import type { EntitySchema } from 'typeorm';

export const tables: readonly EntitySchema<never>[] = [
  ...kitTables,
  ...caseScopeTables,
  ...directoryTables,
  ...fileTables,
  ...importTables,
  ...caseTables,
  petitionTable,
  ...petitionerTables,
  ...campaignTables,
  ...assignmentTables,
  ...planTables,
  ...historyTables,
  ...clockTables,
  ...documentTables,
  ...opinionTables,
  ...executionTables,
  ...objectionTables,
  ...reviewTables,
  ...closingTables,
  ...closingFactTables,
  ...petitionerAccessTables,
];
export const migrations = [
  ...kitMigrations,
  ...caseScopeMigrations,
  ...directoryMigrations,
  ...fileMigrations,
  ...importMigrations,
  ...caseMigrations,
  ...campaignMigrations,
  ...responsibilityMigrations,
  ...caseLifeMigrations,
  ...casePaperMigrations,
  ...petitionDispositionMigrations,
  ...closingFactMigrations,
  ...petitionerAccessMigrations,
];
