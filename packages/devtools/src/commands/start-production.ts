import { join } from 'node:path';
import { checkoutPaths } from '../local/index';
import { ownerFromEnv, startStack } from '../stack/index';
import { createSteps } from './steps';
import { keepAlive } from './supervise';

/** What must be said before an operator's system can start. */
const NEEDED: Readonly<Record<string, string>> = {
  ANJIE_REDIS_URL: 'the Redis that carries the queues, for example redis://127.0.0.1:6379',
};
const PROVIDER = 'ANJIE_OIDC_ISSUER: the issuer of your identity provider (or ANJIE_JWT_ISSUER with ANJIE_JWKS_URL or ANJIE_JWKS_FILE)';

/** `npm start` with a database URL: no demo, no dev issuer, on a system that `npm run init` prepared. */
export async function startProduction(): Promise<number> {
  const missing = Object.entries(NEEDED).filter(([name]) => !process.env[name]).map(([name, what]) => `${name}: ${what}`);
  if (!process.env['ANJIE_OIDC_ISSUER'] && !process.env['ANJIE_JWT_ISSUER']) missing.push(PROVIDER);
  if (missing.length > 0) {
    console.error(`ANJIE_DATABASE_URL is set, so this is your own system, and these variables are missing (docs/operations.md):\n${missing.map((line) => `  ${line}`).join('\n')}`);
    return 1;
  }
  if (process.env['ANJIE_DEV_ISSUER'] === '1') {
    console.error('ANJIE_DATABASE_URL is set, so this is your own system: the development issuer (ANJIE_DEV_ISSUER=1) is refused. Remove the variable.');
    return 1;
  }
  const { root, state } = checkoutPaths();
  const steps = createSteps();
  const dir = process.env['ANJIE_STATE_DIR'] ?? join(state, 'system');
  const stack = await steps.run('starting gateway, subgraphs and workers', () =>
    startStack({
      root, dir, mode: 'PRODUCTION', databaseUrl: process.env['ANJIE_DATABASE_URL'] ?? '', redisUrl: process.env['ANJIE_REDIS_URL'] ?? '',
      isPrivate: false, ...ownerFromEnv(), gatewayPort: Number(process.env['ANJIE_PORT'] ?? 4000), ...(process.env['ANJIE_LOG_LEVEL'] ? { logLevel: process.env['ANJIE_LOG_LEVEL'] } : {}),
    }),
  );
  keepAlive(stack);
  console.log(`Anjie is ready (${steps.total()}): ${stack.url}/graphql\nKeys ${join(dir, 'keys')}   Logs ${stack.logsDir}\nStop with Ctrl-C.`);
  return new Promise((resolve) => {
    let stopping = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (stopping) return;
        stopping = true;
        void stack.stop().then(() => resolve(0));
      });
    }
  });
}
