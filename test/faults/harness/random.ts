import { createHash, randomBytes } from 'node:crypto';

export interface Random {
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  pick<Item>(items: readonly Item[]): Item;
  shuffle<Item>(items: readonly Item[]): Item[];
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean;
}

/** The same seed gives the same numbers on every machine (mulberry32). */
export function createRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    int,
    pick: <Item>(items: readonly Item[]): Item => {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[int(0, items.length - 1)] as Item;
    },
    shuffle: <Item>(items: readonly Item[]): Item[] => items.map((item) => ({ item, order: next() })).sort((a, b) => a.order - b.order).map(({ item }) => item),
    chance: (percent) => next() * 100 < percent,
  };
}

/** `ANJIE_FAULTS_SEED` repeats a run; the faults come at the same times to the same places, the machine's own timing remains. */
export const chooseSeed = (): string => process.env['ANJIE_FAULTS_SEED'] ?? randomBytes(4).toString('hex');
