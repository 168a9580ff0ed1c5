import { businessTime, select, selectIn, type Sql } from '@anjie/service-kit/database';

/** The other referral of each double hand-off among these. */
export const counterpartsOf = (sql: Sql, referralIds: readonly string[]): Promise<{ id: string; counterpartId: string }[]> =>
  selectIn(sql, 'SELECT r.id, o.id AS counterpartId FROM referrals r JOIN referrals o ON o.pair_id = r.pair_id AND o.id <> r.id WHERE r.id IN (?)', referralIds);

/** Is the official in office in the unit or one below it, by a post that is held on the business day, an acting one too? */
export async function isOfficialOf(sql: Sql, officialId: string, unitId: string): Promise<boolean> {
  const { today } = await businessTime(sql);
  const rows = await select(
    sql,
    `SELECT 1 FROM known_officials o JOIN posts p ON p.official_id = o.id JOIN unit_closure c ON c.descendant_id = p.unit_id
      WHERE o.id = ? AND c.ancestor_id = ? AND (o.valid_to IS NULL OR o.valid_to > ?) AND p.started_on <= ? AND (p.ended_on IS NULL OR p.ended_on > ?) LIMIT 1`,
    [officialId, unitId, today, today, today],
  );
  return rows.length > 0;
}

/** Requests to return that nobody answered until their last day, the longest waiting first. */
export const unansweredReturns = (sql: Sql, today: string, limit: number): Promise<{ id: string; caseId: string }[]> =>
  select(
    sql,
    `SELECT id, case_id AS caseId FROM referrals WHERE return_answer_due_on < ? AND state = 'RETURN_REQUESTED' AND (disputed_on IS NULL OR dispute_settled_on IS NOT NULL)
      ORDER BY return_answer_due_on, id LIMIT ?`,
    [today, limit],
  );
