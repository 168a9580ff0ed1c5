import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDemo, personas } from '../demo/index';
import { checkoutPaths, findOrFetchEngines, startMariadb, startRedis } from '../local/index';
import { openDevIssuer, runTask, setBusinessNow, settled, startStack, type DevIssuer, type Stack } from '../stack/index';
import { demoDir, issuerKeyFile, noteRunning, noteStopped, runningDemo } from './demo-state';
import { startProduction } from './start-production';
import { createSteps } from './steps';
import { keepAlive } from './supervise';
import { welcome } from './welcome';

type Steps = ReturnType<typeof createSteps>;

/** `npm start`: the demo on private engines, or the operator's system when a database URL is set. */
export async function start(): Promise<number> {
  if (process.env['ANJIE_DATABASE_URL']) return startProduction();
  const running = runningDemo();
  if (running) {
    console.error(`Anjie already runs in this checkout (process ${running.pid}): ${running.url}`);
    return 1;
  }
  const steps = createSteps();
  const engines = await startEngines(steps);
  let stack: Stack | undefined;
  const stop = async (): Promise<void> => {
    await stack?.stop();
    await engines.stop();
    noteStopped();
  };
  const stopped = new Promise<number>((resolve) => {
    let stopping = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (stopping) return;
        stopping = true;
        process.stderr.write('\nStopping … ');
        void stop().then(() => (process.stderr.write('stopped.\n'), resolve(0)));
      });
    }
  });
  try {
    const issuer = await openDevIssuer(issuerKeyFile());
    stack = await steps.run('starting gateway, four subgraphs and their workers', () => startDemoStack(engines, issuer));
    noteRunning({ pid: process.pid, url: stack.url, databaseUrl: engines.databaseUrl, redisUrl: engines.redisUrl, services: stack.services });
    await fillOnce(stack, { issuer, steps });
    keepAlive(stack);
    console.log(await welcome(stack, issuer, steps.total()));
  } catch (error) {
    await stop();
    throw error;
  }
  return stopped;
}

async function startEngines(steps: Steps) {
  const { cacheDir } = checkoutPaths();
  const engines = await steps.run('finding MariaDB and Redis', () => findOrFetchEngines({ cacheDir, log: () => undefined }));
  const dir = demoDir();
  const [mariadb, redis] = await steps.run(`starting private MariaDB ${engines.versions.mariadb} and Redis ${engines.versions.redis}`, () =>
    Promise.all([startMariadb(engines, { dir: join(dir, 'm'), durable: true, bufferPoolMb: 256 }), startRedis(engines, { dir: join(dir, 'r') })]),
  );
  return {
    databaseUrl: `mysql://root@localhost?socketPath=${mariadb.socketPath}`,
    redisUrl: `unix://${redis.socketPath}`,
    stop: async () => void (await Promise.all([mariadb.stop(), redis.stop()])),
  };
}

const startDemoStack = (engines: { databaseUrl: string; redisUrl: string }, issuer: DevIssuer): Promise<Stack> =>
  startStack({ root: checkoutPaths().root, dir: demoDir(), mode: 'DEMO', ...engines, isPrivate: true, gatewayPort: 4000, jwksFile: issuer.jwksFile });

/** Loads the demo province through the gateway, once; a load that was cut short goes on where it stopped. */
async function fillOnce(stack: Stack, { issuer, steps }: { issuer: DevIssuer; steps: Steps }): Promise<void> {
  const marker = join(demoDir(), 'loaded');
  if (existsSync(marker)) return;
  await steps.run('loading the demo province (Ningxia: 5 cities, 22 counties)', (progress) =>
    loadDemo({
      graphUrl: `${stack.url}/graphql`,
      tokenFor: (persona) => issuer.tokenFor(personas[persona]?.claims ?? {}),
      setBusinessNow: (instant) => setBusinessNow(stack.databaseUrl, stack.services, instant),
      settled: () => settled(stack),
      runTask: (service, task) => runTask(stack.databaseUrl, service, task),
      tell: (_line, done, total) => progress(done, total),
    }),
  );
  writeFileSync(marker, new Date().toISOString());
}
