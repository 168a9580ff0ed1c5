import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { isDuplicate, select, write } from '@anjie/service-kit/database';
import { createMatterSigner } from '../repeats/matter-signer';

/**
 * Identity data at rest: AES-256-GCM under a data key that is itself wrapped by the key-encryption key, which never
 * enters the database. The associated data names table, column and row, so that a ciphertext copied elsewhere does not open.
 */
const SUITE = 'AES-256-GCM';
const FORMAT = 1;

export interface SealedPlace {
  readonly column:
    | 'name' | 'id_number' | 'phone' | 'address' | 'content' | 'document' | 'facts' | 'answer' | 'terms' | 'file_name'
    | 'accusation' | 'accused' | 'note' | 'reason' | 'comment' | 'complaint' | 'finding';
  readonly rowId: string;
}

const sealBytes = (key: Buffer, plain: Buffer, aad: string): Buffer => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(aad));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
};

const openBytes = (key: Buffer, sealed: Buffer, aad: string): Buffer => {
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(aad)).setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([cipher.update(sealed.subarray(28)), cipher.final()]);
};

/** Opens the vault: reads the data keys, makes the first one in an empty system. @throws Error when the key does not fit */
export async function openIdentityVault(db: DataSource, keyBase64: string) {
  const master = Buffer.from(keyBase64, 'base64');
  if (master.length !== 32) throw new Error('ANJIE_IDENTITY_KEY_FILE must hold exactly 32 random bytes, base64');
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `anjie/${use}`, 32));
  const wrapping = derive('wrap-data-keys');
  const indexKeys = { id_number: derive('index/id_number'), phone: derive('index/phone') };
  const keys = await loadDataKeys(db, wrapping);
  const current = Math.max(...keys.keys());
  const aadOf = (place: SealedPlace, keyId: number): string => `identity|${place.column}|${place.rowId}|${keyId}`;
  return {
    /** Sealed form: format byte, key id (4 bytes), iv, tag, ciphertext. Null stays null. */
    seal(text: string | null | undefined, place: SealedPlace): Buffer | null {
      if (text === null || text === undefined || text === '') return null;
      const head = Buffer.alloc(5);
      head.writeUInt8(FORMAT, 0);
      head.writeUInt32BE(current, 1);
      return Buffer.concat([head, sealBytes(keys.get(current) ?? Buffer.alloc(0), Buffer.from(text), aadOf(place, current))]);
    },
    open(sealed: Buffer | null, place: SealedPlace): string | null {
      if (!sealed) return null;
      const keyId = sealed.readUInt32BE(1);
      const key = keys.get(keyId);
      if (sealed.readUInt8(0) !== FORMAT || !key) throw new Error(`identity data is sealed with an unknown key (${keyId})`);
      return openBytes(key, sealed.subarray(5), aadOf(place, keyId)).toString('utf8');
    },
    /** Keyed fingerprint for finding equal values; per column, so that columns cannot be joined. */
    blindIndex(column: 'id_number' | 'phone', normalised: string | null): Buffer | null {
      return normalised ? createHmac('sha256', indexKeys[column]).update(normalised).digest() : null;
    },
    /** Seals uploaded and generated workbooks, which hold identities in clear. */
    fileKey: derive('files'),
    /** Key for fingerprints that leave this file (import row keys). */
    fingerprintKey: derive('fingerprint'),
    /** Signs texts and people so that repeats are found; see rules/repeat-score.ts. */
    matterSigner: createMatterSigner(derive('matter')),
  };
}
export type IdentityVault = Awaited<ReturnType<typeof openIdentityVault>>;

async function loadDataKeys(db: DataSource, wrapping: Buffer): Promise<ReadonlyMap<number, Buffer>> {
  const read = () => select<{ id: number; suite: string; wrapped_key: Buffer }>(db.manager, 'SELECT id, suite, wrapped_key FROM data_keys ORDER BY id');
  let rows = await read();
  if (rows.length === 0) {
    await write(db.manager, 'INSERT INTO data_keys (id, suite, wrapped_key, created_at) VALUES (1, ?, ?, UTC_TIMESTAMP(3))', [
      SUITE, sealBytes(wrapping, randomBytes(32), 'data-key|1'),
    ]).catch((error: unknown) => {
      // HTTP process and worker start together; the other one was faster
      if (!isDuplicate(error)) throw error;
    });
    rows = await read();
  }
  try {
    return new Map(rows.map((row) => [Number(row.id), openBytes(wrapping, row.wrapped_key, `data-key|${row.id}`)]));
  } catch {
    throw new Error('ANJIE_IDENTITY_KEY_FILE does not hold the key that this database was sealed with');
  }
}
