import { createTokenVerifier } from '@anjie/access/identity-provider';
import { openDatabase } from '@anjie/service-kit/database';
import { createLog } from '@anjie/service-kit/runtime';
import { createAdmission, readStanding } from '@anjie/service-kit/sessions';
import type { BoardEnv } from '../env';
import { openQueuePages } from './queue-pages';
import { serveBoard } from './serve-board';

/** Serves the board until it is told to stop. */
export async function runBoard({ redisUrl, databaseUrl, provider }: BoardEnv, port: number): Promise<number> {
  const log = createLog('board', 'info');
  const verify = createTokenVerifier(provider, (error) => log.error({ err: error }, "the identity provider's keys cannot be had"));
  const directory = await openDatabase({ url: databaseUrl, schema: 'officials', tables: [], migrations: [], poolSize: 2 });
  const admit = createAdmission((officialId) => readStanding(directory.manager, 'officials', officialId));
  const server = await serveBoard({ pages: openQueuePages(redisUrl), verify, admit, port, log });
  console.log(`The board of queues: http://127.0.0.1:${server.port}\nAn administrator's token opens it for a quarter of an hour. Stop with Ctrl-C.`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await server.close();
  await directory.destroy();
  return 0;
}
