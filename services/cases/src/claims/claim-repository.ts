import type { Viewer } from '@anjie/access';
import { BUSINESS_NOW, insertRows, newId, selectIn, write, type Actor, type Row, type Sql } from '@anjie/service-kit/database';
import { seenCases } from '../cases/case-repository';

export interface ClaimRow {
  readonly id: string;
  readonly caseId: string;
  readonly ordinal: number;
  readonly stated: string;
  readonly clarified: string | null;
  readonly withdrawnOn: string | null;
}
const COLUMNS = 'k.id, k.case_id AS caseId, k.ordinal, k.stated, k.clarified, k.withdrawn_on AS withdrawnOn';

/** Claims of cases that the caller has already checked to be visible. */
export const claimsOf = (sql: Sql, caseIds: readonly string[]): Promise<ClaimRow[]> =>
  selectIn<ClaimRow>(sql, `SELECT ${COLUMNS} FROM claims k WHERE k.case_id IN (?) ORDER BY k.case_id, k.ordinal`, caseIds);

export function claimsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ClaimRow[]> {
  const seen = seenCases(viewer);
  return selectIn<ClaimRow>(sql, `SELECT ${COLUMNS} FROM claims k JOIN cases c ON c.id = k.case_id WHERE k.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/** Appends claims to a case, whose row is locked by the caller; answers their ids in order. */
export async function addClaims(tx: Sql, caseId: string, stated: readonly string[]): Promise<string[]> {
  const [last] = await selectIn<{ n: number }>(tx, 'SELECT COALESCE(MAX(ordinal), 0) AS n FROM claims WHERE case_id IN (?)', [caseId]);
  const rows = stated.map((text, i) => ({ id: newId(), case_id: caseId, ordinal: Number(last?.n ?? 0) + i + 1, stated: text.trim(), clarified: null }));
  await insertRows(tx, 'claims', rows);
  return rows.map((row) => row.id);
}

/** The claims of many new cases in one statement. */
export const insertClaims = (tx: Sql, cases: readonly { caseId: string; stated: readonly string[] }[]): Promise<void> =>
  insertRows(tx, 'claims', cases.flatMap(({ caseId, stated }) => stated.map((text, i) => ({ id: newId(), case_id: caseId, ordinal: i + 1, stated: text, clarified: null }))));

/** Writes columns of a claim whose case is locked by the caller. */
export const updateClaim = (tx: Sql, claimId: string, set: Row): Promise<number> =>
  write(tx, `UPDATE claims SET ${Object.keys(set).map((column) => `${column} = ?`).join(', ')} WHERE id = ?`, [...Object.values(set), claimId]);

export interface NewClaimChange {
  readonly claimId: string;
  readonly caseId: string;
  readonly kind: 'ADDED' | 'CLARIFIED' | 'WITHDRAWN';
  readonly before: string | null;
  readonly after: string | null;
  readonly reason: string;
  readonly actor: Actor;
}

export const insertClaimChange = (tx: Sql, { claimId, caseId, kind, before, after, reason, actor }: NewClaimChange): Promise<number> =>
  write(
    tx, `INSERT INTO claim_changes (id, claim_id, case_id, kind, before_text, after_text, reason, changed_by, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ${BUSINESS_NOW})`,
    [newId(), claimId, caseId, kind, before, after, reason, actor.viewer.subject],
  );
