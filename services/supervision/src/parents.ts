import type { Connection } from '@anjie/service-kit/subgraph';
import type { RollupKey } from '@anjie/service-kit/figures';
import type { AssessmentRow, CommendationRow, ResultRow } from './assessments/assessment-repository';
import type { ShownScore } from './assessments/assessment-resolvers';
import type { AssessmentScheme } from './assessments/assessment-scheme';
import type { BackTraceRow } from './back-traces/back-trace-repository';
import type { BulletinKind } from './bulletins/bulletin-kind';
import type { BulletinRow, NoteRow, StoredLine } from './bulletins/bulletin-repository';
import type { ShownFigure } from './bulletins/bulletin-resolvers';
import type { ChecklistKind } from './checklists/checklist-kind';
import type { AnswerRow, AssignmentRow, ChecklistRow } from './checklists/checklist-repository';
import type { CompletionView } from './checklists/checklist-resolvers';
import type { CloseReviewRow, FindingRow } from './close-reviews/close-review-repository';
import type { DeadlineRow } from './deadlines/deadline-repository';
import type { FocusRow } from './focus/focus-repository';
import type { FindingRow as FormalismFindingRow } from './formalism/finding-repository';
import type { SuggestionRow } from './ladders/ladder-repository';
import type { LadderView } from './ladders/ladder-service';
import type { InterviewRow, LetterRow } from './letters/letter-repository';
import type { ListingRow, ProgressRow } from './listings/listing-repository';
import type { DecisionReviewRow, MeasureRow } from './decision-reviews/decision-review-repository';
import type { ExplanationView } from './obligations/explanation-service';
import type { ObligationRow } from './obligations/obligation-repository';
import type { DigestCountRow, DigestRow } from './notifications/digest-repository';
import type { NotificationRow } from './notifications/notification-repository';
import type { ProgrammeKind } from './programmes/programme-kind';
import type { EntryRow, MemberRow, ProgrammeRow, TargetRow } from './programmes/programme-repository';
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
import type { SchemeItem } from './rules/assessment-rules';
import type { FigureCode } from './rules/report-figures';
import type { PartLoad } from './workloads/workload-repository';

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
export type BulletinParent = BulletinRow;
export type BulletinConnectionParent = Connection<BulletinRow>;
export type BulletinKindParent = BulletinKind;
export type BulletinKindSectionParent = BulletinKind['sections'][number];
/** Its code. */
export type ReportFigureKindParent = FigureCode;
export type BulletinNoteParent = NoteRow;
export type BulletinLineParent = StoredLine;
export type BulletinLineConnectionParent = Connection<StoredLine>;
export type BulletinFigureParent = ShownFigure;
export type CountedCaseConnectionParent = Connection<CaseParent>;
export type ProgrammeParent = ProgrammeRow;
export type ProgrammeConnectionParent = Connection<ProgrammeRow>;
export type ProgrammeKindParent = ProgrammeKind;
export type ProgrammeMemberParent = MemberRow;
export type ProgrammeMemberConnectionParent = Connection<MemberRow>;
export type ProgrammeTargetParent = TargetRow;
export type ProgrammeEntryParent = EntryRow;
export type ProgrammeEntryConnectionParent = Connection<EntryRow>;
export type ChecklistParent = ChecklistRow;
export type ChecklistConnectionParent = Connection<ChecklistRow>;
export type ChecklistKindParent = ChecklistKind;
export type ChecklistItemParent = ChecklistKind['items'][number];
export type ChecklistAnswerParent = Omit<AnswerRow, 'item'> & { readonly item: ChecklistItemParent };
export type ChecklistAssignmentParent = AssignmentRow;
export type ChecklistAssignmentConnectionParent = Connection<AssignmentRow>;
export type ChecklistCompletionParent = CompletionView;
export type AssessmentParent = AssessmentRow;
export type AssessmentConnectionParent = Connection<AssessmentRow>;
export type AssessmentSchemeParent = AssessmentScheme;
export type AssessmentItemParent = SchemeItem;
export type AssessmentUnitResultParent = ResultRow;
export type AssessmentResultConnectionParent = Connection<ResultRow>;
export type AssessmentScoreParent = ShownScore;
export type CommendationParent = CommendationRow;
export type CommendationConnectionParent = Connection<CommendationRow>;
export type DecisionReviewParent = DecisionReviewRow;
export type DecisionReviewConnectionParent = Connection<DecisionReviewRow>;
export type DecisionMeasureParent = MeasureRow;
export type UnitWorkloadParent = UnitParent;
export type UnitPartLoadParent = PartLoad;
export interface DivisionParent {
  readonly code: string;
}
