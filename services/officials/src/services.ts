import type { DataSource } from 'typeorm';
import { keepsPlace } from '@anjie/access';
import type { FileStorage } from '@anjie/service-kit/files';
import { createImportEngine, type ImportEngineOptions } from '@anjie/service-kit/imports';
import type { Outbox } from '@anjie/service-kit/messaging';
import type { Logger } from '@anjie/service-kit/runtime';
import type { Admit } from '@anjie/service-kit/sessions';
import { createClosingOpinionService } from './closing-opinions/closing-opinion-service';
import { createDirectoryService } from './directory/directory-service';
import { createDirectoryImportService } from './directory-imports/directory-import-service';
import { divisionImport } from './directory-imports/division-import';
import { officialImport } from './directory-imports/official-import';
import { unitImport } from './directory-imports/unit-import';
import { createPortalClientService } from './portal-clients/portal-client-service';
import { createPortalDocumentService } from './portal-clients/portal-document-service';
import { createPortalRegister } from './portal-clients/portal-register';
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
}

/** What mutations and jobs do, noun by noun. */
export function createServices(deps: ServiceDeps) {
  const { db, outbox, log, admit, files: storage } = deps;
  const definitions = [divisionImport(outbox), unitImport(outbox), officialImport(outbox)];
  // once begun a sheet goes on: among its rows may be the administrator's own new post
  const mayGoOn: ImportEngineOptions['mayGoOn'] = async ({ viewer, isBegun }) => isBegun || keepsPlace(viewer, await admit(viewer));
  const engine = createImportEngine({ db, storage, log, definitions, mayGoOn, hmacKey: deps.importKey });
  return {
    storage,
    engine,
    directory: createDirectoryService(deps),
    sessions: createSessionService(deps),
    directoryImports: createDirectoryImportService({ db, engine }),
    sponsorships: createSponsorshipService(deps),
    taskForces: createTaskForceService(deps),
    closingOpinions: createClosingOpinionService(deps),
    portalClients: createPortalClientService(deps),
    portalDocuments: createPortalDocumentService(deps),
    portalRegister: createPortalRegister(deps),
  };
}
export type Services = ReturnType<typeof createServices>;
