import { BUSINESS_NOW, select, write, type Sql } from '@anjie/service-kit/database';

export interface AlarmRow {
  readonly id: string;
  readonly version: number;
  readonly dueAt: Date;
  /** Milliseconds of business time until it is due. */
  readonly ms: string;
}

const UNARMED = `SELECT id, version, CEIL(TIMESTAMPDIFF(MICROSECOND, ${BUSINESS_NOW}, due_at) / 1000) AS ms, due_at AS dueAt FROM deadlines
  WHERE state = 'ARMED' AND due_at <= ${BUSINESS_NOW} + INTERVAL 48 HOUR`;

/**
 * Deadlines of the next 48 hours of business time that have no alarm of this epoch; a change of a deadline takes its
 * epoch away. Each branch is a range of one index, so that what is armed already is not read again.
 */
export const deadlinesWithoutAlarm = (sql: Sql, epoch: string, limit: number): Promise<AlarmRow[]> =>
  select<AlarmRow>(
    sql,
    `(${UNARMED} AND armed_epoch IS NULL ORDER BY due_at, id LIMIT ?) UNION ALL (${UNARMED} AND armed_epoch < ? LIMIT ?)
     UNION ALL (${UNARMED} AND armed_epoch > ? LIMIT ?) ORDER BY dueAt, id LIMIT ?`,
    [limit, epoch, limit, epoch, limit, limit],
  );

/** Marks alarms as set, each only for the version that it was set for. */
export const markArmed = (sql: Sql, epoch: string, armed: readonly AlarmRow[]): Promise<number> =>
  write(
    sql, `UPDATE deadlines FORCE INDEX (PRIMARY) SET armed_version = version, armed_epoch = ? WHERE id IN (?) AND (id, version) IN (?) AND state = 'ARMED'`,
    [epoch, armed.map((row) => row.id), armed.map((row) => [row.id, row.version])],
  );

/** How many alarms of the epoch must still be waiting in Redis: one for each instant. What is due already may be on its way out of there. */
export const countInstants = async (sql: Sql, epoch: string): Promise<number> =>
  Number((await select<{ n: string }>(sql, `SELECT COUNT(DISTINCT due_at) AS n FROM deadlines WHERE state = 'ARMED' AND armed_epoch = ? AND due_at > ${BUSINESS_NOW}`, [epoch]))[0]?.n ?? 0);

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
