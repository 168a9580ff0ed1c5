import type { EntityManager } from 'typeorm';
import type { InternalClaims, Viewer } from '@anjie/access';
import { visibleCaseLoader } from '@anjie/service-kit/facts';
import { figuresLoader, pullFigureChanges, type FigurePull } from '@anjie/service-kit/figures';
import { loaderById, loaderOfConnections, loaderOfMany, type PageArgs } from '@anjie/service-kit/subgraph';
import { agencyTasksUnder, listAgencyTasks, visibleAgencyTasksByIds, type AgencyListArgs, type AgencyTaskRow } from './agency-tasks/agency-task-repository';
import {
  applicationRows, entriesOfApplications, listApplications, type ApplicationListArgs, type AssistanceApplicationRow, type ReliefEntryRow,
} from './assistance-applications/assistance-application-repository';
import { ledgerOfCampaign, ledgersOfUnits, type CampaignLedgerArgs, type LedgerArgs, type ReliefLedgerRow } from './assistance-applications/relief-ledger-repository';
import type { ChoiceArgs } from './cases/case-bound-repository';
import { loaderByArgs } from './loaders';
import { createServedLists, createServedLoaders } from './served-context';
import {
  earlyDisputesUnder, listEarlyDisputes, visibleEarlyDisputesByIds, type EarlyDisputeListArgs, type EarlyDisputeRow,
} from './early-disputes/early-dispute-repository';
import { listVisits, visibleVisitsByIds, visitsOfCases, visitsOfUnits, type FollowUpVisitRow, type VisitListArgs } from './follow-up-visits/follow-up-visit-repository';
import { centresByIds, centresUnder, listCentres, type CentreListArgs, type MediationCentreRow } from './mediation-centres/mediation-centre-repository';
import { listPublicity, publicityByIds, publicityOfCentres, type PublicityActivityRow, type PublicityListArgs } from './publicity-activities/publicity-activity-repository';
import { coHandlingsOf, type CoHandlingRow } from './referrals/co-handling-repository';
import { counterpartsOf } from './referrals/referral-pair-repository';
import {
  eventsOfReferrals, listReferrals, referralsUnder, visibleReferralsByIds, type ReferralEventRow, type ReferralListArgs, type ReferralRow, type ReferralsUnderArgs,
} from './referrals/referral-repository';
import type { Services } from './services';
import {
  checklistsUnder, itemsOfChecklists, listChecklists, visibleChecklistsByIds, type ChecklistListArgs, type FilledItemRow, type StationChecklistRow,
} from './station-checklists/station-checklist-repository';
import { listTasks, listWorkloads, tasksUnder, type TaskListArgs, type TaskRow, type WorkloadArgs } from './tasks/task-repository';

export interface ContextParts {
  readonly sql: EntityManager;
  readonly claims: InternalClaims;
  readonly services: Services;
}

/** Per request: who asks, and one viewer-aware loader per entity for root fields and references alike. */
export function createContext({ sql, claims, services }: ContextParts) {
  const { viewer, requestId } = claims;
  return { viewer, requestId, actor: { viewer, requestId }, sql, services, loaders: createLoaders(sql, viewer), lists: createLists(sql, viewer) };
}
export type Context = ReturnType<typeof createContext>;

const COUNTED = ['REFERRALS_OPEN', 'VISITS_DONE', 'VISITS_DUE', 'MEDIATIONS_AGREED', 'HEARINGS_HELD', 'RELIEF_GRANTED', 'AGENCY_TASKS_DONE', 'DISPUTES_SETTLED'];

function createLoaders(sql: EntityManager, viewer: Viewer) {
  return {
    visibleCase: visibleCaseLoader(sql, viewer),
    referral: loaderById<ReferralRow>((ids) => visibleReferralsByIds(sql, viewer, ids)),
    eventsOfReferral: loaderOfMany<ReferralEventRow>((event) => event.referralId, (ids) => eventsOfReferrals(sql, ids)),
    coHandlingsOfReferral: loaderOfMany<CoHandlingRow>((part) => part.referralId, (ids) => coHandlingsOf(sql, ids)),
    counterpartOfReferral: loaderById<{ id: string; counterpartId: string }>((ids) => counterpartsOf(sql, ids)),
    referralsOfCase: loaderOfConnections<ReferralRow, ReferralsUnderArgs>(referralsUnder(sql, viewer, 'r.case_id')),
    referralsFromUnit: loaderOfConnections<ReferralRow, ReferralsUnderArgs>(referralsUnder(sql, viewer, 'r.from_unit_id')),
    referralsToUnit: loaderOfConnections<ReferralRow, ReferralsUnderArgs>(referralsUnder(sql, viewer, 'r.to_unit_id')),
    application: loaderById<AssistanceApplicationRow>((ids) => applicationRows.byIds(sql, viewer, ids)),
    applicationsOfCase: loaderOfConnections<AssistanceApplicationRow, ChoiceArgs>(applicationRows.under(sql, viewer, 'case_id')),
    applicationsOfUnit: loaderOfConnections<AssistanceApplicationRow, ChoiceArgs>(applicationRows.under(sql, viewer, 'unit_id')),
    entriesOfApplication: loaderOfMany<ReliefEntryRow>((entry) => entry.applicationId, (ids) => entriesOfApplications(sql, ids)),
    reliefLedgerOfUnit: loaderByArgs<ReliefLedgerRow, LedgerArgs>(ledgersOfUnits(sql, viewer)),
    ...createServedLoaders(sql, viewer),
    visit: loaderById<FollowUpVisitRow>((ids) => visibleVisitsByIds(sql, viewer, ids)),
    visitsOfCase: loaderOfConnections<FollowUpVisitRow, PageArgs>(visitsOfCases(sql, viewer)),
    visitsOfUnit: loaderOfConnections<FollowUpVisitRow, VisitListArgs>(visitsOfUnits(sql, viewer)),
    agencyTask: loaderById<AgencyTaskRow>((ids) => visibleAgencyTasksByIds(sql, viewer, ids)),
    agencyTasksOfCase: loaderOfConnections<AgencyTaskRow, AgencyListArgs>(agencyTasksUnder(sql, viewer, 'g.case_id')),
    agencyTasksOfUnit: loaderOfConnections<AgencyTaskRow, AgencyListArgs>(agencyTasksUnder(sql, viewer, 'g.unit_id')),
    tasksOfUnit: loaderOfConnections<TaskRow, TaskListArgs>(tasksUnder(sql, viewer, 't.unit_id')),
    tasksOfOfficial: loaderOfConnections<TaskRow, TaskListArgs>(tasksUnder(sql, viewer, 't.official_id')),
    ...createPlaceLoaders(sql, viewer),
    figures: figuresLoader(sql, COUNTED),
  };
}

/** Centres, their lists and activities, and issues of the grid: of no case. */
function createPlaceLoaders(sql: EntityManager, viewer: Viewer) {
  return {
    centre: loaderById<MediationCentreRow>((ids) => centresByIds(sql, ids)),
    centresOfUnit: loaderOfConnections<MediationCentreRow, CentreListArgs>(centresUnder(sql, 'm.unit_id')),
    centresOfDivision: loaderOfConnections<MediationCentreRow, CentreListArgs>(centresUnder(sql, 'm.division_code')),
    checklist: loaderById<StationChecklistRow>((ids) => visibleChecklistsByIds(sql, viewer, ids)),
    checklistsOfUnit: loaderOfConnections<StationChecklistRow, ChecklistListArgs>(checklistsUnder(sql, viewer, 'k.unit_id')),
    checklistsOfCentre: loaderOfConnections<StationChecklistRow, ChecklistListArgs>(checklistsUnder(sql, viewer, 'k.centre_id')),
    itemsOfChecklist: loaderOfMany<FilledItemRow>((item) => item.checklistId, (ids) => itemsOfChecklists(sql, ids)),
    publicity: loaderById<PublicityActivityRow>((ids) => publicityByIds(sql, ids)),
    publicityOfCentre: loaderOfConnections<PublicityActivityRow, PublicityListArgs>(publicityOfCentres(sql)),
    earlyDispute: loaderById<EarlyDisputeRow>((ids) => visibleEarlyDisputesByIds(sql, viewer, ids)),
    earlyDisputesOfUnit: loaderOfConnections<EarlyDisputeRow, EarlyDisputeListArgs>(earlyDisputesUnder(sql, viewer, 'e.responsible_unit_id')),
    earlyDisputesOfDivision: loaderOfConnections<EarlyDisputeRow, EarlyDisputeListArgs>(earlyDisputesUnder(sql, viewer, 'e.division_code')),
  };
}

function createLists(sql: EntityManager, viewer: Viewer) {
  return {
    referrals: (args: ReferralListArgs) => listReferrals(sql, viewer, args),
    applications: (args: ApplicationListArgs) => listApplications(sql, viewer, args),
    visits: (args: VisitListArgs) => listVisits(sql, viewer, args),
    reliefOfCampaign: (args: CampaignLedgerArgs) => ledgerOfCampaign(sql, viewer, args),
    ...createServedLists(sql, viewer),
    agencyTasks: (args: AgencyListArgs) => listAgencyTasks(sql, viewer, args),
    tasks: (args: TaskListArgs) => listTasks(sql, viewer, args),
    workloads: (args: WorkloadArgs) => listWorkloads(sql, viewer, args),
    centres: (args: CentreListArgs) => listCentres(sql, args),
    checklists: (args: ChecklistListArgs) => listChecklists(sql, viewer, args),
    publicity: (args: PublicityListArgs) => listPublicity(sql, args),
    earlyDisputes: (args: EarlyDisputeListArgs) => listEarlyDisputes(sql, viewer, args),
    figureChanges: (pull: FigurePull) => pullFigureChanges(sql, viewer, pull),
  };
}
