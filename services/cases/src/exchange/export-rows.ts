import type { Viewer } from '@anjie/access';
import { select, selectIn, type Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
import type { SqlPart } from '@anjie/service-kit/subgraph';
import { inDivisionPart } from '../cases/case-list';
import { seenCases } from '../cases/case-repository';
import { INTAKE_COLUMNS } from '../petitions/intake-columns';
import type { OutgoingRecord, OutgoingReport } from '../rules/exchange-out';

export interface ExportFilter {
  readonly divisionCode?: string | null;
  readonly registeredFrom?: string | null;
  readonly registeredTo?: string | null;
  readonly caseId?: string | null;
}

/** What the viewer may see under the filter; accusations never leave through an export (第三十条). */
function wantedPart(viewer: Viewer, filter: ExportFilter): SqlPart {
  const seen = seenCases(viewer);
  const parts: SqlPart[] = [{ sql: `(${seen.sql})`, params: seen.params }, { sql: "c.is_sealed = 0 AND c.purpose <> 'ACCUSATION'", params: [] }, ...inDivisionPart('c.division_code', filter.divisionCode)];
  if (filter.registeredFrom) parts.push({ sql: 'p.registered_on >= ?', params: [filter.registeredFrom] });
  if (filter.registeredTo) parts.push({ sql: 'p.registered_on <= ?', params: [filter.registeredTo] });
  if (filter.caseId) parts.push({ sql: 'p.case_id = ?', params: [filter.caseId] });
  return { sql: parts.map((part) => part.sql).join(' AND '), params: parts.flatMap((part) => part.params) };
}

const FROM = 'petitions p JOIN cases c ON c.id = p.case_id';

export async function countExportRows(sql: Sql, viewer: Viewer, filter: ExportFilter): Promise<number> {
  const { sql: where, params } = wantedPart(viewer, filter);
  const [row] = await select<{ n: string }>(sql, `SELECT COUNT(*) AS n FROM ${FROM} WHERE ${where}`, params);
  return Number(row?.n ?? 0);
}

export type ExportRow = Omit<OutgoingRecord, 'content' | 'claims' | 'reported'> & {
  readonly id: string;
  readonly caseId: string;
  readonly contentSealed: Buffer | null;
  readonly restrictedOn: string | null;
};

const COLUMNS = `p.id, p.case_id AS caseId, p.number, p.petitioned_on AS petitionedOn, p.registered_on AS registeredOn, p.channel, p.title, p.content_sealed AS contentSealed, p.restricted_on AS restrictedOn,
  p.petitioner_count AS petitionerCount, p.affected_count AS affectedCount, ${INTAKE_COLUMNS}, c.summary, c.purpose, c.status, c.division_code AS divisionCode,
  c.content_category AS contentCategory, c.limit_on AS limitOn, c.procedure_kind AS procedureKind, c.route, u.name AS unitName, u.code AS unitCode,
  EXISTS (SELECT 1 FROM ledger_entries l WHERE l.case_id = c.id) AS isInLedger,
  (SELECT COUNT(*) FROM petitions o WHERE o.case_id = c.id) AS petitionsOfCase, (SELECT MIN(o.petitioned_on) FROM petitions o WHERE o.case_id = c.id) AS firstOn,
  (SELECT GROUP_CONCAT(n.active_kind) FROM case_ends n WHERE n.case_id = c.id AND n.active_kind IS NOT NULL) AS ends`;

export interface ExportPage {
  readonly filter: ExportFilter;
  readonly after: { readonly registeredOn: string; readonly id: string } | null;
  readonly size: number;
}

/** The next rows by day and id: what is registered meanwhile comes behind, nothing comes twice. */
export async function exportPage(sql: Sql, viewer: Viewer, { filter, after, size }: ExportPage): Promise<ExportRow[]> {
  const { sql: where, params } = wantedPart(viewer, filter);
  const behind = after ? { sql: '(p.registered_on > ? OR (p.registered_on = ? AND p.id > ?))', params: [after.registeredOn, after.registeredOn, after.id] } : { sql: 'TRUE', params: [] };
  return select<ExportRow>(
    sql, `SELECT ${COLUMNS} FROM ${FROM} LEFT JOIN known_units u ON u.id = p.registered_unit_id WHERE ${where} AND ${behind.sql} ORDER BY p.registered_on, p.id LIMIT ?`,
    [...params, ...behind.params, size],
  );
}

type StoredReport = Omit<OutgoingReport, 'codes'> & { readonly petitionId: string; readonly codes: string };

/** What other offices said of these petitions, by petition. */
export async function reportsOf(sql: Sql, petitionIds: readonly string[]): Promise<ReadonlyMap<string, OutgoingReport>> {
  const rows = await selectIn<StoredReport>(
    sql,
    `SELECT petition_id AS petitionId, source_division AS sourceDivisionCode, external_number AS externalNumber, external_id AS externalId, joint_id AS jointId,
            registered_at AS registeredAt, org_name AS orgName, org_code AS orgCode, org_kind AS orgKind, org_department AS orgDepartment, clerk, status,
            first_org AS firstOrg, first_on AS firstOn, is_repeat AS isRepeat, repeat_of AS repeatOf, is_backlog AS isBacklog, is_reviewed AS isReviewed,
            is_re_reviewed AS isReReviewed, is_closed AS isClosed, is_closing_accepted AS isClosingAccepted, due_at AS dueAt, procedure_kind AS procedureKind, codes
       FROM exchange_records WHERE petition_id IN (?)`,
    petitionIds,
  );
  return new Map(rows.map((row) => [row.petitionId, { ...row, codes: JSON.parse(row.codes) as Record<string, string> }]));
}

/** Claims that stand, of these cases. */
export async function standingClaims(sql: Sql, caseIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await selectIn<{ caseId: string; stated: string }>(
    sql, 'SELECT case_id AS caseId, stated FROM claims WHERE case_id IN (?) AND withdrawn_on IS NULL ORDER BY case_id, ordinal', [...new Set(caseIds)],
  );
  return new Map([...groupBy(rows, (row) => row.caseId)].map(([caseId, own]) => [caseId, own.map((row) => row.stated)]));
}
