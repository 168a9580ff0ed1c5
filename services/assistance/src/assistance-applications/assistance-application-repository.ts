import { besideCase, inOwnUnits, scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import { insertRows, select, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type ListQuery, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import type { AssistanceApplicationFilter, AssistanceKind } from '../generated/graphql';
import type { ApplicationState } from '../rules/assistance-application-lifecycle';

export interface AssistanceApplicationRow {
  readonly id: string;
  readonly caseId: string;
  readonly referralId: string | null;
  readonly kind: AssistanceKind;
  readonly unitId: string;
  readonly requestedAmount: string;
  readonly need: string;
  readonly state: ApplicationState;
  readonly submittedOn: string;
  readonly decidedOn: string | null;
  readonly decidedAmount: string | null;
  readonly declineReason: string | null;
  readonly paidOn: string | null;
  readonly evidenceRef: string | null;
  readonly version: number;
}

const COLUMNS = `a.id, a.case_id AS caseId, a.referral_id AS referralId, a.kind, a.unit_id AS unitId, a.requested_amount AS requestedAmount, a.need, a.state,
  a.submitted_on AS submittedOn, a.decided_on AS decidedOn, a.decided_amount AS decidedAmount, a.decline_reason AS declineReason, a.paid_on AS paidOn,
  a.evidence_ref AS evidenceRef, a.version`;
const FROM = 'assistance_applications a JOIN case_scopes s ON s.case_id = a.case_id';
const NEWEST_FIRST = [{ column: 'a.submitted_on', descending: true }, { column: 'a.id' }];

/** Whoever may see the case, and the deciding unit's side. */
function visibleApplications(viewer: Viewer): SqlPart {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const seen = visibleCases(viewer, scopeColumns('s'));
  const decides = inOwnUnits(viewer, 'a.unit_id');
  const deny = besideCase(viewer, scopeColumns('s'));
  return { sql: `((${seen.sql}) OR (${decides.sql})) AND ${deny.sql}`, params: [...seen.params, ...decides.params, ...deny.params] };
}

export function visibleApplicationsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<AssistanceApplicationRow[]> {
  const seen = visibleApplications(viewer);
  return selectIn<AssistanceApplicationRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE a.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

export interface ApplicationListArgs extends PageArgs {
  readonly filter?: AssistanceApplicationFilter | null | undefined;
}

export function listApplications(sql: Sql, viewer: Viewer, args: ApplicationListArgs): Promise<Connection<AssistanceApplicationRow>> {
  const { filter } = args;
  const wanted = ([['a.case_id', filter?.caseId], ['a.unit_id', filter?.unitId], ['a.kind', filter?.kind], ['a.state', filter?.state]] as const)
    .filter(([, value]) => value != null);
  const seen = visibleApplications(viewer);
  const where = { sql: [`(${seen.sql})`, ...wanted.map(([column]) => `${column} = ?`)].join(' AND '), params: [...seen.params, ...wanted.map(([, value]) => value)] };
  return listConnection<AssistanceApplicationRow>(sql, { columns: COLUMNS, from: FROM, where, sort: NEWEST_FIRST }, args);
}

export const applicationsOfCases = (sql: Sql, viewer: Viewer) => (parents: readonly string[], args: PageArgs): Promise<Connection<AssistanceApplicationRow>[]> => {
  const query: ListQuery = { columns: COLUMNS, from: FROM, where: visibleApplications(viewer), sort: NEWEST_FIRST };
  return listConnectionsByParent<AssistanceApplicationRow>(sql, { ...query, parent: 'a.case_id' }, { parents, args });
};

export const lockApplication = async (tx: Sql, id: string): Promise<AssistanceApplicationRow | undefined> =>
  (await select<AssistanceApplicationRow>(tx, `SELECT ${COLUMNS} FROM assistance_applications a WHERE a.id = ? FOR UPDATE`, [id]))[0];

export const addApplication = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'assistance_applications', [row]);

export const saveApplication = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'assistance_applications', change);
