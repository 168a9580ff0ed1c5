import type { EntitySchema } from 'typeorm';
import { kitMigrations, kitTables } from '@anjie/service-kit/database';
import { caseScopeMigrations, caseScopeTables, directoryMigrations, directoryTables } from '@anjie/service-kit/facts';
import { assistanceApplicationTable } from './assistance-applications/assistance-application.table';
import { dutyTable } from './duties/duty.table';
import { countedFigureTable } from './figures/counted-figure.table';
import { followUpVisitTable } from './follow-up-visits/follow-up-visit.table';
import { createReferrals } from './migrations/1767225900000-create-referrals';
import { createReferralEvents } from './migrations/1767225900001-create-referral-events';
import { createReferralReceipts } from './migrations/1767225900002-create-referral-receipts';
import { createReferralDuties } from './migrations/1767225900003-create-referral-duties';
import { createAssistanceApplications } from './migrations/1767225900004-create-assistance-applications';
import { createFollowUpVisits } from './migrations/1767225900005-create-follow-up-visits';
import { createCountedFigures } from './migrations/1767225900006-create-counted-figures';
import { referralEventTable, referralReceiptTable, referralTable } from './referrals/referral.table';
import { agencyTaskTable } from './agency-tasks/agency-task.table';
import { taskDutyTable } from './duties/task-duty.table';
import { earlyDisputeTable } from './early-disputes/early-dispute.table';
import { mediationCentreTable, publicityActivityTable, stationChecklistItemTable, stationChecklistTable } from './mediation-centres/mediation-centre.table';
import { referralGrowthMigrations } from './migrations/1790000031000-extend-referrals';
import { createAgencyTasks } from './migrations/1790000031010-create-agency-tasks';
import { extendFollowUpVisits } from './migrations/1790000031020-extend-follow-up-visits';
import { centreMigrations } from './migrations/1790000031030-create-mediation-centres';
import { createEarlyDisputes } from './migrations/1790000031040-create-early-disputes';
import { coHandlingTable } from './referrals/co-handling.table';

const ownTables = [
  referralTable, referralEventTable, referralReceiptTable, dutyTable, assistanceApplicationTable, followUpVisitTable, countedFigureTable,
  coHandlingTable, taskDutyTable, agencyTaskTable,
  mediationCentreTable, stationChecklistTable, stationChecklistItemTable, publicityActivityTable, earlyDisputeTable,
] as unknown as readonly EntitySchema<never>[];

export const tables = [...kitTables, ...caseScopeTables, ...directoryTables, ...ownTables];
export const migrations = [
  ...kitMigrations, ...caseScopeMigrations, ...directoryMigrations, createReferrals, createReferralEvents, createReferralReceipts, createReferralDuties,
  createAssistanceApplications, createFollowUpVisits, createCountedFigures,
  ...referralGrowthMigrations, createAgencyTasks, extendFollowUpVisits, ...centreMigrations, createEarlyDisputes,
];
