import { insertRows, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import type { DutyState } from '../rules/referral-terms';
import type { ServiceDutyCode } from '../rules/service-terms';

export interface ServiceDutyRow {
  readonly id: string;
  /** Null where the duty is about an issue that is no case. */
  readonly caseId: string | null;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly dutyCode: ServiceDutyCode;
  readonly obligorUnitId: string | null;
  readonly obligorOfficialId: string | null;
  readonly state: DutyState;
  readonly startOn: string;
  readonly dueRaw: string;
  readonly dueOn: string;
  /** tinyint: 0 or 1 */
  readonly isProvisional: boolean;
  readonly ruleCode: string;
  readonly ruleVersion: string;
  readonly calendarVersion: string;
  readonly jurisdictionCode: string;
  readonly basis: string;
  readonly metOn: string | null;
  readonly version: number;
}

const COLUMNS = `id, case_id AS caseId, subject_type AS subjectType, subject_id AS subjectId, duty_code AS dutyCode, obligor_unit_id AS obligorUnitId,
  obligor_official_id AS obligorOfficialId, state, start_on AS startOn, due_raw AS dueRaw, due_on AS dueOn, is_provisional AS isProvisional, rule_code AS ruleCode,
  rule_version AS ruleVersion, calendar_version AS calendarVersion, jurisdiction_code AS jurisdictionCode, basis, met_on AS metOn, version`;

export const openServiceDuties = (tx: Sql, subjectIds: readonly string[]): Promise<ServiceDutyRow[]> =>
  selectIn<ServiceDutyRow>(tx, `SELECT ${COLUMNS} FROM service_duties WHERE subject_id IN (?) AND state = 'OPEN' ORDER BY id FOR UPDATE`, subjectIds);

export const addServiceDuties = (tx: Sql, rows: readonly Row[]): Promise<void> => insertRows(tx, 'service_duties', rows);

export const endServiceDuty = (tx: Sql, duty: ServiceDutyRow, end: { state: DutyState; metOn: string | null }): Promise<boolean> =>
  updateVersion(tx, 'service_duties', { id: duty.id, version: duty.version, set: { state: end.state, met_on: end.metOn } });
