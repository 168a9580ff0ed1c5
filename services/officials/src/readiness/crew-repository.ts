import { scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import type { PartyRole } from '@anjie/contracts';
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

export interface CasePlace {
  readonly id: string;
  readonly divisionCode: string;
  /** tinyint: 0 or 1 */
  readonly isSealed: number;
  readonly closedOn: string | null;
}

/** Where these cases lie, whoever asks: for rows whose visibility was decided on other grounds. */
export const casePlaces = async (tx: Sql, caseIds: readonly string[]): Promise<ReadonlyMap<string, CasePlace>> =>
  new Map((await selectIn<CasePlace>(
    tx, 'SELECT case_id AS id, division_code AS divisionCode, is_sealed AS isSealed, closed_on AS closedOn FROM case_scopes WHERE case_id IN (?)', caseIds,
  )).map((row) => [row.id, row]));

/** Officials who are recused from each case (回避, 第二十八条). */
export async function recusedOf(tx: Sql, caseIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await selectIn<{ caseId: string; officialId: string }>(
    tx, "SELECT case_id AS caseId, official_id AS officialId FROM recusals WHERE case_id IN (?) AND state = 'GRANTED'", caseIds,
  );
  return new Map([...groupBy(rows, (row) => row.caseId)].map(([id, own]) => [id, new Set(own.map((row) => row.officialId))]));
}

/** Has the viewer's unit, or one below it, such a part in the case? */
export const hasCasePart = async (tx: Sql, viewer: Viewer, { caseId, roles }: { caseId: string; roles: readonly PartyRole[] }): Promise<boolean> =>
  viewer.unitId !== null && (await selectIn<{ id: string }>(
    tx,
    `SELECT p.party_id AS id FROM case_parties p JOIN unit_closure c ON c.descendant_id = p.party_id
      WHERE p.role IN (?) AND p.case_id = ? AND p.party_kind = 'UNIT' AND c.ancestor_id = ? LIMIT 1`,
    roles, [caseId, viewer.unitId],
  )).length > 0;
