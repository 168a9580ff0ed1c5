import { inOwnUnits, type SqlPredicate, type Viewer } from '@anjie/access';
import { BUSINESS_NOW, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { notNamedInItsCase } from '../case-facts';
import { byId } from '../close-reviews/close-review-list';
import type { UrgentReportFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import type { UrgentLevel } from '../rules/urgent-reports';

export interface UrgentReportRow {
  readonly id: string;
  readonly kind: string;
  readonly level: UrgentLevel;
  readonly reporterUnitId: string;
  readonly caseId: string | null;
  /** Null once it has expired, whether or not the rows were erased by then. */
  readonly issue: string | null;
  readonly content: string | null;
  readonly sentById: string;
  readonly sentOn: string;
  readonly sentAt: Date;
  readonly acknowledgeBy: Date;
  readonly expiresOn: string;
  /** 0 or 1 */
  readonly isExpired: number;
}

const IS_EXPIRED = `(r.expires_on < DATE(${BUSINESS_NOW} + INTERVAL 8 HOUR))`;
const COLUMNS = `r.id, r.kind, r.level, r.reporter_unit_id AS reporterUnitId, r.case_id AS caseId, IF(${IS_EXPIRED}, NULL, r.issue) AS issue, IF(${IS_EXPIRED}, NULL, r.content) AS content,
  r.sent_by AS sentById, r.sent_on AS sentOn, r.sent_at AS sentAt, r.acknowledge_by AS acknowledgeBy, r.expires_on AS expiresOn, ${IS_EXPIRED} AS isExpired`;
const FROM = 'urgent_reports r LEFT JOIN case_scopes s ON s.case_id = r.case_id';

/** The reporter's side and the receivers' sides, and nobody else: seeing the case is no ground. */
function seesReport(viewer: Viewer): SqlPredicate {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const reporter = inOwnUnits(viewer, 'r.reporter_unit_id');
  const receiver = inOwnUnits(viewer, 'q.unit_id');
  const grounds = { sql: `(${reporter.sql} OR EXISTS (SELECT 1 FROM urgent_report_receivers q WHERE q.report_id = r.id AND ${receiver.sql}))`, params: [...reporter.params, ...receiver.params] };
  return allOf([grounds, notNamedInItsCase(viewer, 'r.case_id')]);
}

export const visibleUrgentReports = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<UrgentReportRow[]> => {
  const seen = seesReport(viewer);
  return selectIn<UrgentReportRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE r.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const urgentReportList = (viewer: Viewer, filter: UrgentReportFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: FROM,
  where: allOf([
    seesReport(viewer), ...byId('r.case_id', filter?.caseId), ...byId('r.reporter_unit_id', filter?.reporterUnitId),
    ...(filter?.level ? [{ sql: 'r.level = ?', params: [filter.level] }] : []),
    ...(filter?.kinds ? [filter.kinds.length > 0 ? { sql: 'r.kind IN (?)', params: [filter.kinds] } : { sql: 'FALSE', params: [] }] : []),
    ...(filter?.unacknowledgedOnly ? [{ sql: 'EXISTS (SELECT 1 FROM urgent_report_receivers u WHERE u.report_id = r.id AND u.acknowledged_at IS NULL)', params: [] }] : []),
  ]),
  sort: [{ column: 'r.sent_at', descending: true }, { column: 'r.id' }],
});

export const urgentReportsUnder = (viewer: Viewer, kind: 'case' | 'unit'): ParentList => ({ ...urgentReportList(viewer, null), parent: kind === 'case' ? 'r.case_id' : 'r.reporter_unit_id' });

export interface ReceiverRow {
  readonly reportId: string;
  readonly unitId: string;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedById: string | null;
}

export const receiversOf = (sql: Sql, reportIds: readonly string[]): Promise<ReceiverRow[]> =>
  selectIn<ReceiverRow>(
    sql, 'SELECT report_id AS reportId, unit_id AS unitId, acknowledged_at AS acknowledgedAt, acknowledged_by AS acknowledgedById FROM urgent_report_receivers WHERE report_id IN (?) ORDER BY report_id, unit_id', reportIds,
  );

/** Once; false when it was acknowledged before, or the unit is no receiver. */
export const acknowledge = async (tx: Sql, { reportId, unitId, by, at }: { reportId: string; unitId: string; by: string; at: Date }): Promise<boolean> =>
  (await write(tx, 'UPDATE urgent_report_receivers SET acknowledged_at = ?, acknowledged_by = ? WHERE report_id = ? AND unit_id = ? AND acknowledged_at IS NULL', [at, by, reportId, unitId])) === 1;

/** What has expired and still holds its words. */
export const expiredIds = async (sql: Sql, limit: number): Promise<string[]> =>
  (await select<{ id: string }>(sql, `SELECT r.id FROM urgent_reports r WHERE r.erased_at IS NULL AND ${IS_EXPIRED} ORDER BY r.expires_on LIMIT ?`, [limit])).map((row) => row.id);

export const eraseWords = (tx: Sql, ids: readonly string[]): Promise<number> =>
  ids.length === 0 ? Promise.resolve(0) : write(tx, `UPDATE urgent_reports SET issue = NULL, content = NULL, erased_at = UTC_TIMESTAMP(3) WHERE id IN (?) AND erased_at IS NULL`, [ids]);
