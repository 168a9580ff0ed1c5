import type { EntityManager } from 'typeorm';
import type { InternalClaims, Viewer } from '@anjie/access';
import { visibleCaseLoader } from '@anjie/service-kit/facts';
import { figuresLoader, pullFigureChanges, type FigurePull } from '@anjie/service-kit/figures';
import { loaderById, loaderOfConnections, loaderOfMany, type PageArgs } from '@anjie/service-kit/subgraph';
import {
  applicationsOfCases, listApplications, visibleApplicationsByIds, type ApplicationListArgs, type AssistanceApplicationRow,
} from './assistance-applications/assistance-application-repository';
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
    application: loaderById<AssistanceApplicationRow>((ids) => visibleApplicationsByIds(sql, viewer, ids)),
    applicationsOfCase: loaderOfConnections<AssistanceApplicationRow, PageArgs>(applicationsOfCases(sql, viewer)),
    visit: loaderById<FollowUpVisitRow>((ids) => visibleVisitsByIds(sql, viewer, ids)),
    visitsOfCase: loaderOfConnections<FollowUpVisitRow, PageArgs>(visitsOfCases(sql, viewer)),
    figures: figuresLoader(sql, ['REFERRALS_OPEN', 'VISITS_DONE']),
  };
}

function createLists(sql: EntityManager, viewer: Viewer) {
  return {
    referrals: (args: ReferralListArgs) => listReferrals(sql, viewer, args),
    applications: (args: ApplicationListArgs) => listApplications(sql, viewer, args),
    visits: (args: VisitListArgs) => listVisits(sql, viewer, args),
    figureChanges: (pull: FigurePull) => pullFigureChanges(sql, viewer, pull),
  };
}
