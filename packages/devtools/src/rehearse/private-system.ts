import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { personas } from '../demo/index';
import { DEMO_NOW } from '../demo/days';
import { createGraphClient, type GraphClient } from '../demo/graph-client';
import { loadDirectory } from '../demo/load-directory';
import { checkoutPaths, findOrFetchEngines, startMariadb, startRedis, type Engines, type MariadbOptions } from '../local/index';
import { messagesUnderWay, openDevIssuer, setBusinessNow, startStack, type Stack } from '../stack/index';

/** A whole system on throw-away engines, with the demo's directory in it: what a rehearsal breaks and mends. */
export interface PrivateSystem {
  readonly dir: string;
  readonly engines: Engines;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly stack: Stack;
  readonly client: GraphClient;
  readonly tokenFor: (persona: string) => Promise<string>;
  restartMariadb(settings: NonNullable<MariadbOptions['settings']>): Promise<void>;
  /** Keeps the folder when the rehearsal failed: its logs say why. */
  stop(isForgotten: boolean): Promise<void>;
}

/** `prepare` may give the database's folder a file system of its own before anything is in it. */
export async function startPrivateSystem(mariadbOptions: Omit<MariadbOptions, 'dir'>, prepare: (dir: string) => void = () => undefined): Promise<PrivateSystem> {
  const paths = checkoutPaths();
  const engines = await findOrFetchEngines({ cacheDir: paths.cacheDir, log: (line) => console.error(line) });
  mkdirSync(join(paths.state, 't'), { recursive: true });
  const dir = mkdtempSync(join(paths.state, 't', 'rehearse-'));
  mkdirSync(join(dir, 'm'), { mode: 0o700 });
  prepare(join(dir, 'm'));
  let mariadb = await startMariadb(engines, { dir: join(dir, 'm'), ...mariadbOptions });
  const redis = await startRedis(engines, { dir: join(dir, 'r') });
  const stopEngines = async (): Promise<void> => void (await Promise.all([mariadb.stop(), redis.stop()]));
  try {
    const issuer = await openDevIssuer(join(dir, 'issuer.pem'));
    const databaseUrl = `mysql://root@localhost?socketPath=${mariadb.socketPath}`;
    const redisUrl = `unix://${redis.socketPath}`;
    const stack = await startStack({ root: paths.root, dir: join(dir, 's'), mode: 'TEST', databaseUrl, redisUrl, isPrivate: true, jwksFile: issuer.jwksFile });
    await setBusinessNow(databaseUrl, stack.services, DEMO_NOW);
    const tokenFor = (persona: string): Promise<string> => issuer.tokenFor(personas[persona]?.claims ?? {});
    const client = createGraphClient({ graphUrl: `${stack.url}/graphql`, tokenFor });
    await loadDirectory(client, () => undefined);
    await quiet(stack);
    return {
      dir, engines, databaseUrl, redisUrl, stack, client, tokenFor,
      async restartMariadb(settings) {
        await mariadb.stop();
        mariadb = await startMariadb(engines, { dir: join(dir, 'm'), ...mariadbOptions, settings: { ...mariadbOptions.settings, ...settings } });
      },
      async stop(isForgotten) {
        await stack.stop();
        await stopEngines();
        if (isForgotten) rmSync(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await stopEngines();
    throw error;
  }
}

/** A restored receiver is fed with all that it acknowledged in an hour and more: that may take minutes. */
const QUIET_WITHIN_MS = 600_000;

/** Every message between the services was acknowledged. */
export async function quiet({ databaseUrl, services }: Pick<Stack, 'databaseUrl' | 'services'>): Promise<void> {
  const end = Date.now() + QUIET_WITHIN_MS;
  while ((await messagesUnderWay(databaseUrl, services)) > 0) {
    if (Date.now() > end) throw new Error('messages between the services do not arrive; see the logs of the workers');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
