import { join } from 'node:path';
import { checkoutPaths } from '../local/index';
import { createSchemas, ensureSecrets, migrateAll, narrowGrants, ownerFromEnv, readTopology, type Wiring } from '../stack/index';

/** `npm run migrate`: brings the schemas of an operator's own system up to date, before its processes are replaced. */
export async function migrate(): Promise<number> {
  const databaseUrl = process.env['ANJIE_DATABASE_URL'];
  const redisUrl = process.env['ANJIE_REDIS_URL'];
  if (!databaseUrl || !redisUrl) {
    console.error('Set ANJIE_DATABASE_URL and ANJIE_REDIS_URL (docs/operations.md). The demo of npm start migrates by itself.');
    return 2;
  }
  const { root, state } = checkoutPaths();
  const services = readTopology(root).map((subgraph) => subgraph.name);
  const dir = process.env['ANJIE_STATE_DIR'] ?? join(state, 'system');
  const secrets = ensureSecrets(join(dir, 'keys'), ['gateway', ...services]);
  const ports = new Map(services.map((service) => [service, 9]));
  const wiring: Wiring = { root, dir, mode: 'PRODUCTION', databaseUrl, redisUrl, isPrivate: false, ...ownerFromEnv(), services, ports, secrets };
  await createSchemas(wiring.ownerUrl ?? databaseUrl, services, { withUsers: false });
  await migrateAll(wiring, join(dir, 'logs'));
  await narrowGrants(wiring);
  console.log(`Migrated: ${services.join(', ')}.`);
  return 0;
}
