import type { DataSource, EntityManager } from 'typeorm';
import { AppError, refuse, type Refusal } from '@anjie/contracts';
import { audit, isId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { MarkNotificationsReadInput } from '../generated/graphql';
import { readNotifications, visibleNotifications } from './notification-repository';

export type NotificationRefusalCode = 'NOT_FOUND';
export type ReadAnswer = { readonly markedCount: number } | Refusal<NotificationRefusalCode>;

const MAX_AT_ONCE = 100;

export function createNotificationService({ db }: { db: DataSource }) {
  const read = async (tx: EntityManager, actor: Actor, named: readonly string[]): Promise<ReadAnswer> => {
    const ids = [...new Set(named.map((id) => id.toLowerCase()))];
    if (ids.length === 0 || ids.length > MAX_AT_ONCE) throw new AppError('BAD_USER_INPUT', { field: 'notificationIds', rule: `1-${MAX_AT_ONCE}` });
    const own = ids.every(isId) ? await visibleNotifications(tx, actor.viewer, ids) : [];
    if (own.length < ids.length) return refuse('NOT_FOUND', '其中有不存在或对您不可见的通知。', 'One of them does not exist or is not visible to you.');
    const markedCount = await readNotifications(tx, ids);
    for (const row of own.filter((one) => one.readAt === null)) {
      await audit(tx, actor, { action: 'notification.read', subjectType: 'Notification', subjectId: row.id, caseId: row.caseId });
    }
    return { markedCount };
  };
  return {
    /** Marks notifications as read, each once; all of them or none. */
    markRead: (input: MarkNotificationsReadInput, actor: Actor): Promise<ReadAnswer> =>
      runMutation<ReadAnswer>(db, { actor, operation: 'markNotificationsRead', key: input.idempotencyKey, input, work: (tx) => read(tx, actor, input.notificationIds) }),
  };
}
export type NotificationService = ReturnType<typeof createNotificationService>;
