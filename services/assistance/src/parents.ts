import type { Refusal } from '@anjie/contracts';
import type { RollupKey } from '@anjie/service-kit/figures';
import type { Connection, Edge } from '@anjie/service-kit/subgraph';
import type { AssistanceApplicationRow, ReliefEntryRow } from './assistance-applications/assistance-application-repository';
import type { ReliefLedgerRow } from './assistance-applications/relief-ledger-repository';
import type { ConsultationRow, ConsultedRow } from './consultations/consultation-repository';
import type { DeliverableRow, ServiceContractRow } from './contracts/contract-repository';
import type { ServiceEngagementRow } from './engagements/engagement-repository';
import type { ExplanationRow } from './explanations/explanation-repository';
import type { FigureChangePage } from '@anjie/service-kit/figures';
import type { FollowUpVisitRow } from './follow-up-visits/follow-up-visit-repository';
import type {
  AssistanceApplicationRefusalCode, ExplanationRefusalCode, FollowUpVisitRefusalCode, HearingRefusalCode, LegalConsultationRefusalCode, MediationRefusalCode, ReferralRefusalCode,
  ServiceContractRefusalCode, ServiceEngagementRefusalCode, ServingRefusalCode,
} from './generated/graphql';
import type { HearingRow, InterestedUnitRow, PanelRow } from './hearings/hearing-repository';
import type { AgreementItemRow, MediationRow } from './mediations/mediation-repository';
import type { ExpertRow, ParticipantRow } from './people-who-serve/serving-repository';
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
import type { ExplanationKind, HearingKind, MediationKind, ReliefKind, ServiceRoleKind, VolunteerKind } from './service-kinds';

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

export type ReliefKindParent = ReliefKind;
export type ReliefEntryParent = ReliefEntryRow;
export type ReliefLedgerParent = ReliefLedgerRow;

export type MediationKindParent = MediationKind;
export type MediationParent = MediationRow;
export type MediationConnectionParent = Connection<MediationRow>;
export type MediationEdgeParent = Edge<MediationRow>;
export type AgreementItemParent = AgreementItemRow;
export type AgreementItemConnectionParent = Connection<AgreementItemRow>;
export type AgreementItemEdgeParent = Edge<AgreementItemRow>;
export type MediationRefusalParent = Refusal<MediationRefusalCode>;
export interface MediationPayloadParent {
  readonly mediationId: string;
}
export interface AgreementItemPayloadParent {
  readonly itemId: string;
}

export type HearingKindParent = HearingKind;
export type HearingTriggerParent = HearingKind['triggers'][number];
export type HearingParent = HearingRow;
export type HearingPanelSeatParent = PanelRow;
export type HearingUnitParent = InterestedUnitRow;
export type HearingConnectionParent = Connection<HearingRow>;
export type HearingEdgeParent = Edge<HearingRow>;
export type HearingRefusalParent = Refusal<HearingRefusalCode>;
export interface HearingPayloadParent {
  readonly hearingId: string;
}

export type ParticipantKindParent = VolunteerKind;
export type ParticipantParent = ParticipantRow;
export type ParticipantConnectionParent = Connection<ParticipantRow>;
export type ParticipantEdgeParent = Edge<ParticipantRow>;
export type ExpertParent = ExpertRow;
export type ExpertConnectionParent = Connection<ExpertRow>;
export type ExpertEdgeParent = Edge<ExpertRow>;
export type ServingRefusalParent = Refusal<ServingRefusalCode>;
export interface ParticipantPayloadParent {
  readonly participantId: string;
}
export interface ExpertPayloadParent {
  readonly expertId: string;
}

export type LegalConsultationParent = ConsultationRow;
export type ConsultedExpertParent = ConsultedRow;
export type LegalConsultationConnectionParent = Connection<ConsultationRow>;
export type LegalConsultationEdgeParent = Edge<ConsultationRow>;
export type LegalConsultationRefusalParent = Refusal<LegalConsultationRefusalCode>;
export interface LegalConsultationPayloadParent {
  readonly consultationId: string;
}

export type ServiceContractParent = ServiceContractRow;
export type ContractDeliverableParent = DeliverableRow;
export type ServiceContractConnectionParent = Connection<ServiceContractRow>;
export type ServiceContractEdgeParent = Edge<ServiceContractRow>;
export type ServiceContractRefusalParent = Refusal<ServiceContractRefusalCode>;
export interface ServiceContractPayloadParent {
  readonly contractId: string;
}

export type ServiceRoleParent = ServiceRoleKind;
export type ServiceEngagementParent = ServiceEngagementRow;
export type ServiceEngagementConnectionParent = Connection<ServiceEngagementRow>;
export type ServiceEngagementEdgeParent = Edge<ServiceEngagementRow>;
export type ServiceEngagementRefusalParent = Refusal<ServiceEngagementRefusalCode>;
export interface ServiceEngagementPayloadParent {
  readonly engagementId: string;
}

export type ExplanationKindParent = ExplanationKind;
export type ExplanationSessionParent = ExplanationRow;
export type ExplanationSessionConnectionParent = Connection<ExplanationRow>;
export type ExplanationSessionEdgeParent = Edge<ExplanationRow>;
export type ExplanationRefusalParent = Refusal<ExplanationRefusalCode>;
export interface ExplanationPayloadParent {
  readonly explanationId: string;
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
