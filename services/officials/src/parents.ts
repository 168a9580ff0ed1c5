import type { RollupKey } from '@anjie/service-kit/figures';
import type { Connection } from '@anjie/service-kit/subgraph';
import type { ImportProblemView, ImportRunView } from '@anjie/service-kit/imports';
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
