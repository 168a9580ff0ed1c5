import { join } from 'node:path';
import { purposesOf } from '@anjie/contracts';
import { nationalRules } from '@anjie/rulebook';
import { createFolderStorage, createSealedStorage, fileRoutes } from '@anjie/service-kit/files';
import { createImportEngine, templateRoute } from '@anjie/service-kit/imports';
import { openService, refuseUnsafeSettings, serveSubgraph, startCouriers, type OpenService, type ServicePlan } from '@anjie/service-kit/subgraph';
import { closeOnSignal, officeCalendar, readSecretFile, type CommonEnv } from '@anjie/service-kit/runtime';
import { createAssignmentService } from './assignments/assignment-service';
import { createCampaignService } from './campaigns/campaign-service';
import { createObligations } from './cases/obligations';
import { createContext } from './context';
import { migrations, tables } from './database';
import type { CasesEnv } from './env';
import { templates } from './imports/import-columns';
import { createImportService } from './imports/import-service';
import { ledgerImport } from './imports/ledger-import';
import { petitionImport } from './imports/petition-import';
import { reactions, sweeps } from './jobs';
import { openIdentityVault } from './petitioners/identity-vault';
import { createPetitionService } from './petitions/petition-service';
import { createPlanService } from './plans/plan-service';
import { buildCasesSchema } from './subgraph';

export const plan = (env: CommonEnv): ServicePlan => ({ service: 'cases', env, tables, migrations });

/** Hours that an uploaded workbook is kept: long enough to mend its rows and commit, no longer. */
const FILE_HOURS = 72;

export type ServiceParts = Pick<OpenService, 'db' | 'outbox' | 'log'> & { readonly storageDir: string; readonly identityKey: string };

/** Everything that resolvers and jobs call; the only wiring of the service. */
export async function createServices({ db, outbox, log, storageDir, identityKey }: ServiceParts) {
  const vault = await openIdentityVault(db, identityKey);
  const storage = createSealedStorage(createFolderStorage(storageDir), vault.fileKey, join(storageDir, 'scratch'));
  const obligations = createObligations({ rules: nationalRules, calendar: officeCalendar(), outbox });
  const deps = { db, outbox, vault, obligations };
  const engine = createImportEngine({ db, storage, log, hmacKey: vault.fingerprintKey.toString('base64'), definitions: [ledgerImport(deps), petitionImport(deps)] });
  return {
    vault,
    storage,
    engine,
    petitions: createPetitionService(deps),
    assignments: createAssignmentService(deps),
    plans: createPlanService(deps),
    campaigns: createCampaignService(deps),
    imports: createImportService({ db, engine }),
  };
}
export type Services = Awaited<ReturnType<typeof createServices>>;

const servicesOf = (open: OpenService, env: CasesEnv) =>
  createServices({ ...open, storageDir: env.ANJIE_STORAGE_DIR, identityKey: readSecretFile(env.ANJIE_IDENTITY_KEY_FILE) });

/** The HTTP process. */
export async function startHttp(env: CasesEnv): Promise<void> {
  const open = await openService(plan(env));
  await refuseUnsafeSettings(open, 'HTTP');
  const services = await servicesOf(open, env);
  const server = await serveSubgraph({
    ...open,
    schema: buildCasesSchema(),
    contextFor: (claims) => createContext({ sql: open.db.manager, claims, services }),
    host: env.ANJIE_HOST,
    port: env.ANJIE_PORT,
    routes: [...fileRoutes({ ...open, storage: services.storage, allowedPurposes: purposesOf('cases'), expireAfterHours: FILE_HOURS }), templateRoute(open.gate, templates)],
  });
  open.log.info({ port: server.port }, 'cases answers');
  closeOnSignal([open, server], open.log);
}

/** The worker process: hears, tells, imports, sweeps. */
export async function startWorker(env: CasesEnv): Promise<void> {
  const open = await openService(plan(env));
  await refuseUnsafeSettings(open, 'WORKER');
  const services = await servicesOf(open, env);
  const parts = [open, ...startCouriers(open, reactions(open)), ...sweeps(open, services)];
  open.log.info('cases works');
  closeOnSignal(parts, open.log);
}
