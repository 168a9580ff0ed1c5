import type { Viewer } from '@anjie/access';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import { inDivisionPart } from '../cases/case-list';
import { seenCases } from '../cases/case-repository';
import type { AssignmentSource, Cohort } from '../rules/cohort';

export interface LedgerEntryRow {
  readonly id: string;
  readonly campaignId: string;
  readonly caseId: string;
  readonly entryNo: number;
  readonly enteredOn: string;
  readonly limitOn: string | null;
  readonly resolvedOn: string | null;
  readonly struckOffOn: string | null;
  readonly cohort: Cohort;
  readonly source: AssignmentSource | null;
  readonly divisionCode: string;
  readonly version: string;
}

const COLUMNS = `l.id, l.campaign_id AS campaignId, l.case_id AS caseId, l.entry_no AS entryNo, l.entered_on AS enteredOn,
  l.limit_on AS limitOn, l.resolved_on AS resolvedOn, l.struck_off_on AS struckOffOn, l.cohort, l.source, l.division_code AS divisionCode, l.version`;
const FROM = 'ledger_entries l JOIN cases c ON c.id = l.case_id';

/** An entry is visible with its case. */
export function entriesByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<LedgerEntryRow[]> {
  const seen = seenCases(viewer);
  return selectIn<LedgerEntryRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE l.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/** Entries of cases that the caller has already checked to be visible. */
export const entriesOfCases = (sql: Sql, caseIds: readonly string[]): Promise<LedgerEntryRow[]> =>
  selectIn<LedgerEntryRow>(sql, `SELECT ${COLUMNS} FROM ledger_entries l WHERE l.case_id IN (?) ORDER BY l.case_id, l.entered_on, l.id`, caseIds);

/** A visible entry, locked until commit. */
export async function lockEntry(tx: Sql, viewer: Viewer, id: string): Promise<LedgerEntryRow | undefined> {
  const seen = seenCases(viewer);
  return (await selectIn<LedgerEntryRow>(tx, `SELECT ${COLUMNS} FROM ${FROM} WHERE l.id IN (?) AND (${seen.sql}) FOR UPDATE`, [id], seen.params))[0];
}

interface LedgerFilter {
  readonly resolved?: boolean | null;
  readonly struckOff?: boolean | null;
  readonly divisionCode?: string | null;
  readonly cohort?: string | null;
  readonly source?: string | null;
}

export interface LedgerArgs extends PageArgs {
  readonly filter?: LedgerFilter | null;
}

export function ledgerPages(sql: Sql, viewer: Viewer, page: { parents: readonly string[]; args: LedgerArgs }): Promise<Connection<LedgerEntryRow>[]> {
  const seen = seenCases(viewer);
  const parts: SqlPart[] = [{ sql: `(${seen.sql})`, params: seen.params }];
  parts.push(...conditions(page.args.filter ?? {}));
  const where = { sql: parts.map((part) => part.sql).join(' AND '), params: parts.flatMap((part) => part.params) };
  return listConnectionsByParent<LedgerEntryRow>(
    sql,
    { columns: COLUMNS, from: `${FROM} JOIN campaign_ancestors ga ON ga.campaign_id = l.campaign_id`, where, sort: [{ column: 'l.entered_on' }, { column: 'l.id' }], parent: 'ga.ancestor_id' },
    page,
  );
}

function conditions({ resolved, struckOff, divisionCode, cohort, source }: LedgerFilter): SqlPart[] {
  const parts = inDivisionPart('l.division_code', divisionCode);
  if (typeof resolved === 'boolean') parts.push({ sql: `l.resolved_on IS ${resolved ? 'NOT ' : ''}NULL`, params: [] });
  if (typeof struckOff === 'boolean') parts.push({ sql: `l.struck_off_on IS ${struckOff ? 'NOT ' : ''}NULL`, params: [] });
  if (cohort) parts.push({ sql: 'l.cohort = ?', params: [cohort] });
  if (source) parts.push({ sql: 'l.source = ?', params: [source] });
  return parts;
}

export interface LedgerEventRow {
  readonly id: string;
  readonly kind: 'ENTERED' | 'RESOLVED' | 'RELAPSED' | 'STRUCK_OFF' | 'RESTORED';
  readonly on: string;
  readonly ground: string | null;
}
/** What happened to entries that the caller has already checked to be visible, oldest first. */
export const ledgerEventPages = (sql: Sql, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<LedgerEventRow>[]> =>
  listConnectionsByParent<LedgerEventRow>(
    sql,
    { columns: 'e.id, e.kind, e.on_date AS `on`, e.ground', from: 'ledger_events e', where: { sql: 'TRUE', params: [] }, sort: [{ column: 'e.id' }], parent: 'e.entry_id' },
    page,
  );
