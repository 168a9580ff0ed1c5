import type { EntityManager } from 'typeorm';
import type { InternalClaims, Viewer } from '@anjie/access';
import { visibleCaseLoader } from '@anjie/service-kit/facts';
import { figuresLoader, pullFigureChanges, type FigurePull } from '@anjie/service-kit/figures';
import { loaderById, loaderOfConnections, loaderOfMany, type PageArgs } from '@anjie/service-kit/subgraph';
import {
  applicationRows, entriesOfApplications, listApplications, type ApplicationListArgs, type AssistanceApplicationRow, type ReliefEntryRow,
} from './assistance-applications/assistance-application-repository';
import { ledgerOfCampaign, ledgersOfUnits, type CampaignLedgerArgs, type LedgerArgs, type ReliefLedgerRow } from './assistance-applications/relief-ledger-repository';
import type { ChoiceArgs } from './cases/case-bound-repository';
import { loaderByArgs } from './loaders';
import { createServedLists, createServedLoaders } from './served-context';
import { listVisits, visibleVisitsByIds, visitsOfCases, type FollowUpVisitRow, type VisitListArgs } from './follow-up-visits/follow-up-visit-repository';
import {
  eventsOfReferrals, listReferrals, referralsUnder, visibleReferralsByIds, type ReferralEventRow, type ReferralListArgs, type ReferralRow, type ReferralsUnderArgs,
} from './referrals/referral-repository';
import type { Services } from './services';

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

function createLoaders(sql: EntityManager, viewer: Viewer) {
  return {
    visibleCase: visibleCaseLoader(sql, viewer),
    referral: loaderById<ReferralRow>((ids) => visibleReferralsByIds(sql, viewer, ids)),
    eventsOfReferral: loaderOfMany<ReferralEventRow>((event) => event.referralId, (ids) => eventsOfReferrals(sql, ids)),
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
    figures: figuresLoader(sql, ['REFERRALS_OPEN', 'VISITS_DONE', 'MEDIATIONS_AGREED', 'HEARINGS_HELD', 'RELIEF_GRANTED']),
  };
}

function createLists(sql: EntityManager, viewer: Viewer) {
  return {
    referrals: (args: ReferralListArgs) => listReferrals(sql, viewer, args),
    applications: (args: ApplicationListArgs) => listApplications(sql, viewer, args),
    visits: (args: VisitListArgs) => listVisits(sql, viewer, args),
    reliefOfCampaign: (args: CampaignLedgerArgs) => ledgerOfCampaign(sql, viewer, args),
    ...createServedLists(sql, viewer),
    figureChanges: (pull: FigurePull) => pullFigureChanges(sql, viewer, pull),
  };
}
