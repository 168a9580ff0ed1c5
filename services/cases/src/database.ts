import { kitMigrations, kitTables } from '@anjie/service-kit/database';
import { caseScopeMigrations, caseScopeTables, directoryMigrations, directoryTables } from '@anjie/service-kit/facts';
import { fileMigrations, fileTables } from '@anjie/service-kit/files';
import { importMigrations, importTables } from '@anjie/service-kit/imports';
import { assignmentTables } from './assignments/assignment.table';
import { campaignTables } from './campaigns/campaign.table';
import { caseTables } from './cases/case.table';
import { petitionerTables } from './petitioners/petitioner.table';
import { claimChangeTable } from './claims/claim.table';
import { petitionCorrectionTable, petitionTable } from './petitions/petition.table';
import { planTables } from './plans/plan.table';
import { caseMigrations } from './migrations/1768000000000-create-cases';
import { campaignMigrations } from './migrations/1768000001000-create-campaigns';
import { responsibilityMigrations } from './migrations/1768000002000-create-responsibility';
import { intakeMigrations } from './migrations/1769000010000-extend-petitions';
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
  petitionCorrectionTable,
  claimChangeTable,
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
  ...intakeMigrations,
];
