import { insertRows, select, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import type { DutyCode, DutyState } from '../rules/referral-terms';

export interface DutyRow {
  readonly id: string;
  readonly referralId: string;
  readonly caseId: string;
  readonly dutyCode: DutyCode;
  readonly obligorUnitId: string;
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

const COLUMNS = `id, referral_id AS referralId, case_id AS caseId, duty_code AS dutyCode, obligor_unit_id AS obligorUnitId, state, start_on AS startOn,
  due_raw AS dueRaw, due_on AS dueOn, is_provisional AS isProvisional, rule_code AS ruleCode, rule_version AS ruleVersion,
  calendar_version AS calendarVersion, jurisdiction_code AS jurisdictionCode, basis, met_on AS metOn, version`;

export const openDuty = async (tx: Sql, referralId: string, dutyCode: DutyCode): Promise<DutyRow | undefined> =>
  (await select<DutyRow>(tx, `SELECT ${COLUMNS} FROM referral_duties WHERE referral_id = ? AND duty_code = ? AND state = 'OPEN' FOR UPDATE`, [referralId, dutyCode]))[0];

export const addDuties = (tx: Sql, rows: readonly Row[]): Promise<void> => insertRows(tx, 'referral_duties', rows);

export const endDuty = (tx: Sql, duty: DutyRow, end: { state: DutyState; metOn: string | null }): Promise<boolean> =>
  updateVersion(tx, 'referral_duties', { id: duty.id, version: duty.version, set: { state: end.state, met_on: end.metOn } });
