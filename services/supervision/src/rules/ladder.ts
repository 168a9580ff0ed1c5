import type { LocalDate } from '@anjie/calendar';
import type { InstrumentKind } from './instruments';
import type { LetterState } from './letters';

export const RUNGS = [1, 2, 3, 4] as const;

/** What the ladder reads of a letter about a unit in one case. */
export interface LadderLetter {
  readonly kind: string;
  readonly state: LetterState;
  /** Null for a draft, which is no step. */
  readonly issuedOn: LocalDate | null;
  readonly replyDueOn: LocalDate | null;
  /** Said when it was closed; null where nothing was said. */
  readonly hasProgress: boolean | null;
}

/** Went out and was not taken back. */
export const isStanding = ({ state, issuedOn }: LadderLetter): boolean => issuedOn !== null && state !== 'WITHDRAWN';

/** 无进展: not answered by its day, or closed with the word that nothing moved. Who has answered and waits is not without progress. */
export function isWithoutProgress(letter: LadderLetter, today: LocalDate): boolean {
  if (!isStanding(letter)) return false;
  if (letter.state === 'ISSUED') return letter.replyDueOn !== null && letter.replyDueOn < today;
  return letter.state === 'CLOSED' && letter.hasProgress === false;
}

export interface MetPrecondition {
  readonly kinds: readonly string[];
  readonly measure: 'ISSUED' | 'NO_PROGRESS';
  readonly needed: number;
  readonly found: number;
  readonly isMet: boolean;
}

export interface RungOption {
  readonly kind: InstrumentKind;
  /** Any one that is met is enough. */
  readonly preconditions: readonly MetPrecondition[];
  readonly isOpen: boolean;
}

export interface RungStanding {
  readonly rung: number;
  readonly taken: number;
  readonly isTaken: boolean;
  readonly isOpen: boolean;
  readonly options: readonly RungOption[];
}

/** Whether a kind may go out about this unit in this case, and why or why not: nothing but what has gone out before decides. */
export function optionOf(kind: InstrumentKind, letters: readonly LadderLetter[], today: LocalDate): RungOption {
  const counts = { ISSUED: isStanding, NO_PROGRESS: (letter: LadderLetter) => isWithoutProgress(letter, today) };
  const preconditions = kind.after.map(({ kinds, measure, atLeast }): MetPrecondition => {
    const found = letters.filter((letter) => kinds.includes(letter.kind) && counts[measure](letter)).length;
    return { kinds, measure, needed: atLeast, found, isMet: found >= atLeast };
  });
  return { kind, preconditions, isOpen: preconditions.length === 0 || preconditions.some((one) => one.isMet) };
}

/** The four rungs as they stand: taken, open, and what is missing. */
export function ladderStanding(kinds: readonly InstrumentKind[], letters: readonly LadderLetter[], today: LocalDate): RungStanding[] {
  return RUNGS.map((rung) => {
    const ofRung = kinds.filter((kind) => kind.rung === rung);
    const codes = new Set(ofRung.map((kind) => kind.code));
    const taken = letters.filter((letter) => codes.has(letter.kind) && isStanding(letter)).length;
    const options = ofRung.filter((kind) => !kind.retired).map((kind) => optionOf(kind, letters, today));
    return { rung, taken, isTaken: taken > 0, isOpen: options.some((option) => option.isOpen), options };
  });
}

/** The rung above the highest one taken, when it is open: what a person may take next. A rung may be passed over where its precondition allows. */
export function nextRung(standing: readonly RungStanding[]): RungStanding | undefined {
  const highest = Math.max(0, ...standing.filter((one) => one.isTaken).map((one) => one.rung));
  return standing.filter((one) => one.rung > highest && one.isOpen)[0];
}
