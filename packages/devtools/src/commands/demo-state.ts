import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPaths } from '../local/index';

/** What other commands must know of the demo that runs in this checkout. */
export interface RunningDemo {
  readonly pid: number;
  readonly url: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly services: readonly string[];
}

export const demoDir = (): string => join(checkoutPaths().state, 'demo');
export const issuerKeyFile = (): string => join(demoDir(), 'keys', 'dev-issuer.pem');
export const auditKeyFile = (): string => join(demoDir(), 'keys', 'audit.key');
export const identityKeyFile = (): string => join(demoDir(), 'keys', 'identity.key');
const runningFile = (): string => join(demoDir(), 'running.json');

/** The running demo, or undefined; a file left by a killed process does not count. */
export function runningDemo(): RunningDemo | undefined {
  if (!existsSync(runningFile())) return undefined;
  const demo = JSON.parse(readFileSync(runningFile(), 'utf8')) as RunningDemo;
  return isAlive(demo.pid) ? demo : undefined;
}

export const noteRunning = (demo: RunningDemo): void => writeFileSync(runningFile(), JSON.stringify(demo, null, 2), { mode: 0o600 });
export const noteStopped = (): void => rmSync(runningFile(), { force: true });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
