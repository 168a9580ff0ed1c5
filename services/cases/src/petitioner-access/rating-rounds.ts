import { groupBy } from '@anjie/service-kit/runtime';
import { businessTime, type Sql } from '@anjie/service-kit/database';
import type { MyRating, Rating } from '../generated/graphql';
import { isRateable, RATED_OFFICES, ratingState } from '../rules/ratings';
import type { CaseRow } from '../cases/case-repository';
import type { SealedText } from '../readings/text-loader';
import type { Admitted } from './admission';
import { firstPetitionOf, ratingsOf, roundsOf, type RatingRow, type RoundRow } from './rating-repository';
import { ratingClosesOn } from './rating-window';

/** A round with its number and last day. */
export interface Round extends RoundRow {
  readonly round: number;
  readonly closesOn: string | null;
}

/** Rounds of one office, numbered in their order. */
export const numbered = (rows: readonly RoundRow[]): Round[] =>
  rows.map((row, i) => ({ ...row, round: i + 1, closesOn: row.countsFrom && ratingClosesOn(row.countsFrom, row.divisionCode) }));

const stateOf = ({ opensOn, closesOn, value }: Round, today: string) => ratingState({ opensOn, closesOn, isRated: value !== null }, today);

const notYet = { round: 1, state: 'UNRATED' as const, opensOn: null, closesOn: null, value: null };

/** Both offices, each with its rounds; an office without any waits for its first. */
const perOffice = <View>(rows: readonly RoundRow[], { view, none }: { view: (round: Round) => View; none: (office: RoundRow['office']) => View }): View[] =>
  RATED_OFFICES.flatMap((office) => {
    const rounds = numbered(rows.filter((row) => row.office === office));
    return rounds.length > 0 ? rounds.map(view) : [none(office)];
  });

export async function ratingsForPetitioner(sql: Sql, { petitionId, caseId }: Admitted, today: string): Promise<MyRating[]> {
  const [row] = await sql.query('SELECT purpose, route FROM cases WHERE id = ?', [caseId]) as Pick<CaseRow, 'purpose' | 'route'>[];
  if (!row || !isRateable(row) || (await firstPetitionOf(sql, caseId)) !== petitionId) return [];
  return perOffice<MyRating>(await roundsOf(sql, [caseId]), {
    view: (one) => ({ office: one.office, round: one.round, state: stateOf(one, today), opensOn: one.opensOn, closesOn: one.closesOn, value: one.value }),
    none: (office) => ({ office, ...notYet }),
  });
}

export interface CaseRatings {
  readonly caseId: string;
  readonly rounds: readonly RoundRow[];
  readonly ratings: readonly RatingRow[];
  readonly today: string;
}

/** For many visible cases: three statements. */
export async function ratingsOfCases(sql: Sql, caseIds: readonly string[]): Promise<CaseRatings[]> {
  const rounds = groupBy(await roundsOf(sql, caseIds), (row) => row.caseId);
  const ratings = groupBy(await ratingsOf(sql, caseIds), (row) => row.caseId);
  const { today } = await businessTime(sql);
  return caseIds.map((caseId) => ({ caseId, rounds: rounds.get(caseId) ?? [], ratings: ratings.get(caseId) ?? [], today }));
}

/** Its words are opened when they are asked for, and not before. */
export type StaffRating = Omit<Rating, '__typename' | 'comment'> & { readonly comment: SealedText | null };

const commentOf = ({ id, caseId, commentSealed }: RatingRow): SealedText => ({ column: 'matter_ratings.comment_sealed', rowId: id, caseId, subjectId: id, sealed: commentSealed });

/** Staff's view: the petitioner's own ratings and their state first, what was recorded by proxy after them. */
export function ratingsForStaff(row: CaseRow, found: CaseRatings | null): StaffRating[] {
  if (!found || !isRateable(row)) return [];
  const { today } = found;
  const own = (one: Round, isProxy: boolean) => found.ratings.find((rating) => rating.roundId === one.roundId && rating.office === one.office && Boolean(rating.isProxy) === isProxy);
  const view = (isProxy: boolean) => (one: Round): StaffRating => {
    const rating = own(one, isProxy);
    return {
      office: one.office, round: one.round, state: stateOf(one, today), opensOn: one.opensOn, closesOn: one.closesOn, value: rating?.value ?? null,
      ratedOn: rating?.ratedOn ?? null, comment: rating ? commentOf(rating) : null, isProxy,
    };
  };
  const none = (office: RoundRow['office']): StaffRating => ({ office, ...notYet, ratedOn: null, comment: null, isProxy: false });
  return [
    ...perOffice<StaffRating>(found.rounds, { view: view(false), none }),
    ...perOffice<StaffRating | null>(found.rounds, { view: (one) => (own(one, true) ? view(true)(one) : null), none: () => null }).filter((one) => one !== null),
  ];
}
