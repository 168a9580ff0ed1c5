import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../harness/engines';
import type { Random } from '../harness/random';

export interface FaultScheduleOptions {
  readonly random: Random;
  readonly count: number;
  readonly overMs: number;
  readonly firstAfterMs: number;
}

export interface FaultLog {
  readonly told: readonly string[];
  readonly lastEndedAt: number;
}

/** Draws by weight, but nothing a second time before everything had its chance: each kind of fault comes in a long run. */
export function drawFaults(faults: readonly Fault[], count: number, random: Random): Fault[] {
  const total = faults.reduce((sum, { weight }) => sum + weight, 0);
  const deck = faults.flatMap((fault) => {
    const share = (fault.weight * count) / total;
    return Array.from({ length: Math.floor(share) + (random.chance((share % 1) * 100) ? 1 : 0) }, () => fault);
  });
  const drawn = random.shuffle(deck).slice(0, count);
  while (drawn.length < count) drawn.push(random.pick(faults));
  return apart(drawn);
}

/** While the database is away nothing can be in time, and two of its outages at once are one longer outage: others come between them. */
const APART = 2;

function apart(drawn: readonly Fault[]): Fault[] {
  const left = [...drawn];
  const placed: Fault[] = [];
  while (left.length > 0) {
    const isClose = placed.slice(-APART).some(({ target }) => target === 'mariadbd');
    const index = Math.max(0, left.findIndex(({ target }) => !isClose || target !== 'mariadbd'));
    placed.push(...left.splice(index, 1));
  }
  return placed;
}

/** Strikes at its times, several at once where they fall together, but never the same target twice at once. */
export async function strikeFaults(drawn: readonly Fault[], { random, overMs, firstAfterMs }: Omit<FaultScheduleOptions, 'count'>): Promise<FaultLog> {
  const startedAt = Date.now();
  const busy = new Map<string, Promise<void>>();
  const told: string[] = [];
  const struck: Promise<void>[] = [];
  const step = overMs / drawn.length;
  for (const [index, fault] of drawn.entries()) {
    await sleep(Math.max(0, startedAt + firstAfterMs + step * index + random.int(0, Math.round(step / 2)) - Date.now()));
    await busy.get(fault.target);
    told.push(`${((Date.now() - startedAt) / 1000).toFixed(1)} s ${fault.kind} ${fault.target}`);
    const strike = fault.strike(random);
    struck.push(strike);
    busy.set(fault.target, strike);
  }
  await Promise.all(struck);
  return { told, lastEndedAt: Date.now() };
}

/** One of each of these kinds, each at a random target among those that it fits. */
export function oneOfEach(faults: readonly Fault[], kinds: readonly (readonly [kind: string, target: RegExp])[], random: Random): Fault[] {
  return random.shuffle(kinds.map(([kind, target]) => {
    const fitting = faults.filter((fault) => fault.kind.startsWith(kind) && target.test(fault.target));
    if (fitting.length === 0) throw new Error(`nothing offers "${kind}" of ${target}`);
    return random.pick(fitting);
  }));
}
