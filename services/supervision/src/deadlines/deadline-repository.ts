import { BUSINESS_NOW, insertRows, newId, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { DeadlineChanges, DeadlineKind, KnownDeadline } from '../rules/deadline-plan';

export type Trigger = 'ALARM' | 'SWEEPER';

export interface DeadlineRow extends KnownDeadline {
  readonly obligationId: string;
  readonly version: number;
  readonly firedAt: Date | null;
  readonly firedBy: Trigger | null;
}

export const deadlinesOf = (sql: Sql, obligationIds: readonly string[]): Promise<DeadlineRow[]> =>
  selectIn<DeadlineRow>(
    sql,
    `SELECT id, obligation_id AS obligationId, kind, step, due_at AS dueAt, state, version, fired_at AS firedAt, fired_by AS firedBy
       FROM deadlines WHERE obligation_id IN (?) ORDER BY due_at, id`,
    obligationIds,
  );

/** Adds, moves and cancels; each change of a row is a new version, so an alarm that was set before does nothing. */
export async function applyDeadlineChanges(tx: Sql, of: { obligationId: string; caseId: string }, changes: DeadlineChanges): Promise<void> {
  await insertRows(tx, 'deadlines', changes.add.map((one) => ({
    id: newId(), obligation_id: of.obligationId, case_id: of.caseId, kind: one.kind, step: one.step, due_at: one.dueAt, state: 'ARMED', version: 1,
  })));
  for (const { id, dueAt } of changes.rearm) {
    await write(tx, `UPDATE deadlines SET due_at = ?, state = 'ARMED', version = version + 1, fired_at = NULL, fired_by = NULL WHERE id = ?`, [dueAt, id]);
  }
  if (changes.cancel.length > 0) {
    await write(tx, `UPDATE deadlines SET state = 'CANCELLED', version = version + 1 WHERE id IN (?) AND state = 'ARMED'`, [changes.cancel]);
  }
}

export interface DeadlineTarget {
  readonly obligationId: string;
  readonly caseId: string;
  readonly kind: DeadlineKind;
}

export const deadlineTarget = async (sql: Sql, id: string): Promise<DeadlineTarget | undefined> =>
  (await select<DeadlineTarget>(sql, 'SELECT obligation_id AS obligationId, case_id AS caseId, kind FROM deadlines WHERE id = ?', [id]))[0];

export interface Firing {
  readonly id: string;
  readonly version: number;
  readonly by: Trigger;
}

/** The compare-and-set that makes a deadline fire once and never early, by the database's clock alone; its effect row is the fence. */
export async function markFired(tx: Sql, { id, version, by }: Firing): Promise<boolean> {
  const fired = await write(
    tx,
    `UPDATE deadlines SET state = 'FIRED', fired_at = ${BUSINESS_NOW}, fired_by = ? WHERE id = ? AND version = ? AND state = 'ARMED' AND due_at <= ${BUSINESS_NOW}`,
    [by, id, version],
  );
  if (fired !== 1) return false;
  await write(tx, `INSERT INTO deadline_effects (deadline_id, version, fired_at) VALUES (?, ?, ${BUSINESS_NOW})`, [id, version]);
  return true;
}

const MS_LEFT = `CEIL(TIMESTAMPDIFF(MICROSECOND, ${BUSINESS_NOW}, due_at) / 1000)`;

/** Milliseconds of business time until a waiting deadline of this version is due; undefined when it does not wait any more. */
export async function msUntilDue(sql: Sql, id: string, version: number): Promise<number | undefined> {
  const [row] = await select<{ ms: string }>(sql, `SELECT ${MS_LEFT} AS ms FROM deadlines WHERE id = ? AND version = ? AND state = 'ARMED'`, [id, version]);
  return row && Number(row.ms);
}

export interface AlarmRow {
  readonly id: string;
  readonly version: number;
  readonly ms: string;
}

/** Deadlines of the next 48 hours of business time without an alarm of their present version and of this epoch. */
export const deadlinesWithoutAlarm = (sql: Sql, epoch: string, limit: number): Promise<AlarmRow[]> =>
  select<AlarmRow>(
    sql,
    `SELECT id, version, ${MS_LEFT} AS ms FROM deadlines
      WHERE state = 'ARMED' AND due_at <= ${BUSINESS_NOW} + INTERVAL 48 HOUR AND (armed_version <> version OR NOT (armed_epoch <=> ?))
      ORDER BY due_at, id LIMIT ?`,
    [epoch, limit],
  );

/** Marks alarms as set, each only for the version that it was set for. */
export const markArmed = (sql: Sql, epoch: string, armed: readonly AlarmRow[]): Promise<number> =>
  write(
    sql,
    `UPDATE deadlines SET armed_version = version, armed_epoch = ? WHERE (id, version) IN (${armed.map(() => '(?, ?)').join(', ')})`,
    [epoch, ...armed.flatMap((row) => [row.id, row.version])],
  );

export interface MissedRow {
  readonly id: string;
  readonly version: number;
  readonly dueAt: Date;
}

/** Deadlines that have been due for more than two seconds, after the given one in order of time. */
export const missedDeadlines = (sql: Sql, after: MissedRow | null, limit: number): Promise<MissedRow[]> =>
  select<MissedRow>(
    sql,
    `SELECT id, version, due_at AS dueAt FROM deadlines
      WHERE state = 'ARMED' AND due_at < ${BUSINESS_NOW} - INTERVAL 2 SECOND ${after ? 'AND (due_at > ? OR (due_at = ? AND id > ?))' : ''}
      ORDER BY due_at, id LIMIT ?`,
    [...(after ? [after.dueAt, after.dueAt, after.id] : []), limit],
  );

export const alarmEpoch = async (sql: Sql): Promise<string | null> =>
  (await select<{ epoch: string }>(sql, 'SELECT epoch FROM alarm_epoch WHERE id = 1'))[0]?.epoch ?? null;

/** Begins a new epoch unless another worker did so first. */
export async function beginEpoch(sql: Sql, before: string | null, epoch: string): Promise<boolean> {
  if (before === null) {
    const text = 'INSERT INTO alarm_epoch (id, epoch, changed_at) VALUES (1, ?, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE epoch = epoch';
    return (await write(sql, text, [epoch])) === 1;
  }
  return (await write(sql, 'UPDATE alarm_epoch SET epoch = ?, changed_at = UTC_TIMESTAMP(3) WHERE id = 1 AND epoch = ?', [epoch, before])) === 1;
}
