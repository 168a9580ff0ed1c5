import type { EntityManager } from 'typeorm';
import type { InternalClaims, Viewer } from '@anjie/access';
import { pullFigureChanges, type FigurePull } from '@anjie/service-kit/figures';
import { importProblemConnection } from '@anjie/service-kit/imports';
import { listConnection, type PageArgs } from '@anjie/service-kit/subgraph';
import { listActivities, type ActivityArgs } from './activities/activity-repository';
import { listReceptionDays, type ReceptionArgs } from './activities/reception-repository';
import { listAppointments, type AppointmentArgs } from './appointments/appointment-repository';
import { windowRoster, type WindowQuestion } from './appointments/window-roster';
import { coverageOf, suggestSponsors } from './coverage/coverage-reading';
import { casesInGap, type CoverageGap, type CoverageKey } from './coverage/coverage-repository';
import { runsOf, type DirectoryImportRow } from './directory-imports/directory-import-repository';
import { listDivisions } from './divisions/division-repository';
import type { Kinds } from './kinds';
import { createLoaders } from './loaders';
import { listOfficials, type OfficialFilter } from './officials/official-repository';
import { portalClientList, type PortalClientRow } from './portal-clients/portal-client-repository';
import { listNodes } from './responsibility-tree/tree-repository';
import type { Services } from './services';
import { listSponsorships, type SponsorshipFilter } from './sponsorships/sponsorship-repository';
import { listUnits, type UnitFilter } from './units/unit-repository';

export interface ContextParts {
  readonly sql: EntityManager;
  readonly claims: InternalClaims;
  readonly services: Services;
}

/** Per request: who asks, one viewer-aware loader per entity for root fields and references alike, and the lists of the root. */
export function createContext({ sql, claims, services }: ContextParts) {
  const { viewer, requestId } = claims;
  return { viewer, requestId, actor: { viewer, requestId }, sql, services, loaders: createLoaders(sql, viewer, services.kinds), lists: createLists(sql, viewer, services.kinds) };
}
export type Context = ReturnType<typeof createContext>;

const createLists = (sql: EntityManager, viewer: Viewer, kinds: Kinds) => ({
  divisions: (parent: string | null, page: PageArgs) => listDivisions(sql, parent, page),
  units: (filter: UnitFilter, page: PageArgs) => listUnits(sql, filter, page),
  officials: (filter: OfficialFilter, page: PageArgs) => listOfficials(sql, filter, page),
  sponsorships: (filter: SponsorshipFilter, page: PageArgs) => listSponsorships(sql, viewer, { filter, page }),
  portalClients: (page: PageArgs) => listConnection<PortalClientRow>(sql, portalClientList(viewer), page),
  importRuns: (row: DirectoryImportRow) => runsOf(sql, row),
  importProblems: (runId: string, page: PageArgs) => importProblemConnection(sql, viewer, { ...page, runId }),
  figureChanges: (pull: FigurePull) => pullFigureChanges(sql, viewer, pull),
  activities: (args: ActivityArgs) => listActivities(sql, viewer, args),
  receptionDays: (args: ReceptionArgs) => listReceptionDays(sql, args),
  appointments: (args: AppointmentArgs) => listAppointments(sql, viewer, args),
  windowRoster: (seat: WindowQuestion) => windowRoster(sql, kinds, seat),
  coverage: (key: Pick<CoverageKey, 'campaignId' | 'divisionCode'>) => coverageOf(sql, { viewer, kinds }, key),
  casesInGap: (key: CoverageKey, gap: CoverageGap, page: PageArgs) => casesInGap(sql, viewer, { key, gap, page }),
  sponsorSuggestions: (caseId: string) => suggestSponsors(sql, { viewer, kinds }, caseId),
  responsibilityTree: (args: PageArgs & { readonly divisionCode: string }) => listNodes(sql, viewer, args),
});
