import { insertRows, select, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import type { CoHandlingState } from '../rules/co-handling-lifecycle';

export interface CoHandlingRow {
  readonly id: string;
  readonly referralId: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly task: string;
  readonly state: CoHandlingState;
  readonly assignedOfficialId: string | null;
  readonly askedOn: string;
  readonly signDueOn: string;
  readonly completeBy: string;
  readonly signedOn: string | null;
  readonly doneOn: string | null;
  readonly outcome: string | null;
  readonly version: number;
}

const COLUMNS = `h.id, h.referral_id AS referralId, h.case_id AS caseId, h.unit_id AS unitId, h.task, h.state, h.assigned_official_id AS assignedOfficialId,
  h.asked_on AS askedOn, h.sign_due_on AS signDueOn, h.complete_by AS completeBy, h.signed_on AS signedOn, h.done_on AS doneOn, h.outcome, h.version`;

/** Parts of referrals that the caller has seen, in the order in which units were asked. */
export const coHandlingsOf = (sql: Sql, referralIds: readonly string[]): Promise<CoHandlingRow[]> =>
  selectIn<CoHandlingRow>(sql, `SELECT ${COLUMNS} FROM referral_co_handlings h WHERE h.referral_id IN (?) ORDER BY h.referral_id, h.asked_on, h.id`, referralIds);

export const coHandlingsByIds = (sql: Sql, ids: readonly string[]): Promise<CoHandlingRow[]> =>
  selectIn<CoHandlingRow>(sql, `SELECT ${COLUMNS} FROM referral_co_handlings h WHERE h.id IN (?)`, ids);

export const lockCoHandling = async (tx: Sql, id: string): Promise<CoHandlingRow | undefined> =>
  (await select<CoHandlingRow>(tx, `SELECT ${COLUMNS} FROM referral_co_handlings h WHERE h.id = ? FOR UPDATE`, [id]))[0];

export const addCoHandling = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'referral_co_handlings', [row]);

export const saveCoHandling = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'referral_co_handlings', change);
