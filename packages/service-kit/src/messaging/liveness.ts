import { randomUUID } from 'node:crypto';
import type { Queue, Worker } from 'bullmq';
import { repeat, type Logger } from '../runtime';

/** A job that does nothing but show that jobs still reach a worker. */
export const CANARY = 'canary';

const EVERY_MS = 5_000;
/** Rounds in a row in which its own canary still waits in the queue while the worker, which has room, got nothing: 15 s. */
const WAITING_ROUNDS = 3;
/** Rounds in which Redis took its canaries, other workers of the queue got them all, and it got nothing: two minutes, in which each of them sends as many. */
const SILENT_ROUNDS = 24;

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
  let [round, silent, waiting, gotBefore] = [0, 0, 0, 0];
  const look = async (): Promise<void> => {
    const isBusy = seen.got !== gotBefore || seen.inHand >= concurrency;
    gotBefore = seen.got;
    const isLastWaiting = !isBusy && (await isWaiting(queue, round));
    round += 1;
    const isTaken = await sendCanary(queue, round).then(() => true, () => false);
    const isSilent = !isBusy && isTaken && round > 1;
    silent = isSilent ? silent + 1 : 0;
    waiting = isSilent && isLastWaiting ? waiting + 1 : 0;
    if (waiting < WAITING_ROUNDS && silent < SILENT_ROUNDS) return;
    log.fatal({ queue: worker.name, waiting, silent }, 'jobs do not reach this worker any more; ending the process');
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

const canaryId = (round: number): string => `${CANARY}-${me}-${round % 1000}`;

const sendCanary = (queue: Queue, round: number): Promise<unknown> => queue.add(CANARY, {}, { jobId: canaryId(round), attempts: 1 });

/** Nobody has taken it. What cannot be asked is not concluded from. */
const isWaiting = (queue: Queue, round: number): Promise<boolean> => queue.getJobState(canaryId(round)).then((state) => ['waiting', 'paused', 'prioritized'].includes(state), () => false);
