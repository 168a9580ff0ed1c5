import { openService, refuseUnsafeSettings, serveSubgraph, startCouriers, type ServicePlan } from '@anjie/service-kit/subgraph';
import { closeOnSignal, type CommonEnv } from '@anjie/service-kit/runtime';
import { createContext } from './context';
import { migrations, tables } from './database';
import { reactions, sweeps } from './jobs';
import { createServices } from './services';
import { buildOfficialsSchema } from './subgraph';

export const plan = (env: CommonEnv): ServicePlan => ({ service: 'officials', env, tables, migrations });

/** The HTTP process. */
export async function startHttp(env: CommonEnv): Promise<void> {
  const open = await openService(plan(env));
  await refuseUnsafeSettings(open);
  const services = createServices(open);
  const server = await serveSubgraph({
    ...open,
    schema: buildOfficialsSchema(),
    contextFor: (claims) => createContext({ sql: open.db.manager, claims, services }),
    host: env.ANJIE_HOST,
    port: env.ANJIE_PORT,
  });
  open.log.info({ port: server.port }, 'officials answers');
  closeOnSignal([open, server], open.log);
}

/** The worker process: hears, tells, sweeps. */
export async function startWorker(env: CommonEnv): Promise<void> {
  const open = await openService(plan(env));
  await refuseUnsafeSettings(open);
  const parts = [open, ...startCouriers(open, reactions(open)), ...sweeps(open)];
  open.log.info('officials works');
  closeOnSignal(parts, open.log);
}
