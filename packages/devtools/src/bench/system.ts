import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPaths, createProcessGroup, createTestEngines, findOrFetchEngines, type LocalProcess, type TestEngines } from '../local/index';
import { connect, freePort, openDevIssuer, startStack, type Stack } from '../stack/index';
import type { DocumentedGatewayPlan } from './documented-gateway';
import { claimsOf, viewers, type ViewerName } from './operations';

/** A gateway under load: where it answers to whom, and its process. */
export interface Target {
  readonly name: string;
  readonly pid: number;
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface BenchSystem {
  readonly databaseUrl: string;
  readonly versions: Readonly<Record<'mariadb' | 'redis', string>>;
  readonly ours: Readonly<Record<ViewerName, Target>>;
  readonly documented: Readonly<Record<ViewerName, Target>>;
  /** Subgraphs and workers. */
  readonly servicePids: readonly number[];
  readonly databasePid: number;
  readonly services: readonly string[];
  readonly logsDir: string;
  stop(): Promise<void>;
  /** After a run that went well; otherwise the logs stay for whoever wants to know why. */
  forget(): void;
}

/** Private engines and the real system, and beside it one documented gateway for each viewer on the same subgraphs. */
export async function startSystem(): Promise<BenchSystem> {
  const paths = checkoutPaths();
  const { versions } = await findOrFetchEngines({ cacheDir: paths.cacheDir, log: () => undefined });
  const engines = await createTestEngines(paths);
  const group = createProcessGroup();
  let stack: Stack | undefined;
  const stop = async (): Promise<void> => {
    await group.stopAll(2_000);
    await stack?.stop();
    await engines.stop();
  };
  try {
    const issuer = await openDevIssuer(join(engines.dir, 'issuer.pem'));
    const { databaseUrl, redisUrl } = engines;
    stack = await startStack({
      root: paths.root, dir: join(engines.dir, 'system'), mode: 'TEST', databaseUrl, redisUrl, isPrivate: true, jwksFile: issuer.jwksFile, logLevel: 'warn',
    });
    const running = stack;
    const targetOf = async (viewer: ViewerName): Promise<Target> => ({
      name: 'Anjie', pid: pidOf(running, 'gateway'), origin: running.url, headers: { ...JSON_HEADERS, authorization: `Bearer ${await issuer.tokenFor(claimsOf(viewers[viewer]))}` },
    });
    const [portal, office] = await Promise.all([startDocumented(running, 'portal', group.start), startDocumented(running, 'office', group.start)]);
    return {
      databaseUrl: engines.databaseUrl, versions, services: running.services, logsDir: running.logsDir, stop,
      forget: () => rmSync(engines.dir, { recursive: true, force: true }),
      ours: { portal: await targetOf('portal'), office: await targetOf('office') },
      documented: { portal, office },
      servicePids: [...running.processes.keys()].filter((name) => name !== 'gateway').map((name) => pidOf(running, name)),
      databasePid: await databasePid(engines),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const JSON_HEADERS = { 'content-type': 'application/json' } as const;

function pidOf(stack: Stack, name: string): number {
  const found = stack.processes.get(name);
  if (!found) throw new Error(`no process ${name}`);
  return found.pid;
}

type Start = ReturnType<typeof createProcessGroup>['start'];

/** NODE_ENV stays unset, as the documentation leaves it; telemetry is off. */
async function startDocumented({ wiring, logsDir }: Stack, viewer: ViewerName, start: Start): Promise<Target> {
  const plan: DocumentedGatewayPlan = {
    port: await freePort(),
    supergraphFile: join(wiring.root, 'gateway/supergraph.graphql'),
    privateKeyFile: wiring.secrets.privateKeyFile('gateway'),
    urls: Object.fromEntries(wiring.services.map((name) => [name, `http://127.0.0.1:${wiring.ports.get(name)}`])),
    viewer: viewers[viewer],
  };
  const child = await start({
    name: `documented-${viewer}`, command: process.execPath, args: [join(__dirname, 'documented-gateway.js'), JSON.stringify(plan)],
    env: { APOLLO_TELEMETRY_DISABLED: '1' }, cwd: wiring.root, logFile: join(logsDir, `documented-${viewer}.log`),
  });
  const origin = `http://127.0.0.1:${plan.port}`;
  await waitFor(origin, child);
  return { name: '@apollo/gateway as documented', pid: child.pid, origin, headers: JSON_HEADERS };
}

async function waitFor(origin: string, child: LocalProcess): Promise<void> {
  const end = Date.now() + 30_000;
  const ask = () => fetch(`${origin}/graphql`, { method: 'POST', headers: JSON_HEADERS, body: '{"query":"{ __typename }"}', signal: AbortSignal.timeout(2_000) });
  while (!(await ask().then((response) => response.ok, () => false))) {
    if (!child.running() || Date.now() > end) throw new Error(`${child.name} does not answer:\n${child.logTail(20)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function databasePid({ databaseUrl }: TestEngines): Promise<number> {
  const root = await connect(databaseUrl);
  try {
    const [rows] = await root.query('SELECT @@pid_file AS file');
    return Number(readFileSync((rows as [{ file: string }])[0].file, 'utf8'));
  } finally {
    await root.end();
  }
}
