import { openService, refuseUnsafeSettings, serveHealth, serveSubgraph, startCouriers, type ServicePlan } from '@anjie/service-kit/subgraph';
import { closeOnSignal, type CommonEnv } from '@anjie/service-kit/runtime';
import { createContext } from './context';
import { migrations, tables } from './database';
import { reactions, sweeps } from './jobs';
import { openKinds } from './kinds';
import { createServices } from './services';
import { buildAssistanceSchema } from './subgraph';

export const plan = (env: CommonEnv): ServicePlan => ({ service: 'assistance', env, tables, migrations });

/** The HTTP process. */
export async function startHttp(env: CommonEnv): Promise<void> {
  const open = await openService(plan(env));
  await refuseUnsafeSettings(open, 'HTTP');
  const services = createServices({ ...open, kinds: openKinds(env.ANJIE_KINDS_DIR) });
  const server = await serveSubgraph({
    ...open,
    schema: buildAssistanceSchema(),
    contextFor: (claims) => createContext({ sql: open.db.manager, claims, services }),
    host: env.ANJIE_HOST,
    port: env.ANJIE_PORT,
  });
  open.log.info({ port: server.port }, 'assistance answers');
  closeOnSignal([open, server], open.log);
}

/** The worker process: hears, tells, sweeps. */
export async function startWorker(env: CommonEnv): Promise<void> {
  const open = await openService(plan(env));
  await refuseUnsafeSettings(open, 'WORKER');
  const services = createServices({ ...open, kinds: openKinds(env.ANJIE_KINDS_DIR) });
  const parts = [open, await serveHealth(open), ...startCouriers(open, reactions(services)), ...sweeps(open, services)];
  open.log.info('assistance works');
  closeOnSignal(parts, open.log);
}
