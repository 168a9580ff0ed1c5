import { checkDeadlines } from '../checks/deadline-check';
import { countOf, msUntil, until, type LocalSystem } from '../harness/probes';
import { createRandom } from '../harness/random';
import { judge, type Verdict } from '../harness/verdict';
import { registerCases } from '../harness/world';
import { plantDeadlines } from '../load/deadline-load';

export interface ClockTroubleSize {
  /** libfaketime's library. */
  readonly library: string;
  /** As libfaketime says them: `+60s`, `-2d`. */
  readonly offsets: readonly string[];
  readonly deadlines: number;
}

const SPREAD_MS = 8_000;

const fakeTime = (library: string, offset: string): NodeJS.ProcessEnv => ({ LD_PRELOAD: library, FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_NO_CACHE: '1' });

/** R20: of two workers one has a wrong clock and sounds alarms that the other one set; deadlines fire by the database's clock all the same. */
export async function clockTrouble(system: LocalSystem, { library, offsets, deadlines }: ClockTroubleSize): Promise<Verdict> {
  const sums = judge('R20 a clock is wrong');
  const caseIds = await registerCases(system, 8);
  for (const offset of offsets) {
    const worker = await system.startWorker('supervision', `supervision-worker${offset}`, { env: fakeTime(library, offset) });
    await until('the worker works', async () => worker.logTail(2_000).includes('supervision works'), 60_000);
    // it stands still until the other one has set the alarms
    process.kill(worker.pid, 'SIGSTOP');
    const firings = await plantDeadlines(system, { count: deadlines, caseIds, random: createRandom(offset), firstAfterMs: 5_000, spreadMs: SPREAD_MS });
    const ids = firings.map(({ id }) => id);
    await until('every alarm is set', async () => (await countOf(system, 'SELECT COUNT(*) AS n FROM supervision.deadlines WHERE armed_version = version AND id IN (?)', [ids])) === ids.length);
    process.kill(worker.pid, 'SIGCONT');
    const fired = "SELECT COUNT(*) AS n FROM supervision.deadlines WHERE state = 'FIRED' AND id IN (?)";
    await msUntil(async () => (await countOf(system, fired, [ids])) === ids.length, SPREAD_MS + 30_000);
    await checkDeadlines(system, { firings, replaced: [] }, { judge: sums, latestMs: 10_000 });
    sums.equal(`noticed ${offset}`, /clock is [\d.]+ s away/.test(worker.logTail(2_000)) ? 'yes' : 'no', 'yes');
    await worker.stop();
    const refused = await system.startWorker('supervision', `supervision-worker-production${offset}`, { env: { ...fakeTime(library, offset), ANJIE_MODE: 'PRODUCTION' } });
    const { code } = await refused.exited;
    sums.equal(`in production ${offset}`, code !== 0 && /clock is [\d.]+ s away/.test(refused.logTail(2_000)) ? 'refused' : `exit ${code}`, 'refused');
  }
  return sums.verdict();
}
