import type { ServiceName } from '@anjie/contracts';
import { select, selectIn } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
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
  const sent = new Map<string, SentMessage>();
  for (const [name, ofSource] of groupBy(rows, ({ source }) => source)) {
    const ids = ofSource.flatMap(({ messageId }) => messageId ?? []);
    if (name !== null) for (const message of await sentMessages(system, serviceNamed(name), ids)) sent.set(`${name} ${message.id}`, message);
  }
  return rows.map((row) => {
    const message = sent.get(`${row.source} ${row.messageId}`);
    return { ...row, receiver, source: row.source === null ? null : serviceNamed(row.source), topic: message?.topic ?? null, state: message?.state ?? null, sentAt: message?.sentAt ?? null };
  });
}

interface SentMessage {
  readonly id: string;
  readonly topic: string;
  readonly state: string;
  readonly dest: string;
  readonly sentAt: Date;
}

export const sentMessages = (system: System, source: ServiceName, ids: readonly string[]): Promise<SentMessage[]> =>
  selectIn<SentMessage>(system.db(source).manager, 'SELECT id, topic, state, dest, created_at AS sentAt FROM outbox_messages WHERE id IN (?)', ids);
