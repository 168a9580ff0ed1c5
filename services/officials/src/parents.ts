import type { RollupKey } from '@anjie/service-kit/figures';
import type { Connection } from '@anjie/service-kit/subgraph';
import type { ImportProblemView, ImportRunView } from '@anjie/service-kit/imports';
import type { ActivityRow, ParticipantRow } from './activities/activity-repository';
import type { CountRow, ReceptionDayRow } from './activities/reception-repository';
import type { AgendaItemRow } from './agenda-items/agenda-item-repository';
import type { AppointmentRow, SeatRow, SlotRow } from './appointments/appointment-repository';
import type { Appointed } from './appointments/appointment-service';
import type { Coverage } from './coverage/coverage-reading';
import type { HandOverRow } from './hand-overs/hand-over-repository';
import type { ActivityKind, AppointmentKind, SponsorDutyKind, SponsorshipRuleKind } from './kinds';
import type { PromiseRow } from './promises/promise-repository';
import type { RecusalRow } from './recusals/recusal-repository';
import type { ResourceRow } from './resources/resource-repository';
import type { NodeRow, ResponsibleRow } from './responsibility-tree/tree-repository';
import type { ActivityRefusal } from './rules/activity-lifecycle';
import type { AgendaItemRefusal, ResourceRefusal } from './rules/agenda';
import type { AppointmentRefusal } from './rules/appointing';
import type { RecusalRefusal } from './rules/recusing';
import type { SponsorProposal } from './rules/sponsorship-levels';
import type { SafeHarbourRow, SafeHarbourStepRow } from './safe-harbours/safe-harbour-repository';
import type { SponsorDutyRow } from './sponsor-duties/sponsor-duty-repository';
import type { ClosingOpinionRow } from './closing-opinions/closing-opinion-repository';
import type { DirectoryImportRow } from './directory-imports/directory-import-repository';
import type { PutCounts, DirectoryRefusal } from './directory/directory-change';
import type { DivisionRow } from './divisions/division-repository';
import type { OfficialRow } from './officials/official-repository';
import type { EndedSessions } from './officials/session-service';
import type { PostRow } from './officials/post-repository';
import type { PortalClientRow } from './portal-clients/portal-client-repository';
import type { PortalDocumentRow, PortalStrayRow } from './portal-clients/portal-document-repository';
import type { PortalKeyRow } from './portal-clients/portal-key-repository';
import type { CaseFacts } from './readiness/case-facts-repository';
import type { ClosingOpinionRefusal } from './rules/closing-opinion';
import type { PortalClientRefusal } from './rules/portal-client';
import type { SponsorshipRefusal } from './rules/sponsoring';
import type { TaskForceRefusal } from './rules/task-force-forming';
import type { Begun } from './sponsorships/name-sponsors';
import type { SponsorshipRow } from './sponsorships/sponsorship-repository';
import type { TaskForceMemberRow, TaskForceRow } from './task-forces/task-force-repository';
import type { UnitRow } from './units/unit-repository';

/** What stands behind each GraphQL type: codegen maps type T to TParent. */
export type DivisionParent = DivisionRow;
export type UnitParent = UnitRow;
export type OfficialParent = OfficialRow;
export type PostParent = PostRow;
export type SponsorshipParent = SponsorshipRow;
export type TaskForceParent = TaskForceRow;
export type TaskForceMemberParent = TaskForceMemberRow;
export type CaseReadinessParent = CaseFacts;
export type DivisionRollupParent = RollupKey;
export type SponsorCasePayloadParent = Begun;
export interface EndSponsorshipPayloadParent {
  readonly sponsorshipId: string;
}
export interface SponsorCasesPayloadParent {
  readonly results: readonly (Begun | SponsorshipRefusal)[];
}
export interface FormTaskForcePayloadParent {
  readonly taskForceId: string;
}
export type ChangeTaskForcePayloadParent = FormTaskForcePayloadParent;
export type DissolveTaskForcePayloadParent = FormTaskForcePayloadParent;
export type SponsorshipRefusalParent = SponsorshipRefusal;
export type TaskForceRefusalParent = TaskForceRefusal;
export type ClosingOpinionParent = ClosingOpinionRow;
export type ClosingOpinionConnectionParent = Connection<ClosingOpinionRow>;
export interface ClosingOpinionPayloadParent {
  readonly opinionId: string;
}
export type ClosingOpinionRefusalParent = ClosingOpinionRefusal;
export type DirectoryRefusalParent = DirectoryRefusal;
export type PutDirectoryPayloadParent = PutCounts;
export type EndSessionsPayloadParent = EndedSessions;
export interface CaseParent {
  readonly id: string;
}
export interface CampaignParent {
  readonly id: string;
}
/** `totalCount` is a function on the connection: GraphQL calls it when it is asked for. */
export type DivisionConnectionParent = Connection<DivisionRow>;
export type UnitConnectionParent = Connection<UnitRow>;
export type OfficialConnectionParent = Connection<OfficialRow>;
export type SponsorshipConnectionParent = Connection<SponsorshipRow>;
export type DirectoryImportProblemConnectionParent = Connection<ImportProblemView>;
export type DirectoryImportParent = DirectoryImportRow;
export type DirectoryImportSheetParent = ImportRunView;
export type DirectoryImportProblemParent = ImportProblemView;
export interface DirectoryImportPayloadParent {
  readonly directoryImportId: string;
}
export type PortalClientParent = PortalClientRow;
export type PortalClientKeyParent = PortalKeyRow;
export type PortalDocumentParent = PortalDocumentRow;
export type PortalStrayParent = PortalStrayRow;
export type PortalClientConnectionParent = Connection<PortalClientRow>;
export type PortalDocumentConnectionParent = Connection<PortalDocumentRow>;
export type PortalStrayConnectionParent = Connection<PortalStrayRow>;
export type PortalClientRefusalParent = PortalClientRefusal;
export interface PortalClientPayloadParent {
  readonly clientId: string;
}
export interface PortalKeyPayloadParent {
  readonly clientId: string;
  readonly keyId: string;
  readonly secret: string | null;
}
export interface PortalDocumentsPayloadParent {
  readonly clientId: string;
  readonly documentIds: readonly string[];
  readonly changed: number;
}
export type ActivityParent = ActivityRow;
export type ActivityKindParent = ActivityKind;
export type ActivityParticipantParent = ParticipantRow;
export type ActivityConnectionParent = Connection<ActivityRow>;
export type ActivityCountsParent = CountRow & { readonly asOf: string };
export type ActivityPromiseParent = PromiseRow;
export type ActivityPromiseConnectionParent = Connection<PromiseRow>;
export type ReceptionDayParent = ReceptionDayRow;
export type ReceptionDayConnectionParent = Connection<ReceptionDayRow>;
export type LinkedCaseConnectionParent = Connection<CaseParent>;
export interface ActivityPayloadParent {
  readonly activityId: string;
}
export interface ActivityPromisePayloadParent {
  readonly promiseId: string;
}
export type ActivityRefusalParent = ActivityRefusal;
export type AppointmentParent = AppointmentRow;
export type AppointmentKindParent = AppointmentKind;
export type AppointmentSlotParent = SlotRow;
export type AppointmentConnectionParent = Connection<AppointmentRow>;
export type WindowSeatParent = SeatRow;
export type AppointmentPayloadParent = Appointed;
export type AppointmentRefusalParent = AppointmentRefusal;
export type SponsorshipRuleParent = SponsorshipRuleKind;
export type SponsorshipCoverageParent = Coverage;
export type SponsorSuggestionParent = SponsorProposal;
export type SponsorDutyParent = SponsorDutyRow;
export type SponsorDutyKindParent = SponsorDutyKind;
export type SponsorDutyConnectionParent = Connection<SponsorDutyRow>;
export interface SponsorDutiesPayloadParent {
  readonly sponsorshipId: string;
}
export interface SponsorDutyPayloadParent {
  readonly dutyId: string;
}
export type SponsorHandOverParent = HandOverRow;
export type HandOverPayloadParent = Begun;
export type SafeHarbourParent = SafeHarbourRow;
export type SafeHarbourStepParent = SafeHarbourStepRow;
export type SafeHarbourPayloadParent = SponsorDutiesPayloadParent;
export type RecusalParent = RecusalRow;
export type RecusalConnectionParent = Connection<RecusalRow>;
export interface RecusalPayloadParent {
  readonly recusalId: string;
}
export type RecusalRefusalParent = RecusalRefusal;
export type ResponsibilityNodeParent = NodeRow;
export type ResponsibilityNodeConnectionParent = Connection<NodeRow>;
export type ResponsiblePersonParent = ResponsibleRow;
export type AgendaItemParent = AgendaItemRow;
export type AgendaItemConnectionParent = Connection<AgendaItemRow>;
export interface AgendaItemPayloadParent {
  readonly agendaItemId: string;
}
export type AgendaItemRefusalParent = AgendaItemRefusal;
export type ResourceAllocationParent = ResourceRow;
export type ResourceAllocationConnectionParent = Connection<ResourceRow>;
export interface ResourceAllocationPayloadParent {
  readonly resourceId: string;
}
export type ResourceAllocationRefusalParent = ResourceRefusal;
