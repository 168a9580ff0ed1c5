import type { EdgeWays } from './paths/enumerate';
import type { PersonaName } from './world/personas';

/** How much is tried. `fast` is a part of `npm test`; `full` is `npm run test:security`. */
export interface Sizes {
  readonly name: 'fast' | 'full';
  /** Ordinary cases beside those that live a whole life. */
  readonly cases: number;
  /** Who goes the paths, asks for rows and lists, looks at what is masked; all when undefined. */
  readonly personas: readonly PersonaName[] | undefined;
  readonly edgeWays: EdgeWays;
  /** Every path from a root field over so many hops, beside the shortest one to each (type, field) edge. */
  readonly allPathsTo: 0 | 3;
  /** By how many of the personas each of these is walked. */
  readonly walkedBy: number;
  /** Drawn paths of four to six hops. */
  readonly deepPaths: number;
  /** Rows that every persona tries for edges behind which nobody found anything: somebody meets an objection, a settlement. 0: rare edges are not looked for. */
  readonly rareRows: number;
  /** Rows of each entity that are asked for by their id: so many that the persona must not see. */
  readonly hiddenIds: number;
  /** Operations that the accused side asks before and after. */
  readonly operations: number;
  /** Times that each kind of hidden row is asked for while the clock is watched. */
  readonly timed: number;
}

export const FAST: Sizes = {
  name: 'fast', cases: 24, personas: ['countyOffice', 'leadHandler', 'accusedHandler', 'seconded', 'windowClerk', 'discipline'], edgeWays: 'PLAIN', allPathsTo: 0, walkedBy: 1, deepPaths: 60, rareRows: 0, hiddenIds: 3, operations: 200, timed: 20,
};
export const FULL: Sizes = { name: 'full', cases: 180, personas: undefined, edgeWays: 'EVERY', allPathsTo: 3, walkedBy: Infinity, deepPaths: 10_000, rareRows: 48, hiddenIds: 40, operations: 10_000, timed: 300 };

/** `ANJIE_SECURITY_SEED` repeats a run. */
export const SEED = process.env['ANJIE_SECURITY_SEED'] ?? 'anjie-5';
