import { hasRole, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { BUSINESS_NOW, insertRows, newId, selectIn, write, type BusinessTime, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList, SortKey } from '@anjie/service-kit/subgraph';
import { inCaseOrWithout, inOfficeDivision, notNamedInItsCase } from '../case-facts';
import { allOf } from '../obligations/obligation-list';
import type { DeadlineKind } from '../rules/deadline-plan';
import type { ObligationRow } from '../obligations/obligation-repository';
import type { ReminderMoment, SentReminder } from '../rules/coalesce';
import type { Recipient, ReminderReason } from '../rules/recipients';

export interface ReminderRow {
  readonly id: string;
  readonly obligationId: string;
  readonly caseId: string | null;
  readonly officialId: string | null;
  readonly unitId: string | null;
  readonly reason: ReminderReason;
  readonly kind: DeadlineKind;
  readonly dueOn: string;
  readonly createdOn: string;
  readonly createdAt: Date;
  readonly readAt: Date | null;
  readonly dutyCode: string;
  readonly ruleCode: string;
  readonly basis: string;
}

export interface NewReminder {
  readonly obligation: Pick<ObligationRow, 'id' | 'caseId' | 'dueOn' | 'obligorUnitId'>;
  readonly deadlineId: string;
  readonly deadlineVersion: number;
  readonly kind: DeadlineKind;
  readonly recipient: Recipient;
  readonly time: BusinessTime;
}

export interface WrittenReminder extends NewReminder {
  readonly id: string;
}

/**
 * The one place where reminders are written; whatever else carries them to people begins with what this answers.
 * The unique key of deadline, version and recipient is the fence against a second one.
 */
export async function addReminders(tx: Sql, made: readonly NewReminder[]): Promise<readonly WrittenReminder[]> {
  const written = made.map((one) => ({ ...one, id: newId() }));
  await insertRows(tx, 'reminders', written.map(({ id, obligation, deadlineId, deadlineVersion, kind, recipient, time }) => ({
    id, obligation_id: obligation.id, deadline_id: deadlineId, deadline_version: deadlineVersion, case_id: obligation.caseId,
    recipient_id: recipient.id, recipient_official_id: recipient.kind === 'OFFICIAL' ? recipient.id : null,
    recipient_unit_id: recipient.kind === 'UNIT' ? recipient.id : null, reason: recipient.reason, kind, due_on: obligation.dueOn,
    created_on: time.today, created_at: time.now,
  })));
  return written;
}

/** Reminders of these obligations' present due dates that people have got from deadlines of the same time or later. */
export const sentReminders = (sql: Sql, moments: readonly ReminderMoment[]): Promise<SentReminder[]> =>
  selectIn<SentReminder>(
    sql,
    `SELECT r.obligation_id AS obligationId, r.recipient_id AS recipientId, d.id AS deadlineId, d.kind, d.due_at AS dueAt
       FROM reminders r JOIN obligations o ON o.id = r.obligation_id AND o.due_on = r.due_on
       JOIN deadlines d ON d.id = r.deadline_id AND d.version = r.deadline_version
      WHERE r.obligation_id IN (?) AND d.due_at >= ?`,
    [...new Set(moments.map((one) => one.obligationId))],
    [new Date(Math.min(...moments.map((one) => one.dueAt.getTime())))],
  );

const COLUMNS = `r.id, r.obligation_id AS obligationId, r.case_id AS caseId, r.recipient_official_id AS officialId, r.recipient_unit_id AS unitId,
  r.reason, r.kind, r.due_on AS dueOn, r.created_on AS createdOn, r.created_at AS createdAt, r.read_at AS readAt,
  o.duty_code AS dutyCode, o.rule_code AS ruleCode, o.basis`;
const FROM = 'reminders r JOIN obligations o ON o.id = r.obligation_id LEFT JOIN case_scopes s ON s.case_id = r.case_id';
const NEWEST: readonly SortKey[] = [{ column: 'r.created_at', descending: true }, { column: 'r.id' }];

/** To the viewer, or to the viewer's own unit when the viewer handles cases for it or is of its joint office; never to one named in the case's reports. */
export function isToViewer(viewer: Viewer): SqlPredicate {
  if (viewer.kind !== 'OFFICIAL') return { sql: 'FALSE', params: [] };
  const notNamed = notNamedInItsCase(viewer, 'r.case_id');
  const ownUnit = hasRole(viewer, 'UNIT_HANDLER', 'JOINT_OFFICE') ? viewer.unitId : null;
  return { sql: `(r.recipient_official_id = ? OR r.recipient_unit_id = ?) AND ${notNamed.sql}`, params: [viewer.subject, ownUnit, ...notNamed.params] };
}

/** To the viewer, or about a duty of the unit that the viewer handles cases for: a department's portal shows both. */
function concernsViewer(viewer: Viewer): SqlPredicate {
  const own = isToViewer(viewer);
  if (viewer.kind !== 'OFFICIAL' || !hasRole(viewer, 'UNIT_HANDLER')) return own;
  const notNamed = notNamedInItsCase(viewer, 'r.case_id');
  return { sql: `((${own.sql}) OR (o.obligor_unit_id = ? AND r.reason NOT IN ('SPONSOR', 'OVERSIGHT_OFFICE') AND ${notNamed.sql}))`, params: [...own.params, viewer.unitId, ...notNamed.params] };
}

/** The recipient's own, and a joint office's where it sees the case, or without one oversees who owes. */
function seesReminder(viewer: Viewer): SqlPredicate {
  const own = isToViewer(viewer);
  if (viewer.kind === 'OFFICIAL' && !hasRole(viewer, 'JOINT_OFFICE')) return own;
  const overseen = inCaseOrWithout('r.case_id', visibleCases(viewer, scopeColumns('s')), inOfficeDivision(viewer, 'o.obligor_unit_id', 'o.jurisdiction_code'));
  return { sql: `(${own.sql}) OR ${overseen.sql}`, params: [...own.params, ...overseen.params] };
}

export interface ReminderChoice {
  readonly filter?: { readonly unreadOnly?: boolean | null | undefined } | null | undefined;
}

const fitting = ({ filter }: ReminderChoice): SqlPredicate[] => (filter?.unreadOnly ? [{ sql: 'r.read_at IS NULL', params: [] }] : []);

const listWhere = (ground: SqlPredicate, choice: ReminderChoice): ListQuery => ({
  columns: COLUMNS, from: FROM, where: allOf([ground, ...fitting(choice)]), sort: NEWEST,
});

export const myReminderList = (viewer: Viewer, choice: ReminderChoice): ListQuery => listWhere(concernsViewer(viewer), choice);

const PARENTS = { obligation: 'r.obligation_id', official: 'r.recipient_official_id' } as const;
export type ReminderParentKind = keyof typeof PARENTS;

export const reminderListUnder = (viewer: Viewer, kind: ReminderParentKind, choice: ReminderChoice): ParentList => ({
  ...listWhere(seesReminder(viewer), choice), parent: PARENTS[kind],
});

const byIds = (sql: Sql, ids: readonly string[], ground: SqlPredicate): Promise<ReminderRow[]> =>
  selectIn<ReminderRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE r.id IN (?) AND (${ground.sql})`, ids, ground.params);

export const visibleReminders = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ReminderRow[]> => byIds(sql, ids, seesReminder(viewer));

export const remindersToViewer = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ReminderRow[]> => byIds(sql, ids, isToViewer(viewer));

export const markRead = async (tx: Sql, id: string): Promise<boolean> =>
  (await write(tx, `UPDATE reminders SET read_at = ${BUSINESS_NOW} WHERE id = ? AND read_at IS NULL`, [id])) === 1;
