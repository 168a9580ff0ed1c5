import { scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';

export interface CaseInView {
  readonly id: string;
  readonly divisionCode: string;
  /** tinyint: 0 or 1 */
  readonly isSealed: number;
}

/** The cases among these that the viewer may see, with their division. */
export async function casesInView(tx: Sql, viewer: Viewer, caseIds: readonly string[]): Promise<ReadonlyMap<string, CaseInView>> {
  const seen = visibleCases(viewer, scopeColumns('s'));
  const rows = await selectIn<CaseInView>(
    tx, `SELECT s.case_id AS id, s.division_code AS divisionCode, s.is_sealed AS isSealed FROM case_scopes s WHERE s.case_id IN (?) AND (${seen.sql})`, caseIds, seen.params,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Units and officials that each case keeps out. */
export async function exclusionsOf(tx: Sql, caseIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await selectIn<{ caseId: string; partyId: string }>(
    tx, 'SELECT case_id AS caseId, party_id AS partyId FROM case_exclusions WHERE case_id IN (?)', caseIds,
  );
  return new Map([...groupBy(rows, (row) => row.caseId)].map(([id, own]) => [id, new Set(own.map((row) => row.partyId))]));
}
