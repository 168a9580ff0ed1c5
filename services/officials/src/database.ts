import type { EntitySchema } from 'typeorm';
import { kitMigrations, kitTables } from '@anjie/service-kit/database';
import { caseScopeMigrations, caseScopeTables } from '@anjie/service-kit/facts';
import { fileMigrations, fileTables } from '@anjie/service-kit/files';
import { importMigrations, importTables } from '@anjie/service-kit/imports';
import { activityCaseTable, activityOfficialTable, activityTable } from './activities/activity.table';
import { agendaItemTable } from './agenda-items/agenda-item.table';
import { appointmentSlotTable, appointmentTable } from './appointments/appointment.table';
import { closingOpinionTable } from './closing-opinions/closing-opinion.table';
import { directoryEditTable } from './directory/directory-edit.table';
import { directoryImportTable } from './directory-imports/directory-import.table';
import { divisionTable } from './divisions/division.table';
import { dutyTable } from './duties/duty.table';
import { handOverTable } from './hand-overs/hand-over.table';
import { createDivisions } from './migrations/1767225700000-create-divisions';
import { createUnits } from './migrations/1767225700001-create-units';
import { createOfficials } from './migrations/1767225700002-create-officials';
import { createPosts } from './migrations/1767225700003-create-posts';
import { createSponsorships } from './migrations/1767225700004-create-sponsorships';
import { createTaskForces } from './migrations/1767225700005-create-task-forces';
import { createTaskForceMembers } from './migrations/1767225700006-create-task-force-members';
import { createCaseCrews } from './migrations/1767225700007-create-case-crews';
import { createCaseReadiness } from './migrations/1767225700008-create-case-readiness';
import { createCountedFigures } from './migrations/1767225700009-create-counted-figures';
import { createDirectoryEdits } from './migrations/1767225700010-create-directory-edits';
import { backfillDirectoryEdits } from './migrations/1767225700011-backfill-directory-edits';
import { createDirectoryImports } from './migrations/1767225700012-create-directory-imports';
import { createClosingOpinions } from './migrations/1769000081000-create-closing-opinions';
import { portalClientMigrations } from './migrations/1780000010000-create-portal-clients';
import { addPostKind } from './migrations/1780000020010-add-post-kind';
import { addSessionsValidAfter } from './migrations/1780000020011-add-sessions-valid-after';
import { createDuties } from './migrations/1790000010000-create-duties';
import { activityMigrations } from './migrations/1790000010010-create-activities';
import { appointmentMigrations } from './migrations/1790000010020-create-appointments';
import { sponsorDutyMigrations } from './migrations/1790000010030-create-sponsor-duties';
import { createRecusals } from './migrations/1790000010040-create-recusals';
import { agendaMigrations } from './migrations/1790000011000-create-agenda-items';
import { addLevelToTaskForces } from './migrations/1790000011020-add-level-to-task-forces';
import { addUnitToSponsorships } from './migrations/1790000011030-add-unit-to-sponsorships';
import { indexSessionsValidAfter } from './migrations/1780000050000-index-sessions-valid-after';
import { officialTable, postTable } from './officials/official.table';
import { portalTables } from './portal-clients/portal-client.table';
import { activityPromiseTable, promiseCountTable } from './promises/promise.table';
import { caseCrewTable, caseReadinessTable, countedFigureTable } from './readiness/readiness.table';
import { recusalTable } from './recusals/recusal.table';
import { resourceTable } from './resources/resource.table';
import { safeHarbourStepTable, safeHarbourTable } from './safe-harbours/safe-harbour.table';
import { sponsorDutyTable } from './sponsor-duties/sponsor-duty.table';
import { sponsorshipTable } from './sponsorships/sponsorship.table';
import { taskForceMemberTable, taskForceTable } from './task-forces/task-force.table';
import { unitTable } from './units/unit.table';

const ownTables = [
  divisionTable, unitTable, officialTable, postTable, sponsorshipTable, taskForceTable, taskForceMemberTable, caseCrewTable, caseReadinessTable,
  countedFigureTable, directoryEditTable, directoryImportTable,
  closingOpinionTable,
  ...portalTables,
  dutyTable, activityTable, activityOfficialTable, activityCaseTable, activityPromiseTable, promiseCountTable,
  appointmentTable, appointmentSlotTable,
  sponsorDutyTable, handOverTable, safeHarbourTable, safeHarbourStepTable,
  recusalTable, agendaItemTable, resourceTable,
] as unknown as readonly EntitySchema<never>[];

export const tables = [...kitTables, ...caseScopeTables, ...fileTables, ...importTables, ...ownTables];
export const migrations = [
  ...kitMigrations, ...caseScopeMigrations, ...fileMigrations, ...importMigrations,
  createDivisions, createUnits, createOfficials, createPosts, createSponsorships, createTaskForces, createTaskForceMembers, createCaseCrews,
  createCaseReadiness, createCountedFigures, createDirectoryEdits, backfillDirectoryEdits,
  createDirectoryImports,
  createClosingOpinions,
  ...portalClientMigrations,
  addPostKind, addSessionsValidAfter, indexSessionsValidAfter,
  createDuties, ...activityMigrations, ...appointmentMigrations, ...sponsorDutyMigrations, createRecusals, ...agendaMigrations, addLevelToTaskForces, addUnitToSponsorships,
];
