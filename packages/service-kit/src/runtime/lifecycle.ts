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

export async function closeAll(parts: readonly Closable[]): Promise<void> {
  for (const part of [...parts].reverse()) await part.close();
}

/** Runs `work` again and again, `everyMs` after each end, never twice at once; a failure is logged and tried again. */
export function repeat(name: string, everyMs: number, { work, log }: { work: () => Promise<unknown>; log: Logger }): Closable {
  let stopped = false;
  let wake: () => void = () => undefined;
  const loop = (async () => {
    while (!stopped) {
      let again = false;
      try {
        again = (await work()) === true;
      } catch (error) {
        log.error({ err: error, loop: name }, 'a periodic step failed; it will be tried again');
      }
      if (!again && !stopped) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, everyMs);
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
