import type { KnownCase } from '../known-cases';
import type { Before } from './at-work';
import type { Serving } from './people-who-serve';

/** What the work is about, by its place in the row of ordinary-cases.ts. */
export interface WorkCases {
  /** Housing leads; civil affairs and the land reserve support, and the latter is kept out afterwards. */
  readonly supported: KnownCase;
  /** Housing alone. */
  readonly plain: KnownCase;
  /** Of the unit that accusations are about. */
  readonly ofAccused: KnownCase;
  /** Of the next county. */
  readonly next: KnownCase;
  /** Nobody's until now: it goes to the labour bureau, which offers this and that, and on to civil affairs. */
  readonly passing: KnownCase;
  /** Lived a whole life; its petitioner has a code to ask with. */
  readonly closed: KnownCase;
}
export interface Work {
  readonly cases: WorkCases;
  readonly serving: Serving;
}

export function workCases({ cases, lives }: Before): WorkCases {
  const [supported, plain, ofAccused, next, passing, closed] = [cases[0], cases[13], cases[1], cases[4], cases[9], lives[0]];
  if (!supported || !plain || !ofAccused || !next || !passing || !closed) throw new RangeError('too few cases to work on');
  return { supported, plain, ofAccused, next, passing, closed };
}
