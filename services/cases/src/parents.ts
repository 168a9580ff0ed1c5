import type { ImportProblemView, ImportRunView } from '@anjie/service-kit/imports';
import type { RollupKey } from '@anjie/service-kit/figures';
import type { Connection } from '@anjie/service-kit/subgraph';
import type { AssignmentRow } from './assignments/assignment-repository';
import type { CampaignRow } from './campaigns/campaign-repository';
import type { LedgerEntryRow } from './campaigns/ledger-repository';
import type { CaseRow } from './cases/case-repository';
import type { ClaimRow } from './claims/claim-repository';
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
import type { ComplaintRow } from './petitioner-access/complaint-repository';
import type { MilestoneRow, PlanRow } from './plans/plan-repository';
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
export type AssignmentParent = AssignmentRow;
export type AssignmentConnectionParent = Connection<AssignmentRow>;
export type ResolutionPlanParent = PlanRow;
export type PlanMilestoneParent = MilestoneRow;
export type DivisionRollupParent = RollupKey;
export type ImportRunParent = ImportRunView;
export type ImportProblemParent = ImportProblemView;
export type ImportProblemConnectionParent = Connection<ImportProblemView>;
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
export type RetaliationComplaintParent = ComplaintRow;
export type RetaliationComplaintConnectionParent = Connection<ComplaintRow>;
export interface UnitParent {
  readonly id: string;
}
export interface OfficialParent {
  readonly id: string;
}
export interface DivisionParent {
  readonly code: string;
}
