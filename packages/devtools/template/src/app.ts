import { openService, refuseUnsafeSettings, serveHealth, serveSubgraph, startCouriers, type ServicePlan } from '@anjie/service-kit/subgraph';
import { closeOnSignal, type CommonEnv } from '@anjie/service-kit/runtime';
import { createContext } from './context';
import { migrations, tables } from './database';
import { reactions } from './jobs';
import { buildSampleSchema } from './subgraph';

export const plan = (env: CommonEnv): ServicePlan => ({ service: 'sample', env, tables, migrations });

/** The HTTP process. */
export async function startHttp(env: CommonEnv): Promise<void> {
  const open = await openService(plan(env));
  await refuseUnsafeSettings(open, 'HTTP');
  const server = await serveSubgraph({
    ...open,
    schema: buildSampleSchema(),
    contextFor: (claims) => createContext(open.db.manager, claims),
    host: env.ANJIE_HOST,
    port: env.ANJIE_PORT,
  });
  open.log.info({ port: server.port }, 'sample answers');
  closeOnSignal([open, server], open.log);
}

/** The worker process: hears and tells. */
export async function startWorker(env: CommonEnv): Promise<void> {
  const open = await openService(plan(env));
  await refuseUnsafeSettings(open, 'WORKER');
  const parts = [open, await serveHealth(open), ...startCouriers(open, reactions)];
  open.log.info('sample works');
  closeOnSignal(parts, open.log);
}
