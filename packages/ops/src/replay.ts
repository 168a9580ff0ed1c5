import type { ServiceName } from '@anjie/contracts';
import { audit, inTransaction, newId, write } from '@anjie/service-kit/database';
import { openDeadLettersOf, sentMessages, type DeadLetter } from './dead-letters';
import { bothOfficials, type FourEyes, type Signed } from './officials';
import { serviceNamed, type System } from './system';

export interface ReplayRequest extends FourEyes {
  readonly messageIds: readonly string[];
  /** All open dead letters of a queue. */
  readonly queue?: string | undefined;
}

/** REPLAYED: will be sent again. NOT_DEAD: it is under way or was applied. UNVOUCHED: no sender knows it, see `dismiss`. UNKNOWN: nobody knows it. */
export type ReplayResult = 'REPLAYED' | 'NOT_DEAD' | 'UNVOUCHED' | 'UNKNOWN';
export interface Replayed {
  readonly messageId: string;
  readonly result: ReplayResult;
}

/** Sends dead messages again, in the names of two officials. To call it twice is to call it once: what is not dead any more is left alone. */
export async function replay(system: System, request: ReplayRequest): Promise<readonly Replayed[]> {
  const signed = await bothOfficials(system, request, `ops-${newId()}`);
  const letters = await openDeadLettersOf(system);
  const wanted = new Set(request.messageIds);
  const chosen = letters.filter(({ messageId, queue }) => (messageId !== null && wanted.has(messageId)) || queue === request.queue);
  const done: Replayed[] = [];
  for (const letter of chosen) done.push({ messageId: letter.messageId ?? letter.id, result: await replayLetter(system, letter, signed) });
  // the receiver may have lost its letter in a restore; the sender's row still says that the message is dead
  const rest = [...wanted].filter((id) => !chosen.some(({ messageId }) => messageId === id));
  for (const messageId of rest) done.push({ messageId, result: await replayWithoutLetter(system, messageId, signed) });
  return done;
}

async function replayLetter(system: System, letter: DeadLetter, signed: Signed): Promise<ReplayResult> {
  const { messageId, source, receiver } = letter;
  if (messageId === null || source === null) return 'UNVOUCHED';
  await inTransaction(system.db(receiver), async (tx) => {
    const marked = await write(
      tx,
      `UPDATE dead_letters SET replayed_at = UTC_TIMESTAMP(3), replayed_by = ?, replay_confirmed_by = ?
        WHERE id = ? AND settled_at IS NULL AND (replayed_at IS NULL OR replayed_at < failed_at)`,
      [signed.by, signed.confirmedBy, letter.id],
    );
    if (marked > 0) await noteReplay(tx, signed, { messageId, source, receiver, queue: letter.queue });
  });
  return sendAgain(system, { messageId, source, receiver }, signed);
}

async function replayWithoutLetter(system: System, messageId: string, signed: Signed): Promise<ReplayResult> {
  for (const source of system.services) {
    const [sent] = await sentMessages(system, source, [messageId]);
    if (sent) return sendAgain(system, { messageId, source, receiver: serviceNamed(sent.dest) }, signed);
  }
  return 'UNKNOWN';
}

interface Route {
  readonly messageId: string;
  readonly source: ServiceName;
  readonly receiver: ServiceName;
}

const sendAgain = (system: System, route: Route, signed: Signed): Promise<ReplayResult> =>
  inTransaction(system.db(route.source), async (tx) => {
    const revived = await write(
      tx,
      `UPDATE outbox_messages SET state = 'PENDING', next_at = UTC_TIMESTAMP(3), claim_token = NULL, ack_result = NULL WHERE id = ? AND dest = ? AND state = 'DEAD'`,
      [route.messageId, route.receiver],
    );
    if (revived === 0) return 'NOT_DEAD';
    await noteReplay(tx, signed, route);
    return 'REPLAYED';
  });

type Transaction = Parameters<Parameters<typeof inTransaction>[1]>[0];

const noteReplay = (tx: Transaction, { actor, confirmedBy }: Signed, { messageId, ...detail }: Route & { queue?: string }): Promise<void> =>
  audit(tx, actor, { action: 'MESSAGE_REPLAYED', subjectType: 'Message', subjectId: messageId, detail: { ...detail, confirmedBy } });

/** Closes dead letters that no sender vouches for, in the names of two officials; a message that can still be replayed is not dismissed. */
export async function dismiss(system: System, { letterIds, ...names }: FourEyes & { readonly letterIds: readonly string[] }): Promise<number> {
  const signed = await bothOfficials(system, names, `ops-${newId()}`);
  const letters = (await openDeadLettersOf(system)).filter(({ id, state }) => letterIds.includes(id) && state !== 'DEAD');
  for (const { id, receiver, queue, reason } of letters) {
    await inTransaction(system.db(receiver), async (tx) => {
      const closed = await write(tx, 'UPDATE dead_letters SET settled_at = UTC_TIMESTAMP(3) WHERE id = ? AND settled_at IS NULL', [id]);
      if (closed > 0) await audit(tx, signed.actor, { action: 'DEAD_LETTER_DISMISSED', subjectType: 'DeadLetter', subjectId: id, detail: { queue, reason: reason.slice(0, 200), confirmedBy: signed.confirmedBy } });
    });
  }
  return letters.length;
}
