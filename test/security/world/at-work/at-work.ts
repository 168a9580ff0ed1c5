import type { KnownCase } from '../known-cases';
import type { Ledgers } from '../ledgers';

/** What the world has before the work of a part begins: cases that lived whole lives, ordinary ones, ledgers. */
export interface Before {
  readonly lives: readonly KnownCase[];
  readonly cases: readonly KnownCase[];
  readonly ledgers: Ledgers;
}
