import { join } from 'node:path';
import { createFolderStorage, createSealedStorage } from '@anjie/service-kit/files';
import { createImportEngine } from '@anjie/service-kit/imports';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { createAcceptanceService } from './acceptance/acceptance-service';
import { createClosingService } from './closing/closing-service';
import { createDeliveryService } from './documents/delivery-service';
import { createPapers } from './documents/document-service';
import { createReadingService } from './documents/reading-service';
import { createExecutionService } from './executions/execution-service';
import { createHandlingService } from './handling/handling-service';
import { createObjectionService } from './objections/objection-service';
import { createReviewService } from './reviews/review-service';
import { createAssignmentService } from './assignments/assignment-service';
import { createCampaignService } from './campaigns/campaign-service';
import { createClocks } from './clocks/clock-service';
import { createImportService } from './imports/import-service';
import { ledgerImport } from './imports/ledger-import';
import { petitionImport } from './imports/petition-import';
import { openIdentityVault } from './petitioners/identity-vault';
import { createPetitionService } from './petitions/petition-service';
import { createPetitionerAccess } from './petitioner-access/access-service';
import { createPlanService } from './plans/plan-service';

export type ServiceParts = Pick<OpenService, 'db' | 'outbox' | 'log'> & { readonly storageDir: string; readonly identityKey: string };

/** Everything that resolvers and jobs call. */
export async function createServices({ db, outbox, log, storageDir, identityKey }: ServiceParts) {
  const vault = await openIdentityVault(db, identityKey);
  const storage = createSealedStorage(createFolderStorage(storageDir), vault.fileKey, join(storageDir, 'scratch'));
  const papers = createPapers(vault);
  const clocks = createClocks({ rules: officeRules(), calendar: officeCalendar, outbox });
  const deps = { db, outbox, vault, clocks, obligations: clocks, papers };
  const engine = createImportEngine({ db, storage, log, hmacKey: vault.fingerprintKey.toString('base64'), definitions: [ledgerImport(deps), petitionImport(deps)] });
  return {
    vault,
    storage,
    engine,
    clocks,
    acceptance: createAcceptanceService(deps),
    objections: createObjectionService(deps),
    handling: createHandlingService(deps),
    executions: createExecutionService(deps),
    deliveries: createDeliveryService(deps),
    readings: createReadingService(deps),
    reviews: createReviewService(deps),
    closings: createClosingService(deps),
    petitions: createPetitionService(deps),
    assignments: createAssignmentService(deps),
    plans: createPlanService(deps),
    campaigns: createCampaignService(deps),
    imports: createImportService({ db, engine }),
    access: createPetitionerAccess({ db, vault }),
  };
}
export type Services = Awaited<ReturnType<typeof createServices>>;
