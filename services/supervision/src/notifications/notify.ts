import type { NoticeRaised, PayloadOf } from '@anjie/contracts';
import { noticeKind, NOTICE_KINDS, type NoticeKind } from '@anjie/contracts';
import { businessTime, type BusinessTime, type Sql } from '@anjie/service-kit/database';
import { noticeId, type Notice } from '@anjie/service-kit/messaging';
import { officeCalendar } from '@anjie/service-kit/runtime';
import type { WrittenReminder } from '../reminders/reminder-repository';
import { deliverAt } from '../rules/delivery-time';
import type { DeadlineKind } from '../rules/deadline-plan';
import { queueNotices } from '../webhooks/delivery-repository';
import { addNotifications, type NewRow } from './notification-repository';

export interface NewNotification {
  readonly source: string;
  readonly kind: string;
  readonly recipient: { readonly kind: 'UNIT' | 'OFFICIAL'; readonly id: string };
  readonly caseId: string | null;
  readonly subject: { readonly type: string; readonly id: string };
  readonly occasion: string;
  readonly occurredAt: Date;
  /** Of a reminder: the due date when it was made. */
  readonly dueOn?: string | null;
  readonly reminderId?: string | null;
}

/** The one door to every inbox: rows, their time of delivery, whether a digest takes them along. */
export async function notify(tx: Sql, made: readonly NewNotification[], time: BusinessTime): Promise<void> {
  const calendar = officeCalendar();
  const rows = made.map((one): NewRow => {
    const { urgency } = noticeKind(one.kind);
    const { kind, id } = one.recipient;
    return {
      id: noticeId({ kind: one.kind, subjectId: one.subject.id, occasion: one.occasion, recipient: one.recipient }), source: one.source, kind: one.kind,
      subject_type: one.subject.type, subject_id: one.subject.id, occasion: one.occasion, case_id: one.caseId, recipient_id: id,
      recipient_official_id: kind === 'OFFICIAL' ? id : null, recipient_unit_id: kind === 'UNIT' ? id : null, due_on: one.dueOn ?? null,
      occurred_at: one.occurredAt, created_on: time.today, created_at: time.now, deliver_at: deliverAt(urgency, time.now, calendar),
      is_waiting: urgency === 'ROUTINE', reminder_id: one.reminderId ?? null,
    };
  });
  await addNotifications(tx, rows);
  await queueNotices(tx, made.flatMap((one, i) => (one.recipient.kind === 'UNIT' ? [rows[i]?.id ?? ''] : [])));
}

/** What other services told. */
export async function notifyOfRaised(tx: Sql, told: readonly { readonly source: string; readonly raised: PayloadOf<typeof NoticeRaised> }[]): Promise<void> {
  await notify(tx, told.map(({ source, raised: { noticeKind: kind, occurredAt, ...raised } }) => ({ ...raised, source, kind, occurredAt: new Date(occurredAt) })), await businessTime(tx));
}

/** What supervision has to tell itself. */
export async function notifyOwn(tx: Sql, notices: readonly Notice[]): Promise<void> {
  const time = await businessTime(tx);
  await notify(tx, notices.map(({ subjectId, ...notice }) => ({
    ...notice, source: 'supervision', subject: { type: NOTICE_KINDS[notice.kind].subject, id: subjectId }, occurredAt: time.now,
  })), time);
}

const KINDS: Readonly<Record<DeadlineKind, NoticeKind>> = {
  REMIND_BEFORE: 'DUTY_COMING_DUE', REMIND_DUE: 'DUTY_DUE_TODAY', REMIND_AFTER: 'DUTY_PAST_DUE', OVERDUE: 'DUTY_PAST_DUE', ESCALATE: 'DUTY_ESCALATED',
};

/**
 * Reminders in the inboxes of their recipients, and once in that of the unit whose duty it is: its own system is told of
 * the unit's duties, whoever of its people was reminded.
 */
export const notifyOfReminders = (tx: Sql, reminders: readonly WrittenReminder[], time: BusinessTime): Promise<void> =>
  notify(tx, reminders.flatMap((reminder) => {
    const { id, obligation: { obligorUnitId }, recipient } = reminder;
    const toUnit = obligorUnitId && recipient.id !== obligorUnitId ? [noticeOf(reminder, { kind: 'UNIT', id: obligorUnitId }, time)] : [];
    return [{ ...noticeOf(reminder, recipient, time), reminderId: id }, ...toUnit];
  }), time);

const noticeOf = (reminder: WrittenReminder, { kind, id }: NewNotification['recipient'], time: BusinessTime): NewNotification => ({
  source: 'supervision', kind: KINDS[reminder.kind], recipient: { kind, id }, caseId: reminder.obligation.caseId, subject: { type: 'Obligation', id: reminder.obligation.id },
  occasion: `${reminder.deadlineId}.v${reminder.deadlineVersion}`, occurredAt: time.now, dueOn: reminder.obligation.dueOn,
});
