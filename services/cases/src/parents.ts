import type { ImportProblemView, ImportRunView } from '@anjie/service-kit/imports';
import type { RollupKey } from '@anjie/service-kit/figures';
import type { Connection } from '@anjie/service-kit/subgraph';
import type { AccusationRow, NamedAccused, OpenedWords } from './accusations/accusation-repository';
import type { AssignmentRow } from './assignments/assignment-repository';
import type { AttachmentRow } from './attachments/attachment-repository';
import type { CampaignRow } from './campaigns/campaign-repository';
import type { NamedOffice } from './rules/blind-match';
import type { RepeatClue } from './rules/repeat-score';
import type { Candidate } from './repeats/candidate-service';
import type { DecisionRow } from './repeats/link-repository';
import type { LedgerEntryRow, LedgerEventRow } from './campaigns/ledger-repository';
import type { TargetRow } from './campaigns/campaign-repository';
import type { BatchRow, CandidateRow } from './screenings/screening-repository';
import type { Decided } from './screenings/candidate-decisions';
import type { PlanStepRow } from './plans/plan-step-repository';
import type { MarkRow } from './marks/mark-repository';
import type { ClusterRow, MemberRow } from './clusters/cluster-repository';
import type { MeasureRow } from './policy-measures/policy-measure-repository';
import type { StrikeOffRow } from './strike-offs/strike-off-repository';
import type { CaseRow } from './cases/case-repository';
import type { ClaimRow } from './claims/claim-repository';
import type { ExclusionRow } from './exclusions/exclusion-repository';
import type { CorrectionRow } from './petitions/correction-repository';
import type { ClockRow } from './clocks/clock-repository';
import type { ClosingRow } from './closing/closing-repository';
import type { EndRow } from './closing/end-repository';
import type { DeliveryRow, DocumentRow } from './documents/document-repository';
import type { ExecutionRow } from './executions/execution-repository';
import type { EventRow } from './history/history-repository';
import type { ObjectionRow } from './objections/objection-repository';
import type { OpinionRow, ResponseRow } from './opinions/opinion-repository';
import type { HearingRow, ReviewRow } from './reviews/review-repository';
import type { PetitionRow } from './petitions/petition-repository';
import type { ExportView } from './exchange/export-repository';
import type { ExchangeField } from './rules/exchange-fields';
import type { ContentCategory } from './rules/content-categories';
import type { ComplaintRow } from './petitioner-access/complaint-repository';
import type { StaffRating } from './petitioner-access/rating-rounds';
import type { MilestoneRow, PlanRow } from './plans/plan-repository';
import type { RequestRow } from './coordination/coordination-repository';
import type { ResponsibilityRow } from './responsibilities/responsibility-repository';
import type { RoutingProposal, RoutingReason } from './rules/routing';
import type { DataRequestRow } from './data-requests/data-request-repository';
import type { StandingRule } from '@anjie/rulebook';

/** What stands behind each GraphQL type: codegen maps type T to TParent. */
export type CaseParent = CaseRow;
export type CaseConnectionParent = Connection<CaseRow>;
export type ClaimParent = ClaimRow;
export type PetitionParent = PetitionRow;
export type PetitionConnectionParent = Connection<PetitionRow>;
export type CampaignParent = CampaignRow;
export type CampaignConnectionParent = Connection<CampaignRow>;
export type LedgerEntryParent = LedgerEntryRow;
export type LedgerEntryConnectionParent = Connection<LedgerEntryRow>;
export type LedgerEventParent = LedgerEventRow;
export type LedgerEventConnectionParent = Connection<LedgerEventRow>;
export type ResolutionTargetParent = TargetRow;
export type ScreeningBatchParent = BatchRow;
export type ScreeningBatchConnectionParent = Connection<BatchRow>;
export type ScreeningCandidateParent = CandidateRow;
export type ScreeningCandidateConnectionParent = Connection<CandidateRow>;
export type CandidateDecisionParent = Decided['rows'][number];
export type PlanStepParent = PlanStepRow;
export type CaseMarkParent = MarkRow;
export type CaseMarkConnectionParent = Connection<MarkRow>;
export type CaseClusterParent = ClusterRow;
export type CaseClusterConnectionParent = Connection<ClusterRow>;
export type ClusterMemberParent = MemberRow;
export type ClusterMemberConnectionParent = Connection<MemberRow>;
export type PolicyMeasureParent = MeasureRow;
export type PolicyMeasureConnectionParent = Connection<MeasureRow>;
export type StrikeOffParent = StrikeOffRow;
export type StrikeOffConnectionParent = Connection<StrikeOffRow>;
export type AssignmentParent = AssignmentRow;
export type AssignmentConnectionParent = Connection<AssignmentRow>;
export type AttachmentParent = AttachmentRow;
export type AttachmentConnectionParent = Connection<AttachmentRow>;
export type ResolutionPlanParent = PlanRow;
export type PlanMilestoneParent = MilestoneRow;
export type DivisionRollupParent = RollupKey;
export type ImportRunParent = ImportRunView;
export type ImportProblemParent = ImportProblemView;
export type ImportProblemConnectionParent = Connection<ImportProblemView>;
export type RepeatCandidateParent = Candidate;
export type RepeatClueParent = RepeatClue;
export type RepeatDecisionParent = DecisionRow;
export type RepeatDecisionConnectionParent = Connection<DecisionRow>;
export type BlindMatchOfficeParent = NamedOffice;
export type CaseResponsibilityParent = ResponsibilityRow;
export type CaseResponsibilityConnectionParent = Connection<ResponsibilityRow>;
export type CoordinationRequestParent = RequestRow;
export type CoordinationRequestConnectionParent = Connection<RequestRow>;
export type RoutingProposalParent = RoutingProposal;
export type RoutingReasonParent = RoutingReason;
export type AccusationParent = AccusationRow;
export type AccusationTextParent = OpenedWords;
export type AccusedParent = NamedAccused;
export type CaseExclusionParent = ExclusionRow;
export type PetitionCorrectionParent = CorrectionRow;
export type PetitionCorrectionConnectionParent = Connection<CorrectionRow>;
export type ExchangeFieldParent = ExchangeField;
export type ExchangeExportParent = ExportView;
export type ContentCategoryParent = ContentCategory;
export type CaseEventParent = EventRow;
export type CaseEventConnectionParent = Connection<EventRow>;
export interface CaseStandingParent {
  readonly on: string;
  readonly lastEvent: EventRow;
}
export type CaseClockParent = ClockRow;
export type DocumentParent = DocumentRow;
export type DocumentConnectionParent = Connection<DocumentRow>;
export type DeliveryParent = DeliveryRow;
export type OpinionParent = OpinionRow;
export type ClaimResponseParent = ResponseRow;
export type ExecutionParent = ExecutionRow;
export type ObjectionParent = ObjectionRow;
export type ReviewParent = ReviewRow;
export type ReviewHearingParent = HearingRow;
export type ClosingParent = ClosingRow;
export type CaseEndParent = EndRow;
export interface CaseEndsParent {
  readonly all: EndRow[];
}
export type TimeLimitRuleParent = StandingRule;
export type TimeLimitRuleConnectionParent = Connection<StandingRule>;
export interface RegisterPetitionPayloadParent {
  readonly petition: PetitionRow;
  readonly case: CaseRow;
}
export type RatingParent = StaffRating;
export type RetaliationComplaintParent = ComplaintRow;
export type RetaliationComplaintConnectionParent = Connection<ComplaintRow>;
export type DataRequestParent = DataRequestRow;
export type DataRequestConnectionParent = Connection<DataRequestRow>;
export interface UnitParent {
  readonly id: string;
}
export interface OfficialParent {
  readonly id: string;
}
export interface DivisionParent {
  readonly code: string;
}
