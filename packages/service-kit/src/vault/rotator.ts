import type { DataSource, EntityManager } from 'typeorm';
import { audit, inTransaction, type Actor } from '../database';
import type { Logger } from '../runtime';
import { destroyKey, keyRows, markRetiring, type KeyRow } from './key-repository';
import { OLD_CLASS, type Keyring } from './keyring';
import { activeRotation, saveProgress, type Progress, type Rotation } from './rotation-repository';

export interface Page {
  /** Where the page ended; null: the place is over. */
  readonly last: string | null;
  readonly seen: number;
  /** Values under an older key, and of them those that were sealed anew and those that do not open. */
  readonly left: number;
  readonly done: number;
  readonly broken: number;
}

/** Something that is gone through in order of ids: a table, or the files. */
export interface Place {
  readonly name: string;
  /** The next page in the caller's transaction. What somebody else changed meanwhile is left alone: it is under the new key. */
  page(tx: EntityManager, at: { readonly cursor: string | null; readonly older: ReadonlySet<number> }): Promise<Page>;
}

export interface RotatorOptions {
  readonly db: DataSource;
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly actor: Actor;
  /** All places where a key of the class seals something; for OLD_CLASS all there are. */
  readonly placesOf: (keyClass: string) => readonly Place[];
  /** Seconds for which a writer may hold on to what it sealed under the older key; longer than any transaction. */
  readonly settleS?: number;
}

const SETTLE_S = 600;

class MovedOn extends Error {}

/**
 * Changes a data key while everything goes on: new key for writes, what is there is sealed anew page by page, the older keys
 * are destroyed when two rounds, ten minutes apart, found nothing under them. Each step is one transaction with its progress, so
 * that whoever dies leaves nothing half done and another goes on.
 */
export function createRotator(options: RotatorOptions) {
  const steps: Readonly<Record<Rotation['state'], (at: Rotation) => Promise<boolean>>> = {
    REQUESTED: (at) => begin(options, at),
    WAITING: (at) => startWhenKnown(options, at),
    RUNNING: (at) => nextPage(options, at),
    SETTLING: (at) => lookAgain(options, at),
    DONE: () => Promise.resolve(false),
    BLOCKED: () => Promise.resolve(false),
  };
  return {
    /** The next step; false when there is nothing to do now. */
    async step(): Promise<boolean> {
      const at = await activeRotation(options.db.manager);
      if (!at) return false;
      try {
        return await steps[at.state](at);
      } catch (error) {
        if (error instanceof MovedOn) return true;
        throw error;
      }
    },
  };
}
export type Rotator = ReturnType<typeof createRotator>;

const move = (db: DataSource, at: Rotation, work: (tx: EntityManager) => Promise<Progress>): Promise<Progress> =>
  inTransaction(db, async (tx) => {
    const next = await work(tx);
    if (!(await saveProgress(tx, at, next))) throw new MovedOn();
    return next;
  });

async function begin({ db, keyring, actor, placesOf }: RotatorOptions, at: Rotation): Promise<boolean> {
  const { keyClass } = at;
  const newest = keyClass === OLD_CLASS ? undefined : ((await keyMadeSince(db, at)) ?? (await keyring.add(keyClass)));
  await move(db, at, async (tx) => {
    if (newest !== undefined) await markRetiring(tx, keyClass, newest);
    await audit(tx, actor, { action: 'KEY_ROTATION_BEGUN', subjectType: 'DataKey', subjectId: keyClass, detail: { rotation: at.id, newKey: newest ?? null } });
    return { state: 'WAITING', step: placesOf(keyClass)[0]?.name ?? '' };
  });
  await keyring.refresh();
  return true;
}

/** Whoever began and died may have made it already. */
const keyMadeSince = async (db: DataSource, { keyClass, requestedAt }: Rotation): Promise<number | undefined> =>
  (await keyRows(db.manager)).findLast((row) => row.keyClass === keyClass && row.createdAt >= requestedAt)?.id;

async function startWhenKnown({ db, keyring, log }: RotatorOptions, at: Rotation): Promise<boolean> {
  await keyring.refresh();
  const isUsed = at.keyClass === OLD_CLASS || (await olderOf(db, at.keyClass)).every((row) => row.id < keyring.current(at.keyClass).id);
  if (!isUsed) return false;
  await move(db, at, () => Promise.resolve({ state: 'RUNNING', cursor: null }));
  log.info({ keyClass: at.keyClass, rotation: at.id }, 'a key rotation seals anew what lies under older keys');
  return true;
}

const olderOf = async (db: DataSource, keyClass: string): Promise<KeyRow[]> =>
  (await keyRows(db.manager)).filter((row) => row.keyClass === keyClass && row.destroyedAt === null && (keyClass === OLD_CLASS || row.retiringAt !== null));

async function nextPage(options: RotatorOptions, at: Rotation): Promise<boolean> {
  const { db, placesOf, log } = options;
  const places = placesOf(at.keyClass);
  const index = places.findIndex((place) => place.name === at.step);
  const place = places[index];
  if (!place) return endRound(options, at);
  const older = new Set((await olderOf(db, at.keyClass)).map((row) => row.id));
  const next = await move(db, at, async (tx) => {
    const page = await place.page(tx, { cursor: at.cursor, older });
    const counts = { rowsSeen: at.rowsSeen + page.seen, rowsDone: at.rowsDone + page.done, leftOver: at.leftOver + page.left, broken: at.broken + page.broken };
    return { state: 'RUNNING', ...counts, ...(page.last === null ? { step: places[index + 1]?.name ?? END, cursor: null } : { cursor: page.last }) };
  });
  if (next.step !== undefined) log.info({ keyClass: at.keyClass, rotation: at.id, round: at.round, through: place.name, sealedAnew: next.rowsDone }, 'a key rotation went through a table');
  return true;
}

/** Of no place. */
const END = '-';

async function endRound(options: RotatorOptions, at: Rotation): Promise<boolean> {
  const { db, log, placesOf } = options;
  if (at.broken > 0 && at.leftOver === at.broken) {
    await move(db, at, () => Promise.resolve({ state: 'BLOCKED' }));
    log.error({ keyClass: at.keyClass, rotation: at.id, values: at.broken }, 'a key rotation stands still: values do not open, and their key is kept');
    return true;
  }
  if (at.leftOver === 0 && at.isSettled) return finish(options, at);
  const again = { step: placesOf(at.keyClass)[0]?.name ?? END, cursor: null, round: at.round + 1, rowsSeen: 0, leftOver: 0, broken: 0 };
  await move(db, at, () => Promise.resolve(at.leftOver === 0 ? { ...again, state: 'SETTLING', settles: true } : { ...again, state: 'RUNNING', settles: false }));
  return true;
}

async function lookAgain({ db, settleS = SETTLE_S }: RotatorOptions, at: Rotation): Promise<boolean> {
  if (at.waitedS < settleS) return false;
  await move(db, at, () => Promise.resolve({ state: 'RUNNING' }));
  return true;
}

async function finish({ db, keyring, actor, log }: RotatorOptions, at: Rotation): Promise<boolean> {
  const older = (await olderOf(db, at.keyClass)).map((row) => row.id);
  await move(db, at, async (tx) => {
    for (const id of older) await destroyKey(tx, id);
    await audit(tx, actor, { action: 'KEY_ROTATION_DONE', subjectType: 'DataKey', subjectId: at.keyClass, detail: { rotation: at.id, destroyed: older, sealedAnew: at.rowsDone, rounds: at.round } });
    return { state: 'DONE' };
  });
  await keyring.refresh();
  log.info({ keyClass: at.keyClass, rotation: at.id, destroyed: older, sealedAnew: at.rowsDone }, 'a key rotation is done');
  return true;
}
