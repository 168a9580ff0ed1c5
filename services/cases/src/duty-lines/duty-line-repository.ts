import type { Viewer } from '@anjie/access';
import { insertRows, select, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import { seenCases } from '../cases/case-repository';
import type { DutyLineKind } from '../rules/duty-lines';

export interface DutyLineRow {
  readonly id: string;
  readonly caseId: string;
  readonly line: DutyLineKind;
  readonly unitId: string;
  readonly clockId: string | null;
  readonly dueOn: string;
  readonly reason: string;
  readonly setOn: string;
  readonly setBy: string;
  readonly state: 'OPEN' | 'DISCHARGED' | 'DROPPED';
  readonly outcome: string | null;
  readonly endedOn: string | null;
  readonly version: number;
}

const COLUMNS = `l.id, l.case_id AS caseId, l.line, l.unit_id AS unitId, l.clock_id AS clockId, l.due_on AS dueOn, l.reason, l.set_on AS setOn, l.set_by AS setBy, l.state,
  l.outcome, l.ended_on AS endedOn, l.version`;

/** A line is visible with its case. */
export function dutyLinesByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<DutyLineRow[]> {
  const seen = seenCases(viewer);
  return selectIn<DutyLineRow>(sql, `SELECT ${COLUMNS} FROM duty_lines l JOIN cases c ON c.id = l.case_id WHERE l.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/** Under cases that the caller has already checked to be visible. */
export const dutyLinePages = (sql: Sql, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<DutyLineRow>[]> =>
  listConnectionsByParent<DutyLineRow>(
    sql,
    { columns: COLUMNS, from: 'duty_lines l', where: { sql: 'TRUE', params: [] }, sort: [{ column: 'l.set_on', descending: true }, { column: 'l.id' }], parent: 'l.case_id' },
    page,
  );

export const lockDutyLine = async (tx: Sql, id: string): Promise<DutyLineRow | undefined> =>
  (await select<DutyLineRow>(tx, `SELECT ${COLUMNS} FROM duty_lines l WHERE l.id = ? FOR UPDATE`, [id]))[0];

export const hasOpenLine = async (tx: Sql, caseId: string, line: DutyLineKind): Promise<boolean> =>
  (await select(tx, 'SELECT 1 FROM duty_lines WHERE active_case_id = ? AND line = ?', [caseId, line])).length > 0;

export const addDutyLine = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'duty_lines', [row]);

export const saveDutyLine = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'duty_lines', change);
