import type { Fault, FaultEngines, StartEngines } from '../harness/engines';
import { chooseSeed } from '../harness/random';
import { startFaultSystem, type FaultSystem } from '../harness/system';
import { tell, type Verdict } from '../harness/verdict';
import { storm } from '../storm';

const WORKER = 'assistance-worker';

/** The smoke's load while every fault of the engines happens once, in their order, and a worker is killed among them. */
export async function stormOver<Made extends FaultEngines>(startEngines: StartEngines<Made>, overMs: number): Promise<{ verdict: Verdict; engines: Made }> {
  const system: FaultSystem<Made> = await startFaultSystem({ startEngines });
  try {
    const verdict = await storm(system, { seed: chooseSeed(), referrals: 1_000, deadlines: 200, faults: 0, overMs, hasSecondWorker: true, exactly: (all) => [...system.engines.faults, ...all.filter(isWorkerKilled)] });
    tell(verdict);
    return { verdict, engines: system.engines };
  } finally {
    await system.stop();
  }
}

const isWorkerKilled = ({ kind, target }: Fault): boolean => kind === 'kill -9' && target === WORKER;
