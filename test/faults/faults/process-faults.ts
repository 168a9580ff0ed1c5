import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../harness/engines';
import type { FaultSystem } from '../harness/system';

/** Longer than a job's lock of 10 s is needed only where a test says so; here the freeze must still be mended within the promise. */
const FROZEN_MS = 9_000;

/** SIGKILL, and SIGSTOP for a while, of each of Anjie's own processes. The supervisor starts the killed ones again. */
export const processFaults = (system: FaultSystem, frozenMs = FROZEN_MS): Fault[] =>
  system.processNames.flatMap((name): Fault[] => [
    { kind: 'kill -9', target: name, weight: 3, strike: () => system.processOf(name).kill9() },
    {
      kind: `SIGSTOP for ${frozenMs} ms`, target: name, weight: 0.5,
      async strike() {
        const frozen = system.processOf(name);
        if (!frozen.running()) return;
        process.kill(frozen.pid, 'SIGSTOP');
        await sleep(frozenMs);
        if (frozen.running()) process.kill(frozen.pid, 'SIGCONT');
      },
    },
  ]);
