import { randomInt } from 'node:crypto';

/** Milliseconds in which those that come back together gather, so that the one that kills is seldom the first. */
const GATHER_MS = 20;

/**
 * For messages whose process died while it had them in hand: one of them may have killed it. Each is applied alone, one at
 * a time, in an order that chance makes anew after each death. So the innocent ones are done after a few deaths, while the
 * one that kills is left over and counted.
 */
export function createQuarantine() {
  const waiting: (() => Promise<void>)[] = [];
  let isBusy = false;
  const drain = async (): Promise<void> => {
    isBusy = true;
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    while (waiting.length > 0) await waiting.splice(randomInt(waiting.length), 1)[0]?.();
    isBusy = false;
  };
  return <T>(work: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      waiting.push(() => work().then(resolve, reject));
      if (!isBusy) void drain();
    });
}
export type Quarantine = ReturnType<typeof createQuarantine>;
