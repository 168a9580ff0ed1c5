import { scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import { caseIsSealed, type PartyRole } from '@anjie/contracts';
import { giveUp, select, selectIn, type Sql } from '@anjie/service-kit/database';

export interface CaseScopeRow {
  readonly caseId: string;
  readonly divisionCode: string;
}

/** The case if the viewer may see it, locked: what is counted about one case changes one writer at a time. A sealed case gives up the mutation: nothing here is for one. */
export async function lockVisibleCase(tx: Sql, viewer: Viewer, caseId: string): Promise<CaseScopeRow | undefined> {
  const seen = visibleCases(viewer, scopeColumns('s'));
  const [found] = await select<CaseScopeRow & { readonly isSealed: number }>(
    tx, `SELECT s.case_id AS caseId, s.division_code AS divisionCode, s.is_sealed AS isSealed FROM case_scopes s WHERE s.case_id = ? AND (${seen.sql}) FOR UPDATE`, [caseId, ...seen.params],
  );
  return found?.isSealed ? giveUp(caseIsSealed()) : found;
}

/** The case without asking who looks; for rows whose visibility was decided on other grounds. */
export const lockCase = async (tx: Sql, caseId: string): Promise<CaseScopeRow | undefined> =>
  (await select<CaseScopeRow>(tx, 'SELECT case_id AS caseId, division_code AS divisionCode FROM case_scopes WHERE case_id = ? FOR UPDATE', [caseId]))[0];

/** Holds cases that are there, in the order of their key, so that two batches never wait for each other crosswise. */
export const holdCases = (tx: Sql, caseIds: readonly string[]): Promise<CaseScopeRow[]> =>
  selectIn<CaseScopeRow>(tx, 'SELECT case_id AS caseId, division_code AS divisionCode FROM case_scopes WHERE case_id IN (?) ORDER BY case_id FOR UPDATE', caseIds);

export const divisionsOfCases = async (sql: Sql, caseIds: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map((await selectIn<CaseScopeRow>(sql, 'SELECT case_id AS caseId, division_code AS divisionCode FROM case_scopes WHERE case_id IN (?)', caseIds)).map((row) => [row.caseId, row.divisionCode]));

export const unitRolesInCase = async (sql: Sql, caseId: string, unitId: string): Promise<PartyRole[]> =>
  (
    await select<{ role: PartyRole }>(
      sql, `SELECT role FROM case_parties WHERE case_id = ? AND party_kind = 'UNIT' AND party_id = ?`, [caseId, unitId],
    )
  ).map(({ role }) => role);

/** 《信访工作条例》第三十条第三款: is the unit, or one above it, complained of in the case? */
export const isUnitExcluded = async (sql: Sql, caseId: string, unitId: string): Promise<boolean> =>
  (
    await select(
      sql,
      `SELECT 1 FROM case_exclusions e WHERE e.case_id = ?
          AND (e.party_id = ? OR e.party_id IN (SELECT c.ancestor_id FROM unit_closure c WHERE c.descendant_id = ?)) LIMIT 1`,
      [caseId, unitId, unitId],
    )
  ).length > 0;

/** The case, locked, unless it is sealed: nothing here is for a sealed one. */
export const lockOpenCase = async (tx: Sql, caseId: string): Promise<CaseScopeRow | undefined> =>
  (await select<CaseScopeRow>(tx, 'SELECT case_id AS caseId, division_code AS divisionCode FROM case_scopes WHERE case_id = ? AND is_sealed = 0 FOR UPDATE', [caseId]))[0];
