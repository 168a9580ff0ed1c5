import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkoutPaths, makeTestFolder, connect, createProcessGroup, findOrFetchEngines, messagesUnderWay, openDevIssuer, serviceEnv, setBusinessNow, startStack, type LocalProcess, type Stack } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import { createLocalEngines, type FaultEngines, type LocalEngines, type StartEngines } from './engines';
import { createGraph, type Graph } from './graph';
import { superviseProcesses, type Supervisor } from './supervisor';
import { fillDirectory, PEOPLE, type Person } from './world';

/** So long the gateway answers what it found out last about its subgraphs. */
const GATEWAY_REMEMBERS_MS = 1_100;

/** A morning after the hour of reminders; fixed, so that nothing depends on the day of the run. */
const BUSINESS_NOW = '2022-09-26T10:00:00+08:00';

export interface FaultSystem<Made extends FaultEngines = FaultEngines> {
  readonly root: string;
  readonly url: string;
  readonly stack: Stack;
  readonly engines: Made;
  readonly supervisor: Supervisor;
  readonly graph: Graph;
  readonly tokens: Readonly<Record<Person, string>>;
  /** A token of the system's issuer, for people of the test's own. */
  tokenFor(claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** Names of all processes of Anjie, each of which may be killed at any time. */
  readonly processNames: readonly string[];
  processOf(name: string): LocalProcess;
  /** Rows of a statement of the test's own, which imports no product code; tried again while the database is away. */
  rows<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** One more worker of a service beside the one that is there. The supervisor does not look after it. */
  startWorker(service: string, name: string, extra?: WorkerOptions): Promise<LocalProcess>;
  /** Messages that nobody acknowledged yet. */
  underWay(): Promise<number>;
  settled(timeoutMs?: number): Promise<void>;
  /** Waits until the gateway and everything behind it answer. */
  ready(timeoutMs?: number): Promise<void>;
  stop(): Promise<void>;
}

export interface WorkerOptions {
  readonly env?: NodeJS.ProcessEnv;
}

export interface FaultSystemOptions<Made extends FaultEngines> {
  readonly startEngines: StartEngines<Made>;
  /** The tree whose `dist` is started; a mutant's copy, or this checkout. */
  readonly root?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface LocalSystemOptions extends Omit<FaultSystemOptions<LocalEngines>, 'startEngines'> {
  /** Whether commits survive more than a killed process; they do unless told. */
  readonly durable?: boolean;
}

export const startLocalSystem = ({ durable = true, ...options }: LocalSystemOptions = {}): Promise<FaultSystem<LocalEngines>> =>
  startFaultSystem({ ...options, startEngines: createLocalEngines({ durable }) });

/** A whole system of the test's own: engines, gateway, services, workers, a supervisor, and the smallest world that can refer cases. */
export async function startFaultSystem<Made extends FaultEngines>({ startEngines, root, env = {} }: FaultSystemOptions<Made>): Promise<FaultSystem<Made>> {
  const paths = checkoutPaths(__dirname);
  const dir = makeTestFolder(paths, 'faults');
  const ends: (() => Promise<unknown> | void)[] = [() => leave(dir)];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const engines = await startEngines(dir, await findOrFetchEngines({ cacheDir: paths.cacheDir, log: () => undefined }), root ?? paths.root);
    ends.push(() => engines.stop());
    const issuer = await openDevIssuer(join(dir, 'issuer.pem'));
    const stack = await startStack({
      root: root ?? paths.root, dir: join(dir, 'system'), mode: 'TEST', databaseUrl: engines.databaseUrl, redisUrl: engines.redisUrl, isPrivate: true, isMigrated: engines.isMigrated ?? false,
      jwksFile: issuer.jwksFile, logLevel: 'info', env: { ...engines.env, ...env },
    });
    ends.push(() => stack.stop());
    const supervisor = superviseProcesses(stack);
    ends.push(() => supervisor.stop());
    const extras = createProcessGroup();
    ends.push(() => extras.stopAll());
    const tokens = Object.fromEntries(await Promise.all(Object.entries(PEOPLE).map(async ([name, { claims }]) => [name, await issuer.tokenFor(claims)]))) as Record<Person, string>;
    const graph = createGraph(stack.url);
    ends.push(() => graph.close());
    const system = { root: root ?? paths.root, url: stack.url, stack, engines, supervisor, graph, tokens, tokenFor: (claims: Readonly<Record<string, unknown>>) => issuer.tokenFor(claims), stop, ...doorsOf(stack, engines, extras) };
    await setBusinessNow(engines.databaseUrl, stack.services, new Date(BUSINESS_NOW));
    await fillDirectory(system);
    return system;
  } catch (error) {
    await stop();
    throw error;
  }
}

type Doors = Pick<FaultSystem, 'processNames' | 'processOf' | 'rows' | 'startWorker' | 'underWay' | 'settled' | 'ready'>;

function doorsOf(stack: Stack, { checkUrl }: FaultEngines, extras: ReturnType<typeof createProcessGroup>): Doors {
  const underWay = () => messagesUnderWay(checkUrl, stack.services);
  return {
    processNames: [...stack.processes.keys()],
    processOf(name) {
      const found = stack.processes.get(name);
      if (!found) throw new Error(`no process ${name}`);
      return found;
    },
    async rows<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
      const root = await connect(checkUrl);
      try {
        const [found] = await root.query(sql, [...params]);
        return found as Row[];
      } finally {
        await root.end();
      }
    },
    startWorker: (service, name, { env = {} } = {}) =>
      extras.start({
        name, command: process.execPath, args: ['--enable-source-maps', join(stack.wiring.root, `services/${service}/dist/worker.js`)], cwd: stack.wiring.root,
        env: { ...serviceEnv(stack.wiring, service, 'jobs'), ...env }, logFile: join(stack.logsDir, `${name}.log`),
      }),
    underWay,
    settled: async (timeoutMs = 60_000) => void (await eventually('every message is acknowledged', async () => (await underWay().catch(() => 1)) === 0, timeoutMs)),
    async ready(timeoutMs = 60_000) {
      const isUp = (port: number | undefined): Promise<boolean> =>
        fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) }).then((answer) => answer.ok, () => false);
      // each asked itself: what the gateway says of them may be a second old, and of a process that was killed meanwhile
      for (const name of stack.services) await eventually(`${name} is ready`, () => isUp(stack.wiring.ports.get(name)), timeoutMs);
      await sleep(GATEWAY_REMEMBERS_MS);
      await eventually('the gateway is ready', () => isUp(stack.wiring.ports.get('gateway')), timeoutMs);
    },
  };
}

/** `ANJIE_FAULTS_KEEP` leaves the logs and the data of a run where they are, and says where. */
const leave = (dir: string): void => (process.env['ANJIE_FAULTS_KEEP'] ? console.log(`kept: ${dir}`) : rmSync(dir, { recursive: true, force: true }));
