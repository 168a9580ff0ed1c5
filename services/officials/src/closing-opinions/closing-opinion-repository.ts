import { besideCase, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { insertRows, select, selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import type { ClosingCapacity } from '../rules/closing-opinion';

export interface ClosingOpinionRow {
  readonly id: string;
  readonly caseId: string;
  readonly officialId: string;
  readonly capacity: ClosingCapacity;
  readonly unitId: string;
  readonly revision: number;
  readonly isAgreed: boolean | number;
  readonly opinion: string;
  readonly onReport: string | null;
  readonly reportDocumentId: string | null;
  readonly signedOn: string;
  readonly withdrawnOn: string | null;
  readonly withdrawalReason: string | null;
  readonly version: number;
}

const COLUMNS = `op.id, op.case_id AS caseId, op.official_id AS officialId, op.capacity, op.unit_id AS unitId, op.revision, op.is_agreed AS isAgreed, op.opinion,
  op.on_report AS onReport, op.report_document_id AS reportDocumentId, op.signed_on AS signedOn, op.withdrawn_on AS withdrawnOn,
  op.withdrawal_reason AS withdrawalReason, op.version`;
const FROM = 'closing_opinions op JOIN case_scopes s ON s.case_id = op.case_id';

/** The case is visible, or the viewer signed and is not kept out of the case: exclusion wins here too. */
function seesOpinion(viewer: Viewer): SqlPredicate {
  const cases = visibleCases(viewer, scopeColumns('s'));
  const notKeptOut = besideCase(viewer, scopeColumns('s'));
  return { sql: `((${cases.sql}) OR (op.official_id = ? AND ${notKeptOut.sql}))`, params: [...cases.params, viewer.subject, ...notKeptOut.params] };
}

export const closingOpinionsByIds = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ClosingOpinionRow[]> => {
  const seen = seesOpinion(viewer);
  return selectIn<ClosingOpinionRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE op.id IN (?) AND ${seen.sql}`, ids, seen.params);
};

/** Opinions of each case, the newest first. */
export const closingOpinionsUnder = (sql: Sql, viewer: Viewer, { parents, args }: { parents: readonly string[]; args: PageArgs }): Promise<Connection<ClosingOpinionRow>[]> =>
  listConnectionsByParent<ClosingOpinionRow>(
    sql, { columns: COLUMNS, from: FROM, where: seesOpinion(viewer), sort: [{ column: 'op.revision', descending: true }, { column: 'op.id' }], parent: 'op.case_id' }, { parents, args },
  );

export interface SignedBefore {
  readonly revisions: number;
  readonly hasStanding: boolean;
}

/** How many opinions the case has, and whether one of this official stands. The caller holds the case. */
export async function signedBefore(tx: Sql, caseId: string, officialId: string): Promise<SignedBefore> {
  const [row] = await select<{ revisions: number | string; standing: number | string }>(
    tx,
    'SELECT COALESCE(MAX(revision), 0) AS revisions, COUNT(CASE WHEN official_id = ? AND active_case_id IS NOT NULL THEN 1 END) AS standing FROM closing_opinions WHERE case_id = ?',
    [officialId, caseId],
  );
  return { revisions: Number(row?.revisions ?? 0), hasStanding: Number(row?.standing ?? 0) > 0 };
}

export type NewOpinion = Omit<ClosingOpinionRow, 'isAgreed' | 'withdrawnOn' | 'withdrawalReason' | 'version'> & { readonly isAgreed: boolean };

export const insertOpinion = (tx: Sql, one: NewOpinion): Promise<void> =>
  insertRows(tx, 'closing_opinions', [{
    id: one.id, case_id: one.caseId, active_case_id: one.caseId, official_id: one.officialId, capacity: one.capacity, unit_id: one.unitId, revision: one.revision,
    is_agreed: one.isAgreed, opinion: one.opinion, on_report: one.onReport, report_document_id: one.reportDocumentId, signed_on: one.signedOn,
  }]);
