import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createProcessGroup, type LocalProcess } from '../local/index';
import { gatewayEnv, processUrlOf, serviceEnv, type Wiring } from './environment';
import { account, accountOf, grantTables } from './grants';
import type { StackOptions } from './options';
import { freePort } from './ports';
import { createSchemas, jobsUser, webUser } from './schemas';
import { ensureSecrets } from './secrets';
import { readTopology } from './topology';

export interface Stack {
  readonly url: string;
  readonly services: readonly string[];
  readonly logsDir: string;
  readonly databaseUrl: string;
  readonly wiring: Wiring;
  /** `cases`, `cases-worker` …, `gateway`: running processes by name. */
  readonly processes: ReadonlyMap<string, LocalProcess>;
  restart(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Schemas, migrations, then gateway + subgraphs + workers as separate processes; ready when all of them answer. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { root, dir, tell = () => undefined } = options;
  const topology = readTopology(root);
  const services = topology.map((subgraph) => subgraph.name);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const ports = new Map<string, number>();
  for (const name of ['gateway', ...services]) ports.set(name, await portFor(options, name));
  const wiring: Wiring = { ...options, services, ports, secrets: ensureSecrets(join(dir, 'keys'), ['gateway', ...services]) };
  const logsDir = join(dir, 'logs');
  const group = createProcessGroup();
  const processes = new Map<string, LocalProcess>();
  const launch = async (name: string): Promise<void> => {
    const service = name.replace(/-worker$/, '');
    const script = name === 'gateway' ? 'gateway/dist/main.js' : `services/${service}/dist/${name === service ? 'main' : 'worker'}.js`;
    const env = name === 'gateway' ? gatewayEnv(wiring) : serviceEnv(wiring, service, name === service ? 'web' : 'jobs');
    processes.set(name, await group.start({ name, command: process.execPath, args: ['--enable-source-maps', join(root, script)], env, cwd: root, logFile: join(logsDir, `${name}.log`) }));
  };
  try {
    if (!options.isMigrated) await prepareDatabase(wiring, logsDir);
    tell('starting processes');
    await Promise.all([...services.flatMap((service) => [service, `${service}-worker`]), 'gateway'].map(launch));
    await waitUntilReady(wiring, processes);
  } catch (error) {
    await group.stopAll(2_000);
    throw error;
  }
  return {
    url: `http://127.0.0.1:${ports.get('gateway')}`,
    services, logsDir, databaseUrl: options.databaseUrl, wiring, processes,
    restart: launch,
    stop: () => group.stopAll(),
  };
}

/** Schemas, tables and rights; safe to repeat. */
export async function prepareDatabase(wiring: Wiring, logsDir: string): Promise<void> {
  const { services, isPrivate, tell = () => undefined } = wiring;
  tell('creating schemas');
  await createSchemas(ownerUrlOf(wiring), services, { withUsers: isPrivate });
  tell('migrating');
  await migrateAll(wiring, logsDir);
  await narrowGrants(wiring);
}

/** An operator's port is that port or an error; the demo takes another when its favourite is busy. */
async function portFor({ gatewayPort = 0, mode }: StackOptions, name: string): Promise<number> {
  if (name !== 'gateway') return freePort();
  const port = await freePort(gatewayPort);
  if (mode === 'PRODUCTION' && gatewayPort !== 0 && port !== gatewayPort) throw new Error(`port ${gatewayPort} is taken; set ANJIE_PORT to another`);
  return port;
}

const ownerUrlOf = ({ ownerUrl, databaseUrl }: StackOptions): string => ownerUrl ?? databaseUrl;

/** Gives the processes' users what they need of each table and no more. An operator without an owner's URL does it by hand. */
export async function narrowGrants(wiring: Wiring): Promise<void> {
  if (!wiring.isPrivate && wiring.ownerUrl === undefined) return;
  await grantTables({
    ownerUrl: ownerUrlOf(wiring), services: wiring.services,
    granteesOf: async (service, owner) => (wiring.isPrivate ? [webUser(service), jobsUser(service)].map((user) => account(user, 'localhost')) : accountOf(processUrlOf(wiring, service, 'jobs'), owner)),
  });
}

/** Runs each service's migrations in a process of its own. @throws Error with the end of the log of the one that failed */
export async function migrateAll(wiring: Wiring, logsDir: string): Promise<void> {
  const group = createProcessGroup();
  await Promise.all(
    wiring.services.map(async (service) => {
      const child = await group.start({
        name: `${service}-migrate`, command: process.execPath, args: [join(wiring.root, `services/${service}/dist/migrate.js`)],
        env: { ...serviceEnv(wiring, service, 'jobs'), ANJIE_DATABASE_URL: wiring.isPrivate || wiring.ownerUrl ? ownerUrlOf(wiring) : processUrlOf(wiring, service, 'jobs') }, cwd: wiring.root, logFile: join(logsDir, `${service}-migrate.log`),
      });
      const { code } = await child.exited;
      if (code !== 0) throw new Error(`migrating ${service} failed:\n${child.logTail(20)}`);
    }),
  );
}

/** Eight processes that start at once on a machine with other work to do need a while; one that ends is told of at once. */
const READY_MS = 240_000;

/** All answer `/readyz`, and nobody has ended meanwhile. */
async function waitUntilReady(wiring: Wiring, processes: ReadonlyMap<string, LocalProcess>): Promise<void> {
  const end = Date.now() + READY_MS;
  for (const port of wiring.ports.values()) {
    while (!(await answers(`http://127.0.0.1:${port}/readyz`))) {
      assertAllRun(processes);
      if (Date.now() > end) throw new Error('the system did not become ready within four minutes; see the logs');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function assertAllRun(processes: ReadonlyMap<string, LocalProcess>): void {
  const ended = [...processes.values()].find((child) => !child.running());
  if (ended) throw new Error(`${ended.name} ended while starting:\n${ended.logTail(20)}\n(whole log: ${ended.logFile})`);
}

const answers = (url: string): Promise<boolean> => fetch(url, { signal: AbortSignal.timeout(1_000) }).then((r) => r.ok, () => false);
