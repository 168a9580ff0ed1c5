import type { DataSource, EntityManager } from 'typeorm';
import { refuse, type Refusal } from '@anjie/contracts';
import { audit, isId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { MarkReminderReadInput } from '../generated/graphql';
import { readNoticesOfReminder } from '../notifications/notification-repository';
import { markRead, remindersToViewer, visibleReminders } from './reminder-repository';

export type ReminderRefusalCode = 'NOT_FOUND' | 'NOT_THE_RECIPIENT';
export type ReminderAnswer = { readonly reminderId: string } | Refusal<ReminderRefusalCode>;

const notFound = () => refuse<ReminderRefusalCode>('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.');
const notTheRecipient = () => refuse<ReminderRefusalCode>('NOT_THE_RECIPIENT', '该提醒不是发给您或您单位的。', 'The reminder is not to you and not to your unit.');

export function createReminderService({ db }: { db: DataSource }) {
  const read = async (tx: EntityManager, actor: Actor, id: string): Promise<ReminderAnswer> => {
    const [visible] = isId(id) ? await visibleReminders(tx, actor.viewer, [id]) : [];
    if (!visible) return notFound();
    const [own] = await remindersToViewer(tx, actor.viewer, [id]);
    if (!own) return notTheRecipient();
    await readNoticesOfReminder(tx, own.id);
    if (await markRead(tx, own.id)) await audit(tx, actor, { action: 'reminder.read', subjectType: 'Reminder', subjectId: own.id, caseId: own.caseId });
    return { reminderId: own.id };
  };
  return {
    /** Marks a reminder as read by its recipient, once. */
    markRead: (input: MarkReminderReadInput, actor: Actor): Promise<ReminderAnswer> =>
      runMutation<ReminderAnswer>(db, { actor, operation: 'markReminderRead', key: input.idempotencyKey, input, work: (tx) => read(tx, actor, input.reminderId) }),
  };
}
export type ReminderService = ReturnType<typeof createReminderService>;
