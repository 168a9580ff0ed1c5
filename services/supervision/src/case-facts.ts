import { besideCase, scopeColumns, type SqlPredicate, type Viewer } from '@anjie/access';
import { select, selectIn, type Sql } from '@anjie/service-kit/database';

/**
 * Holds the case's scope row until the transaction ends, so that a change of its ledgers and a change of its
 * obligations come one after the other. Always taken first.
 */
export const holdCase = (tx: Sql, caseId: string): Promise<void> => holdCases(tx, [caseId]);

/** Many cases in the order of their key, so that two who hold some never wait for each other crosswise. */
export const holdCases = async (tx: Sql, caseIds: readonly string[]): Promise<void> =>
  void (await selectIn(tx, 'SELECT case_id FROM case_scopes FORCE INDEX (PRIMARY) WHERE case_id IN (?) ORDER BY case_id LOCK IN SHARE MODE', caseIds));

/** Exclusion and sealed lane for grounds other than the case itself: 《信访工作条例》第三十条第三款 wins over every part. */
export const notNamedInReport = (viewer: Viewer): SqlPredicate => besideCase(viewer, scopeColumns('s'));

export const isUnitExcluded = async (sql: Sql, caseId: string, unitId: string): Promise<boolean> =>
  (await select(
    sql, 'SELECT 1 FROM case_exclusions e WHERE e.case_id = ? AND (e.party_id = ? OR e.party_id IN (SELECT c.ancestor_id FROM unit_closure c WHERE c.descendant_id = ?))',
    [caseId, unitId, unitId],
  )).length > 0;

export const hasUnitPart = async (sql: Sql, part: { caseId: string; unitId: string; roles: readonly string[] }): Promise<boolean> =>
  (await select(sql, `SELECT 1 FROM case_parties WHERE case_id = ? AND party_kind = 'UNIT' AND party_id = ? AND role IN (?)`, [part.caseId, part.unitId, part.roles])).length > 0;
