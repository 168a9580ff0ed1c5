import { hasRole, type SqlPredicate, type Viewer } from '@anjie/access';
import { BUSINESS_NOW, select, selectIn, write, type Cell, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList, SortKey } from '@anjie/service-kit/subgraph';
import { notNamedInItsCase } from '../case-facts';
import { allOf } from '../obligations/obligation-list';

export interface NotificationRow {
  readonly id: string;
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly caseId: string | null;
  readonly officialId: string | null;
  readonly unitId: string | null;
  readonly dueOn: string | null;
  readonly occurredAt: Date;
  readonly createdOn: string;
  readonly createdAt: Date;
  readonly deliverAt: Date;
  readonly digestId: string | null;
  readonly readAt: Date | null;
  readonly dutyCode: string | null;
  readonly ruleCode: string | null;
  readonly basis: string | null;
  readonly letterYear: number | null;
  readonly letterSerial: number | null;
  readonly replyDueOn: string | null;
}

/** What one row is made of. */
export type NewRow = Readonly<Record<string, Cell>> & { readonly id: string };

/** Rows that are already there stay as they are: the unique key of fact and recipient is the fence. */
export async function addNotifications(tx: Sql, rows: readonly NewRow[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  await write(tx, `INSERT INTO notifications (${columns.join(', ')}) VALUES ? ON DUPLICATE KEY UPDATE id = id`, [rows.map((row) => columns.map((column) => row[column] ?? null))]);
}

const COLUMNS = `n.id, n.kind, n.subject_type AS subjectType, n.subject_id AS subjectId, n.case_id AS caseId, n.recipient_official_id AS officialId,
  n.recipient_unit_id AS unitId, n.due_on AS dueOn, n.occurred_at AS occurredAt, n.created_on AS createdOn, n.created_at AS createdAt,
  n.deliver_at AS deliverAt, n.digest_id AS digestId, n.read_at AS readAt, o.duty_code AS dutyCode, o.rule_code AS ruleCode, o.basis,
  l.number_year AS letterYear, l.serial AS letterSerial, l.reply_due_on AS replyDueOn`;
/** A notice whose case is not known here yet is seen by nobody. */
export const SEEN = 'notifications n LEFT JOIN case_scopes s ON s.case_id = n.case_id';
const FROM = `${SEEN} LEFT JOIN obligations o ON n.subject_type = 'Obligation' AND o.id = n.subject_id
  LEFT JOIN supervision_letters l ON n.subject_type = 'SupervisionLetter' AND l.id = n.subject_id`;
const NEWEST: readonly SortKey[] = [{ column: 'n.created_at', descending: true }, { column: 'n.id' }];

/** Ids of the inboxes that a viewer reads: the own one, and that of the own unit for whoever acts for it. */
export const inboxesOf = (viewer: Viewer): string[] => [
  viewer.subject, ...(viewer.unitId && hasRole(viewer, 'UNIT_HANDLER', 'JOINT_OFFICE') ? [viewer.unitId] : []),
];

/** In an inbox of the viewer's; never to one who is named in the case's reports, and of a sealed case only what the case itself shows. */
export function isInInbox(viewer: Viewer): SqlPredicate {
  if (viewer.kind !== 'OFFICIAL') return { sql: 'FALSE', params: [] };
  const notNamed = notNamedInItsCase(viewer, 'n.case_id');
  return { sql: `n.recipient_id IN (?) AND ${notNamed.sql}`, params: [inboxesOf(viewer), ...notNamed.params] };
}

export interface NotificationChoice {
  readonly filter?: {
    readonly unreadOnly?: boolean | null | undefined;
    readonly deliveredOnly?: boolean | null | undefined;
    readonly kinds?: readonly string[] | null | undefined;
  } | null | undefined;
}

const IS_DELIVERED = `n.deliver_at <= ${BUSINESS_NOW}`;

const fitting = ({ filter }: NotificationChoice): SqlPredicate[] => [
  ...(filter?.unreadOnly ? [{ sql: 'n.read_at IS NULL', params: [] }] : []),
  ...(filter?.deliveredOnly ? [{ sql: IS_DELIVERED, params: [] }] : []),
  ...(filter?.kinds ? [filter.kinds.length > 0 ? { sql: 'n.kind IN (?)', params: [filter.kinds] } : { sql: 'FALSE', params: [] }] : []),
];

export const notificationList = (viewer: Viewer, choice: NotificationChoice): ListQuery => ({
  columns: COLUMNS, from: FROM, where: allOf([isInInbox(viewer), ...fitting(choice)]), sort: NEWEST,
});

export const notificationsUnderDigest = (viewer: Viewer): ParentList => ({ ...notificationList(viewer, {}), parent: 'n.digest_id' });

export const visibleNotifications = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<NotificationRow[]> => {
  const seen = isInInbox(viewer);
  return selectIn<NotificationRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE n.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

/** Unread ones whose time has come: what a badge shows. */
export async function countUnread(sql: Sql, viewer: Viewer): Promise<number> {
  const seen = isInInbox(viewer);
  const [row] = await select<{ n: string }>(sql, `SELECT COUNT(*) AS n FROM ${SEEN} WHERE n.read_at IS NULL AND ${IS_DELIVERED} AND ${seen.sql}`, seen.params);
  return Number(row?.n ?? 0);
}

/** Reads them here and, where they come from reminders, there. @returns how many were unread */
export async function readNotifications(tx: Sql, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  await write(tx, `UPDATE reminders r JOIN notifications n ON n.reminder_id = r.id SET r.read_at = ${BUSINESS_NOW} WHERE n.id IN (?) AND r.read_at IS NULL`, [ids]);
  return write(tx, `UPDATE notifications SET read_at = ${BUSINESS_NOW} WHERE id IN (?) AND read_at IS NULL`, [ids]);
}

/** A reminder that was read as such is read in the inbox too. */
export const readNoticesOfReminder = (tx: Sql, reminderId: string): Promise<number> =>
  write(tx, `UPDATE notifications SET read_at = ${BUSINESS_NOW} WHERE reminder_id = ? AND read_at IS NULL`, [reminderId]);

/** Units that supervision itself told of a subject, by the kind of the notice. */
export const unitsToldOf = async (sql: Sql, kind: string, subjectId: string): Promise<string[]> =>
  (await select<{ id: string }>(
    sql, "SELECT DISTINCT recipient_unit_id AS id FROM notifications WHERE source = 'supervision' AND kind = ? AND subject_id = ? AND recipient_unit_id IS NOT NULL ORDER BY id", [kind, subjectId],
  )).map(({ id }) => id);
