import { join } from 'node:path';
import { nationalRules } from '@anjie/rulebook';
import { createFolderStorage, createSealedStorage } from '@anjie/service-kit/files';
import { createImportEngine } from '@anjie/service-kit/imports';
import { officeCalendar } from '@anjie/service-kit/runtime';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { createAssignmentService } from './assignments/assignment-service';
import { createCampaignService } from './campaigns/campaign-service';
import { createClocks } from './clocks/clock-service';
import { createImportService } from './imports/import-service';
import { ledgerImport } from './imports/ledger-import';
import { petitionImport } from './imports/petition-import';
import { openIdentityVault } from './petitioners/identity-vault';
import { createPetitionService } from './petitions/petition-service';
import { createBlindMatchService } from './repeats/blind-match-service';
import { createCandidateService } from './repeats/candidate-service';
import { createRepeatService } from './repeats/repeat-service';
import { createPlanService } from './plans/plan-service';

export type ServiceParts = Pick<OpenService, 'db' | 'outbox' | 'log'> & { readonly storageDir: string; readonly identityKey: string };

/** Everything that resolvers and jobs call. */
export async function createServices({ db, outbox, log, storageDir, identityKey }: ServiceParts) {
  const vault = await openIdentityVault(db, identityKey);
  const storage = createSealedStorage(createFolderStorage(storageDir), vault.fileKey, join(storageDir, 'scratch'));
  const clocks = createClocks({ rules: nationalRules, calendar: officeCalendar, outbox });
  const deps = { db, outbox, vault, clocks, obligations: clocks };
  const engine = createImportEngine({ db, storage, log, hmacKey: vault.fingerprintKey.toString('base64'), definitions: [ledgerImport(deps), petitionImport(deps)] });
  return {
    vault,
    storage,
    engine,
    petitions: createPetitionService(deps),
    assignments: createAssignmentService(deps),
    plans: createPlanService(deps),
    candidates: createCandidateService(deps),
    repeats: createRepeatService(deps),
    blindMatches: createBlindMatchService(deps),
    campaigns: createCampaignService(deps),
    imports: createImportService({ db, engine }),
  };
}
export type Services = Awaited<ReturnType<typeof createServices>>;
