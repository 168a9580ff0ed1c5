import { insertRows, select, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import type { DutyTerm } from '../rules/law-books';
import type { DutyState } from '../rules/referral-terms';

export interface TaskDutyRow extends DutyTerm {
  readonly id: string;
  /** What is shown: the referral of a part of it, else the task itself. */
  readonly subjectType: string;
  readonly subjectId: string;
  readonly taskId: string;
  readonly caseId: string;
  readonly dutyCode: string;
  readonly obligorUnitId: string;
  readonly state: DutyState;
  readonly jurisdictionCode: string;
  readonly metOn: string | null;
  readonly version: number;
}

const COLUMNS = `id, subject_type AS subjectType, subject_id AS subjectId, task_id AS taskId, case_id AS caseId, duty_code AS dutyCode, obligor_unit_id AS obligorUnitId, state,
  start_on AS startOn, due_raw AS dueRaw, due_on AS dueOn, is_provisional AS isProvisional, rule_code AS ruleCode, rule_version AS ruleVersion,
  calendar_version AS calendarVersion, jurisdiction_code AS jurisdictionCode, basis, met_on AS metOn, version`;

export const openTaskDuties = (tx: Sql, taskId: string): Promise<TaskDutyRow[]> =>
  select<TaskDutyRow>(tx, `SELECT ${COLUMNS} FROM task_duties WHERE task_id = ? AND state = 'OPEN' ORDER BY id FOR UPDATE`, [taskId]);

export const addTaskDuty = (tx: Sql, duty: TaskDutyRow): Promise<void> =>
  insertRows(tx, 'task_duties', [{
    id: duty.id, subject_type: duty.subjectType, subject_id: duty.subjectId, task_id: duty.taskId, case_id: duty.caseId, duty_code: duty.dutyCode,
    obligor_unit_id: duty.obligorUnitId, state: duty.state, start_on: duty.startOn, due_raw: duty.dueRaw, due_on: duty.dueOn, is_provisional: duty.isProvisional,
    rule_code: duty.ruleCode, rule_version: duty.ruleVersion, calendar_version: duty.calendarVersion, jurisdiction_code: duty.jurisdictionCode, basis: duty.basis,
    met_on: duty.metOn, version: duty.version,
  }]);

export const saveTaskDuty = (tx: Sql, duty: TaskDutyRow, set: Row): Promise<boolean> => updateVersion(tx, 'task_duties', { id: duty.id, version: duty.version, set });
