import { insertRows, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import type { DutyCode, DutyState } from '../rules/duty-terms';

export interface DutyRow {
  readonly id: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly caseId: string;
  readonly dutyCode: DutyCode;
  readonly obligorUnitId: string | null;
  readonly obligorOfficialId: string | null;
  readonly state: DutyState;
  readonly startOn: string;
  readonly dueRaw: string;
  readonly dueOn: string;
  /** tinyint: 0 or 1 */
  readonly isProvisional: boolean | number;
  readonly ruleCode: string;
  readonly ruleVersion: string;
  readonly calendarVersion: string;
  readonly jurisdictionCode: string;
  readonly basis: string;
  readonly metOn: string | null;
  readonly version: number;
}

const COLUMNS = `id, subject_type AS subjectType, subject_id AS subjectId, case_id AS caseId, duty_code AS dutyCode, obligor_unit_id AS obligorUnitId,
  obligor_official_id AS obligorOfficialId, state, start_on AS startOn, due_raw AS dueRaw, due_on AS dueOn, is_provisional AS isProvisional, rule_code AS ruleCode,
  rule_version AS ruleVersion, calendar_version AS calendarVersion, jurisdiction_code AS jurisdictionCode, basis, met_on AS metOn, version`;

/** Open duties of these subjects, held until commit. */
export const openDuties = (tx: Sql, subjectIds: readonly string[]): Promise<DutyRow[]> =>
  selectIn<DutyRow>(tx, `SELECT ${COLUMNS} FROM duties WHERE subject_id IN (?) AND state = 'OPEN' ORDER BY id FOR UPDATE`, subjectIds);

export const addDuties = (tx: Sql, duties: readonly DutyRow[]): Promise<void> =>
  insertRows(tx, 'duties', duties.map((duty) => ({
    id: duty.id, subject_type: duty.subjectType, subject_id: duty.subjectId, case_id: duty.caseId, duty_code: duty.dutyCode, obligor_unit_id: duty.obligorUnitId,
    obligor_official_id: duty.obligorOfficialId, state: duty.state, start_on: duty.startOn, due_raw: duty.dueRaw, due_on: duty.dueOn, is_provisional: duty.isProvisional,
    rule_code: duty.ruleCode, rule_version: duty.ruleVersion, calendar_version: duty.calendarVersion, jurisdiction_code: duty.jurisdictionCode, basis: duty.basis,
    met_on: duty.metOn, version: duty.version,
  })));

export const changeDuty = (tx: Sql, { id, version }: DutyRow, set: Row): Promise<boolean> => updateVersion(tx, 'duties', { id, version, set });
