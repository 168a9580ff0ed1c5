import { rmSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkoutPaths, createProcessGroup, createTestEngines, findOrFetchEngines, type LocalProcess } from '../local/index';
import { openDevIssuer, serviceEnv, startStack, type Stack } from '../stack/index';
import type { BenchStep } from './index';
import { machineOf } from './machine';
import { claimsOf, viewers, type ViewerName } from './operations';

/** The real system on private engines, without anything to compare it with. */
export interface WholeSystem {
  readonly databaseUrl: string;
  readonly versions: Readonly<Record<'mariadb' | 'redis', string>>;
  readonly stack: Stack;
  headersOf(viewer: ViewerName): Promise<Readonly<Record<string, string>>>;
  /** One Redis command as a person would type it; answers what comes back. */
  redis(command: string): Promise<string>;
  /** A further worker of a service, beside the one that runs. */
  addWorker(service: string): Promise<LocalProcess>;
  stop(): Promise<void>;
  /** After a run that went well; otherwise the logs stay for whoever wants to know why. */
  forget(): void;
}

async function startWholeSystem(): Promise<WholeSystem> {
  const paths = checkoutPaths();
  const { versions } = await findOrFetchEngines({ cacheDir: paths.cacheDir, log: () => undefined });
  const engines = await createTestEngines(paths);
  const group = createProcessGroup();
  try {
    const issuer = await openDevIssuer(join(engines.dir, 'issuer.pem'));
    const { databaseUrl, redisUrl } = engines;
    const stack = await startStack({
      root: paths.root, dir: join(engines.dir, 'system'), mode: 'TEST', databaseUrl, redisUrl, isPrivate: true, jwksFile: issuer.jwksFile, logLevel: 'warn',
    });
    return {
      databaseUrl, versions, stack,
      headersOf: async (viewer) => ({ 'content-type': 'application/json', authorization: `Bearer ${await issuer.tokenFor(claimsOf(viewers[viewer]))}` }),
      redis: (command) => askRedis(new URL(redisUrl).pathname, command),
      addWorker: (service) => group.start({
        name: `${service}-worker-2`, command: process.execPath, args: ['--enable-source-maps', join(paths.root, `services/${service}/dist/worker.js`)],
        env: serviceEnv(stack.wiring, service, 'jobs'), cwd: paths.root, logFile: join(stack.logsDir, `${service}-worker-2.log`),
      }),
      async stop() {
        await group.stopAll(2_000);
        await stack.stop();
        await engines.stop();
      },
      forget: () => rmSync(engines.dir, { recursive: true, force: true }),
    };
  } catch (error) {
    await engines.stop();
    throw error;
  }
}

/** What a bench of the whole system needs from its command. */
export interface QueueBench {
  readonly args: readonly string[];
  readonly step: BenchStep;
  readonly onSystem: (system: WholeSystem) => void;
}

/** Runs a bench on a system of its own; the folder stays only when it fails. */
export async function onWholeSystem({ step, onSystem }: QueueBench, work: (system: WholeSystem) => Promise<readonly string[]>): Promise<string> {
  const system = await step('starting engines and the system', () => startWholeSystem());
  onSystem(system);
  let lines: readonly string[];
  try {
    lines = await work(system);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nLogs: ${system.stack.logsDir}`, { cause: error });
  } finally {
    await system.stop();
  }
  system.forget();
  return [...lines, '', machineOf(system.versions)].join('\n');
}

/** `--rows N`. @throws Error that says which bounds hold */
export function rowsOf(args: readonly string[], usual: number): number {
  const { values } = parseArgs({ args: [...args], options: { rows: { type: 'string', default: String(usual) } } });
  const rows = Number(values.rows);
  if (!Number.isInteger(rows) || rows < 100 || rows > 1_000_000) throw new Error(`--rows: use a whole number from 100 to 1000000, not "${values.rows}"`);
  return rows;
}

const askRedis = (socketPath: string, command: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connectSocket(socketPath, () => socket.write(`${command}\r\n`));
    socket.once('data', (answer) => {
      socket.end();
      resolve(answer.toString('utf8').trim());
    });
    socket.once('error', reject);
  });
