import { selectIn, type Sql } from '@anjie/service-kit/database';

export interface ObjectionRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: 'OBJECTION' | 'DISPUTE';
  readonly unitId: string;
  readonly raisedOn: string;
  readonly reasons: string;
  readonly decision: 'CONSENTED' | 'REFUSED' | 'DESIGNATED' | null;
  readonly decidedOn: string | null;
  readonly decidedUnitId: string | null;
  readonly decisionNote: string | null;
  readonly version: string;
}
const COLUMNS = `o.id, o.case_id AS caseId, o.kind, o.unit_id AS unitId, o.raised_on AS raisedOn, o.reasons, o.decision, o.decided_on AS decidedOn,
  o.decided_unit_id AS decidedUnitId, o.decision_note AS decisionNote, o.version`;

/** Objections of cases that the caller has already checked to be visible, oldest first. */
export const objectionsOf = (sql: Sql, caseIds: readonly string[]): Promise<ObjectionRow[]> =>
  selectIn<ObjectionRow>(sql, `SELECT ${COLUMNS} FROM objections o WHERE o.case_id IN (?) ORDER BY o.case_id, o.raised_on, o.id`, caseIds);

/** The objection or dispute that waits for a decision. */
export const openObjection = async (tx: Sql, caseId: string, kind: ObjectionRow['kind']): Promise<ObjectionRow | undefined> =>
  (await selectIn<ObjectionRow>(tx, `SELECT ${COLUMNS} FROM objections o WHERE o.case_id IN (?) AND o.kind = ? AND o.decision IS NULL`, [caseId], [kind]))[0];
