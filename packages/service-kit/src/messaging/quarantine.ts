import { randomInt } from 'node:crypto';

/** Milliseconds in which those that come back together gather, so that the one that kills is seldom the first. */
const GATHER_MS = 20;

/** Something that died together with its process before. */
export interface Suspect {
  /** How often it was begun alone and not ended. */
  readonly suspicion: number;
  readonly work: () => Promise<void>;
}

/**
 * For messages whose process died while it had them in hand: one of them may have killed it. Each is applied alone, one at
 * a time, the least suspicious first, otherwise as chance has it. So the innocent ones are done after two deaths, while the
 * one that kills is left over and counted.
 */
export function createQuarantine() {
  const waiting: Suspect[] = [];
  let isBusy = false;
  const next = (): Suspect | undefined => {
    const least = Math.min(...waiting.map(({ suspicion }) => suspicion));
    const candidates = waiting.filter(({ suspicion }) => suspicion === least);
    const chosen = candidates[randomInt(candidates.length)];
    if (chosen) waiting.splice(waiting.indexOf(chosen), 1);
    return chosen;
  };
  const drain = async (): Promise<void> => {
    isBusy = true;
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    while (waiting.length > 0) await next()?.work();
    isBusy = false;
  };
  return ({ suspicion, work }: Suspect): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ suspicion, work: () => work().then(resolve, reject) });
      if (!isBusy) void drain();
    });
}
