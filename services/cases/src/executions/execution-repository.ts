import type { Viewer } from '@anjie/access';
import { insertRows, selectIn, type Sql } from '@anjie/service-kit/database';
import { seenCases } from '../cases/case-repository';

export interface ExecutionRow {
  readonly id: string;
  readonly caseId: string;
  readonly sourceType: 'OPINION' | 'SETTLEMENT';
  readonly sourceId: string;
  readonly claimId: string | null;
  readonly unitId: string;
  readonly promise: string;
  readonly dueOn: string;
  readonly state: 'PENDING' | 'DONE' | 'CANCELLED';
  readonly doneOn: string | null;
  readonly report: string | null;
  readonly version: string;
}
const COLUMNS = `x.id, x.case_id AS caseId, x.source_type AS sourceType, x.source_id AS sourceId, x.claim_id AS claimId, x.unit_id AS unitId, x.promise,
  x.due_on AS dueOn, x.state, x.done_on AS doneOn, x.report, x.version`;

/** What was promised in cases that the caller has already checked to be visible, by date. */
export const executionsOf = (sql: Sql, caseIds: readonly string[]): Promise<ExecutionRow[]> =>
  selectIn<ExecutionRow>(sql, `SELECT ${COLUMNS} FROM executions x WHERE x.case_id IN (?) ORDER BY x.case_id, x.due_on, x.id`, caseIds);

export function executionsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ExecutionRow[]> {
  const seen = seenCases(viewer);
  return selectIn<ExecutionRow>(sql, `SELECT ${COLUMNS} FROM executions x JOIN cases c ON c.id = x.case_id WHERE x.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

export const insertExecutions = (tx: Sql, rows: readonly Omit<ExecutionRow, 'state' | 'doneOn' | 'report' | 'version'>[]): Promise<void> =>
  insertRows(tx, 'executions', rows.map((row) => ({
    id: row.id, case_id: row.caseId, source_type: row.sourceType, source_id: row.sourceId, claim_id: row.claimId, unit_id: row.unitId, promise: row.promise.trim(),
    due_on: row.dueOn, state: 'PENDING', done_on: null, report: null, version: 1,
  })));
