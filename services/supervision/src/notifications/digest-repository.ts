import type { SqlPredicate, Viewer } from '@anjie/access';
import { insertRows, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { ListQuery } from '@anjie/service-kit/subgraph';
import { inboxesOf, isInInbox, SEEN } from './notification-repository';

export interface DigestRow {
  readonly id: string;
  readonly day: string;
  readonly officialId: string | null;
  readonly unitId: string | null;
  readonly formedAt: Date;
}

const COLUMNS = 'd.id, d.day, d.recipient_official_id AS officialId, d.recipient_unit_id AS unitId, d.formed_at AS formedAt';

/** The viewer's own, and the own unit's; one of which nothing may be seen any more is not there. */
function seesDigest(viewer: Viewer): SqlPredicate {
  const item = isInInbox(viewer);
  return {
    sql: `d.recipient_id IN (?) AND EXISTS (SELECT 1 FROM ${SEEN} WHERE n.digest_id = d.id AND ${item.sql})`,
    params: [inboxesOf(viewer), ...item.params],
  };
}

export const digestList = (viewer: Viewer): ListQuery => ({
  columns: COLUMNS, from: 'digests d', where: seesDigest(viewer), sort: [{ column: 'd.day', descending: true }, { column: 'd.id' }],
});

export const visibleDigests = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<DigestRow[]> => {
  const seen = seesDigest(viewer);
  return selectIn<DigestRow>(sql, `SELECT ${COLUMNS} FROM digests d WHERE d.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export interface DigestCountRow {
  readonly digestId: string;
  readonly kind: string;
  readonly count: string;
}

/** Visible items of each digest by kind. */
export const countsOfDigests = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<DigestCountRow[]> => {
  const item = isInInbox(viewer);
  return selectIn<DigestCountRow>(
    sql,
    `SELECT n.digest_id AS digestId, n.kind, COUNT(*) AS count FROM ${SEEN}
      WHERE n.digest_id IN (?) AND (${item.sql}) GROUP BY n.digest_id, n.kind ORDER BY n.kind`,
    ids, item.params,
  );
};

/** A reminder of this morning is not written yet. */
export const isReminderPending = async (sql: Sql, now: Date): Promise<boolean> =>
  (await select(sql, `SELECT 1 FROM deadlines WHERE state = 'ARMED' AND due_at <= ? AND kind <> 'OVERDUE' LIMIT 1`, [now])).length > 0;

export interface WaitingRecipient {
  readonly id: string;
  readonly officialId: string | null;
  readonly unitId: string | null;
}

/** Recipients with something to tell who have had no digest of this morning. */
export const recipientsWithoutDigest = (sql: Sql, { day, now, limit }: { day: string; now: Date; limit: number }): Promise<WaitingRecipient[]> =>
  select<WaitingRecipient>(
    sql,
    `SELECT n.recipient_id AS id, MAX(n.recipient_official_id) AS officialId, MAX(n.recipient_unit_id) AS unitId FROM notifications n
      WHERE n.is_waiting = 1 AND n.deliver_at <= ? AND NOT EXISTS (SELECT 1 FROM digests d WHERE d.recipient_id = n.recipient_id AND d.day = ?)
      GROUP BY n.recipient_id ORDER BY n.recipient_id LIMIT ?`,
    [now, day, limit],
  );

/** What waits for a recipient, without what is being written at this moment: that is told the next morning. */
export const holdWaiting = (tx: Sql, recipientId: string, now: Date): Promise<{ id: string }[]> =>
  select<{ id: string }>(tx, 'SELECT id FROM notifications WHERE is_waiting = 1 AND recipient_id = ? AND deliver_at <= ? FOR UPDATE SKIP LOCKED', [recipientId, now]);

/** Plain INSERT: the unique key of recipient and morning lets one digest through. */
export const addDigest = (tx: Sql, digest: { id: string; recipient: WaitingRecipient; day: string; now: Date }): Promise<void> =>
  insertRows(tx, 'digests', [{
    id: digest.id, recipient_id: digest.recipient.id, recipient_official_id: digest.recipient.officialId, recipient_unit_id: digest.recipient.unitId,
    day: digest.day, formed_at: digest.now,
  }]);

export const takeIntoDigest = (tx: Sql, digestId: string, ids: readonly string[]): Promise<number> =>
  write(tx, 'UPDATE notifications SET is_waiting = 0, digest_id = ? WHERE id IN (?)', [digestId, ids]);
