import type { EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { visibleCaseLoader } from '@anjie/service-kit/facts';
import { figuresLoader } from '@anjie/service-kit/figures';
import { listConnectionsByParent, loaderBy, loaderById, loaderOfConnections, loaderOfMany, type PageArgs } from '@anjie/service-kit/subgraph';
import { activityLoaders } from './activities/activity-loaders';
import { appointmentLoaders } from './appointments/appointment-loaders';
import { closingOpinionsByIds, closingOpinionsUnder, type ClosingOpinionRow } from './closing-opinions/closing-opinion-repository';
import { directoryImportsByIds, type DirectoryImportRow } from './directory-imports/directory-import-repository';
import { childrenOf, divisionsByCodes, type DivisionRow } from './divisions/division-repository';
import type { Kinds } from './kinds';
import { officialsByIds, officialsOfUnits, type OfficialRow } from './officials/official-repository';
import { currentUnits, postsOfOfficials, type CurrentUnit, type PostRow } from './officials/post-repository';
import { caseFactsOf, type CaseFacts } from './readiness/case-facts-repository';
import { visiblePortalClients, type PortalClientRow } from './portal-clients/portal-client-repository';
import { documentsUnderClient, straysUnderClient, type PortalDocumentRow, type PortalStrayRow } from './portal-clients/portal-document-repository';
import { keysOfClients, portalKeysByIds, type PortalKeyRow } from './portal-clients/portal-key-repository';
import { OFFICIALS_FIGURES, OTHER_FIGURES } from './rules/counted-figures';
import { activeSponsorships, sponsorshipsByIds, sponsorshipsUnder, type SponsorshipParents, type SponsorshipRow } from './sponsorships/sponsorship-repository';
import { activeTaskForces, activeUpperTaskForces, membersOf, taskForcesByIds, type TaskForceMemberRow, type TaskForceRow } from './task-forces/task-force-repository';
import { childUnits, unitsByIds, unitsOfDivisions, type UnitRow } from './units/unit-repository';
import { sponsorshipPartLoaders, workLoaders } from './work-loaders';

type SponsorshipArgs = SponsorshipParents['args'];

export function createLoaders(sql: EntityManager, viewer: Viewer, kinds: Kinds) {
  return {
    ...directoryLoaders(sql),
    ...caseLoaders(sql, viewer),
    ...portalLoaders(sql, viewer),
    ...activityLoaders(sql, viewer, kinds),
    ...appointmentLoaders(sql, viewer),
    ...sponsorshipPartLoaders(sql, viewer),
    ...workLoaders(sql, viewer),
    figuresOf: figuresLoader(sql, [...OFFICIALS_FIGURES, ...OTHER_FIGURES]),
    directoryImportById: loaderById<DirectoryImportRow>((ids) => directoryImportsByIds(sql, viewer, ids)),
  };
}

/** The directory is public office information: the same for every viewer. */
const directoryLoaders = (sql: EntityManager) => ({
  divisionByCode: loaderBy<string, DivisionRow>((row) => row.code, (codes) => divisionsByCodes(sql, codes)),
  childrenOfDivision: loaderOfMany<DivisionRow>((row) => row.parentCode ?? '', (codes) => childrenOf(sql, codes)),
  unitsOfDivision: loaderOfConnections<UnitRow, PageArgs>((codes, args) => unitsOfDivisions(sql, codes, args)),
  unitById: loaderById<UnitRow>((ids) => unitsByIds(sql, ids)),
  childrenOfUnit: loaderOfConnections<UnitRow, PageArgs>((ids, args) => childUnits(sql, ids, args)),
  officialById: loaderById<OfficialRow>((ids) => officialsByIds(sql, ids)),
  officialsOfUnit: loaderOfConnections<OfficialRow, PageArgs>((ids, args) => officialsOfUnits(sql, ids, args)),
  postsOfOfficial: loaderOfMany<PostRow>((row) => row.officialId, (ids) => postsOfOfficials(sql, ids)),
  currentUnitOf: loaderById<CurrentUnit>((ids) => currentUnits(sql, ids)),
});

/** Keys, documents and strays hang under a client, whose own loader has decided that the viewer sees it. */
const portalLoaders = (sql: EntityManager, viewer: Viewer) => ({
  portalClientById: loaderById<PortalClientRow>((ids) => visiblePortalClients(sql, viewer, ids)),
  portalKeyById: loaderById<PortalKeyRow>((ids) => portalKeysByIds(sql, ids)),
  keysOfPortalClient: loaderOfMany<PortalKeyRow>((row) => row.clientId, (ids) => keysOfClients(sql, ids)),
  documentsOfPortalClient: loaderOfConnections<PortalDocumentRow, PageArgs>((parents, args) => listConnectionsByParent(sql, documentsUnderClient, { parents, args })),
  straysOfPortalClient: loaderOfConnections<PortalStrayRow, PageArgs>((parents, args) => listConnectionsByParent(sql, straysUnderClient, { parents, args })),
});

/** The `…Of` loaders hang under a Case, whose own loader has decided that the viewer sees it. */
const caseLoaders = (sql: EntityManager, viewer: Viewer) => ({
  visibleCase: visibleCaseLoader(sql, viewer),
  sponsorshipById: loaderById<SponsorshipRow>((ids) => sponsorshipsByIds(sql, viewer, ids)),
  activeSponsorshipOf: loaderBy<string, SponsorshipRow>((row) => row.caseId, (ids) => activeSponsorships(sql, ids)),
  sponsorshipsOfCase: loaderOfConnections<SponsorshipRow, SponsorshipArgs>((parents, args) => sponsorshipsUnder(sql, viewer, { by: 'CASE', parents, args })),
  sponsorshipsOfOfficial: loaderOfConnections<SponsorshipRow, SponsorshipArgs>((parents, args) => sponsorshipsUnder(sql, viewer, { by: 'OFFICIAL', parents, args })),
  taskForceById: loaderById<TaskForceRow>((ids) => taskForcesByIds(sql, viewer, ids)),
  activeTaskForceOf: loaderBy<string, TaskForceRow>((row) => row.caseId, (ids) => activeTaskForces(sql, ids)),
  activeUpperTaskForceOf: loaderBy<string, TaskForceRow>((row) => row.caseId, (ids) => activeUpperTaskForces(sql, ids)),
  membersOfTaskForce: loaderOfMany<TaskForceMemberRow>((row) => row.taskForceId, (ids) => membersOf(sql, ids)),
  closingOpinionById: loaderById<ClosingOpinionRow>((ids) => closingOpinionsByIds(sql, viewer, ids)),
  closingOpinionsOfCase: loaderOfConnections<ClosingOpinionRow, PageArgs>((parents, args) => closingOpinionsUnder(sql, viewer, { parents, args })),
  caseFacts: loaderById<CaseFacts>((ids) => caseFactsOf(sql, ids)),
});
