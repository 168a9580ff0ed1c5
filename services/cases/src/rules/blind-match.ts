import { divisionPrefix } from '@anjie/contracts';
import { containmentOf, similarityOf } from './minhash';
import { TEXT_WITH_PERSON } from './repeat-score';

/** Asks that one official may make on one day: enough for a desk, too few to fish with. Ours; no text names a number. */
export const BLIND_ASKS_PER_DAY = 20;
/** Counts end here: how often somebody petitioned elsewhere is nobody's business. */
const MOST_COUNTED = 3;
const MOST_OFFICES = 5;
/** The text has to agree clearly too: the person alone never matches, nor the text alone. */
const BLIND_TEXT = Math.max(0.15, TEXT_WITH_PERSON);
const BLIND_CONTAINED = 0.5;

export interface ComparedText {
  readonly signature: Uint8Array;
  readonly grams: number;
}

/** 同事 for a blind match; 同人 was required before by ID number or telephone. */
export function isSameMatter(one: ComparedText, other: ComparedText): boolean {
  const similarity = similarityOf(one.signature, other.signature);
  return similarity >= BLIND_TEXT || containmentOf(similarity, [one.grams, other.grams]) >= BLIND_CONTAINED;
}

const levelOf = (divisionCode: string): number => divisionPrefix(divisionCode).length;

/**
 * Divisions whose office may be named for a case of this division, nearest first: its own and those above it, but none above the asker's own
 * level: a higher office's file is not for a lower one to know of.
 */
export function nameableDivisions(divisionCode: string, askerDivision: string): readonly string[] {
  const least = levelOf(askerDivision);
  const codes = [divisionCode.slice(0, 12), divisionCode.slice(0, 9), divisionCode.slice(0, 6), `${divisionCode.slice(0, 4)}00`, `${divisionCode.slice(0, 2)}0000`];
  const chain = codes.filter((code) => [6, 9, 12].includes(code.length) && divisionPrefix(code).length <= levelOf(divisionCode));
  return [...new Set(chain)].filter((code) => levelOf(code) >= least);
}

export interface Office {
  readonly unitId: string;
  readonly divisionCode: string;
}
export interface NamedOffice extends Office {
  readonly count: number;
}

/** Matching cases by the office that can give access; a case without a nameable office is not told of at all. */
export function namedOffices(caseDivisions: readonly string[], askerDivision: string, officeOf: (divisionCode: string) => Office | undefined): NamedOffice[] {
  const named = new Map<string, NamedOffice>();
  for (const divisionCode of caseDivisions) {
    const office = nameableDivisions(divisionCode, askerDivision).map(officeOf).find((found) => found !== undefined);
    if (office) named.set(office.unitId, { ...office, count: Math.min(MOST_COUNTED, (named.get(office.unitId)?.count ?? 0) + 1) });
  }
  return [...named.values()].sort((a, b) => (a.divisionCode < b.divisionCode ? -1 : 1)).slice(0, MOST_OFFICES);
}
