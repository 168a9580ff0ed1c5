import type { Refusal } from '@anjie/contracts';
import type { RollupKey } from '@anjie/service-kit/figures';
import type { Connection, Edge } from '@anjie/service-kit/subgraph';
import type { AssistanceApplicationRow } from './assistance-applications/assistance-application-repository';
import type { FigureChangePage } from '@anjie/service-kit/figures';
import type { FollowUpVisitRow } from './follow-up-visits/follow-up-visit-repository';
import type { AssistanceApplicationRefusalCode, FollowUpVisitRefusalCode, ReferralRefusalCode } from './generated/graphql';
import type {
  AgencyTaskRefusalCode, AssistanceTaskRefusalCode, EarlyDisputeRefusalCode, MediationCentreRefusalCode, PublicityActivityRefusalCode, StationChecklistRefusalCode,
} from './generated/graphql';
import type { AgencyTaskRow } from './agency-tasks/agency-task-repository';
import type { EarlyDisputeRow } from './early-disputes/early-dispute-repository';
import type {
  AgencyTaskKind as AgencyKind, EarlyDisputeKind as IssueKind, MediationCentreKind as CentreKind, PublicityKind, ReferralLaneKind, StationChecklistKind as ChecklistKind,
} from './referral-kinds';
import type { MediationCentreRow } from './mediation-centres/mediation-centre-repository';
import type { PublicityActivityRow } from './publicity-activities/publicity-activity-repository';
import type { CoHandlingRow } from './referrals/co-handling-repository';
import type { FilledItemRow, StationChecklistRow } from './station-checklists/station-checklist-repository';
import type { TaskRow, WorkloadRow } from './tasks/task-repository';
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

export type ReferralLaneParent = ReferralLaneKind;
export type ReferralCoHandlingParent = CoHandlingRow;
export interface DoubleReferralPayloadParent {
  readonly resolvingId: string;
  readonly guidingId: string;
}
export interface ReferralBatchPayloadParent {
  readonly rows: readonly (ReferralPayloadParent | ReferralRefusalParent)[];
}

export type AgencyTaskParent = AgencyTaskRow;
export type AgencyTaskKindParent = AgencyKind;
export type AgencyTaskConnectionParent = Connection<AgencyTaskRow>;
export type AgencyTaskEdgeParent = Edge<AgencyTaskRow>;
export type AgencyTaskRefusalParent = Refusal<AgencyTaskRefusalCode>;
export interface AgencyTaskPayloadParent {
  readonly agencyTaskId: string;
}

export type AssistanceTaskParent = TaskRow;
export type AssistanceTaskConnectionParent = Connection<TaskRow>;
export type AssistanceTaskEdgeParent = Edge<TaskRow>;
export type AssistanceTaskRefusalParent = Refusal<AssistanceTaskRefusalCode>;
export type AssistanceWorkloadParent = WorkloadRow;
export type AssistanceWorkloadConnectionParent = Connection<WorkloadRow>;
export type AssistanceWorkloadEdgeParent = Edge<WorkloadRow>;
export interface ReassignedTaskParent {
  readonly kind: TaskRow['kind'];
  readonly id: string;
  readonly version: number;
}
export interface ReassignTasksPayloadParent {
  readonly rows: readonly (ReassignedTaskParent | AssistanceTaskRefusalParent)[];
}

export interface DivisionParent {
  readonly code: string;
}
export type MediationCentreParent = MediationCentreRow;
export type MediationCentreKindParent = CentreKind;
export type MediationCentreConnectionParent = Connection<MediationCentreRow>;
export type MediationCentreEdgeParent = Edge<MediationCentreRow>;
export type MediationCentreRefusalParent = Refusal<MediationCentreRefusalCode>;
export interface MediationCentrePayloadParent {
  readonly centreId: string;
}

export type StationChecklistParent = StationChecklistRow;
export type StationChecklistKindParent = ChecklistKind;
export interface StationChecklistItemParent {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly filled: FilledItemRow | undefined;
}
export type StationChecklistConnectionParent = Connection<StationChecklistRow>;
export type StationChecklistEdgeParent = Edge<StationChecklistRow>;
export type StationChecklistRefusalParent = Refusal<StationChecklistRefusalCode>;
export interface StationChecklistPayloadParent {
  readonly checklistId: string;
}

export type PublicityActivityParent = PublicityActivityRow;
export type PublicityActivityKindParent = PublicityKind;
export type PublicityActivityConnectionParent = Connection<PublicityActivityRow>;
export type PublicityActivityEdgeParent = Edge<PublicityActivityRow>;
export type PublicityActivityRefusalParent = Refusal<PublicityActivityRefusalCode>;
export interface PublicityActivityPayloadParent {
  readonly publicityActivityId: string;
}

export type EarlyDisputeParent = EarlyDisputeRow;
export type EarlyDisputeKindParent = IssueKind;
export type EarlyDisputeConnectionParent = Connection<EarlyDisputeRow>;
export type EarlyDisputeEdgeParent = Edge<EarlyDisputeRow>;
export type EarlyDisputeRefusalParent = Refusal<EarlyDisputeRefusalCode>;
export interface EarlyDisputePayloadParent {
  readonly earlyDisputeId: string;
}
