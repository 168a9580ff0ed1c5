import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkoutPaths, findOrFetchEngines, startMariadb } from '../local/index';
import { connect } from '../stack/index';

const POOL_MB = 2_048;

/** `npm run bench -- repeats [--petitions 1000000 --lookups 300]`: how long the look-up of repeats takes; answers markdown. */
export async function benchRepeats(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({ args: [...args], options: { petitions: { type: 'string', default: '1000000' }, lookups: { type: 'string', default: '300' } } });
  const [petitions, lookups] = [bounded('petitions', values.petitions, 5_000_000), bounded('lookups', values.lookups, 10_000)];
  const paths = checkoutPaths();
  const engines = await findOrFetchEngines({ cacheDir: paths.cacheDir, log: (line) => console.error(line) });
  mkdirSync(join(paths.state, 't'), { recursive: true });
  const dir = mkdtempSync(join(paths.state, 't', 'repeats-'));
  const database = await startMariadb(engines, { dir: join(dir, 'm'), bufferPoolMb: POOL_MB, settings: { 'innodb-log-file-size': '512M', 'innodb-flush-log-at-trx-commit': 0 } });
  try {
    const databaseUrl = `mysql://root@localhost?socketPath=${database.socketPath}`;
    const root = await connect(databaseUrl);
    await root.query('CREATE DATABASE cases CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci');
    await root.end();
    const table = await measured(join(paths.root, 'services/cases/dist/bench/measure-repeats.js'), { databaseUrl, dir, petitions, lookups });
    return `### Look-up of repeats among ${petitions.toLocaleString('en')} petitions\n\n${table}\n${machine(lookups)}`;
  } finally {
    await database.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function bounded(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 100 || value > most) throw new Error(`--${name}: use a whole number from 100 to ${most}, not "${text}"`);
  return value;
}

/** The service's own code, in a process of its own; its stderr is the progress. */
async function measured(script: string, plan: object): Promise<string> {
  const child = spawn(process.execPath, [script, JSON.stringify(plan)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`measuring ended with exit code ${code}`);
  return output;
}

function machine(lookups: number): string {
  const cores = cpus();
  return [
    `Measured ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC on ${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown CPU'}), ${Math.round(totalmem() / 2 ** 30)} GB, load ${loadavg()[0]?.toFixed(1)}`,
    `Node ${process.versions.node}, MariaDB with ${POOL_MB / 1_024} GB buffer pool, not durable; the subgraph in-process, ${lookups} look-ups a row, one after the other`,
  ].join('; ').concat('. Audit row, statement, scores and case rows included.');
}
