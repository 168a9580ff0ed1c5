import type { DeadlineKind } from './deadline-plan';
import type { Recipient } from './recipients';

/** A reminder's place in the order of its obligation. */
export interface ReminderMoment {
  readonly deadlineId: string;
  readonly obligationId: string;
  readonly kind: DeadlineKind;
  readonly dueAt: Date;
}

export interface DueReminder extends ReminderMoment {
  readonly recipients: readonly Recipient[];
}

/** A reminder of the same due date that somebody has got already. */
export interface SentReminder extends ReminderMoment {
  readonly recipientId: string;
}

export interface ChosenReminder {
  readonly deadlineId: string;
  /** Who is told by it: those for whom no later one of the same obligation is there. */
  readonly recipients: readonly Recipient[];
  /** The later deadline that told everybody whom this one would have told. */
  readonly supersededBy: string | null;
}

/** Later first. On the same instant a rung of the ladder says more than a reminder. */
export function laterFirst(a: Omit<ReminderMoment, 'obligationId'>, b: Omit<ReminderMoment, 'obligationId'>): number {
  const rank = (one: Pick<ReminderMoment, 'kind'>): number => (one.kind === 'ESCALATE' ? 1 : 0);
  return b.dueAt.getTime() - a.dueAt.getTime() || rank(b) - rank(a) || (a.deadlineId < b.deadlineId ? 1 : -1);
}

/**
 * Of reminders that come at once, because a server was away or a clock jumped, each recipient gets the latest of an
 * obligation and no second one with the same text.
 */
export function coalesce(due: readonly DueReminder[], sent: readonly SentReminder[]): ChosenReminder[] {
  const told = new Map<string, string>();
  const chosen: ChosenReminder[] = [];
  for (const moment of [...due, ...sent].sort(laterFirst)) {
    const { obligationId, deadlineId } = moment;
    const tell = (recipientId: string) => told.set(`${obligationId} ${recipientId}`, deadlineId);
    if ('recipientId' in moment) {
      tell(moment.recipientId);
      continue;
    }
    const laterOf = ({ id }: Recipient): string | undefined => told.get(`${obligationId} ${id}`);
    const later = moment.recipients.map(laterOf);
    const recipients = moment.recipients.filter((_one, i) => later[i] === undefined);
    chosen.push({ deadlineId, recipients, supersededBy: recipients.length === 0 ? (later[0] ?? null) : null });
    recipients.forEach((one) => tell(one.id));
  }
  return chosen;
}
