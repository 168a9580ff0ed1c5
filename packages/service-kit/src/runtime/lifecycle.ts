import type { Logger } from './log';

export interface Closable {
  close(): Promise<void>;
}

/** Orderly end: the first SIGTERM/SIGINT closes everything in reverse order and leaves; a hang ends after `graceMs`. */
export function closeOnSignal(parts: readonly Closable[], log: Logger, graceMs = 20_000): void {
  let closing = false;
  const stop = (signal: string) => {
    if (closing) return;
    closing = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), graceMs).unref();
    void closeAll(parts).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Waits for a part that may hang while its server is away; what it left behind is taken up again by the next process. */
export const closeWithin = (ms: number, closing: Promise<unknown>): Promise<void> =>
  Promise.race([closing.then(() => undefined, () => undefined), new Promise<void>((resolve) => setTimeout(resolve, ms).unref())]);

export async function closeAll(parts: readonly Closable[]): Promise<void> {
  for (const part of [...parts].reverse()) await part.close();
}

/** Milliseconds to wait after a failed step: an outage must not fill the log. */
const AFTER_FAILURE_MS = 1_000;

/** Runs `work` again and again, `everyMs` after each end (at once when it answers true), never twice at once; a failure is logged and tried again. */
export function repeat(name: string, everyMs: number, { work, log }: { work: () => Promise<unknown>; log: Logger }): Closable {
  let stopped = false;
  let wake: () => void = () => undefined;
  const loop = (async () => {
    while (!stopped) {
      let pause = everyMs;
      try {
        if ((await work()) === true) pause = 0;
      } catch (error) {
        pause = Math.max(everyMs, AFTER_FAILURE_MS);
        log.error({ err: error, loop: name }, 'a periodic step failed; it will be tried again');
      }
      if (pause > 0 && !stopped) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pause);
          wake = () => (clearTimeout(timer), resolve());
        });
      }
    }
  })();
  return {
    async close() {
      stopped = true;
      wake();
      await loop;
    },
  };
}
