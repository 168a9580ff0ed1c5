import type { Viewer } from '@anjie/access';
import { insertRows, newId, selectIn, type Sql } from '@anjie/service-kit/database';
import { seenCases } from '../cases/case-repository';

export interface ClaimRow {
  readonly id: string;
  readonly caseId: string;
  readonly ordinal: number;
  readonly stated: string;
  readonly clarified: string | null;
}
const COLUMNS = 'k.id, k.case_id AS caseId, k.ordinal, k.stated, k.clarified';

/** Claims of cases that the caller has already checked to be visible. */
export const claimsOf = (sql: Sql, caseIds: readonly string[]): Promise<ClaimRow[]> =>
  selectIn<ClaimRow>(sql, `SELECT ${COLUMNS} FROM claims k WHERE k.case_id IN (?) ORDER BY k.case_id, k.ordinal`, caseIds);

export function claimsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ClaimRow[]> {
  const seen = seenCases(viewer);
  return selectIn<ClaimRow>(sql, `SELECT ${COLUMNS} FROM claims k JOIN cases c ON c.id = k.case_id WHERE k.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/** Appends claims to a case; the case's row is locked by the caller. */
export async function addClaims(tx: Sql, caseId: string, stated: readonly string[]): Promise<void> {
  const [last] = await selectIn<{ n: number }>(tx, 'SELECT COALESCE(MAX(ordinal), 0) AS n FROM claims WHERE case_id IN (?)', [caseId]);
  await insertRows(tx, 'claims', stated.map((text, i) => ({ id: newId(), case_id: caseId, ordinal: Number(last?.n ?? 0) + i + 1, stated: text, clarified: null })));
}
