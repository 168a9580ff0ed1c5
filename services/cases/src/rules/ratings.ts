import type { Purpose, Route } from './routes';

/** 满意度评价 (国信发〔2022〕11号, brief §1.4): two offices, each for itself. */
export type RatedOffice = 'PETITION_OFFICE' | 'HANDLING_UNIT';
export type RatingValue = 'SATISFIED' | 'BASICALLY_SATISFIED' | 'DISSATISFIED';
export type RatingState = 'UNRATED' | 'OPEN' | 'RATED' | 'LAPSED_UNRATED';
export const RATED_OFFICES: readonly RatedOffice[] = ['PETITION_OFFICE', 'HANDLING_UNIT'];

export interface RatingWindow {
  readonly opensOn: string | null;
  /** Null while the day that it counts from is not known. */
  readonly closesOn: string | null;
  readonly isRated: boolean;
}

/** Derived on the day that is asked for: nothing stores "unrated", and nothing turns it into a value. */
export function ratingState({ opensOn, closesOn, isRated }: RatingWindow, today: string): RatingState {
  if (isRated) return 'RATED';
  if (!opensOn || opensOn > today) return 'UNRATED';
  return closesOn !== null && closesOn < today ? 'LAPSED_UNRATED' : 'OPEN';
}

/** Matters for statutory routes are excluded (2014 text, Art. 4), and accusations are kept (第三十条第三款). */
const RATED_ROUTES: readonly Route[] = ['ART29', 'ART31_6'];
export const isRateable = ({ purpose, route }: { purpose: Purpose; route: Route | null }): boolean =>
  purpose !== 'ACCUSATION' && (route === null || RATED_ROUTES.includes(route));

export interface RatingCounts {
  readonly satisfied: number;
  readonly basicallySatisfied: number;
  readonly dissatisfied: number;
  readonly lapsed: number;
}
export interface Rate {
  readonly percent: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly isSuppressed: boolean;
}

const SMALLEST_CELL = 5;
const isSmall = (count: number): boolean => count > 0 && count < SMALLEST_CELL;

function rate(numerator: number, denominator: number, hidesSmallCells: boolean): Rate {
  // the remainder is a cell as well: it could be had by subtraction
  if (hidesSmallCells && [numerator, denominator, denominator - numerator].some(isSmall)) return { percent: null, numerator: null, denominator: null, isSuppressed: true };
  return { percent: denominator === 0 ? null : Math.round((numerator * 1_000) / denominator) / 10, numerator, denominator, isSuppressed: false };
}

/** 满意率 and 参评率 (brief §3.10). What lapsed unrated stands in one denominator and in no numerator. */
export function ratesOf({ satisfied, basicallySatisfied, dissatisfied, lapsed }: RatingCounts, hidesSmallCells: boolean): { satisfaction: Rate; participation: Rate } {
  const rated = satisfied + basicallySatisfied + dissatisfied;
  return { satisfaction: rate(satisfied + basicallySatisfied, rated, hidesSmallCells), participation: rate(rated, rated + lapsed, hidesSmallCells) };
}
