import { select, write, type Sql } from '@anjie/service-kit/database';

/** Takes `count` numbers of a series; answers the first. The series row is held until commit, so no number is given twice. */
export async function takeSerials(tx: Sql, series: string, count: number): Promise<number> {
  await write(
    tx,
    'INSERT INTO number_series (series, last_serial) VALUES (?, LAST_INSERT_ID(?)) ON DUPLICATE KEY UPDATE last_serial = LAST_INSERT_ID(last_serial + ?)',
    [series, count, count],
  );
  const [row] = await select<{ last: string }>(tx, 'SELECT LAST_INSERT_ID() AS last');
  return Number(row?.last ?? 0) - count + 1;
}
