import { createHmac, hkdfSync } from 'node:crypto';
import { matterGrams } from '../rules/matter-text';
import { bandsOf, compactOf, LEAST_GRAMS, MINIMA, minimaOf } from '../rules/minhash';
import { personMarks, type ComparedPerson } from '../rules/repeat-persons';

/** What is written of a petition so that its like is found again: nothing in it can be read or guessed without the key. */
export interface MatterSignature {
  readonly grams: number;
  readonly signature: Buffer;
  /** Empty where the text says too little to be compared. */
  readonly bands: readonly Buffer[];
}
export interface PersonPrint {
  readonly kind: 'ID_NUMBER' | 'PHONE' | 'NAME';
  readonly print: Buffer;
}

/** Two-character grams come again and again; an HMAC of each is made once. */
const REMEMBERED_GRAMS = 300_000;
const MAX_GRAMS = 65_535;

/** Signs texts and people with keys that are derived from one secret. */
export function createMatterSigner(secret: Buffer) {
  const derive = (use: string, length: number): Buffer => Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `matter/${use}`, length));
  const gramKey = derive('grams', 32);
  const personKey = derive('persons', 32);
  const seedBytes = derive('seeds', MINIMA * 4);
  const seeds = Uint32Array.from({ length: MINIMA }, (_unused, i) => seedBytes.readUInt32BE(i * 4));
  const remembered = new Map<string, number>();
  const hashOf = (gram: string): number => {
    const known = remembered.get(gram);
    if (known !== undefined) return known;
    if (remembered.size >= REMEMBERED_GRAMS) remembered.clear();
    const hash = createHmac('sha256', gramKey).update(gram).digest().readUInt32BE(0);
    remembered.set(gram, hash);
    return hash;
  };
  return {
    sign(texts: readonly (string | null | undefined)[]): MatterSignature {
      const grams = matterGrams(texts);
      const minima = minimaOf([...grams].map(hashOf), seeds);
      return { grams: Math.min(MAX_GRAMS, grams.size), signature: compactOf(minima), bands: grams.size >= LEAST_GRAMS ? bandsOf(minima) : [] };
    },
    prints: (people: readonly ComparedPerson[], divisionCode: string): PersonPrint[] =>
      personMarks(people, divisionCode.slice(0, 6)).map(({ kind, value }) => ({
        kind, print: createHmac('sha256', personKey).update(`${kind}|${value}`).digest().subarray(0, 16),
      })),
  };
}
export type MatterSigner = ReturnType<typeof createMatterSigner>;
