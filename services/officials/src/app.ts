import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { purposesOf } from '@anjie/contracts';
import { createSealedStorage, fileRoutes, openFileStorage, unusableStorage, type FileStorage } from '@anjie/service-kit/files';
import { templateRoute } from '@anjie/service-kit/imports';
import { openService, refuseUnsafeSettings, serveHealth, serveSubgraph, standingRoute, startCouriers, type OpenService, type ServicePlan } from '@anjie/service-kit/subgraph';
import { closeOnSignal, readMessageKeys, readSecretFile, type CommonEnv } from '@anjie/service-kit/runtime';
import { keysOfFiles, suiteNamed } from '@anjie/service-kit/vault';
import { createContext } from './context';
import { migrations, tables } from './database';
import type { OfficialsEnv } from './env';
import { divisionColumns } from './directory-imports/division-import';
import { officialColumns } from './directory-imports/official-import';
import { unitColumns } from './directory-imports/unit-import';
import { reactions, sweeps } from './jobs';
import { openKinds } from './kinds';
import { endedSessionsRoute } from './officials/ended-sessions-route';
import { portalRoutes } from './portal-clients/portal-routes';
import { createServices } from './services';
import { buildOfficialsSchema } from './subgraph';

export const plan = (env: CommonEnv): ServicePlan => ({ service: 'officials', env, tables, migrations });

/** Hours that an uploaded workbook is kept. */
const FILE_HOURS = 24;

const templates = {
  'directory.xlsx': [{ sheet: '行政区划', columns: divisionColumns }, { sheet: '单位', columns: unitColumns }, { sheet: '干部', columns: officialColumns }],
};

/** Row keys of a directory hold no identity data; a key of their own, derived from the message key, is enough. */
const importKeyOf = (env: OfficialsEnv): string =>
  createHmac('sha256', Buffer.from(readSecretFile(env.ANJIE_MESSAGE_KEY_FILE), 'base64')).update('officials/import-row-keys').digest('base64');

/** Workbooks name officials: sealed while they lie here, under a key of this use that is derived from the message key. */
const sealedFiles = (env: OfficialsEnv): FileStorage =>
  createSealedStorage(openFileStorage(env, 'officials'), { keyring: keysOfFiles({ ...readMessageKeys(env), use: 'officials/files', suite: suiteNamed(env.ANJIE_CRYPTO_SUITE) }), keyClass: 'FILE' }, join(env.ANJIE_STORAGE_DIR, 'scratch'));

export const openServices = (open: OpenService, env: OfficialsEnv) => createServices({ ...open, files: sealedFiles(env), importKey: importKeyOf(env), kinds: openKinds(env.ANJIE_KINDS_DIR) });

async function safeServices(open: OpenService, env: OfficialsEnv, kind: 'HTTP' | 'WORKER') {
  const services = openServices(open, env);
  await refuseUnsafeSettings(open, kind, await unusableStorage(services.storage));
  return services;
}

/** The HTTP process. */
export async function startHttp(env: OfficialsEnv): Promise<void> {
  const open = await openService(plan(env));
  const services = await safeServices(open, env, 'HTTP');
  const server = await serveSubgraph({
    ...open,
    schema: buildOfficialsSchema(),
    contextFor: (claims) => createContext({ sql: open.db.manager, claims, services }),
    host: env.ANJIE_HOST,
    port: env.ANJIE_PORT,
    routes: [
      ...fileRoutes({ ...open, storage: services.storage, allowedPurposes: purposesOf('officials'), expireAfterHours: FILE_HOURS }),
      templateRoute(open.gate, templates),
      ...portalRoutes(open.gate, services.portalRegister),
      standingRoute(open),
      endedSessionsRoute(open.gate, open.db),
    ],
  });
  open.log.info({ port: server.port }, 'officials answers');
  closeOnSignal([open, server], open.log);
}

/** The worker process: hears, tells, imports, sweeps. */
export async function startWorker(env: OfficialsEnv): Promise<void> {
  const open = await openService(plan(env));
  const services = await safeServices(open, env, 'WORKER');
  const parts = [open, await serveHealth(open), ...startCouriers(open, reactions(open)), ...sweeps(open, services)];
  open.log.info('officials works');
  closeOnSignal(parts, open.log);
}
