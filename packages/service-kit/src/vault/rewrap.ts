import type { DataSource } from 'typeorm';
import { audit, inTransaction, type Actor } from '../database';
import type { KeyEncryption } from './key-encryption';
import { keyRows, rewrapKey, type KeyRow } from './key-repository';
import { SealBroken, type CryptoSuite } from './suites';

export interface Rewrapping {
  readonly current: KeyEncryption;
  readonly previous?: KeyEncryption | undefined;
  readonly suite: CryptoSuite;
  readonly actor: Actor;
}

export interface Wrapped {
  /** Data keys by the key that wraps them: ids of keys in hex, `before` for those of earlier versions. */
  readonly byKek: Readonly<Record<string, number>>;
  readonly total: number;
}

/** How many data keys each key-encryption key wraps; the previous file may go when it wraps none. */
export function wrappedBy(rows: readonly KeyRow[]): Wrapped {
  const standing = rows.filter((row) => row.destroyedAt === null);
  const byKek: Record<string, number> = {};
  for (const { wrappedBy: kek } of standing) {
    const name = kek?.toString('hex') ?? 'before';
    byKek[name] = (byKek[name] ?? 0) + 1;
  }
  return { byKek, total: standing.length };
}

/**
 * Wraps every data key by the current key-encryption key, all in one transaction: dozens of rows, no sealed value is touched.
 * @throws SealBroken when a key opens under neither of the two, and nothing is changed
 */
export const rewrapAll = (db: DataSource, { current, previous, suite, actor }: Rewrapping): Promise<number> =>
  inTransaction(db, async (tx) => {
    let count = 0;
    for (const row of await keyRows(tx, 'FOR UPDATE')) {
      if (row.wrapped === null || row.wrappedBy?.equals(current.id)) continue;
      const key = unwrapped(row, row.wrapped, [current, ...(previous ? [previous] : [])]);
      if (await rewrapKey(tx, row.id, { wrapped: current.wrap(suite, key, row), wrappedBy: current.id })) count += 1;
    }
    if (count > 0) await audit(tx, actor, { action: 'KEYS_REWRAPPED', subjectType: 'DataKey', subjectId: current.id.toString('hex'), detail: { keys: count } });
    return count;
  });

function unwrapped(row: KeyRow, wrapped: Buffer, known: readonly KeyEncryption[]): Buffer {
  for (const kek of known) {
    if (row.wrappedBy !== null && !kek.id.equals(row.wrappedBy)) continue;
    try {
      return row.wrappedBy === null ? kek.unwrapOld(wrapped, row.id) : kek.unwrap(wrapped, row);
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
    }
  }
  throw new SealBroken(`the data key ${row.id} is wrapped by a key that was not given`);
}
