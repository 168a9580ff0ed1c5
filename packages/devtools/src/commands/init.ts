import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkoutPaths } from '../local/index';
import { createSchemas, ensureSecrets, migrateAll, narrowGrants, ownerFromEnv, readTopology, serviceEnv, type Wiring } from '../stack/index';
import { createSteps } from './steps';

const USAGE = `npm run init -- --admin-id <uuid> --admin-staff-no <number> --admin-name <name> [--workbook <directory.xlsx>] [--client-unit <code>]
  --admin-id        the id that your identity provider sends as the subject of the first administrator
  --workbook        divisions, units, officials and posts; an empty one: docs/samples/directory-template.xlsx
  --client-unit     code of the unit that answers for the administrators' own program: registers it as a portal client and prints its key,
                    once; a gateway in PRODUCTION answers no request without a client's key. Each call with it registers another
Needs ANJIE_DATABASE_URL and ANJIE_REDIS_URL (docs/operations.md). Safe to repeat.`;

/** `npm run init`: keys, schemas, migrations, the first administrator and the directory of an operator's own system. */
export async function init(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: Object.fromEntries(['admin-id', 'admin-staff-no', 'admin-name', 'workbook', 'client-unit'].map((name) => [name, { type: 'string' as const }])) });
  const { 'admin-id': id, 'admin-staff-no': staffNo, 'admin-name': name, workbook, 'client-unit': clientUnit } = values as Record<string, string | undefined>;
  const databaseUrl = process.env['ANJIE_DATABASE_URL'];
  const redisUrl = process.env['ANJIE_REDIS_URL'];
  if (!id || !staffNo || !name || !databaseUrl || !redisUrl || (workbook && !existsSync(workbook))) {
    console.error(workbook && !existsSync(workbook) ? `There is no file ${workbook}.` : USAGE);
    return 2;
  }
  const { root, state } = checkoutPaths();
  const services = readTopology(root).map((subgraph) => subgraph.name);
  const dir = process.env['ANJIE_STATE_DIR'] ?? join(state, 'system');
  const steps = createSteps();
  const secrets = await steps.run('making keys', async () => ensureSecrets(join(dir, 'keys'), ['gateway', ...services]));
  // nothing answers while init runs; the addresses only have to be addresses
  const wiring: Wiring = { root, dir, mode: 'PRODUCTION', databaseUrl, redisUrl, isPrivate: false, ...ownerFromEnv(), services, ports: new Map(services.map((service) => [service, 9])), secrets };
  await steps.run('creating schemas', () => createSchemas(wiring.ownerUrl ?? databaseUrl, services, { withUsers: false }));
  await steps.run('migrating', () => migrateAll(wiring, join(dir, 'logs')));
  await steps.run('granting', () => narrowGrants(wiring));
  const code = await prepareDirectory(wiring, { id, staffNo, name, ...(workbook ? { workbook: resolve(workbook) } : {}), ...(clientUnit ? { clientUnit } : {}) });
  if (code !== 0) return code;
  console.log(`Ready. Keys are in ${join(dir, 'keys')}: back them up; without identity.key the identities are lost.
Next: point ANJIE_JWT_ISSUER and ANJIE_JWKS_FILE or ANJIE_JWKS_URL at your identity provider, then npm start.`);
  return 0;
}

/** The officials service knows how; it runs once, without HTTP. */
function prepareDirectory(wiring: Wiring, options: { id: string; staffNo: string; name: string; workbook?: string; clientUnit?: string }): Promise<number> {
  const script = join(wiring.root, 'services/officials/dist/init.js');
  return new Promise((resolvePromise, reject) => {
    const child = spawn(process.execPath, [script, JSON.stringify(options)], { env: { ...serviceEnv(wiring, 'officials', 'jobs'), ANJIE_LOG_LEVEL: 'warn' }, cwd: wiring.root, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolvePromise(code ?? 1));
  });
}
