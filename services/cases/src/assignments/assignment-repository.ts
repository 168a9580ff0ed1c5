import type { Viewer } from '@anjie/access';
import { select, selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import { seenCases } from '../cases/case-repository';
import type { EarlierOrder } from '../rules/order-limit';

export interface AssignmentRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: 'FORWARD' | 'ASSIGN';
  readonly leadUnitId: string;
  readonly assignedOn: string;
  readonly limitOn: string | null;
  readonly note: string | null;
  readonly endedOn: string | null;
  readonly guideUnitId: string | null;
  readonly guidanceDueOn: string | null;
  readonly origin: 'ORDER' | 'COORDINATION' | 'SUCCESSION' | 'DESIGNATION';
}
const COLUMNS = `a.id, a.case_id AS caseId, a.kind, a.lead_unit_id AS leadUnitId, a.assigned_on AS assignedOn, a.limit_on AS limitOn,
  a.note, a.ended_on AS endedOn, a.guide_unit_id AS guideUnitId, a.guidance_due_on AS guidanceDueOn, a.origin`;

export function assignmentsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<AssignmentRow[]> {
  const seen = seenCases(viewer);
  return selectIn<AssignmentRow>(sql, `SELECT ${COLUMNS} FROM assignments a JOIN cases c ON c.id = a.case_id WHERE a.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/** Assignments of cases that the caller has already checked to be visible. */
export const assignmentPages = (sql: Sql, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<AssignmentRow>[]> =>
  listConnectionsByParent<AssignmentRow>(
    sql,
    { columns: COLUMNS, from: 'assignments a', where: { sql: 'TRUE', params: [] }, sort: [{ column: 'a.assigned_on', descending: true }, { column: 'a.id' }], parent: 'a.case_id' },
    page,
  );

export interface SupportRow {
  readonly parentId: string;
  readonly unitId: string;
}

/** Supporting units of assignments, or of the assignments in force of cases. */
export const supportUnitsOf = (sql: Sql, of: 'assignment' | 'case', ids: readonly string[]): Promise<SupportRow[]> =>
  of === 'assignment'
    ? selectIn<SupportRow>(sql, 'SELECT assignment_id AS parentId, unit_id AS unitId FROM assignment_supports WHERE assignment_id IN (?) ORDER BY unit_id', ids)
    : selectIn<SupportRow>(
        sql,
        `SELECT a.active_case_id AS parentId, s.unit_id AS unitId FROM assignments a JOIN assignment_supports s ON s.assignment_id = a.id
          WHERE a.active_case_id IN (?) ORDER BY s.unit_id`,
        ids,
      );

export interface GuideRow {
  readonly caseId: string;
  readonly guideUnitId: string | null;
}

/** Guides of the assignments in force of cases. */
export const guidesOf = (sql: Sql, caseIds: readonly string[]): Promise<GuideRow[]> =>
  selectIn<GuideRow>(sql, 'SELECT a.active_case_id AS caseId, a.guide_unit_id AS guideUnitId FROM assignments a WHERE a.active_case_id IN (?)', caseIds);

/** What was ordered in the case's present life and by whom, newest first, with its limit: a list's row, or the assignment as it was written down. */
export const ordersOf = (tx: Sql, caseId: string): Promise<EarlierOrder[]> =>
  select<EarlierOrder>(
    tx,
    `SELECT COALESCE(a.limit_on, (SELECT MIN(l.limit_on) FROM ledger_entries l WHERE l.case_id = e.case_id AND l.campaign_id = JSON_VALUE(e.detail, '$.campaignId'))) AS limitOn,
            e.actor AS \`by\`, u.division_code AS divisionCode
       FROM case_events e LEFT JOIN assignments a ON a.id = JSON_VALUE(e.detail, '$.assignmentId') LEFT JOIN known_units u ON u.id = e.actor_unit_id
      WHERE e.case_id = ? AND e.action IN ('ASSIGNED', 'FORWARDED', 'IMPORTED')
        AND e.seq > COALESCE((SELECT MAX(r.seq) FROM case_events r WHERE r.case_id = e.case_id AND r.action IN ('REOPENED', 'RELAPSED')), 0) ORDER BY e.seq DESC`,
    [caseId],
  );
