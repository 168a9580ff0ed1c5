import { select, type Sql } from '@anjie/service-kit/database';

/** Parts by which a unit has to do with what the case is about; to register, to review or to be asked for help is none. */
const HANDLING = ['LEAD', 'SUPPORT', 'GUIDE', 'ASSIST', 'COOPERATE'];

/** Units whose people stand back: those that handle the case or are complained of in it, and those above and below them (《信访工作条例》第二十八条、第三十条第三款). */
export async function conflictedUnits(sql: Sql, caseId: string): Promise<ReadonlySet<string>> {
  const rows = await select<{ id: string }>(
    sql,
    `SELECT c.descendant_id AS id FROM unit_closure c JOIN case_parties p ON p.party_id = c.ancestor_id WHERE p.case_id = ? AND p.party_kind = 'UNIT' AND p.role IN (?)
      UNION SELECT c.ancestor_id FROM unit_closure c JOIN case_parties p ON p.party_id = c.descendant_id WHERE p.case_id = ? AND p.party_kind = 'UNIT' AND p.role IN (?)
      UNION SELECT c.descendant_id FROM unit_closure c JOIN case_exclusions e ON e.party_id = c.ancestor_id WHERE e.case_id = ?
      UNION SELECT c.ancestor_id FROM unit_closure c JOIN case_exclusions e ON e.party_id = c.descendant_id WHERE e.case_id = ?`,
    [caseId, HANDLING, caseId, HANDLING, caseId, caseId],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Officials and units that are kept out of the case: they sit on no panel, mediate nothing and owe nothing in it. As where the case is seen,
 * every post counts, an acting or coming one and one that ended only after the case was filed.
 */
export const keptOut = async (sql: Sql, caseId: string): Promise<ReadonlySet<string>> =>
  new Set((await select<{ id: string }>(
    sql,
    `SELECT e.party_id AS id FROM case_exclusions e WHERE e.case_id = ?
      UNION SELECT p.official_id FROM posts p JOIN unit_closure c ON c.descendant_id = p.unit_id JOIN case_exclusions e ON e.party_id = c.ancestor_id
        WHERE e.case_id = ? AND (p.ended_on IS NULL OR e.since_on IS NULL OR p.ended_on >= e.since_on)
      UNION SELECT c.descendant_id FROM unit_closure c JOIN case_exclusions e ON e.party_id = c.ancestor_id WHERE e.case_id = ?`,
    [caseId, caseId, caseId],
  )).map(({ id }) => id));
