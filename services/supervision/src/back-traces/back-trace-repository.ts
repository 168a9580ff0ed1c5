import { inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { select, selectIn, write, type Row, type Sql } from '@anjie/service-kit/database';
import { notNamedInReport } from '../case-facts';
import type { BackTraceState } from '../rules/back-trace';

export interface BackTraceRow {
  readonly id: string;
  readonly caseId: string;
  readonly divisionCode: string;
  readonly tracedUnitId: string;
  readonly petitionId: string;
  readonly closeReviewId: string | null;
  readonly closedOn: string;
  readonly repeatedOn: string;
  readonly isWithinWatch: number;
  readonly requestedOn: string;
  readonly inquiryUnitId: string | null;
  readonly dueOn: string;
  readonly obligationId: string | null;
  readonly state: BackTraceState;
  readonly decidedById: string | null;
  readonly decidingUnitId: string | null;
  readonly decidedOn: string | null;
  readonly decisionReason: string | null;
  readonly version: number;
}

export const BACK_TRACE_COLUMNS = `b.id, b.case_id AS caseId, b.division_code AS divisionCode, b.traced_unit_id AS tracedUnitId, b.petition_id AS petitionId,
  b.close_review_id AS closeReviewId, b.closed_on AS closedOn, b.repeated_on AS repeatedOn, b.is_within_watch AS isWithinWatch,
  b.requested_on AS requestedOn, b.inquiry_unit_id AS inquiryUnitId, b.due_on AS dueOn, b.obligation_id AS obligationId, b.state,
  b.decided_by AS decidedById, b.deciding_unit_id AS decidingUnitId, b.decided_on AS decidedOn, b.decision_reason AS decisionReason, b.version`;
export const BACK_TRACES_SEEN = 'back_trace_requests b JOIN case_scopes s ON s.case_id = b.case_id';

/** Visible: the case is, or the viewer's unit subtree is traced or is to inquire; never to one who is named in the case's reports. */
export function seesBackTrace(viewer: Viewer): SqlPredicate {
  const byCase = visibleCases(viewer, scopeColumns('s'));
  const traced = inOwnUnits(viewer, 'b.traced_unit_id');
  const inquiring = inOwnUnits(viewer, 'b.inquiry_unit_id');
  const notNamed = notNamedInReport(viewer);
  return {
    sql: `(${byCase.sql}) OR ((${traced.sql} OR ${inquiring.sql}) AND ${notNamed.sql})`,
    params: [...byCase.params, ...traced.params, ...inquiring.params, ...notNamed.params],
  };
}

export const visibleBackTraces = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<BackTraceRow[]> => {
  const seen = seesBackTrace(viewer);
  return selectIn<BackTraceRow>(sql, `SELECT ${BACK_TRACE_COLUMNS} FROM ${BACK_TRACES_SEEN} WHERE b.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

/** Keeps a request; false when the relapse has one. */
export async function putBackTrace(tx: Sql, row: Row): Promise<boolean> {
  const columns = Object.keys(row);
  const text = `INSERT INTO back_trace_requests (${columns.join(', ')}) VALUES (?) ON DUPLICATE KEY UPDATE id = id`;
  return (await write(tx, text, [columns.map((column) => row[column])])) === 1;
}

/**
 * The joint office that supervises these units: of the first division of the line that has one, outside their own subtrees
 * and not named in the case's reports (第三十条第三款). Nothing when none is known.
 */
export async function supervisingOffice(tx: Sql, { unitIds, line, caseId }: { unitIds: readonly string[]; line: readonly string[]; caseId: string }): Promise<string | null> {
  const offices = await select<{ id: string; divisionCode: string }>(
    tx,
    `SELECT u.id, u.division_code AS divisionCode FROM known_units u
      WHERE u.kind = 'JOINT_OFFICE' AND u.valid_to IS NULL AND u.division_code IN (?) AND u.id NOT IN (?)
        AND NOT EXISTS (SELECT 1 FROM unit_closure c WHERE c.descendant_id = u.id AND c.ancestor_id IN (?))
        AND NOT EXISTS (SELECT 1 FROM unit_closure c JOIN case_exclusions e ON e.party_id = c.ancestor_id WHERE c.descendant_id = u.id AND e.case_id = ?)
      ORDER BY u.code`,
    [line, unitIds, unitIds, caseId],
  );
  return line.flatMap((code) => offices.filter((office) => office.divisionCode === code))[0]?.id ?? null;
}
