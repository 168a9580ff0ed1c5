import { insertRows, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import type { SafeHarbourDecision, SafeHarbourState } from '../rules/sponsor-duties';

export interface SafeHarbourRow {
  readonly id: string;
  readonly sponsorshipId: string;
  readonly caseId: string;
  readonly proposedBy: string;
  readonly measure: string;
  readonly ground: string;
  readonly state: SafeHarbourState;
  readonly proposedOn: string;
  readonly version: number;
}
export interface SafeHarbourStepRow {
  readonly safeHarbourId: string;
  readonly ordinal: number;
  readonly officialId: string;
  readonly decision: SafeHarbourDecision;
  readonly opinion: string;
  readonly on: string;
}

const COLUMNS = 'n.id, n.sponsorship_id AS sponsorshipId, n.case_id AS caseId, n.proposed_by AS proposedBy, n.measure, n.ground, n.state, n.proposed_on AS proposedOn, n.version';
const typed = (rows: readonly SafeHarbourRow[]): SafeHarbourRow[] => rows.map((row) => ({ ...row, version: Number(row.version) }));

/** Of sponsorships that the viewer has been found to see, newest first. */
export const safeHarboursOf = async (sql: Sql, sponsorshipIds: readonly string[]): Promise<SafeHarbourRow[]> =>
  typed(await selectIn<SafeHarbourRow>(sql, `SELECT ${COLUMNS} FROM safe_harbours n WHERE n.sponsorship_id IN (?) ORDER BY n.proposed_on DESC, n.id`, sponsorshipIds));

export const lockSafeHarbour = async (tx: Sql, id: string): Promise<SafeHarbourRow | undefined> =>
  typed(await selectIn<SafeHarbourRow>(tx, `SELECT ${COLUMNS} FROM safe_harbours n WHERE n.id IN (?) FOR UPDATE`, [id]))[0];

export const stepsOf = (sql: Sql, ids: readonly string[]): Promise<SafeHarbourStepRow[]> =>
  selectIn<SafeHarbourStepRow>(
    sql, 'SELECT safe_harbour_id AS safeHarbourId, ordinal, official_id AS officialId, decision, opinion, on_date AS `on` FROM safe_harbour_steps WHERE safe_harbour_id IN (?) ORDER BY safe_harbour_id, ordinal', ids,
  );

export const insertSafeHarbour = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'safe_harbours', [row]);
export const insertStep = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'safe_harbour_steps', [row]);
export const saveSafeHarbour = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'safe_harbours', change);
