import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalProcess } from './processes';

export interface Probe {
  at: { path: string } | { port: number };
  /** Sent on connecting; nothing when the server speaks first. */
  hello?: string;
  isReady(answer: Buffer): boolean;
  timeoutMs: number;
}

/** One connection; false when it is refused, closed or answers that the server is not ready yet. */
function ask(probe: Probe, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(probe.at);
    const finish = (ready: boolean): void => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(Math.max(timeoutMs, 1), () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('close', () => resolve(false));
    socket.on('connect', () => probe.hello && socket.write(probe.hello));
    socket.on('data', (answer) => finish(probe.isReady(answer)));
  });
}

export async function waitUntilReady(started: LocalProcess, probe: Probe): Promise<void> {
  const deadline = Date.now() + probe.timeoutMs;
  while (started.running() && Date.now() < deadline) {
    if (await ask(probe, deadline - Date.now())) return;
    await sleep(5);
  }
  const why = started.running() ? `did not become ready within ${probe.timeoutMs / 1000} s` : 'ended while starting';
  await started.kill9();
  throw new Error(`${started.name} ${why}. The end of ${started.logFile}:\n${started.logTail()}`);
}
