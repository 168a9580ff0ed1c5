import { checkDeadlines } from './checks/deadline-check';
import { checkMessages } from './checks/message-check';
import { checkReferrals } from './checks/referral-check';
import { drawFaults, strikeFaults } from './faults/fault-schedule';
import { processFaults } from './faults/process-faults';
import type { Fault } from './harness/engines';
import { createRandom } from './harness/random';
import type { FaultSystem } from './harness/system';
import { judge, type Verdict } from './harness/verdict';
import { registerCases } from './harness/world';
import { extendDeadlines, plantDeadlines } from './load/deadline-load';
import { sendReferrals, shownFailures, wishReferrals } from './load/referral-load';

export interface StormOptions {
  readonly seed: string;
  readonly referrals: number;
  readonly deadlines: number;
  readonly faults: number;
  /** Load and faults are spread over this. */
  readonly overMs: number;
  /** Drawn from by weight; by default every fault of the engines and of the processes. */
  readonly chooseFaults?: (all: readonly Fault[]) => readonly Fault[];
  /**
   * A second worker of supervision, as docs/operations.md advises: a worker that stands still for 9 s makes its deadlines that late, so
   * the promise of 10 s needs another one. It is never struck itself, as if a fault met only one of the two at a time.
   */
  readonly hasSecondWorker?: boolean;
  /** How long to wait for what does not come; longer than promised, so that a broken promise is told with its number. */
  readonly patienceMs?: number;
  /** Strikes exactly these, in this order, instead of drawing. */
  readonly exactly?: (all: readonly Fault[]) => readonly Fault[];
}

/** Moved deadlines fall due so much of the storm later; the end waits for the last of them. */
const MOVED_BY = 0.15;
const REFERRALS_PER_CASE = 20;
const LATEST_MS = 10_000;
const ALL_ACKNOWLEDGED_WITHIN_S = 60;

/** R1 + R3: referrals and deadlines go on while everything is broken again and again; then the databases are counted. */
export async function storm(system: FaultSystem, options: StormOptions): Promise<Verdict> {
  const { seed, overMs } = options;
  const beganAt = Date.now();
  const random = createRandom(seed);
  const sums = judge('R1+R3');
  const caseIds = await registerCases(system, Math.max(20, Math.ceil(options.referrals / REFERRALS_PER_CASE)));
  const faults = [...system.engines.faults, ...processFaults(system)];
  const drawn = options.exactly?.(faults) ?? drawFaults(options.chooseFaults?.(faults) ?? faults, options.faults, random);
  const second = options.hasSecondWorker ? await system.startWorker('supervision', 'supervision-worker-2') : undefined;
  const firings = await plantDeadlines(system, { count: options.deadlines, caseIds, random, firstAfterMs: 3_000, spreadMs: overMs });
  const startedAt = Date.now();
  const [book, log, deadlines] = await Promise.all([
    sendReferrals(system, wishReferrals(caseIds, options.referrals), { random: createRandom(`${seed} client`), spreadMs: overMs, giveUpAfterMs: overMs + 240_000 }),
    strikeFaults(drawn, { random: createRandom(`${seed} faults`), overMs, firstAfterMs: 2_000 }),
    extendDeadlines(system, firings, { random: createRandom(`${seed} moves`), percent: 20, afterMs: overMs * 0.2, spreadMs: overMs * 0.4, byMs: overMs * MOVED_BY }),
  ]);
  // a slow machine is still sending when the last fault is over
  const settledS = await secondsUntilSettled(system, Math.max(log.lastEndedAt, book.endedAt), options.patienceMs);
  await deadlinesOver(system, startedAt + overMs * (1 + MOVED_BY) + 3_000);
  await second?.stop();
  console.log(`seed ${seed}: ${drawn.length} faults\n  ${log.told.join('\n  ')}\n  the client saw: ${shownFailures(book.failures)}; sent twice: ${book.reposts} documents\n  restarts: ${[...system.supervisor.restarts].map(([name, n]) => `${name} ${n}`).join(', ')}`);
  sums.note('seed', seed);
  sums.note('faults', drawn.length);
  await checkReferrals(system, book, sums);
  await checkDeadlines(system, deadlines, { judge: sums, latestMs: LATEST_MS });
  await checkMessages(system, sums);
  sums.note('seconds in all', Math.round((Date.now() - beganAt) / 1000));
  sums.atMost('seconds until all was acknowledged', settledS, ALL_ACKNOWLEDGED_WITHIN_S);
  return sums.verdict();
}

async function secondsUntilSettled(system: FaultSystem, since: number, patienceMs = 120_000): Promise<number> {
  await system.settled(patienceMs).catch(() => undefined);
  return Math.round((Date.now() - since) / 100) / 10;
}

/** The last deadline is due; and a little more for the latest that is still within the promise. */
async function deadlinesOver(system: FaultSystem, lastDueAt: number): Promise<void> {
  const end = Math.max(lastDueAt, Date.now()) + LATEST_MS + 5_000;
  const waiting = async (): Promise<number> => Number((await system.rows<{ n: string }>("SELECT COUNT(*) AS n FROM supervision.deadlines d JOIN supervision.business_clock c ON c.id = 1 WHERE d.state = 'ARMED' AND d.due_at < UTC_TIMESTAMP(3) + INTERVAL c.offset_seconds + 3600 SECOND"))[0]?.n);
  while (Date.now() < end && (await waiting().catch(() => 1)) > 0) await new Promise((resolve) => setTimeout(resolve, 250));
}
