import { select, selectIn, type Sql } from '@anjie/service-kit/database';

/** The other referral of each double hand-off among these. */
export const counterpartsOf = (sql: Sql, referralIds: readonly string[]): Promise<{ id: string; counterpartId: string }[]> =>
  selectIn(sql, 'SELECT r.id, o.id AS counterpartId FROM referrals r JOIN referrals o ON o.pair_id = r.pair_id AND o.id <> r.id WHERE r.id IN (?)', referralIds);

/** Is the official in office in the unit or one below it, by the current post or by an acting one? */
export const isOfficialOf = async (sql: Sql, officialId: string, unitId: string): Promise<boolean> =>
  (
    await select(
      sql,
      `SELECT 1 FROM known_officials o JOIN unit_closure c ON c.ancestor_id = ? WHERE o.id = ? AND o.valid_to IS NULL AND (c.descendant_id = o.unit_id
          OR EXISTS (SELECT 1 FROM posts p WHERE p.official_id = o.id AND p.unit_id = c.descendant_id AND p.ended_on IS NULL)) LIMIT 1`,
      [unitId, officialId],
    )
  ).length > 0;

/** Requests to return that nobody answered until their last day, the longest waiting first. */
export const unansweredReturns = (sql: Sql, today: string, limit: number): Promise<{ id: string; caseId: string }[]> =>
  select(
    sql,
    `SELECT id, case_id AS caseId FROM referrals WHERE return_answer_due_on < ? AND state = 'RETURN_REQUESTED' AND (disputed_on IS NULL OR dispute_settled_on IS NOT NULL)
      ORDER BY return_answer_due_on, id LIMIT ?`,
    [today, limit],
  );
