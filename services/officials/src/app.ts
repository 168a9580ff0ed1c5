import { createHmac } from 'node:crypto';
import { fileRoutes } from '@anjie/service-kit/files';
import { openService, refuseUnsafeSettings, serveSubgraph, startCouriers, type OpenService, type ServicePlan } from '@anjie/service-kit/subgraph';
import { closeOnSignal, readSecretFile, type CommonEnv } from '@anjie/service-kit/runtime';
import { createContext } from './context';
import { migrations, tables } from './database';
import type { OfficialsEnv } from './env';
import { reactions, sweeps } from './jobs';
import { createServices } from './services';
import { buildOfficialsSchema } from './subgraph';

export const plan = (env: CommonEnv): ServicePlan => ({ service: 'officials', env, tables, migrations });

/** Files that may be uploaded here, by purpose. */
const PURPOSES = ['DIRECTORY_IMPORT'];
const FILE_HOURS = 24;

/** Row keys of a directory hold no identity data; a key of their own, derived from the message key, is enough. */
const importKeyOf = (env: OfficialsEnv): string =>
  createHmac('sha256', Buffer.from(readSecretFile(env.ANJIE_MESSAGE_KEY_FILE), 'base64')).update('officials/import-row-keys').digest('base64');

const servicesOf = (open: OpenService, env: OfficialsEnv) => createServices({ ...open, storageDir: env.ANJIE_STORAGE_DIR, importKey: importKeyOf(env) });

/** The HTTP process. */
export async function startHttp(env: OfficialsEnv): Promise<void> {
  const open = await openService(plan(env));
  await refuseUnsafeSettings(open);
  const services = servicesOf(open, env);
  const server = await serveSubgraph({
    ...open,
    schema: buildOfficialsSchema(),
    contextFor: (claims) => createContext({ sql: open.db.manager, claims, services }),
    host: env.ANJIE_HOST,
    port: env.ANJIE_PORT,
    routes: fileRoutes({ ...open, storage: services.storage, allowedPurposes: PURPOSES, expireAfterHours: FILE_HOURS }),
  });
  open.log.info({ port: server.port }, 'officials answers');
  closeOnSignal([open, server], open.log);
}

/** The worker process: hears, tells, imports, sweeps. */
export async function startWorker(env: OfficialsEnv): Promise<void> {
  const open = await openService(plan(env));
  await refuseUnsafeSettings(open);
  const parts = [open, ...startCouriers(open, reactions(open)), ...sweeps(open, servicesOf(open, env))];
  open.log.info('officials works');
  closeOnSignal(parts, open.log);
}
