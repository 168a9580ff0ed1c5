import { randomUUID } from 'node:crypto';
import type { Queue, Worker } from 'bullmq';
import { repeat, type Logger } from '../runtime';

/** A job that does nothing but show that jobs still reach a worker. */
export const CANARY = 'canary';

const EVERY_MS = 10_000;
/** Several each round, because another process on the same queue takes its share of them. */
const PER_ROUND = 3;
/** Rounds in which Redis took canaries and the worker got nothing at all: 60 s. */
const SILENT_ROUNDS = 6;

export interface Liveness {
  readonly queue: string;
  /** Milliseconds since the worker last got a job, canaries included. */
  readonly silentMs: number;
}

const me = randomUUID().slice(0, 8);
const watched = new Map<Worker, { lastAt: number }>();

/** How long ago each worker of this process last got a job: for metrics. */
export const livenessOfWorkers = (): readonly Liveness[] =>
  [...watched].map(([worker, { lastAt }]) => ({ queue: worker.name, silentMs: Math.round(performance.now() - lastAt) }));

export interface WatchOptions {
  readonly worker: Worker;
  readonly openQueue: () => Queue;
  readonly concurrency: number;
  readonly log: Logger;
  readonly everyMs?: number | undefined;
  /** Ends the process; whoever supervises it starts a new one. */
  readonly die?: ((reason: string) => void) | undefined;
}

const exit = (): never => process.exit(1);

/**
 * Ends the process when its worker has gone silent while Redis takes jobs: after some failovers a worker stays alive and
 * deaf for ever, without an error (bullmq#4378). While Redis is away nothing is concluded, the sweeps go on without it.
 * @returns what the worker's processor must call around each job
 */
export function watchWorker({ worker, openQueue, concurrency, log, everyMs = EVERY_MS, die = exit }: WatchOptions) {
  const seen = { lastAt: performance.now(), got: 0, inHand: 0 };
  watched.set(worker, seen);
  const queue = openQueue();
  let round = 0;
  let silent = 0;
  let gotBefore = 0;
  const look = async (): Promise<void> => {
    const isBusy = seen.got !== gotBefore || seen.inHand >= concurrency;
    gotBefore = seen.got;
    round += 1;
    const isTaken = await sendCanaries(queue, round).then(() => true, () => false);
    silent = isBusy || !isTaken || round === 1 ? 0 : silent + 1;
    if (silent < SILENT_ROUNDS) return;
    log.fatal({ queue: worker.name, rounds: silent }, 'jobs do not reach this worker any more; ending the process');
    die(`${worker.name} is silent`);
  };
  const rounds = repeat('canary', everyMs, { log, work: look });
  worker.once('closing', () => {
    watched.delete(worker);
    void rounds.close().then(() => queue.close()).catch(() => undefined);
  });
  return {
    async around<T>(work: () => Promise<T>): Promise<T> {
      seen.lastAt = performance.now();
      seen.got += 1;
      seen.inHand += 1;
      try {
        return await work();
      } finally {
        seen.inHand -= 1;
      }
    },
  };
}

const sendCanaries = (queue: Queue, round: number): Promise<unknown> =>
  queue.addBulk(Array.from({ length: PER_ROUND }, (_, i) => ({
    name: CANARY, data: {}, opts: { jobId: `${CANARY}-${me}-${round % 1000}-${i}`, attempts: 1 },
  })));
