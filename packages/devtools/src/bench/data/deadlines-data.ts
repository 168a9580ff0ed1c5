import type { Connection } from 'mysql2/promise';
import { CAMPAIGN_ID } from './directory';
import { sqlId } from './ids';

/** Tells the deadlines of a bench from those that the system makes meanwhile. */
export const BENCH_STEP = 1_000;

/** Open obligations of each case that is loaded. */
export const OBLIGATIONS_PER_CASE = 5;

const COPIED = `duty_code, state, obligor_unit_id, subject_type, subject_id, start_on, due_raw, due_on, is_provisional, rule_code, rule_version,
  calendar_version, jurisdiction_code, basis, source, declared_version, version`;
const MORE = sqlId('obligation', '10000000 + o.place * 8 + r.seq');

/** Makes `rows` open obligations of the loaded cases, in ledgers and not overdue, each with one deadline that waits, at an instant of its own in the next 40 hours: half overdue marks, half reminders. */
export async function fillDeadlines(supervision: Connection, rows: number): Promise<void> {
  for (const statement of [
    // the daily check would put back the deadlines that a bench does not need
    "INSERT INTO deadline_checks (id, next_at) VALUES (1, '2999-01-01') ON DUPLICATE KEY UPDATE next_at = '2999-01-01'",
    'DELETE FROM deadlines',
    "UPDATE obligations SET overdue_at = NULL WHERE state = 'OPEN'",
    `INSERT INTO obligations (id, case_id, ${COPIED})
     SELECT ${MORE}, o.case_id, ${COPIED} FROM (SELECT ROW_NUMBER() OVER (ORDER BY id) AS place, f.* FROM obligations f WHERE state = 'OPEN') o JOIN seq_1_to_${OBLIGATIONS_PER_CASE - 1} r`,
    `INSERT INTO counted_figures (obligation_id, campaign_id, figure, division_code)
     SELECT o.id, '${CAMPAIGN_ID}', 'OPEN_OBLIGATIONS', s.division_code FROM obligations o JOIN case_scopes s ON s.case_id = o.case_id
      WHERE o.state = 'OPEN' ON DUPLICATE KEY UPDATE figure = VALUES(figure)`,
    `INSERT INTO deadlines (id, obligation_id, case_id, kind, step, due_at, state, version)
     SELECT ${sqlId('deadline', '10000000 + o.place')}, o.id, o.case_id, IF(o.place % 2 = 0, 'OVERDUE', 'REMIND_DUE'), ${BENCH_STEP}, UTC_TIMESTAMP(3) + INTERVAL 3600 + 140000 * o.place / ${rows} SECOND, 'ARMED', 1
       FROM (SELECT ROW_NUMBER() OVER (ORDER BY id) AS place, f.id, f.case_id FROM obligations f WHERE state = 'OPEN') o WHERE o.place <= ${rows}`,
    'ANALYZE TABLE obligations, deadlines, counted_figures',
  ]) await supervision.query(statement);
}
