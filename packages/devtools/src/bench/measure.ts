import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cpuMs, machineBusyMs } from './cpu';
import type { LoadPlan, LoadResult } from './load-generator';
import type { Operation } from './operations';
import type { BenchSystem, Target } from './system';

const MAX_REQUESTS = 1_000_000;
const WARM_UP_S = 3;
const ROUNDS = 3;
const IDLE_S = 5;
const run = promisify(execFile);

/** One gateway under one operation. Times in ms; CPU in ms per request, without what the processes use when idle. */
export interface Measurement {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly gatewayCpu: number;
  readonly servicesCpu: number;
  readonly databaseCpu: number;
  /** Share of the machine that went to anything else than this measurement; compare nothing when it varies. */
  readonly othersShare: number;
}

/** CPU ms per second that the system uses while nobody asks: sweeps, relays, polling. */
export interface Idle {
  readonly services: number;
  readonly database: number;
}

export interface Load {
  readonly seconds: number;
  readonly connections: number;
  readonly idle: Idle;
}

export interface Comparison {
  readonly ours: Measurement;
  readonly documented: Measurement;
}

/** A B A B A B after a warm-up of both, so that whatever else happens on the machine meets both; the median of each number. */
export async function compare(system: BenchSystem, operation: Operation, load: Load): Promise<Comparison> {
  const targets = [system.ours[operation.viewer], system.documented[operation.viewer]] as const;
  for (const target of targets) await sendLoad(target, operation, { ...load, seconds: WARM_UP_S });
  const rounds: [Measurement, Measurement][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push([await measure(system, targets[0], { operation, load }), await measure(system, targets[1], { operation, load })]);
  }
  return { ours: medianOf(rounds.map(([ours]) => ours)), documented: medianOf(rounds.map(([, documented]) => documented)) };
}

export async function measureIdle(system: BenchSystem): Promise<Idle> {
  const before = [cpuMs(system.servicePids), cpuMs([system.databasePid])];
  await sleep(IDLE_S * 1_000);
  const [services = 0, database = 0] = [cpuMs(system.servicePids), cpuMs([system.databasePid])].map((ms, i) => ((ms ?? 0) - (before[i] ?? 0)) / IDLE_S);
  return { services, database };
}

async function measure(system: BenchSystem, target: Target, { operation, load }: { operation: Operation; load: Load }): Promise<Measurement> {
  const groups = [[target.pid], system.servicePids, [system.databasePid]] as const;
  const before = groups.map(cpuMs);
  const busyBefore = machineBusyMs();
  const began = performance.now();
  const result = await sendLoad(target, operation, load);
  const wallMs = performance.now() - began;
  const busyMs = machineBusyMs() - busyBefore;
  const [gateway = NaN, services = NaN, database = NaN] = groups.map(cpuMs).map((ms, i) => (ms ?? NaN) - (before[i] ?? NaN));
  const idleOf = (perSecond: number): number => (perSecond * wallMs) / 1_000;
  return {
    perSecond: result.requests / result.seconds, p50: result.p50, p99: result.p99,
    gatewayCpu: gateway / result.requests,
    servicesCpu: (services - idleOf(load.idle.services)) / result.requests,
    databaseCpu: (database - idleOf(load.idle.database)) / result.requests,
    othersShare: (busyMs - gateway - services - database - result.cpuMs) / (wallMs * cpus().length),
  };
}

/** The load comes from a process of its own, so that its work is not taken for the system's. @throws Error when an answer was wrong */
async function sendLoad(target: Target, operation: Operation, { seconds, connections }: Pick<Load, 'seconds' | 'connections'>): Promise<LoadResult> {
  const plan: LoadPlan = { origin: target.origin, path: '/graphql', headers: target.headers, body: operation.body, connections, seconds, maxRequests: MAX_REQUESTS };
  const { stdout } = await run(process.execPath, [join(__dirname, 'load-generator.js'), JSON.stringify(plan)], { timeout: (seconds + 60) * 1_000 });
  const result = JSON.parse(stdout) as LoadResult;
  if (result.different > 0) throw new Error(`${target.name}, ${operation.name}: ${result.different} of ${result.requests} answers were not the answer that was checked`);
  return result;
}

function medianOf(rounds: readonly Measurement[]): Measurement {
  const middle = (name: keyof Measurement): number => rounds.map((round) => round[name]).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? NaN;
  return {
    perSecond: middle('perSecond'), p50: middle('p50'), p99: middle('p99'),
    gatewayCpu: middle('gatewayCpu'), servicesCpu: middle('servicesCpu'), databaseCpu: middle('databaseCpu'), othersShare: middle('othersShare'),
  };
}
