import type { Connection } from '@anjie/service-kit/subgraph';
import type { RollupKey } from '@anjie/service-kit/figures';
import type { BackTraceRow } from './back-traces/back-trace-repository';
import type { CloseReviewRow, FindingRow } from './close-reviews/close-review-repository';
import type { DeadlineRow } from './deadlines/deadline-repository';
import type { FocusRow } from './focus/focus-repository';
import type { FindingRow as FormalismFindingRow } from './formalism/finding-repository';
import type { SuggestionRow } from './ladders/ladder-repository';
import type { LadderView } from './ladders/ladder-service';
import type { InterviewRow, LetterRow } from './letters/letter-repository';
import type { ListingRow, ProgressRow } from './listings/listing-repository';
import type { ExplanationView } from './obligations/explanation-service';
import type { ObligationRow } from './obligations/obligation-repository';
import type { DigestCountRow, DigestRow } from './notifications/digest-repository';
import type { NotificationRow } from './notifications/notification-repository';
import type { ReminderRow } from './reminders/reminder-repository';
import type { AttemptRow, DeliveryRow } from './webhooks/delivery-repository';
import type { EndpointRow } from './webhooks/endpoint-repository';
import type { AccountabilityGround } from './rules/accountability';
import type { ChecklistItem } from './rules/close-checklist';
import type { OutcomeRow } from './close-samples/close-outcome-repository';
import type { SampleItemRow, SampleRow, Stratum } from './close-samples/close-sample-repository';
import type { CandidateRow } from './coordination/coordination-candidate-repository';
import type { InquiryFindingRow, InquiryRow, ObjectionRow, StepRow } from './inquiries/inquiry-repository';
import type { InspectionFindingRow, InspectionRow } from './inspections/inspection-repository';
import type { BoundDivisionRow, TeamMemberRow, TeamRow } from './inspections/team-repository';
import type { InspectionKind, MeetingKind } from './kinds';
import type { DecisionRow } from './meetings/decision-repository';
import type { AttendeeRow, MeetingRow, PointRow } from './meetings/meeting-repository';
import type { RequiredMaterial } from './rules/material-completeness';
import type { FormalismRule } from './rules/formalism';
import type { InstrumentKind } from './rules/instruments';
import type { MetPrecondition, RungOption, RungStanding } from './rules/ladder';
import type { UnitFigures } from './rules/listings';
import type { Kinds } from './kinds';
import type { ReceiverRow, UrgentReportRow } from './urgent-reports/urgent-report-repository';

/** What stands behind each GraphQL type: codegen maps type T to TParent. */
export type ObligationParent = ObligationRow;
export type ObligationConnectionParent = Connection<ObligationRow>;
export type ReminderConnectionParent = Connection<ReminderRow>;
export type SupervisionLetterConnectionParent = Connection<LetterRow>;
export type DeadlineParent = DeadlineRow;
export type DeadlineExplanationParent = ExplanationView;
export type ReminderParent = ReminderRow;
export type SupervisionLetterParent = LetterRow;
export type CloseReviewParent = CloseReviewRow;
export type CloseReviewConnectionParent = Connection<CloseReviewRow>;
export type CloseReviewFindingParent = FindingRow;
export type CloseReviewItemParent = ChecklistItem;
export type BackTraceRequestParent = BackTraceRow;
export type BackTraceRequestConnectionParent = Connection<BackTraceRow>;
export type NotificationParent = NotificationRow;
export type NotificationConnectionParent = Connection<NotificationRow>;
/** Its code. */
export type NotificationKindParent = string;
export type DigestParent = DigestRow;
export type DigestConnectionParent = Connection<DigestRow>;
export type DigestCountParent = DigestCountRow;
export type WebhookEndpointParent = EndpointRow;
export type WebhookEndpointConnectionParent = Connection<EndpointRow>;
export type WebhookDeliveryParent = DeliveryRow;
export type WebhookDeliveryConnectionParent = Connection<DeliveryRow>;
export type WebhookAttemptParent = AttemptRow;
export type InstrumentKindParent = InstrumentKind;
/** Its code. */
export type AccountabilityGroundParent = AccountabilityGround;
export type LetterApprovalParent = LetterRow;
export type LetterObjectionParent = LetterRow;
export type InterviewRecordParent = InterviewRow;
export type LadderParent = LadderView;
export type LadderRungParent = RungStanding;
export type LadderOptionParent = RungOption;
export type LadderPreconditionParent = MetPrecondition;
export type LadderSuggestionParent = SuggestionRow;
export type LadderSuggestionConnectionParent = Connection<SuggestionRow>;
export type ListedSupervisionParent = ListingRow;
export type ListedSupervisionConnectionParent = Connection<ListingRow>;
export type ListingProgressParent = ProgressRow;
export type FocusManagementParent = FocusRow;
export type FocusManagementConnectionParent = Connection<FocusRow>;
export type FocusFiguresParent = UnitFigures;
export type FormalismRuleParent = FormalismRule;
export type FormalismFindingParent = FormalismFindingRow;
export type FormalismFindingConnectionParent = Connection<FormalismFindingRow>;
export type UrgentReportKindParent = Kinds['urgentReports']['all'][number];
export type UrgentReportParent = UrgentReportRow;
export type UrgentReportConnectionParent = Connection<UrgentReportRow>;
export type UrgentReportReceiverParent = ReceiverRow;
export type DivisionRollupParent = RollupKey;
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
export interface DivisionParent {
  readonly code: string;
}
export type MeetingParent = MeetingRow;
export type MeetingConnectionParent = Connection<MeetingRow>;
export type MeetingKindParent = MeetingKind;
export type MeetingAttendeeParent = AttendeeRow;
export type MeetingPointParent = PointRow;
export type MeetingDecisionParent = DecisionRow;
export type MeetingDecisionConnectionParent = Connection<DecisionRow>;
export type CoordinationCandidateParent = CandidateRow;
export type CoordinationCandidateConnectionParent = Connection<CandidateRow>;
export type InspectionParent = InspectionRow;
export type InspectionConnectionParent = Connection<InspectionRow>;
export type InspectionKindParent = InspectionKind;
export interface InspectionPartnerParent {
  readonly unitId: string;
}
export type InspectionFindingParent = InspectionFindingRow;
export type InspectionFindingConnectionParent = Connection<InspectionFindingRow>;
export type InspectionTeamParent = TeamRow;
export type InspectionTeamConnectionParent = Connection<TeamRow>;
export type InspectionTeamMemberParent = TeamMemberRow;
export type InspectionTeamDivisionParent = BoundDivisionRow;
export type CloseReviewSampleParent = SampleRow;
export type CloseReviewSampleConnectionParent = Connection<SampleRow>;
export type CloseReviewSamplingParent = SampleItemRow;
export type CloseReviewSamplingConnectionParent = Connection<SampleItemRow>;
export type CloseReviewStratumParent = Stratum;
export type CloseReviewRequirementParent = RequiredMaterial;
export interface CloseReviewCompletenessParent {
  readonly isComplete: boolean;
  readonly missing: RequiredMaterial[];
}
export type CloseOutcomeParent = OutcomeRow;
export type InquiryParent = InquiryRow;
export type InquiryConnectionParent = Connection<InquiryRow>;
export type InquiryStepParent = StepRow;
export type InquiryStepConnectionParent = Connection<StepRow>;
export type InquiryFindingParent = InquiryFindingRow;
export type InquiryObjectionParent = ObjectionRow;
