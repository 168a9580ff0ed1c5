import { select, selectIn, type Sql } from '@anjie/service-kit/database';

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

/** What decides whether a unit may still object: an earlier refusal, and the last day of its five working days. */
export async function objectionLimits(tx: Sql, caseId: string, unitId: string): Promise<{ isRefused: boolean; dueOn: string | null }> {
  const [row] = await select<{ refused: string; dueOn: string | null }>(
    tx,
    `SELECT EXISTS (SELECT 1 FROM objections o WHERE o.case_id = c.id AND o.unit_id = ? AND o.decision = 'REFUSED') AS refused,
       (SELECT k.due_on FROM case_clocks k WHERE k.case_id = c.id AND k.code = 'T5' AND k.state IN ('OPEN', 'LAPSED') ORDER BY k.start_on DESC LIMIT 1) AS dueOn
       FROM cases c WHERE c.id = ?`,
    [unitId, caseId],
  );
  return { isRefused: Number(row?.refused ?? 0) === 1, dueOn: row?.dueOn ?? null };
}

/** How the matter was sent to the unit that has it. */
export const sendingOf = async (tx: Sql, caseId: string): Promise<{ on: string; kind: string } | undefined> =>
  (await select<{ on: string; kind: string }>(tx, 'SELECT assigned_on AS `on`, kind FROM assignments WHERE active_case_id = ?', [caseId]))[0];

/** The objection or dispute that waits for a decision. */
export const openObjection = async (tx: Sql, caseId: string, kind: ObjectionRow['kind']): Promise<ObjectionRow | undefined> =>
  (await selectIn<ObjectionRow>(tx, `SELECT ${COLUMNS} FROM objections o WHERE o.case_id IN (?) AND o.kind = ? AND o.decision IS NULL`, [caseId], [kind]))[0];

/** Where the units sit that ever disputed in this case. */
export const disputingPlaces = async (tx: Sql, caseId: string): Promise<string[]> =>
  (await select<{ divisionCode: string }>(
    tx, "SELECT DISTINCT u.division_code AS divisionCode FROM objections o JOIN known_units u ON u.id = o.unit_id WHERE o.case_id = ? AND o.kind = 'DISPUTE'", [caseId],
  )).map((row) => row.divisionCode);
