import type { ClosingOpinionSigned, CloseReviewDecided, PayloadOf } from '@anjie/contracts';
import { write, type Sql } from '@anjie/service-kit/database';

/** The opinion as officials has it now. What was signed never changes; only a withdrawal can follow. */
export const putClosingOpinion = (tx: Sql, told: PayloadOf<typeof ClosingOpinionSigned>): Promise<number> =>
  write(
    tx,
    `INSERT INTO closing_opinions (opinion_id, case_id, official_id, capacity, is_agreed, signed_on, withdrawn_on) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE withdrawn_on = VALUES(withdrawn_on)`,
    [told.opinionId, told.caseId, told.officialId, told.capacity, told.isAgreed, told.signedOn, told.withdrawnOn],
  );

/** A review is decided once; a decision that is told again changes nothing. Answers whether it is new. */
export const putCloseReviewResult = async (tx: Sql, told: PayloadOf<typeof CloseReviewDecided>): Promise<boolean> =>
  (await write(
    tx,
    `INSERT INTO close_review_results (close_review_id, case_id, decision, reason_codes, first_reviewer_id, second_reviewer_id, reviewing_unit_id, decided_on)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE close_review_id = close_review_id`,
    [told.closeReviewId, told.caseId, told.decision, told.reasonCodes.join(' '), told.firstReviewerId, told.secondReviewerId, told.reviewingUnitId, told.decidedOn],
  )) === 1;
