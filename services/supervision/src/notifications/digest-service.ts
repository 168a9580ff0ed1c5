import type { DataSource, EntityManager } from 'typeorm';
import { businessTime, idFromName, inTransaction, isDuplicate } from '@anjie/service-kit/database';
import { officeCalendar } from '@anjie/service-kit/runtime';
import { digestRound } from '../rules/delivery-time';
import { queueDigest } from '../webhooks/delivery-repository';
import { addDigest, holdWaiting, isReminderPending, recipientsWithoutDigest, takeIntoDigest, type WaitingRecipient } from './digest-repository';

const BATCH = 100;

/**
 * Makes the digests of this morning: one message per person or unit, however many reminders and notices wait for it.
 * It waits until the morning's reminders are written, ten minutes at most. @returns how many were made
 */
export async function formDigests(db: DataSource): Promise<number> {
  const { now } = await businessTime(db.manager);
  const round = digestRound(now, officeCalendar());
  if (!round || (!round.isClosed && (await isReminderPending(db.manager, now)))) return 0;
  let formed = 0;
  for (;;) {
    const recipients = await recipientsWithoutDigest(db.manager, { day: round.day, now, limit: BATCH });
    let formedNow = 0;
    for (const recipient of recipients) if (await formOne(db, { recipient, day: round.day, now })) formedNow += 1;
    formed += formedNow;
    // where none is made, another worker is at it
    if (recipients.length < BATCH || formedNow === 0) return formed;
  }
}

interface Forming {
  readonly recipient: WaitingRecipient;
  readonly day: string;
  readonly now: Date;
}

/** Rolls back a digest that would be empty. */
const NOTHING_WAITS = new Error('nothing waits for a digest');

/** One transaction: the digest's row, which a second worker finds, then its items. A killed worker leaves nothing or all of it. */
async function formOne(db: DataSource, forming: Forming): Promise<boolean> {
  try {
    await inTransaction(db, (tx) => form(tx, forming));
    return true;
  } catch (error) {
    if (isDuplicate(error) || error === NOTHING_WAITS) return false;
    throw error;
  }
}

async function form(tx: EntityManager, { recipient, day, now }: Forming): Promise<void> {
  const id = idFromName('digest', `${recipient.id} ${day}`);
  await addDigest(tx, { id, recipient, day, now });
  const waiting = await holdWaiting(tx, recipient.id, now);
  if (waiting.length === 0) throw NOTHING_WAITS;
  await takeIntoDigest(tx, id, waiting.map((one) => one.id));
  if (recipient.unitId) await queueDigest(tx, id);
}
