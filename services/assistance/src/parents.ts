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
