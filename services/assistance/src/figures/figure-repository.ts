import { insertRows, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { Countable, CountedSpan, LedgerSpan } from '../rules/counted-spans';

/** What of a case counts: referrals while they are open, visits from their planned day until they are recorded and since they took place, agreements, hearings, agency tasks and settled disputes since their day; the case itself since aid was granted first. */
export const countablesOfCase = (tx: Sql, caseId: string): Promise<Countable[]> =>
  select<Countable>(
    tx,
    `SELECT 'REFERRALS_OPEN' AS figure, id AS subjectId, sent_on AS fromOn, ended_on AS untilOn FROM referrals WHERE case_id = ?
      UNION ALL
     SELECT 'VISITS_DONE', id, done_on, NULL FROM follow_up_visits WHERE case_id = ? AND state = 'DONE'
      UNION ALL
     SELECT 'MEDIATIONS_AGREED', id, effective_on, NULL FROM mediations WHERE case_id = ? AND state = 'AGREED'
      UNION ALL
     SELECT 'HEARINGS_HELD', id, held_on, NULL FROM hearings WHERE case_id = ? AND state IN ('HELD', 'CONCLUDED')
      UNION ALL
     SELECT 'RELIEF_GRANTED', case_id, MIN(decided_on), NULL FROM assistance_applications WHERE case_id = ? AND state IN ('APPROVED', 'PAID') GROUP BY case_id
      UNION ALL
     SELECT 'VISITS_DUE', id, planned_on, IF(state = 'PLANNED', NULL, COALESCE(ended_on, done_on, planned_on)) FROM follow_up_visits WHERE case_id = ?
      UNION ALL
     SELECT 'AGENCY_TASKS_DONE', id, done_on, NULL FROM agency_tasks WHERE case_id = ? AND state = 'DONE'
      UNION ALL
     SELECT 'DISPUTES_SETTLED', id, dispute_settled_on, NULL FROM referrals WHERE case_id = ? AND dispute_settled_on IS NOT NULL`,
    Array<string>(8).fill(caseId),
  );

/** The ledgers that count the case or did until it was removed. */
export const ledgerSpansOfCase = (tx: Sql, caseId: string): Promise<LedgerSpan[]> =>
  select<LedgerSpan>(
    tx,
    `SELECT campaign_id AS campaignId, division_code AS divisionCode, entered_on AS enteredOn, removed_on AS removedOn
       FROM case_ledgers WHERE case_id = ?`,
    [caseId],
  );

export const countedOfCase = (tx: Sql, caseId: string): Promise<CountedSpan[]> =>
  select<CountedSpan>(
    tx,
    `SELECT figure, subject_id AS subjectId, campaign_id AS campaignId, division_code AS divisionCode, from_on AS fromOn, until_on AS untilOn
       FROM counted_figures WHERE case_id = ?`,
    [caseId],
  );

export async function forgetCounted(tx: Sql, caseId: string, spans: readonly CountedSpan[]): Promise<void> {
  for (const span of spans) {
    await write(
      tx, 'DELETE FROM counted_figures WHERE case_id = ? AND figure = ? AND subject_id = ? AND campaign_id = ? AND division_code = ?',
      [caseId, span.figure, span.subjectId, span.campaignId, span.divisionCode],
    );
  }
}

export const keepCounted = (tx: Sql, caseId: string, spans: readonly CountedSpan[]): Promise<void> =>
  insertRows(tx, 'counted_figures', spans.map((span) => ({
    case_id: caseId, figure: span.figure, subject_id: span.subjectId, campaign_id: span.campaignId, division_code: span.divisionCode,
    from_on: span.fromOn, until_on: span.untilOn,
  })));

/** Those of these cases about which something is or was counted here. */
export const casesThatCount = async (sql: Sql, caseIds: readonly string[]): Promise<string[]> =>
  (
    await selectIn<{ id: string }>(
      sql,
      `SELECT case_id AS id FROM counted_figures WHERE case_id IN (?)
        UNION SELECT l.case_id FROM case_ledgers l WHERE l.case_id IN (?)
          AND (EXISTS (SELECT 1 FROM referrals r WHERE r.case_id = l.case_id) OR EXISTS (SELECT 1 FROM follow_up_visits v WHERE v.case_id = l.case_id)
            OR EXISTS (SELECT 1 FROM mediations m WHERE m.case_id = l.case_id) OR EXISTS (SELECT 1 FROM hearings h WHERE h.case_id = l.case_id)
            OR EXISTS (SELECT 1 FROM assistance_applications a WHERE a.case_id = l.case_id)
            OR EXISTS (SELECT 1 FROM agency_tasks g WHERE g.case_id = l.case_id)) ORDER BY id`,
      caseIds,
      [caseIds],
    )
  ).map((row) => row.id);
