import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkoutPaths } from '../local/index';
import { AUDIENCE, DEV_ISSUER } from '../stack/index';
import { auditKeyFile, identityKeyFile, issuerKeyFile, runningDemo } from './demo-state';

/** `npm run ops -- <command>`: on the running demo of this checkout, or on the system that the variables name. */
export async function ops(args: string[]): Promise<number> {
  if (args[0] === 'rehearse') return (await import('./rehearse.js')).rehearse(args.slice(1));
  const { root } = checkoutPaths();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'packages/ops/dist/main.js'), ...args], { env: { ...process.env, ...demoVariables() }, cwd: root, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** An operator's own database comes first, as with `npm start`. */
function demoVariables(): NodeJS.ProcessEnv {
  const demo = process.env['ANJIE_DATABASE_URL'] ? undefined : runningDemo();
  if (!demo) return {};
  return {
    ANJIE_MODE: 'DEMO', ANJIE_DATABASE_URL: demo.databaseUrl, ANJIE_REDIS_URL: demo.redisUrl, ANJIE_AUDIT_KEY_FILE: auditKeyFile(), ANJIE_IDENTITY_KEY_FILE: identityKeyFile(),
    ANJIE_JWT_ISSUER: DEV_ISSUER, ANJIE_JWT_AUDIENCE: AUDIENCE, ANJIE_JWKS_FILE: `${issuerKeyFile()}.jwks.json`,
  };
}
