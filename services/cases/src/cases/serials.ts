import { selectIn, write, type Sql } from '@anjie/service-kit/database';

/**
 * Takes numbers of many series, as many of each as wanted; answers the first of each, in two statements. Rows of series are held until
 * commit, so no number is given twice, and taken in order, so that two writers never wait for each other crosswise.
 */
export async function takeSerials(tx: Sql, wanted: ReadonlyMap<string, number>): Promise<Map<string, number>> {
  if (wanted.size === 0) return new Map();
  const rows = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1));
  await write(tx, 'INSERT INTO number_series (series, last_serial) VALUES ? ON DUPLICATE KEY UPDATE last_serial = number_series.last_serial + VALUES(last_serial)', [rows]);
  const taken = await selectIn<{ series: string; last: string }>(tx, 'SELECT series, last_serial AS last FROM number_series WHERE series IN (?)', [...wanted.keys()]);
  return new Map(taken.map(({ series, last }) => [series, Number(last) - (wanted.get(series) ?? 0) + 1]));
}

/** The next number of one series. */
export const takeSerial = async (tx: Sql, series: string): Promise<number> => (await takeSerials(tx, new Map([[series, 1]]))).get(series) ?? 0;
