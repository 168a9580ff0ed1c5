import type { ActivityReported, PayloadOf } from '@anjie/contracts';
import { insertRows, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
import type { ReportedActivity, WatchedCase } from '../rules/formalism';

type Reported = PayloadOf<typeof ActivityReported>;

/** Keeps the newest snapshot of each activity. */
export async function putActivities(tx: Sql, reported: readonly Reported[]): Promise<void> {
  if (reported.length === 0) return;
  const ids = reported.map((one) => one.activityId);
  await write(
    tx,
    `INSERT INTO known_activities (activity_id, kind, state, unit_id, planned_on, held_on, has_outcome, offered_contact, text_key) VALUES ?
     ON DUPLICATE KEY UPDATE kind = VALUES(kind), state = VALUES(state), unit_id = VALUES(unit_id), planned_on = VALUES(planned_on), held_on = VALUES(held_on),
       has_outcome = VALUES(has_outcome), offered_contact = VALUES(offered_contact), text_key = VALUES(text_key)`,
    [reported.map((one) => [one.activityId, one.kind, one.state, one.unitId, one.plannedOn, one.heldOn, one.hasOutcome, one.offeredContact, one.textKey])],
  );
  for (const table of ['known_activity_cases', 'known_activity_officials']) await write(tx, `DELETE FROM ${table} WHERE activity_id IN (?)`, [ids]);
  await insertRows(tx, 'known_activity_cases', reported.flatMap((one) => [...new Set(one.caseIds)].map((caseId) => ({ activity_id: one.activityId, case_id: caseId }))));
  await insertRows(tx, 'known_activity_officials', reported.flatMap((one) => [...new Set(one.officialIds)].map((officialId) => ({ activity_id: one.activityId, official_id: officialId }))));
}

type Stored = Omit<ReportedActivity, 'caseIds' | 'officialIds' | 'hasOutcome'> & { readonly hasOutcome: number };

/** Activities held on the given day or later, a page in the order of the key. Those of sealed cases are left out: they are another lane's. */
export async function heldActivities(sql: Sql, { from, afterId, limit }: { from: string; afterId: string | null; limit: number }): Promise<ReportedActivity[]> {
  const rows = await select<Stored>(
    sql,
    `SELECT a.activity_id AS activityId, a.kind, a.unit_id AS unitId, a.held_on AS heldOn, a.has_outcome AS hasOutcome, a.text_key AS textKey FROM known_activities a
      WHERE a.state = 'HELD' AND a.held_on >= ? ${afterId === null ? '' : 'AND a.activity_id > ?'}
        AND NOT EXISTS (SELECT 1 FROM known_activity_cases c JOIN case_scopes s ON s.case_id = c.case_id WHERE c.activity_id = a.activity_id AND s.is_sealed = 1)
      ORDER BY a.activity_id LIMIT ?`,
    afterId === null ? [from, limit] : [from, afterId, limit],
  );
  const ids = rows.map((row) => row.activityId);
  const cases = groupBy(await selectIn<{ activityId: string; id: string }>(sql, 'SELECT activity_id AS activityId, case_id AS id FROM known_activity_cases WHERE activity_id IN (?)', ids), (row) => row.activityId);
  const officials = groupBy(await selectIn<{ activityId: string; id: string }>(sql, 'SELECT activity_id AS activityId, official_id AS id FROM known_activity_officials WHERE activity_id IN (?)', ids), (row) => row.activityId);
  return rows.map((row) => ({
    ...row, hasOutcome: Number(row.hasOutcome) === 1, caseIds: (cases.get(row.activityId) ?? []).map((one) => one.id), officialIds: (officials.get(row.activityId) ?? []).map((one) => one.id),
  }));
}

/** Open ledger cases with the unit that leads them, a page in the order of the key; not what a ledger was imported with as resolved, unless it came again. */
export const watchedCases = (sql: Sql, { afterId, limit }: { afterId: string | null; limit: number }): Promise<WatchedCase[]> =>
  select<WatchedCase>(
    sql,
    `SELECT s.case_id AS caseId, s.lead_unit_id AS unitId, GREATEST(MIN(l.entered_on), COALESCE(s.lead_since, MIN(l.entered_on))) AS since,
            (SELECT MAX(a.held_on) FROM known_activity_cases c JOIN known_activities a ON a.activity_id = c.activity_id
              WHERE c.case_id = s.case_id AND a.state = 'HELD' AND a.offered_contact = 1) AS lastOfferedOn
       FROM case_scopes s JOIN case_ledgers l ON l.case_id = s.case_id AND l.removed_on IS NULL
      WHERE s.closed_on IS NULL AND s.is_sealed = 0 AND s.lead_unit_id IS NOT NULL ${afterId === null ? '' : 'AND s.case_id > ?'}
      GROUP BY s.case_id, s.lead_unit_id, s.lead_since
     HAVING MIN(l.recognised_on) IS NULL OR (SELECT MAX(b.repeated_on) FROM back_trace_requests b WHERE b.case_id = s.case_id) >= MIN(l.recognised_on)
      ORDER BY s.case_id LIMIT ?`,
    afterId === null ? [limit] : [afterId, limit],
  );
