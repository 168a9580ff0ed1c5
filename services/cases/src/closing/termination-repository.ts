import { select, type Sql } from '@anjie/service-kit/database';

export interface TerminationFacts {
  readonly reReviewDelivered: boolean;
  /** The right of review, or of re-review, ended unused. */
  readonly reviewLapsed: boolean;
  readonly reReviewLapsed: boolean;
  /** An agreement of which nothing is left to do. */
  readonly settlementPerformed: boolean;
}

const LAPSED = "SELECT 1 FROM case_clocks k WHERE k.case_id = c.id AND k.code = ? AND (k.state = 'LAPSED' OR (k.state = 'OPEN' AND k.due_on < ?))";

/** What is on record about the end of a case's ladder, one statement. */
export async function terminationFacts(sql: Sql, caseId: string, today: string): Promise<TerminationFacts> {
  const [row] = await select<Record<keyof TerminationFacts, string>>(
    sql,
    `SELECT EXISTS (SELECT 1 FROM opinions p WHERE p.case_id = c.id AND p.stage = 'RE_REVIEW' AND p.delivered_on IS NOT NULL) AS reReviewDelivered,
       EXISTS (${LAPSED}) AS reviewLapsed, EXISTS (${LAPSED}) AS reReviewLapsed,
       EXISTS (SELECT 1 FROM settlements s WHERE s.case_id = c.id
         AND NOT EXISTS (SELECT 1 FROM executions x WHERE x.source_id = s.id AND x.state = 'PENDING')) AS settlementPerformed
       FROM cases c WHERE c.id = ?`,
    ['T10', today, 'T12', today, caseId],
  );
  const is = (fact: keyof TerminationFacts): boolean => Number(row?.[fact] ?? 0) === 1;
  return { reReviewDelivered: is('reReviewDelivered'), reviewLapsed: is('reviewLapsed'), reReviewLapsed: is('reReviewLapsed'), settlementPerformed: is('settlementPerformed') };
}
