import type { ServiceName } from '@anjie/contracts';
import { select, selectIn } from '@anjie/service-kit/database';
import { serviceNamed, type System } from './system';

export interface DeadLetter {
  readonly id: string;
  readonly receiver: ServiceName;
  readonly queue: string;
  readonly messageId: string | null;
  /** Whose message it is; null when no sender vouches for it (a forged or damaged job). */
  readonly source: ServiceName | null;
  readonly topic: string | null;
  /** What the sender says of it: DEAD waits for a replay. */
  readonly state: string | null;
  readonly reason: string;
  readonly sentAt: Date | null;
  readonly failedAt: Date;
  readonly replayedAt: Date | null;
}

type Row = Pick<DeadLetter, 'id' | 'queue' | 'messageId' | 'reason' | 'failedAt' | 'replayedAt'> & { readonly source: string | null };

/** Letters that are not settled, oldest first. */
export async function openDeadLettersOf(system: System): Promise<readonly DeadLetter[]> {
  const all = await Promise.all(system.services.map((receiver) => lettersOf(system, receiver)));
  return all.flat().sort((a, b) => a.failedAt.getTime() - b.failedAt.getTime());
}

async function lettersOf(system: System, receiver: ServiceName): Promise<DeadLetter[]> {
  const rows = await select<Row>(
    system.db(receiver).manager,
    `SELECT id, queue, source, message_id AS messageId, reason, failed_at AS failedAt, replayed_at AS replayedAt
       FROM dead_letters WHERE settled_at IS NULL ORDER BY failed_at, id LIMIT 1000`,
  );
  const letters: DeadLetter[] = [];
  for (const row of rows) {
    const source = row.source === null ? null : serviceNamed(row.source);
    const sent = source && row.messageId ? await sentMessage(system, source, row.messageId) : undefined;
    letters.push({ ...row, receiver, source, topic: sent?.topic ?? null, state: sent?.state ?? null, sentAt: sent?.sentAt ?? null });
  }
  return letters;
}

interface SentMessage {
  readonly topic: string;
  readonly state: string;
  readonly dest: string;
  readonly sentAt: Date;
}

export const sentMessage = async (system: System, source: ServiceName, id: string): Promise<SentMessage | undefined> =>
  (await selectIn<SentMessage>(system.db(source).manager, 'SELECT topic, state, dest, created_at AS sentAt FROM outbox_messages WHERE id IN (?)', [id]))[0];
