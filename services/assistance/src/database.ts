import type { EntitySchema } from 'typeorm';
import { kitMigrations, kitTables } from '@anjie/service-kit/database';
import { caseScopeMigrations, caseScopeTables, directoryMigrations, directoryTables } from '@anjie/service-kit/facts';
import { assistanceApplicationTable, reliefEntryTable } from './assistance-applications/assistance-application.table';
import { consultedExpertTable, legalConsultationTable } from './consultations/consultation.table';
import { contractDeliverableTable, serviceContractTable } from './contracts/contract.table';
import { dutyTable } from './duties/duty.table';
import { serviceDutyTable } from './duties/service-duty.table';
import { serviceEngagementTable } from './engagements/engagement.table';
import { explanationSessionTable } from './explanations/explanation.table';
import { countedFigureTable } from './figures/counted-figure.table';
import { followUpVisitTable } from './follow-up-visits/follow-up-visit.table';
import { hearingPanelTable, hearingTable, hearingUnitTable } from './hearings/hearing.table';
import { agreementItemTable, mediationTable } from './mediations/mediation.table';
import { createReferrals } from './migrations/1767225900000-create-referrals';
import { createReferralEvents } from './migrations/1767225900001-create-referral-events';
import { createReferralReceipts } from './migrations/1767225900002-create-referral-receipts';
import { createReferralDuties } from './migrations/1767225900003-create-referral-duties';
import { createAssistanceApplications } from './migrations/1767225900004-create-assistance-applications';
import { createFollowUpVisits } from './migrations/1767225900005-create-follow-up-visits';
import { createCountedFigures } from './migrations/1767225900006-create-counted-figures';
import { createServiceDuties } from './migrations/1790000030001-create-service-duties';
import { widenAssistanceApplications } from './migrations/1790000030002-widen-assistance-applications';
import { createReliefEntries } from './migrations/1790000030003-create-relief-entries';
import { backfillReliefEntries } from './migrations/1790000030004-backfill-relief-entries';
import { backfillPaidAmounts } from './migrations/1790000030005-backfill-paid-amounts';
import { createMediations } from './migrations/1790000030010-create-mediations';
import { createAgreementItems } from './migrations/1790000030011-create-agreement-items';
import { createParticipants } from './migrations/1790000030020-create-participants';
import { createExperts } from './migrations/1790000030021-create-experts';
import { createHearings } from './migrations/1790000030030-create-hearings';
import { createHearingPanels } from './migrations/1790000030031-create-hearing-panels';
import { createHearingUnits } from './migrations/1790000030032-create-hearing-units';
import { createLegalConsultations } from './migrations/1790000030040-create-legal-consultations';
import { createConsultedExperts } from './migrations/1790000030041-create-consulted-experts';
import { createServiceContracts } from './migrations/1790000030050-create-service-contracts';
import { createContractDeliverables } from './migrations/1790000030051-create-contract-deliverables';
import { createServiceEngagements } from './migrations/1790000030052-create-service-engagements';
import { createExplanationSessions } from './migrations/1790000030053-create-explanation-sessions';
import { expertTable, participantTable } from './people-who-serve/participant.table';
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
import { allowServiceDutiesWithoutCase } from './migrations/1790000031050-allow-service-duties-without-a-case';
import { coHandlingTable } from './referrals/co-handling.table';

const ownTables = [
  referralTable, referralEventTable, referralReceiptTable, dutyTable, assistanceApplicationTable, followUpVisitTable, countedFigureTable,
  reliefEntryTable, serviceDutyTable, mediationTable, agreementItemTable, participantTable, expertTable, hearingTable, hearingPanelTable, hearingUnitTable,
  legalConsultationTable, consultedExpertTable, serviceContractTable, contractDeliverableTable, serviceEngagementTable, explanationSessionTable,
  coHandlingTable, taskDutyTable, agencyTaskTable,
  mediationCentreTable, stationChecklistTable, stationChecklistItemTable, publicityActivityTable, earlyDisputeTable,
] as unknown as readonly EntitySchema<never>[];

export const tables = [...kitTables, ...caseScopeTables, ...directoryTables, ...ownTables];
export const migrations = [
  ...kitMigrations, ...caseScopeMigrations, ...directoryMigrations, createReferrals, createReferralEvents, createReferralReceipts, createReferralDuties,
  createAssistanceApplications, createFollowUpVisits, createCountedFigures,
  createServiceDuties, widenAssistanceApplications, createReliefEntries, backfillReliefEntries, backfillPaidAmounts, createMediations, createAgreementItems,
  createParticipants, createExperts, createHearings, createHearingPanels, createHearingUnits, createLegalConsultations, createConsultedExperts, createServiceContracts,
  createContractDeliverables, createServiceEngagements, createExplanationSessions,
  ...referralGrowthMigrations, createAgencyTasks, extendFollowUpVisits, ...centreMigrations, createEarlyDisputes, allowServiceDutiesWithoutCase,
];
