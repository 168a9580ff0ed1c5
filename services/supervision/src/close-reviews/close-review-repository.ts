import { inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import type { CloseReviewRequested, PayloadOf } from '@anjie/contracts';
import { insertRows, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { notNamedInReport } from '../case-facts';
import type { ProposedEnd, Track } from '../rules/close-checklist';
import type { CloseReviewState, FindingValue, Proposal } from '../rules/close-review';

export interface CloseReviewRow {
  readonly id: string;
  readonly caseId: string;
  readonly revision: number;
  readonly reviewDivisionCode: string;
  readonly submittedUnitId: string;
  readonly submittedById: string;
  readonly submittedOn: string;
  readonly track: Track;
  readonly proposedEnd: ProposedEnd;
  /** Codes, space-separated; so is `reasons`. */
  readonly reservationCodes: string;
  readonly state: CloseReviewState;
  readonly firstReviewerId: string | null;
  readonly examinedOn: string | null;
  readonly proposal: Proposal | null;
  readonly examinationNote: string | null;
  readonly secondReviewerId: string | null;
  readonly reviewingUnitId: string | null;
  readonly decidedOn: string | null;
  readonly isOverruled: number | null;
  readonly decisionReason: string | null;
  readonly reasons: string;
  readonly otherReason: string | null;
  readonly rectifyBy: string | null;
  readonly obligationId: string | null;
  readonly version: number;
}

export const CLOSE_REVIEW_COLUMNS = `r.id, r.case_id AS caseId, r.revision, r.review_division_code AS reviewDivisionCode,
  r.submitted_unit_id AS submittedUnitId, r.submitted_by AS submittedById, r.submitted_on AS submittedOn, r.track, r.proposed_end AS proposedEnd,
  r.reservations AS reservationCodes, r.state, r.first_reviewer_id AS firstReviewerId, r.examined_on AS examinedOn, r.proposal,
  r.examination_note AS examinationNote, r.second_reviewer_id AS secondReviewerId, r.reviewing_unit_id AS reviewingUnitId, r.decided_on AS decidedOn,
  r.is_overruled AS isOverruled, r.decision_reason AS decisionReason, r.reason_codes AS reasons, r.other_reason AS otherReason,
  r.rectify_by AS rectifyBy, r.obligation_id AS obligationId, r.version`;
export const CLOSE_REVIEWS_SEEN = 'close_reviews r JOIN case_scopes s ON s.case_id = r.case_id';

/** Visible: the case is, or the viewer's unit subtree submitted the file; never to one who is named in the case's reports. */
export function seesCloseReview(viewer: Viewer): SqlPredicate {
  const byCase = visibleCases(viewer, scopeColumns('s'));
  const byUnit = inOwnUnits(viewer, 'r.submitted_unit_id');
  const notNamed = notNamedInReport(viewer);
  return { sql: `(${byCase.sql}) OR (${byUnit.sql} AND ${notNamed.sql})`, params: [...byCase.params, ...byUnit.params, ...notNamed.params] };
}

export const visibleCloseReviews = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<CloseReviewRow[]> => {
  const seen = seesCloseReview(viewer);
  return selectIn<CloseReviewRow>(sql, `SELECT ${CLOSE_REVIEW_COLUMNS} FROM ${CLOSE_REVIEWS_SEEN} WHERE r.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const codesOf = (codes: string): string[] => codes.split(' ').filter(Boolean);

/** Keeps a submitted file; false when it was kept before. */
export async function putCloseReview(tx: Sql, told: PayloadOf<typeof CloseReviewRequested>, receivedAt: Date): Promise<boolean> {
  const isNew = await write(
    tx,
    `INSERT INTO close_reviews (id, case_id, revision, review_division_code, submitted_unit_id, submitted_by, submitted_on, track, proposed_end,
       reservations, received_at, state, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'SUBMITTED', 1) ON DUPLICATE KEY UPDATE id = id`,
    [
      told.closeReviewId, told.caseId, told.revision, told.reviewDivisionCode ?? told.divisionCode, told.submittedUnitId, told.submittedBy, told.submittedOn,
      told.track, told.proposedEnd, [...new Set(told.reservations.map((one) => one.code))].join(' '), receivedAt,
    ],
  );
  if (isNew !== 1) return false;
  await insertRows(tx, 'close_review_materials', told.materials.map((one, ordinal) => ({
    review_id: told.closeReviewId, ordinal, kind: one.kind, is_present: one.isPresent, document_id: one.documentId,
  })));
  return true;
}

export interface MaterialRow {
  readonly reviewId: string;
  readonly kind: string;
  readonly isPresent: number;
  readonly documentId: string | null;
}

export const materialsOf = (sql: Sql, reviewIds: readonly string[]): Promise<MaterialRow[]> =>
  selectIn<MaterialRow>(
    sql, `SELECT review_id AS reviewId, kind, is_present AS isPresent, document_id AS documentId FROM close_review_materials
           WHERE review_id IN (?) ORDER BY review_id, ordinal`, reviewIds,
  );

export interface FindingRow {
  readonly reviewId: string;
  readonly itemCode: string;
  readonly finding: FindingValue;
  readonly note: string | null;
}

export const findingsOf = (sql: Sql, reviewIds: readonly string[]): Promise<FindingRow[]> =>
  selectIn<FindingRow>(sql, 'SELECT review_id AS reviewId, item_code AS itemCode, finding, note FROM close_review_findings WHERE review_id IN (?)', reviewIds);

export const putFindings = (tx: Sql, reviewId: string, findings: readonly Omit<FindingRow, 'reviewId'>[]): Promise<void> =>
  insertRows(tx, 'close_review_findings', findings.map((one) => ({ review_id: reviewId, item_code: one.itemCode, finding: one.finding, note: one.note })));

export interface OwedRectification {
  readonly obligationId: string;
  readonly unitId: string;
  readonly version: number;
}

/** Rectifications of the case that are still owed. */
export const openRectifications = (tx: Sql, caseId: string): Promise<OwedRectification[]> =>
  select<OwedRectification>(
    tx,
    `SELECT r.obligation_id AS obligationId, r.submitted_unit_id AS unitId, r.version FROM close_reviews r
       JOIN obligations o ON o.id = r.obligation_id AND o.state = 'OPEN' WHERE r.case_id = ? AND r.state = 'RETURNED' ORDER BY r.id`,
    [caseId],
  );

/** The review on which the case was closed: the last one that passed by this day. */
export const passedReviewBy = async (sql: Sql, caseId: string, day: string): Promise<string | null> =>
  (await select<{ id: string }>(
    sql, `SELECT id FROM close_reviews WHERE case_id = ? AND state = 'PASSED' AND decided_on <= ? ORDER BY decided_on DESC, revision DESC, id LIMIT 1`, [caseId, day],
  ))[0]?.id ?? null;
