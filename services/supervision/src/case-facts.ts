import { besideCase, scopeColumns, type SqlPredicate, type Viewer } from '@anjie/access';
import { select, selectIn, type Sql } from '@anjie/service-kit/database';
import type { CaseOfficial } from './rules/recipients';

/**
 * Holds the case's scope row until the transaction ends, so that a change of its ledgers and a change of its
 * obligations come one after the other. Always taken first.
 */
export const holdCase = async (tx: Sql, caseId: string): Promise<void> =>
  void (await select(tx, 'SELECT case_id FROM case_scopes WHERE case_id = ? LOCK IN SHARE MODE', [caseId]));

/** Exclusion and sealed lane for grounds other than the case itself: 《信访工作条例》第三十条第三款 wins over every part. */
export const notNamedInReport = (viewer: Viewer): SqlPredicate => besideCase(viewer, scopeColumns('s'));

/** Officials with a part in the case who are in office; whether their unit lies in the obligor's subtree. */
export async function officialsOfCase(sql: Sql, caseId: string, obligorUnitId: string | null): Promise<CaseOfficial[]> {
  const rows = await select<{ officialId: string; role: string; isInObligorUnit: number | string }>(
    sql,
    `SELECT p.party_id AS officialId, p.role,
            EXISTS (SELECT 1 FROM unit_closure c WHERE c.descendant_id = k.unit_id AND c.ancestor_id = ?) AS isInObligorUnit
       FROM case_parties p LEFT JOIN known_officials k ON k.id = p.party_id
      WHERE p.case_id = ? AND p.party_kind = 'OFFICIAL' AND k.valid_to IS NULL ORDER BY p.party_id, p.role`,
    [obligorUnitId, caseId],
  );
  return rows.map((row) => ({ ...row, isInObligorUnit: Number(row.isInObligorUnit) === 1 }));
}

/** Of these officials, those whom the case's reports name: in person or through their unit. */
export async function excludedOfficials(sql: Sql, caseId: string, officialIds: readonly string[]): Promise<string[]> {
  const rows = await selectIn<{ id: string }>(
    sql,
    `SELECT e.party_id AS id FROM case_exclusions e WHERE e.party_id IN (?) AND e.case_id = ?
     UNION SELECT k.id FROM known_officials k JOIN unit_closure c ON c.descendant_id = k.unit_id
       JOIN case_exclusions e ON e.party_id = c.ancestor_id WHERE k.id IN (?) AND e.case_id = ?`,
    officialIds,
    [caseId, officialIds, caseId],
  );
  return rows.map((row) => row.id);
}

export const isUnitExcluded = async (sql: Sql, caseId: string, unitId: string): Promise<boolean> =>
  (await select(
    sql, 'SELECT 1 FROM case_exclusions e WHERE e.case_id = ? AND (e.party_id = ? OR e.party_id IN (SELECT c.ancestor_id FROM unit_closure c WHERE c.descendant_id = ?))',
    [caseId, unitId, unitId],
  )).length > 0;

export const hasUnitPart = async (sql: Sql, part: { caseId: string; unitId: string; roles: readonly string[] }): Promise<boolean> =>
  (await select(sql, `SELECT 1 FROM case_parties WHERE case_id = ? AND party_kind = 'UNIT' AND party_id = ? AND role IN (?)`, [part.caseId, part.unitId, part.roles])).length > 0;
