import type { EntityManager } from 'typeorm';
import { defaultEscalationPlan, type EscalationAudience } from '@anjie/rulebook';
import type { BusinessTime } from '@anjie/service-kit/database';
import { notifyOfReminders } from '../notifications/notify';
import type { ObligationRow } from '../obligations/obligation-repository';
import { coalesce, type ReminderMoment } from '../rules/coalesce';
import { recipientsOf } from '../rules/recipients';
import { createFactFinder } from '../rules/reminder-facts';
import { knownFacts } from './reminder-facts-repository';
import { addReminders, sentReminders } from './reminder-repository';

/** A deadline that has just fired and is to remind somebody. */
export interface FiredReminder extends ReminderMoment {
  readonly step: number;
  readonly version: number;
  readonly obligation: ObligationRow;
}

export interface ReminderEffect {
  readonly outcome: 'REMINDED' | 'SUPERSEDED' | 'NOBODY';
  readonly recipients: number;
  readonly supersededBy: string | null;
}

const tellsOf = ({ kind, step }: FiredReminder): EscalationAudience | null =>
  kind === 'ESCALATE' ? (defaultEscalationPlan.find((rung) => rung.afterDays === step)?.tells ?? null) : null;

/** Writes the reminders of deadlines that have fired together; of an obligation each recipient gets the latest only. */
export async function remind(tx: EntityManager, fired: readonly FiredReminder[], time: BusinessTime): Promise<ReadonlyMap<string, ReminderEffect>> {
  if (fired.length === 0) return new Map();
  const factsOf = createFactFinder(await knownFacts(tx, fired.map((one) => one.obligation), fired.some((one) => tellsOf(one) === 'JOINT_OFFICE')));
  const due = fired.map((one) => ({ ...one, recipients: recipientsOf({ kind: one.kind, tells: tellsOf(one) }, factsOf(one.obligation)) }));
  const chosen = coalesce(due, await sentReminders(tx, due));
  const byId = new Map(fired.map((one) => [one.deadlineId, one]));
  const written = await addReminders(tx, chosen.flatMap(({ deadlineId, recipients }) => {
    const one = byId.get(deadlineId);
    if (!one) return [];
    const { obligation, version, kind } = one;
    return recipients.map((recipient) => ({ obligation, deadlineId, deadlineVersion: version, kind, recipient, time }));
  }));
  await notifyOfReminders(tx, written, time);
  return new Map(chosen.map(({ deadlineId, recipients, supersededBy }) => {
    const outcome = supersededBy ? 'SUPERSEDED' : recipients.length > 0 ? 'REMINDED' : 'NOBODY';
    return [deadlineId, { outcome, recipients: recipients.length, supersededBy }];
  }));
}
