import { insertRows, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { ProposedEnd, ReservationCode, Track } from '../rules/closing';

export interface Reservation {
  readonly code: ReservationCode;
  readonly reason: string;
  readonly plan: string;
}
export interface ClosingRow {
  readonly id: string;
  readonly caseId: string;
  readonly revision: number;
  readonly unitId: string;
  readonly submittedOn: string;
  readonly track: Track;
  readonly proposedEnd: ProposedEnd;
  readonly evidence: string;
  /** JSON of {@link Reservation}. */
  readonly reservations: string;
  readonly documentId: string;
  readonly state: 'SUBMITTED' | 'PASSED' | 'RETURNED';
  readonly decidedOn: string | null;
  readonly reviewingUnitId: string | null;
  /** JSON of codes. */
  readonly reasonCodes: string;
}
const COLUMNS = `g.id, g.case_id AS caseId, g.revision, g.unit_id AS unitId, g.submitted_on AS submittedOn, g.track, g.proposed_end AS proposedEnd, g.evidence,
  g.reservations, g.document_id AS documentId, g.state, g.decided_on AS decidedOn, g.reviewing_unit_id AS reviewingUnitId, g.reason_codes AS reasonCodes`;

/** Files handed in, of cases that the caller has already checked to be visible, oldest first. */
export const closingsOf = (sql: Sql, caseIds: readonly string[]): Promise<ClosingRow[]> =>
  selectIn<ClosingRow>(sql, `SELECT ${COLUMNS} FROM closings g WHERE g.case_id IN (?) ORDER BY g.case_id, g.revision`, caseIds);

export const closingById = async (tx: Sql, id: string): Promise<ClosingRow | undefined> =>
  (await selectIn<ClosingRow>(tx, `SELECT ${COLUMNS} FROM closings g WHERE g.id IN (?) FOR UPDATE`, [id]))[0];

export const insertClosing = (tx: Sql, row: Omit<ClosingRow, 'state' | 'decidedOn' | 'reviewingUnitId' | 'reasonCodes'> & { readonly submittedBy: string }): Promise<void> =>
  insertRows(tx, 'closings', [{
    id: row.id, case_id: row.caseId, revision: row.revision, unit_id: row.unitId, submitted_on: row.submittedOn, submitted_by: row.submittedBy, track: row.track,
    proposed_end: row.proposedEnd, evidence: row.evidence, reservations: row.reservations, document_id: row.documentId, state: 'SUBMITTED', decided_on: null,
    reviewing_unit_id: null, first_reviewer_id: null, second_reviewer_id: null, reason_codes: '[]',
  }]);

export interface ClosingDecision {
  readonly id: string;
  readonly state: 'PASSED' | 'RETURNED';
  readonly decidedOn: string;
  readonly reviewingUnitId: string;
  readonly firstReviewerId: string;
  readonly secondReviewerId: string;
  readonly reasonCodes: readonly string[];
}
export const decideClosing = (tx: Sql, d: ClosingDecision): Promise<number> =>
  write(
    tx,
    `UPDATE closings SET state = ?, decided_on = ?, reviewing_unit_id = ?, first_reviewer_id = ?, second_reviewer_id = ?, reason_codes = ? WHERE id = ? AND state = 'SUBMITTED'`,
    [d.state, d.decidedOn, d.reviewingUnitId, d.firstReviewerId, d.secondReviewerId, JSON.stringify(d.reasonCodes), d.id],
  );

export interface GateRow {
  readonly caseId: string;
  readonly claims: string;
  readonly answered: string;
  readonly pending: string;
  readonly hasOpinion: string;
  readonly hasDelivered: string;
  readonly hasSettlement: string;
  readonly hasAcceptance: string;
  readonly isTerminated: string;
}

/** What the close gate asks about many cases, one statement. */
export const gateFactsOf = (sql: Sql, caseIds: readonly string[]): Promise<GateRow[]> =>
  selectIn<GateRow>(
    sql,
    `SELECT c.id AS caseId,
       (SELECT COUNT(*) FROM claims k WHERE k.case_id = c.id AND k.withdrawn_on IS NULL) AS claims,
       (SELECT COUNT(DISTINCT r.claim_id) FROM opinions p JOIN claim_responses r ON r.opinion_id = p.id WHERE p.case_id = c.id AND p.revoked_on IS NULL) AS answered,
       (SELECT COUNT(*) FROM executions x WHERE x.case_id = c.id AND x.state = 'PENDING') AS pending,
       EXISTS (SELECT 1 FROM closing_opinions s WHERE s.case_id = c.id AND s.is_agreed = 1 AND s.withdrawn_on IS NULL) AS hasOpinion,
       EXISTS (SELECT 1 FROM opinions d WHERE d.case_id = c.id AND d.revoked_on IS NULL AND d.delivered_on IS NOT NULL) AS hasDelivered,
       EXISTS (SELECT 1 FROM settlements t WHERE t.case_id = c.id) AS hasSettlement,
       EXISTS (SELECT 1 FROM documents a WHERE a.case_id = c.id AND a.kind = 'ACCEPTANCE') AS hasAcceptance,
       EXISTS (SELECT 1 FROM case_ends n WHERE n.case_id = c.id AND n.active_kind = 'TERMINATED') AS isTerminated
     FROM cases c WHERE c.id IN (?)`,
    caseIds,
  );

export const nextRevision = async (tx: Sql, caseId: string): Promise<number> =>
  Number((await select<{ n: number }>(tx, 'SELECT COALESCE(MAX(revision), 0) + 1 AS n FROM closings WHERE case_id = ?', [caseId]))[0]?.n ?? 1);
