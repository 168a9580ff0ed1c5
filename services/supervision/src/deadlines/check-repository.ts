import { newId, select, write, type Sql } from '@anjie/service-kit/database';

/** A worker's turn at the round that is under way. */
export interface CheckTurn {
  readonly holder: string;
  readonly afterId: string | null;
  readonly checked: number;
  readonly repaired: number;
}

const LEASE_S = 60;

/** Takes the next page of the round when one is due and nobody has it; a turn whose worker ended becomes free when its lease does. */
export async function takeCheckTurn(sql: Sql): Promise<CheckTurn | undefined> {
  await write(sql, 'INSERT INTO deadline_checks (id, next_at) VALUES (1, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE id = id');
  const holder = newId();
  const taken = await write(
    sql,
    `UPDATE deadline_checks SET holder = ?, lease_until = UTC_TIMESTAMP(3) + INTERVAL ${LEASE_S} SECOND
      WHERE id = 1 AND next_at <= UTC_TIMESTAMP(3) AND (lease_until IS NULL OR lease_until < UTC_TIMESTAMP(3))`,
    [holder],
  );
  if (taken !== 1) return undefined;
  const [row] = await select<CheckTurn>(sql, 'SELECT holder, after_id AS afterId, checked, repaired FROM deadline_checks WHERE id = 1 AND holder = ?', [holder]);
  return row;
}

export interface CheckedPage {
  readonly checked: number;
  readonly repaired: number;
  readonly lastId: string | null;
}

/** The next turn begins after this page. False when the lease had ended and another worker has the turn. */
export const endCheckTurn = async (sql: Sql, { holder }: CheckTurn, page: CheckedPage): Promise<boolean> =>
  (await write(
    sql, 'UPDATE deadline_checks SET lease_until = NULL, holder = NULL, after_id = ?, checked = checked + ?, repaired = repaired + ? WHERE id = 1 AND holder = ?',
    [page.lastId, page.checked, page.repaired, holder],
  )) === 1;

/** The round is done; the next begins at the coming 03:00 Asia/Shanghai, which is 19:00 UTC. */
export const endCheckRound = async (sql: Sql, { holder }: CheckTurn): Promise<boolean> =>
  (await write(
    sql,
    `UPDATE deadline_checks SET lease_until = NULL, holder = NULL, after_id = NULL, checked = 0, repaired = 0,
            next_at = TIMESTAMP(UTC_DATE(), '19:00:00') + INTERVAL (UTC_TIME() >= '19:00:00') DAY
      WHERE id = 1 AND holder = ?`,
    [holder],
  )) === 1;
