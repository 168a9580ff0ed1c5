import { insertRows, selectIn, type Sql } from '@anjie/service-kit/database';
import type { ReviewOutcome } from '../opinions/opinion-repository';

export type ReviewKind = 'REVIEW' | 'RE_REVIEW';
export interface ReviewRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: ReviewKind;
  readonly ofOpinionId: string;
  readonly organUnitId: string;
  readonly requestedOn: string;
  readonly reasons: string | null;
  readonly outcome: ReviewOutcome | null;
  readonly opinionId: string | null;
  readonly redoBy: string | null;
  readonly version: string;
}
const COLUMNS = `v.id, v.case_id AS caseId, v.kind, v.of_opinion_id AS ofOpinionId, v.organ_unit_id AS organUnitId, v.requested_on AS requestedOn, v.reasons,
  v.outcome, v.opinion_id AS opinionId, v.redo_by AS redoBy, v.version`;

/** Reviews of cases that the caller has already checked to be visible, oldest first. */
export const reviewsOf = (sql: Sql, caseIds: readonly string[]): Promise<ReviewRow[]> =>
  selectIn<ReviewRow>(sql, `SELECT ${COLUMNS} FROM reviews v WHERE v.case_id IN (?) ORDER BY v.case_id, v.requested_on, v.kind, v.id`, caseIds);

export const reviewOfOpinion = async (tx: Sql, kind: ReviewKind, opinionId: string): Promise<ReviewRow | undefined> =>
  (await selectIn<ReviewRow>(tx, `SELECT ${COLUMNS} FROM reviews v WHERE v.of_opinion_id IN (?) AND v.kind = ?`, [opinionId], [kind]))[0];

/** The review that waits for its opinion. */
export const openReview = async (tx: Sql, caseId: string): Promise<ReviewRow | undefined> =>
  (await selectIn<ReviewRow>(tx, `SELECT ${COLUMNS} FROM reviews v WHERE v.case_id IN (?) AND v.outcome IS NULL ORDER BY v.requested_on DESC LIMIT 1`, [caseId]))[0];

export const insertReview = (tx: Sql, row: Omit<ReviewRow, 'outcome' | 'opinionId' | 'redoBy' | 'version'>): Promise<void> =>
  insertRows(tx, 'reviews', [{
    id: row.id, case_id: row.caseId, kind: row.kind, of_opinion_id: row.ofOpinionId, organ_unit_id: row.organUnitId, requested_on: row.requestedOn, reasons: row.reasons,
    outcome: null, opinion_id: null, redo_by: null, version: 1,
  }]);

export interface HearingRow {
  readonly reviewId: string;
  readonly from: string;
  readonly to: string;
}
export const hearingsOf = (sql: Sql, reviewIds: readonly string[]): Promise<HearingRow[]> =>
  selectIn<HearingRow>(sql, 'SELECT review_id AS reviewId, from_on AS `from`, to_on AS `to` FROM review_hearings WHERE review_id IN (?) ORDER BY review_id, from_on', reviewIds);
