import type { Sql } from '@anjie/service-kit/database';
import { select, selectIn, write, type Row } from '@anjie/service-kit/database';

export type StoredState = 'OPEN' | 'MET' | 'CANCELLED';

export interface ObligationRow {
  readonly id: string;
  readonly caseId: string | null;
  readonly campaignId: string | null;
  readonly dutyCode: string;
  readonly state: StoredState;
  readonly overdueAt: Date | null;
  readonly obligorUnitId: string | null;
  readonly obligorOfficialId: string | null;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly startOn: string;
  readonly dueRaw: string;
  readonly dueOn: string;
  readonly isProvisional: number;
  readonly ruleCode: string;
  readonly ruleVersion: string;
  readonly calendarVersion: string;
  readonly jurisdictionCode: string;
  readonly basis: string;
  readonly metOn: string | null;
  readonly source: string;
  readonly version: number;
}

export const OBLIGATION_COLUMNS = `o.id, o.case_id AS caseId, o.campaign_id AS campaignId, o.duty_code AS dutyCode, o.state, o.overdue_at AS overdueAt,
  o.obligor_unit_id AS obligorUnitId, o.obligor_official_id AS obligorOfficialId, o.subject_type AS subjectType, o.subject_id AS subjectId,
  o.start_on AS startOn, o.due_raw AS dueRaw, o.due_on AS dueOn, o.is_provisional AS isProvisional, o.rule_code AS ruleCode,
  o.rule_version AS ruleVersion, o.calendar_version AS calendarVersion, o.jurisdiction_code AS jurisdictionCode, o.basis, o.met_on AS metOn,
  o.source, o.version`;

/** The obligation, held until the transaction ends. */
export const lockObligation = async (tx: Sql, id: string): Promise<ObligationRow | undefined> =>
  (await select<ObligationRow>(tx, `SELECT ${OBLIGATION_COLUMNS} FROM obligations o WHERE o.id = ? FOR UPDATE`, [id]))[0];

/**
 * Obligations held until the transaction ends, in the order of their key. `skipsLocked`: those that another transaction
 * holds are left out; whoever holds them is changing or firing them now.
 */
export const lockObligations = (tx: Sql, ids: readonly string[], { skipsLocked }: { skipsLocked: boolean }): Promise<ObligationRow[]> =>
  selectIn<ObligationRow>(
    tx, `SELECT ${OBLIGATION_COLUMNS} FROM obligations o FORCE INDEX (PRIMARY) WHERE o.id IN (?) ORDER BY o.id FOR UPDATE${skipsLocked ? ' SKIP LOCKED' : ''}`, ids,
  );

/** Writes the declared columns over what was known. The caller holds the rows, or they are new; all have the same columns. */
export async function putObligations(tx: Sql, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const names = Object.keys(first);
  await write(
    tx,
    `INSERT INTO obligations (${names.join(', ')}, version) VALUES ? ON DUPLICATE KEY UPDATE
       ${names.filter((name) => name !== 'id').map((name) => `${name} = VALUES(${name})`).join(', ')}, version = version + 1`,
    [rows.map((row) => [...names.map((name) => row[name]), 1])],
  );
}

/** Records that the due date passed while the obligations were open. The caller holds them. @returns how many that was new for */
export const markOverdue = async (tx: Sql, ids: readonly string[], at: Date): Promise<number> =>
  ids.length === 0 ? 0 : write(tx, `UPDATE obligations FORCE INDEX (PRIMARY) SET overdue_at = ?, version = version + 1 WHERE id IN (?) AND state = 'OPEN' AND overdue_at IS NULL`, [at, ids]);

/** The due dates moved into the future again. */
export const clearOverdue = async (tx: Sql, ids: readonly string[]): Promise<number> =>
  ids.length === 0 ? 0 : write(tx, 'UPDATE obligations FORCE INDEX (PRIMARY) SET overdue_at = NULL WHERE id IN (?) AND overdue_at IS NOT NULL', [ids]);

/**
 * All obligations of cases, held until the transaction ends; the caller holds the cases, so none is added meanwhile. One that
 * is being declared for a case that was not known yet is waited for.
 */
export async function lockObligationsOfCases(tx: Sql, caseIds: readonly string[]): Promise<ObligationRow[]> {
  const rows = await selectIn<{ id: string }>(tx, 'SELECT id FROM obligations WHERE case_id IN (?) LOCK IN SHARE MODE', caseIds);
  return lockObligations(tx, rows.map((row) => row.id), { skipsLocked: false });
}

export interface NextDue {
  readonly id: string;
  readonly dueOn: string;
}

/** The earliest due date among the open obligations of each case. */
export const nextDueOfCases = (sql: Sql, caseIds: readonly string[]): Promise<NextDue[]> =>
  selectIn<NextDue>(sql, `SELECT case_id AS id, MIN(due_on) AS dueOn FROM obligations WHERE case_id IN (?) AND state = 'OPEN' GROUP BY case_id`, caseIds);

/** Open obligations after the given one in the order of their key, however many there are. */
export const openObligationsAfter = (sql: Sql, afterId: string | null, limit: number): Promise<ObligationRow[]> =>
  select<ObligationRow>(
    sql, `SELECT ${OBLIGATION_COLUMNS} FROM obligations o WHERE o.state = 'OPEN' ${afterId === null ? '' : 'AND o.id > ?'} ORDER BY o.id LIMIT ?`,
    afterId === null ? [limit] : [afterId, limit],
  );
