import { join } from 'node:path';
import { purposesOf } from '@anjie/contracts';
import { fileRoutes, openFileStorage, unusableStorage } from '@anjie/service-kit/files';
import { templateRoute } from '@anjie/service-kit/imports';
import { openService, refuseUnsafeSettings, serveHealth, serveSubgraph, startCouriers, type OpenService, type ServicePlan } from '@anjie/service-kit/subgraph';
import { closeOnSignal, readSecretFile, type CommonEnv } from '@anjie/service-kit/runtime';
import { createContext } from './context';
import { migrations, tables } from './database';
import type { CasesEnv } from './env';
import { exchangeTemplates } from './exchange/exchange-columns';
import { templates } from './imports/import-columns';
import { reactions, sweeps } from './jobs';
import type { IdentityKeys } from './petitioners/identity-vault';
import { mostReadingsInHour } from './readings/reader-repository';
import { createServices } from './services';
import { buildCasesSchema } from './subgraph';

export const plan = (env: CommonEnv): ServicePlan => ({ service: 'cases', env, tables, migrations });

/** Hours that an upload is kept: long enough to mend a workbook's rows and commit, no longer. Attaching a file to a case ends its time. */
const FILE_HOURS = 72;

const identityKeys = (env: CasesEnv): IdentityKeys => ({
  identityKey: readSecretFile(env.ANJIE_IDENTITY_KEY_FILE), suite: env.ANJIE_CRYPTO_SUITE,
  previousIdentityKey: env.ANJIE_IDENTITY_PREVIOUS_KEY_FILE === undefined ? undefined : readSecretFile(env.ANJIE_IDENTITY_PREVIOUS_KEY_FILE),
});

async function safeServices(open: OpenService, env: CasesEnv, kind: 'HTTP' | 'WORKER') {
  const files = openFileStorage(env, 'cases');
  await refuseUnsafeSettings(open, kind, await unusableStorage(files));
  return createServices({ ...open, files, scratchDir: join(env.ANJIE_STORAGE_DIR, 'scratch'), ...identityKeys(env) });
}

/** The HTTP process. */
export async function startHttp(env: CasesEnv): Promise<void> {
  const open = await openService(plan(env));
  const services = await safeServices(open, env, 'HTTP');
  const server = await serveSubgraph({
    ...open,
    schema: buildCasesSchema(),
    contextFor: (claims) => createContext({ sql: open.db.manager, claims, services }),
    host: env.ANJIE_HOST,
    port: env.ANJIE_PORT,
    routes: [...fileRoutes({ ...open, storage: services.briefStorage, allowedPurposes: purposesOf('cases'), expireAfterHours: FILE_HOURS, mayStillRead: services.attachments.mayStillRead, sealName: services.sealName }), templateRoute(open.gate, { ...templates, ...exchangeTemplates })],
  });
  open.log.info({ port: server.port }, 'cases answers');
  closeOnSignal([open, services.vault.keyring.keepFresh(open.log), server], open.log);
}

/** The worker process: hears, tells, imports, sweeps. */
export async function startWorker(env: CasesEnv): Promise<void> {
  const open = await openService(plan(env));
  const services = await safeServices(open, env, 'WORKER');
  const parts = [
    open, services.vault.keyring.keepFresh(open.log), await serveHealth(open, [{ name: 'anjie_readings_most_in_hour', read: mostReadingsInHour }]), ...startCouriers(open, reactions(open)), ...sweeps(open, services),
  ];
  open.log.info('cases works');
  closeOnSignal(parts, open.log);
}
