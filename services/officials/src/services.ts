import type { DataSource } from 'typeorm';
import { keepsPlace } from '@anjie/access';
import type { FileStorage } from '@anjie/service-kit/files';
import { createImportEngine, type ImportEngineOptions } from '@anjie/service-kit/imports';
import type { Outbox } from '@anjie/service-kit/messaging';
import type { Logger } from '@anjie/service-kit/runtime';
import type { Admit } from '@anjie/service-kit/sessions';
import { createActivityService } from './activities/activity-service';
import { createAgendaItemService } from './agenda-items/agenda-item-service';
import { createAppointmentService } from './appointments/appointment-service';
import { createClosingOpinionService } from './closing-opinions/closing-opinion-service';
import { createDirectoryService } from './directory/directory-service';
import { createDirectoryImportService } from './directory-imports/directory-import-service';
import { divisionImport } from './directory-imports/division-import';
import { officialImport } from './directory-imports/official-import';
import { unitImport } from './directory-imports/unit-import';
import { createDutyService } from './duties/duty-service';
import { officeBooks } from './duties/office-books';
import { createHandOverService } from './hand-overs/hand-over-service';
import type { Kinds } from './kinds';
import { createPortalClientService } from './portal-clients/portal-client-service';
import { createPortalDocumentService } from './portal-clients/portal-document-service';
import { createPortalRegister } from './portal-clients/portal-register';
import { createPromiseService } from './promises/promise-service';
import { createRecusalService } from './recusals/recusal-service';
import { createResourceService } from './resources/resource-service';
import { createSafeHarbourService } from './safe-harbours/safe-harbour-service';
import { createSponsorDutyService } from './sponsor-duties/sponsor-duty-service';
import { createSessionService } from './officials/session-service';
import { createSponsorshipService } from './sponsorships/sponsorship-service';
import { createTaskForceService } from './task-forces/task-force-service';

export interface ServiceDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly log: Logger;
  readonly admit: Admit;
  readonly files: FileStorage;
  /** At least 32 random bytes, base64: seals the importer's row keys. */
  readonly importKey: string;
  readonly kinds: Kinds;
}

/** What mutations and jobs do, noun by noun. */
export function createServices(deps: ServiceDeps) {
  const { db, outbox, log, admit, files: storage } = deps;
  const duties = createDutyService({ outbox, books: officeBooks });
  const definitions = [divisionImport(outbox), unitImport(outbox), officialImport(outbox)];
  // once begun a sheet goes on: among its rows may be the administrator's own new post
  const mayGoOn: ImportEngineOptions['mayGoOn'] = async ({ viewer, isBegun }) => isBegun || keepsPlace(viewer, await admit(viewer));
  const engine = createImportEngine({ db, storage, log, definitions, mayGoOn, hmacKey: deps.importKey });
  const work = { ...deps, duties };
  return {
    storage,
    kinds: deps.kinds,
    duties,
    engine,
    directory: createDirectoryService(work),
    sessions: createSessionService(deps),
    directoryImports: createDirectoryImportService({ db, engine }),
    sponsorships: createSponsorshipService(work),
    taskForces: createTaskForceService(deps),
    closingOpinions: createClosingOpinionService(deps),
    portalClients: createPortalClientService(deps),
    portalDocuments: createPortalDocumentService(deps),
    portalRegister: createPortalRegister(deps),
    activities: createActivityService(work),
    promises: createPromiseService(work),
    appointments: createAppointmentService(deps),
    sponsorDuties: createSponsorDutyService(work),
    handOvers: createHandOverService(work),
    safeHarbours: createSafeHarbourService(deps),
    recusals: createRecusalService(work),
    agendaItems: createAgendaItemService(deps),
    resources: createResourceService(deps),
  };
}
export type Services = ReturnType<typeof createServices>;
