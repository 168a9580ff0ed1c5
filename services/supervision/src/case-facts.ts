import { besideCase, hasRole, inDivision, scopeColumns, type SqlPredicate, type Viewer } from '@anjie/access';
import { select, selectIn, type Sql } from '@anjie/service-kit/database';

const IN_ORDER = 'SELECT case_id AS id FROM case_scopes FORCE INDEX (PRIMARY) WHERE case_id IN (?) ORDER BY case_id';

/**
 * Holds the scope rows of cases until the transaction ends, so that a change of their ledgers and a change of their
 * obligations come one after the other. Always taken first, and in the order of the key, so that two who hold some never
 * wait for each other crosswise. A case that is not known here yet has no row to hold.
 * @returns how many there were to hold
 */
export const holdCases = async (tx: Sql, caseIds: readonly string[]): Promise<number> => (await selectIn(tx, `${IN_ORDER} LOCK IN SHARE MODE`, caseIds)).length;

export const holdCase = async (tx: Sql, caseId: string): Promise<void> => void (await holdCases(tx, [caseId]));

/** The same for whoever is about to write the scope rows. */
export const lockCases = async (tx: Sql, caseIds: readonly string[]): Promise<void> => void (await selectIn(tx, `${IN_ORDER} FOR UPDATE`, caseIds));

/** Holds what can be held without waiting. @returns the cases whose scope is being written now */
export async function holdFreeCases(tx: Sql, caseIds: readonly string[]): Promise<ReadonlySet<string>> {
  const held = new Set((await selectIn<{ id: string }>(tx, `${IN_ORDER} LOCK IN SHARE MODE SKIP LOCKED`, caseIds)).map((row) => row.id));
  // a case that is not known here yet has no row to hold
  const busy = await selectIn<{ id: string }>(tx, IN_ORDER, caseIds.filter((id) => !held.has(id)));
  return new Set(busy.map((row) => row.id));
}

/**
 * Rows of a case by one ground and rows without a case by another; `s` is the scope, joined LEFT. A row whose case is not
 * known here yet is seen by nobody.
 */
export const inCaseOrWithout = (caseColumn: string, inCase: SqlPredicate, without: SqlPredicate): SqlPredicate => ({
  sql: `((s.case_id IS NOT NULL AND (${inCase.sql})) OR (${caseColumn} IS NULL AND (${without.sql})))`, params: [...inCase.params, ...without.params],
});

/** Where a unit sits, as far as that is known here; else what `otherwise` says. */
export const placeOfUnit = (unitColumn: string, otherwise: string): string => `COALESCE((SELECT vk.division_code FROM known_units vk WHERE vk.id = ${unitColumn}), ${otherwise})`;

/** A joint office sees what binds the units of its division and below without a case. `unitColumn` may be null: then `divisionColumn` says where. */
export function inOfficeDivision(viewer: Viewer, unitColumn: string, divisionColumn: string): SqlPredicate {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  if (!hasRole(viewer, 'JOINT_OFFICE') || !viewer.divisionCode) return { sql: 'FALSE', params: [] };
  return inDivision(placeOfUnit(unitColumn, divisionColumn), viewer.divisionCode);
}

/** `notNamedInReport` for rows that may have no case: nobody is named in none. */
export const notNamedInItsCase = (viewer: Viewer, caseColumn: string): SqlPredicate =>
  inCaseOrWithout(caseColumn, notNamedInReport(viewer), { sql: 'TRUE', params: [] });

/** Exclusion and sealed lane for grounds other than the case itself: 《信访工作条例》第三十条第三款 wins over every part. */
export const notNamedInReport = (viewer: Viewer): SqlPredicate => besideCase(viewer, scopeColumns('s'));

export const isUnitExcluded = async (sql: Sql, caseId: string, unitId: string): Promise<boolean> =>
  (await select(
    sql, 'SELECT 1 FROM case_exclusions e WHERE e.case_id = ? AND (e.party_id = ? OR e.party_id IN (SELECT c.ancestor_id FROM unit_closure c WHERE c.descendant_id = ?))',
    [caseId, unitId, unitId],
  )).length > 0;

export const hasUnitPart = async (sql: Sql, part: { caseId: string; unitId: string; roles: readonly string[] }): Promise<boolean> =>
  (await select(sql, `SELECT 1 FROM case_parties WHERE case_id = ? AND party_kind = 'UNIT' AND party_id = ? AND role IN (?)`, [part.caseId, part.unitId, part.roles])).length > 0;
