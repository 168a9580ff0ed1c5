import type { DataSource, EntityManager } from 'typeorm';
import { refuse, type Refusal } from '@anjie/contracts';
import { audit, isId, runMutation, type Actor, type BusinessTime } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { excludedOfficials, officialsOfCase } from '../case-facts';
import type { MarkReminderReadInput } from '../generated/graphql';
import { readNoticesOfReminder } from '../notifications/notification-repository';
import { lockObligation, type ObligationRow } from '../obligations/obligation-repository';
import type { DeadlineKind } from '../rules/deadline-plan';
import { recipientsOf, type Recipient } from '../rules/recipients';
import { addReminders, markRead, remindersToViewer, visibleReminders } from './reminder-repository';

export interface ReminderOccasion {
  readonly deadlineId: string;
  readonly deadlineVersion: number;
  readonly obligationId: string;
  readonly kind: DeadlineKind;
  readonly time: BusinessTime;
}

/** Writes the reminders of a deadline that has just fired. @returns how many recipients there are */
export async function remind(tx: EntityManager, occasion: ReminderOccasion): Promise<number> {
  const obligation = await lockObligation(tx, occasion.obligationId);
  if (!obligation) return 0;
  const recipients = await findRecipients(tx, obligation, occasion.kind);
  await addReminders(tx, { ...occasion, caseId: obligation.caseId, dueOn: obligation.dueOn, obligorUnitId: obligation.obligorUnitId }, recipients);
  return recipients.length;
}

async function findRecipients(tx: EntityManager, obligation: ObligationRow, kind: DeadlineKind): Promise<Recipient[]> {
  const { caseId, obligorUnitId, obligorOfficialId } = obligation;
  const caseOfficials = await officialsOfCase(tx, caseId, obligorUnitId);
  const headOfficialId = obligorUnitId ? ((await knownUnit(tx, obligorUnitId))?.headOfficialId ?? null) : null;
  const candidates = [obligorOfficialId, headOfficialId, ...caseOfficials.map((one) => one.officialId)].filter((id) => id !== null);
  const excludedOfficialIds = await excludedOfficials(tx, caseId, candidates);
  return recipientsOf({ kind, obligorUnitId, obligorOfficialId, caseOfficials, headOfficialId, excludedOfficialIds });
}

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
