import type { Refusal } from '@anjie/contracts';
import type { RollupKey } from '@anjie/service-kit/figures';
import type { Connection, Edge } from '@anjie/service-kit/subgraph';
import type { AssistanceApplicationRow } from './assistance-applications/assistance-application-repository';
import type { FigureChangePage } from '@anjie/service-kit/figures';
import type { FollowUpVisitRow } from './follow-up-visits/follow-up-visit-repository';
import type { AssistanceApplicationRefusalCode, FollowUpVisitRefusalCode, ReferralRefusalCode } from './generated/graphql';
import type { ReferralEventRow, ReferralRow } from './referrals/referral-repository';

/** What stands behind each GraphQL type: codegen maps type T to TParent. */
export interface CaseParent {
  readonly id: string;
}
export interface UnitParent {
  readonly id: string;
}
export interface OfficialParent {
  readonly id: string;
}
export interface CampaignParent {
  readonly id: string;
}
export type DivisionRollupParent = RollupKey;
export type FigureChangeConnectionParent = FigureChangePage;

export type ReferralParent = ReferralRow;
export type ReferralEventParent = ReferralEventRow;
export type ReferralConnectionParent = Connection<ReferralRow>;
export type ReferralEdgeParent = Edge<ReferralRow>;
export type ReferralRefusalParent = Refusal<ReferralRefusalCode>;
export interface ReferralPayloadParent {
  readonly referralId: string;
}

export type AssistanceApplicationParent = AssistanceApplicationRow;
export type AssistanceApplicationConnectionParent = Connection<AssistanceApplicationRow>;
export type AssistanceApplicationEdgeParent = Edge<AssistanceApplicationRow>;
export type AssistanceApplicationRefusalParent = Refusal<AssistanceApplicationRefusalCode>;
export interface AssistanceApplicationPayloadParent {
  readonly applicationId: string;
}

export type FollowUpVisitParent = FollowUpVisitRow;
export type FollowUpVisitConnectionParent = Connection<FollowUpVisitRow>;
export type FollowUpVisitEdgeParent = Edge<FollowUpVisitRow>;
export type FollowUpVisitRefusalParent = Refusal<FollowUpVisitRefusalCode>;
export interface FollowUpVisitPayloadParent {
  readonly followUpVisitId: string;
}
