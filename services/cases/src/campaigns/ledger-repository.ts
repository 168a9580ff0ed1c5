import type { Viewer } from '@anjie/access';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import { inDivisionPart } from '../cases/case-list';
import { seenCases } from '../cases/case-repository';

export interface LedgerEntryRow {
  readonly id: string;
  readonly campaignId: string;
  readonly caseId: string;
  readonly entryNo: number;
  readonly enteredOn: string;
  readonly limitOn: string | null;
  readonly resolvedOn: string | null;
}

const COLUMNS = `l.id, l.campaign_id AS campaignId, l.case_id AS caseId, l.entry_no AS entryNo, l.entered_on AS enteredOn,
  l.limit_on AS limitOn, l.resolved_on AS resolvedOn`;
const FROM = 'ledger_entries l JOIN cases c ON c.id = l.case_id';

/** An entry is visible with its case. */
export function entriesByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<LedgerEntryRow[]> {
  const seen = seenCases(viewer);
  return selectIn<LedgerEntryRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE l.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/** Entries of cases that the caller has already checked to be visible. */
export const entriesOfCases = (sql: Sql, caseIds: readonly string[]): Promise<LedgerEntryRow[]> =>
  selectIn<LedgerEntryRow>(sql, `SELECT ${COLUMNS} FROM ledger_entries l WHERE l.case_id IN (?) ORDER BY l.case_id, l.entered_on, l.id`, caseIds);

export interface LedgerArgs extends PageArgs {
  readonly filter?: { readonly resolved?: boolean | null; readonly divisionCode?: string | null } | null;
}

export function ledgerPages(sql: Sql, viewer: Viewer, page: { parents: readonly string[]; args: LedgerArgs }): Promise<Connection<LedgerEntryRow>[]> {
  const seen = seenCases(viewer);
  const parts: SqlPart[] = [{ sql: `(${seen.sql})`, params: seen.params }];
  const { resolved, divisionCode } = page.args.filter ?? {};
  if (typeof resolved === 'boolean') parts.push({ sql: `l.resolved_on IS ${resolved ? 'NOT ' : ''}NULL`, params: [] });
  parts.push(...inDivisionPart('l.division_code', divisionCode));
  const where = { sql: parts.map((part) => part.sql).join(' AND '), params: parts.flatMap((part) => part.params) };
  return listConnectionsByParent<LedgerEntryRow>(
    sql,
    { columns: COLUMNS, from: `${FROM} JOIN campaign_ancestors ga ON ga.campaign_id = l.campaign_id`, where, sort: [{ column: 'l.entered_on' }, { column: 'l.id' }], parent: 'ga.ancestor_id' },
    page,
  );
}
