import { join } from 'node:path';
import { createProcessGroup, freePort, gatewayEnv, type LocalProcess } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import type { LocalSystem } from '../../faults/harness/probes';

/** The page of a portal that may read answers, and no other. */
export const PORTAL_ORIGIN = 'https://portal.example.gov.cn';
/** As an operator sets it: no development issuer, so no introspection and no GraphiQL. */
const LIKE_PRODUCTION = { ANJIE_DEV_ISSUER: '0', ANJIE_CORS_ORIGINS: PORTAL_ORIGIN };

export interface Front {
  readonly url: string;
  readonly port: number;
  readonly process: LocalProcess;
  stop(): Promise<void>;
}

/** One more gateway of the system, whose environment is the operator's; ready when it answers for all subgraphs. */
export async function openFront(system: LocalSystem, env: NodeJS.ProcessEnv = {}): Promise<Front> {
  const { wiring, logsDir } = system.stack;
  const group = createProcessGroup();
  const port = await freePort();
  const name = `front-${port}`;
  const process = await group.start({
    name, command: globalThis.process.execPath, args: ['--enable-source-maps', join(wiring.root, 'gateway/dist/main.js')], cwd: wiring.root, logFile: join(logsDir, `${name}.log`),
    env: { ...gatewayEnv(wiring), ANJIE_PORT: String(port), ...LIKE_PRODUCTION, ...env },
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = (): Promise<void> => group.stopAll();
  try {
    await eventually('the front gateway is ready', async () => {
      if (!process.running()) throw new Error(`the gateway ended:\n${process.logTail(20)}`);
      return fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then((answer) => answer.ok || undefined, () => undefined);
    }, 180_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, port, process, stop };
}

/** Code and last words of a gateway that must not start with this environment; undefined when it runs. */
export async function refusedStart(system: LocalSystem, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const front = await openFront(system, env).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (typeof front === 'string') return front;
  await front.stop();
  return undefined;
}
