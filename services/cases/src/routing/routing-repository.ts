import { select, selectIn, type Sql } from '@anjie/service-kit/database';
import type { CaseRow } from '../cases/case-repository';
import { decidingPlace, divisionsUpwards } from '../rules/places';
import type { RoutableUnit, RoutingFacts } from '../rules/routing';

/** What a proposal rests on: the case's own facts, and the open units of its place and above that are not kept out of it. */
export async function routingFacts(sql: Sql, row: CaseRow): Promise<{ facts: RoutingFacts; units: RoutableUnit[] }> {
  const [office] = row.registeredUnitId
    ? await select<{ divisionCode: string }>(sql, 'SELECT division_code AS divisionCode FROM known_units WHERE id = ?', [row.registeredUnitId])
    : [];
  const units = await selectIn<RoutableUnit>(
    sql,
    `SELECT u.id, u.name, u.kind, u.division_code AS divisionCode FROM known_units u
      WHERE u.division_code IN (?) AND u.valid_to IS NULL AND u.kind IN ('GOVERNMENT', 'TOWNSHIP', 'FUNCTIONAL_ZONE', 'DEPARTMENT')
        AND NOT EXISTS (SELECT 1 FROM case_exclusions e JOIN unit_closure x ON x.ancestor_id = e.party_id
          WHERE e.case_id = ? AND e.party_kind = 'UNIT' AND x.descendant_id = u.id)
      ORDER BY u.code`,
    divisionsUpwards(decidingPlace(row.divisionCode)),
    [row.id],
  );
  return {
    facts: { divisionCode: row.divisionCode, purpose: row.purpose, contentCategory: row.contentCategory, officeDivision: office?.divisionCode ?? null },
    units,
  };
}
