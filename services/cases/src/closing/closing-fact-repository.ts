import type { ClosingOpinionSigned, PayloadOf } from '@anjie/contracts';
import { write, type Sql } from '@anjie/service-kit/database';

/** The opinion as officials has it now. What was signed never changes; only a withdrawal can follow. */
export const putClosingOpinion = (tx: Sql, told: PayloadOf<typeof ClosingOpinionSigned>): Promise<number> =>
  write(
    tx,
    `INSERT INTO closing_opinions (opinion_id, case_id, official_id, capacity, is_agreed, signed_on, withdrawn_on) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE withdrawn_on = VALUES(withdrawn_on)`,
    [told.opinionId, told.caseId, told.officialId, told.capacity, told.isAgreed, told.signedOn, told.withdrawnOn],
  );
