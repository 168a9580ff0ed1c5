import { selectIn, write, type Sql } from '@anjie/service-kit/database';

/** DUTY: a unit owes it; supervision watches. UNIT_RIGHT: a unit may (T5). PETITIONER_RIGHT: a petitioner may (T10, T12); nobody is reminded or blamed. */
export type ClockNature = 'DUTY' | 'UNIT_RIGHT' | 'PETITIONER_RIGHT';
/** LAPSED is the end of a right, never of a duty: a duty that is late stays open and overdue (brief §2.2, three kinds of 超期). */
export type ClockState = 'OPEN' | 'MET' | 'CANCELLED' | 'LAPSED';

export interface ClockRow {
  readonly id: string;
  readonly caseId: string;
  readonly code: string;
  readonly nature: ClockNature;
  readonly obligorUnitId: string | null;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly startOn: string;
  readonly dueRaw: string;
  readonly dueOn: string;
  readonly isProvisional: number | boolean;
  readonly extensionDays: number;
  readonly hearingDays: number;
  readonly assignedOn: string | null;
  readonly ruleCode: string;
  readonly ruleVersion: string;
  readonly calendarVersion: string;
  readonly jurisdictionCode: string;
  readonly basis: string;
  readonly state: ClockState;
  readonly endedOn: string | null;
  readonly version: string | number;
}
const COLUMNS = `k.id, k.case_id AS caseId, k.code, k.nature, k.obligor_unit_id AS obligorUnitId, k.subject_type AS subjectType,
  k.subject_id AS subjectId, k.start_on AS startOn, k.due_raw AS dueRaw, k.due_on AS dueOn, k.is_provisional AS isProvisional,
  k.extension_days AS extensionDays, k.hearing_days AS hearingDays, k.assigned_on AS assignedOn, k.rule_code AS ruleCode,
  k.rule_version AS ruleVersion, k.calendar_version AS calendarVersion, k.jurisdiction_code AS jurisdictionCode, k.basis, k.state,
  k.ended_on AS endedOn, k.version`;

/** Clocks of cases that the caller has already checked to be visible, in the order in which they started. */
export const clocksOf = (sql: Sql, caseIds: readonly string[]): Promise<ClockRow[]> =>
  selectIn<ClockRow>(sql, `SELECT ${COLUMNS} FROM case_clocks k WHERE k.case_id IN (?) ORDER BY k.case_id, k.start_on, k.code, k.id`, caseIds);

/** Open clocks of one case; the case's row is locked by the caller. */
export const openClocks = async (tx: Sql, caseId: string, codes: readonly string[]): Promise<ClockRow[]> =>
  selectIn<ClockRow>(tx, `SELECT ${COLUMNS} FROM case_clocks k WHERE k.code IN (?) AND k.case_id = ? AND k.state = 'OPEN' ORDER BY k.start_on, k.id`, codes, [caseId]);

/** Open clocks that a unit owes in these cases; the cases' rows are locked by the caller. */
export const openClocksOfUnit = (tx: Sql, { caseIds, unitId }: { caseIds: readonly string[]; unitId: string }): Promise<ClockRow[]> =>
  selectIn<ClockRow>(tx, `SELECT ${COLUMNS} FROM case_clocks k WHERE k.case_id IN (?) AND k.obligor_unit_id = ? AND k.state = 'OPEN' ORDER BY k.case_id, k.id`, caseIds, [unitId]);

/** Writes clocks as given; a known id becomes the newer version. One statement. */
export async function putClocks(tx: Sql, clocks: readonly ClockRow[]): Promise<void> {
  if (clocks.length === 0) return;
  await write(
    tx,
    `INSERT INTO case_clocks (id, case_id, code, nature, obligor_unit_id, subject_type, subject_id, start_on, due_raw, due_on, is_provisional,
       extension_days, hearing_days, assigned_on, rule_code, rule_version, calendar_version, jurisdiction_code, basis, state, ended_on, version) VALUES ?
     ON DUPLICATE KEY UPDATE obligor_unit_id = VALUES(obligor_unit_id), start_on = VALUES(start_on), due_raw = VALUES(due_raw), due_on = VALUES(due_on),
       is_provisional = VALUES(is_provisional), extension_days = VALUES(extension_days), hearing_days = VALUES(hearing_days),
       assigned_on = VALUES(assigned_on), rule_code = VALUES(rule_code), rule_version = VALUES(rule_version), calendar_version = VALUES(calendar_version),
       jurisdiction_code = VALUES(jurisdiction_code), basis = VALUES(basis), state = VALUES(state), ended_on = VALUES(ended_on), version = VALUES(version)`,
    [clocks.map((k) => [
      k.id, k.caseId, k.code, k.nature, k.obligorUnitId, k.subjectType, k.subjectId, k.startOn, k.dueRaw, k.dueOn, k.isProvisional, k.extensionDays,
      k.hearingDays, k.assignedOn, k.ruleCode, k.ruleVersion, k.calendarVersion, k.jurisdictionCode, k.basis, k.state, k.endedOn, k.version,
    ])],
  );
}

/** Petitioners' and units' rights whose last day is over, in batches: their end is a fact of the calendar, not an act. */
export const lapseRights = (tx: Sql, { today, limit }: { today: string; limit: number }): Promise<number> =>
  write(tx, `UPDATE case_clocks SET state = 'LAPSED', ended_on = due_on, version = version + 1
    WHERE nature IN ('PETITIONER_RIGHT', 'UNIT_RIGHT') AND state = 'OPEN' AND due_on < ? LIMIT ?`, [today, limit]);
