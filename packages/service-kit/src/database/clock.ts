import { localDateOf } from '@anjie/calendar';
import { select, write, type Sql } from './statements';

/** SQL for business now: the database's UTC clock plus the one offset row (0 outside demo and tests). */
export const BUSINESS_NOW = '(UTC_TIMESTAMP(3) + INTERVAL (SELECT offset_seconds FROM business_clock WHERE id = 1) SECOND)';

export interface BusinessTime {
  readonly now: Date;
  /** The legal day in Asia/Shanghai, `YYYY-MM-DD`. */
  readonly today: string;
}

export async function businessTime(sql: Sql): Promise<BusinessTime> {
  const [row] = await select<{ now: Date }>(sql, `SELECT ${BUSINESS_NOW} AS now`);
  if (!row) throw new Error('business_clock has no row');
  return { now: row.now, today: localDateOf(row.now) };
}

export const clockOffsetSeconds = async (sql: Sql): Promise<number> =>
  Number((await select<{ s: string }>(sql, 'SELECT offset_seconds AS s FROM business_clock WHERE id = 1'))[0]?.s ?? 0);

/** Demo and tests only; start-up refuses a non-zero offset elsewhere. */
export const setClockOffset = (sql: Sql, seconds: number): Promise<number> =>
  write(sql, 'UPDATE business_clock SET offset_seconds = ? WHERE id = 1', [seconds]);
