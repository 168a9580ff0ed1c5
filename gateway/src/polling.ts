import type { Logger } from './log';

const POLL_MS = 5_000;
const RETRY_MS = 1_000;

export interface Polling {
  /** What is looked at, as a log line says it. */
  readonly what: string;
  readonly work: () => Promise<void>;
  readonly log: Logger;
}

/** Looks every few seconds; an outage is logged when it begins and when it ends. */
export function startPolling({ what, work, log }: Polling): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let [isClosed, isAway] = [false, false];
  const round = async (): Promise<void> => {
    try {
      await work();
      if (isAway) log.info(`${what} can be read again`);
      isAway = false;
    } catch (error) {
      if (!isAway) log.warn({ reason: error instanceof Error ? error.message : String(error) }, `${what} cannot be read; what is known stays in force`);
      isAway = true;
    }
    if (!isClosed) timer = setTimeout(() => void round(), isAway ? RETRY_MS : POLL_MS).unref();
  };
  void round();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
