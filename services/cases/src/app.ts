import { purposesOf } from '@anjie/contracts';
import { fileRoutes } from '@anjie/service-kit/files';
import { templateRoute } from '@anjie/service-kit/imports';
import { openService, refuseUnsafeSettings, serveHealth, serveSubgraph, startCouriers, type OpenService, type ServicePlan } from '@anjie/service-kit/subgraph';
import { closeOnSignal, readSecretFile, type CommonEnv } from '@anjie/service-kit/runtime';
import { createContext } from './context';
import { migrations, tables } from './database';
import type { CasesEnv } from './env';
import { exchangeTemplates } from './exchange/exchange-columns';
import { templates } from './imports/import-columns';
import { reactions, sweeps } from './jobs';
import { createServices } from './services';
import { buildCasesSchema } from './subgraph';

export const plan = (env: CommonEnv): ServicePlan => ({ service: 'cases', env, tables, migrations });

/** Hours that an uploaded workbook is kept: long enough to mend its rows and commit, no longer. */
const FILE_HOURS = 72;

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
    routes: [...fileRoutes({ ...open, storage: services.storage, allowedPurposes: purposesOf('cases'), expireAfterHours: FILE_HOURS }), templateRoute(open.gate, { ...templates, ...exchangeTemplates })],
  });
  open.log.info({ port: server.port }, 'cases answers');
  closeOnSignal([open, server], open.log);
}

/** The worker process: hears, tells, imports, sweeps. */
export async function startWorker(env: CasesEnv): Promise<void> {
  const open = await openService(plan(env));
  await refuseUnsafeSettings(open, 'WORKER');
  const services = await servicesOf(open, env);
  const parts = [open, await serveHealth(open), ...startCouriers(open, reactions(open)), ...sweeps(open, services)];
  open.log.info('cases works');
  closeOnSignal(parts, open.log);
}
