// Starts the real system once for all journeys: own engines, gateway, four subgraphs, four workers, the demo province.
const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { checkoutPaths, createTestEngines } = require('../../packages/devtools/dist/local/index.js');
const { openDevIssuer, runTask, setBusinessNow, startStack, settled } = require('../../packages/devtools/dist/stack/index.js');
const { loadDemo, personas } = require('../../packages/devtools/dist/demo/index.js');

module.exports = async () => {
  const engines = await createTestEngines(checkoutPaths(__dirname));
  const dir = join(engines.dir, 'system');
  mkdirSync(dir, { recursive: true });
  const issuerKey = join(dir, 'issuer.pem');
  const issuer = await openDevIssuer(issuerKey);
  let stack;
  globalThis.__stopAnjie = async () => {
    await stack?.stop();
    await engines.stop();
    rmSync(engines.dir, { recursive: true, force: true });
  };
  try {
    stack = await startStack({
      root: checkoutPaths(__dirname).root, dir, mode: 'TEST', databaseUrl: engines.databaseUrl, redisUrl: engines.redisUrl, isPrivate: true,
      jwksFile: issuer.jwksFile, logLevel: 'info',
    });
    await loadDemo({
      graphUrl: `${stack.url}/graphql`,
      tokenFor: (persona) => issuer.tokenFor(personas[persona].claims),
      setBusinessNow: (instant) => setBusinessNow(stack.databaseUrl, stack.services, instant),
      settled: () => settled(stack),
      runTask: (service, task) => runTask(stack.databaseUrl, service, task),
      tell: () => undefined,
    });
  } catch (error) {
    await globalThis.__stopAnjie();
    throw error;
  }
  const file = join(engines.dir, 'e2e.json');
  const pids = Object.fromEntries([...stack.processes].map(([name, child]) => [name, child.pid]));
  writeFileSync(file, JSON.stringify({ url: stack.url, databaseUrl: stack.databaseUrl, redisUrl: engines.redisUrl, services: stack.services, issuerKey, logsDir: stack.logsDir, pids }));
  process.env.ANJIE_E2E_FILE = file;
};
