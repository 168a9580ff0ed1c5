import type { DataSource } from 'typeorm';
import { isDatabaseOutage, isStorageFull, select, takesWrites } from '../database';

/** What is in the way is no fault of the message: it is tried again for as long as it takes, and never buried. */
export class PostponedError extends Error {
  override readonly name = 'PostponedError';
}

export const isNobodysFault = (error: unknown): boolean => error instanceof PostponedError || isDatabaseOutage(error) || isStorageFull(error);

/**
 * For so long since it was first too slow a message waits as in an outage: whoever rebuilds a large table or holds a lock is
 * done by then. What is still too slow has a fault of its own; its attempts count, and it is put aside.
 */
export const SLOW_FOR_MS = 4 * 3_600_000;

const LOOK_MS = 500;

/** Lets work wait for the service's own database instead of failing because of it, until the process is told to stop. */
export function createPatience(db: DataSource) {
  let isClosing = false;
  // a server that only answers is not enough: the old writer still does, after its place was taken
  const answers = (): Promise<boolean> => select<{ setting: unknown }>(db.manager, 'SELECT @@GLOBAL.read_only AS setting').then(([row]) => takesWrites(row?.setting), () => false);
  return {
    /** Runs `work` again after each outage that `faultsOf` finds in its answer or its error. */
    async outlast<T>(work: () => Promise<T>, faultsOf: (answer: T) => readonly unknown[] = () => []): Promise<T> {
      for (;;) {
        const settled = await work().then((answer) => ({ answer }), (error: unknown) => ({ error }));
        const faults = 'answer' in settled ? faultsOf(settled.answer) : [settled.error];
        if (isClosing || !faults.some(isDatabaseOutage)) {
          if ('answer' in settled) return settled.answer;
          throw settled.error;
        }
        while (!isClosing && !(await answers())) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    },
    giveUp(): void {
      isClosing = true;
    },
  };
}
export type Patience = ReturnType<typeof createPatience>;
