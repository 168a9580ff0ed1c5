import type { Viewer } from '@anjie/access';
import { divisionPrefix } from '@anjie/contracts';
import { insertRows, newId, select, selectIn, type Sql } from '@anjie/service-kit/database';
import { seenCases } from '../cases/case-repository';
import type { IdentityVault } from '../petitioners/identity-vault';
import type { RatedOffice, RatingValue } from '../rules/ratings';

/** One window in which one office may be rated: the paper that opens it names it. */
export interface RoundRow {
  readonly roundId: string;
  readonly caseId: string;
  readonly divisionCode: string;
  readonly office: RatedOffice;
  readonly opensOn: string;
  /** The day that the window counts from (OPINION_DELIVERED, else the close); null until then. */
  readonly countsFrom: string | null;
  readonly value: RatingValue | null;
  readonly ratedOn: string | null;
}

/** 第三十一条第一至五项 and accusations are not rated (rules/ratings.ts says the same of one case). */
const RATEABLE = "c.purpose <> 'ACCUSATION' AND (c.route IS NULL OR c.route IN ('ART29', 'ART31_6'))";

/** The acceptance notice opens the petition office's round, the proved delivery of the unit's opinion its own. */
const ROUNDS = `SELECT d.id AS round_id, d.case_id, 'PETITION_OFFICE' AS office, d.issued_on AS opens_on,
    (SELECT MIN(o.delivered_on) FROM opinions o WHERE o.case_id = d.case_id AND o.stage = 'HANDLING' AND o.delivered_on >= d.issued_on) AS delivered_on
    FROM documents d WHERE d.kind = 'ACCEPTANCE'
  UNION ALL SELECT o.document_id, o.case_id, 'HANDLING_UNIT', o.delivered_on, o.delivered_on FROM opinions o WHERE o.stage = 'HANDLING' AND o.delivered_on IS NOT NULL`;
const COUNTS_FROM = 'COALESCE(w.delivered_on, c.closed_on)';
const RATED = 'LEFT JOIN matter_ratings r ON r.round_id = w.round_id AND r.office = w.office AND r.is_proxy = 0';

/** Rounds of cases that the caller may read, per office in their order. */
export const roundsOf = (sql: Sql, caseIds: readonly string[]): Promise<RoundRow[]> =>
  selectIn<RoundRow>(
    sql,
    `SELECT w.round_id AS roundId, w.case_id AS caseId, c.division_code AS divisionCode, w.office, w.opens_on AS opensOn, ${COUNTS_FROM} AS countsFrom, r.value, r.rated_on AS ratedOn
       FROM (${ROUNDS}) w JOIN cases c ON c.id = w.case_id ${RATED} WHERE w.case_id IN (?) AND ${RATEABLE} ORDER BY w.case_id, w.office, w.opens_on, w.round_id`,
    caseIds,
  );

/** The petition by which the matter was first registered: the one that is rated (国信发〔2014〕16号: first registered matters). */
export const firstPetitionOf = async (sql: Sql, caseId: string): Promise<string | undefined> =>
  (await select<{ id: string }>(sql, 'SELECT id FROM petitions WHERE case_id = ? ORDER BY disposition IS NOT NULL, registered_on, id LIMIT 1', [caseId]))[0]?.id;

export interface RatingRow {
  readonly id: string;
  readonly caseId: string;
  readonly roundId: string;
  readonly office: RatedOffice;
  readonly value: RatingValue;
  readonly commentSealed: Buffer | null;
  readonly isProxy: number;
  readonly ratedOn: string;
}

/** Ratings of cases that the caller has already checked to be visible. */
export const ratingsOf = (sql: Sql, caseIds: readonly string[]): Promise<RatingRow[]> =>
  selectIn<RatingRow>(
    sql,
    `SELECT id, case_id AS caseId, round_id AS roundId, office, value, comment_sealed AS commentSealed, is_proxy AS isProxy, rated_on AS ratedOn
       FROM matter_ratings WHERE case_id IN (?) ORDER BY case_id, rated_on, id`,
    caseIds,
  );

export interface NewRating {
  readonly round: Pick<RoundRow, 'roundId' | 'caseId' | 'office'>;
  readonly value: RatingValue;
  readonly comment: string | null;
  readonly isProxy: boolean;
  readonly ratedOn: string;
  readonly recordedBy: string;
}

/** Answers the id. The unique key lets an office be rated once per round, and once more by proxy. */
export async function insertRating(tx: Sql, vault: IdentityVault, { round, ...rating }: NewRating): Promise<string> {
  const id = newId();
  await insertRows(tx, 'matter_ratings', [{
    id, case_id: round.caseId, round_id: round.roundId, office: round.office, value: rating.value, is_proxy: rating.isProxy, rated_on: rating.ratedOn,
    comment_sealed: vault.seal(rating.comment?.trim(), { column: 'matter_ratings.comment_sealed', rowId: id }), recorded_by: rating.recordedBy,
  }]);
  return id;
}

export interface RoundCount {
  readonly office: RatedOffice;
  readonly divisionCode: string;
  readonly countsFrom: string | null;
  readonly value: RatingValue | null;
  readonly n: string;
  /** How many of them lie in cases that the viewer may not see. */
  readonly hidden: string;
}

export interface FigureSpan {
  readonly divisionCode: string;
  readonly from: string;
  readonly to: string;
  /** Unrated rounds that count from an earlier day ended before `from`. */
  readonly earliest: string;
}

/** Rounds of a division, rated in the span or unrated and counting from before its end, grouped by what decides their state. One statement. */
export function countRounds(sql: Sql, viewer: Viewer, { divisionCode, from, to, earliest }: FigureSpan): Promise<RoundCount[]> {
  const seen = seenCases(viewer);
  return select<RoundCount>(
    sql,
    `SELECT w.office, c.division_code AS divisionCode, IF(r.id IS NULL, ${COUNTS_FROM}, NULL) AS countsFrom, r.value, COUNT(*) AS n, SUM(IF(${seen.sql}, 0, 1)) AS hidden
       FROM (${ROUNDS}) w JOIN cases c ON c.id = w.case_id ${RATED}
      WHERE c.division_code LIKE ? AND ${RATEABLE} AND (r.rated_on BETWEEN ? AND ? OR (r.id IS NULL AND ${COUNTS_FROM} BETWEEN ? AND ?))
      GROUP BY w.office, c.division_code, IF(r.id IS NULL, ${COUNTS_FROM}, NULL), r.value`,
    [...seen.params, `${divisionPrefix(divisionCode)}%`, from, to, earliest, to],
  );
}
