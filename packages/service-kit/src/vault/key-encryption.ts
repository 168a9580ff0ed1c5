import { createDecipheriv, hkdfSync } from 'node:crypto';
import { SealBroken, sealWhole, suiteWithId, type CryptoSuite } from './suites';

/** What a data key is for; bound into its wrapping, so that no row can be passed off as another. */
export interface KeyFacts {
  readonly id: number;
  readonly keyClass: string;
  readonly period: string;
  readonly suite: string;
}

/** The key-encryption key, from a file outside the database. */
export interface KeyEncryption {
  /** Names the key without telling anything about it. */
  readonly id: Buffer;
  wrap(suite: CryptoSuite, key: Buffer, facts: KeyFacts): Buffer;
  /** @throws SealBroken */
  unwrap(wrapped: Buffer, facts: KeyFacts): Buffer;
  /** Of earlier versions: AES-256-GCM with the tag before the ciphertext, bound to the id alone. @throws SealBroken */
  unwrapOld(wrapped: Buffer, id: number): Buffer;
  /** A secret that earlier versions derived from this key instead of storing it. */
  derive(use: string): Buffer;
}

export function createKeyEncryption(master: Buffer): KeyEncryption {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `anjie/${use}`, 32));
  const id = derive('kek-id').subarray(0, 8);
  const wrapping = (suiteId: number): Buffer => derive(`kek/${suiteId}`);
  return {
    id,
    derive,
    wrap: (suite, key, facts) => Buffer.concat([Buffer.from([suite.id]), sealWhole(suite, wrapping(suite.id), { plain: key, aad: wrapAad(facts, id) })]),
    unwrap(wrapped, facts) {
      const suite = suiteWithId(wrapped[0] ?? 0);
      return suite.open(wrapping(suite.id), wrapped.subarray(1), wrapAad(facts, id));
    },
    unwrapOld: (wrapped, keyId) => openTagFirst(derive('wrap-data-keys'), wrapped, `data-key|${keyId}`),
  };
}

const wrapAad = ({ id, keyClass, period, suite }: KeyFacts, kek: Buffer): Buffer => Buffer.from(JSON.stringify(['data-key', id, keyClass, period, suite, kek.toString('hex')]));

/** iv, tag, ciphertext: the order of format 1. @throws SealBroken */
export function openTagFirst(key: Buffer, sealed: Buffer, aad: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.from(aad)).setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
  } catch (error) {
    throw new SealBroken('the seal does not fit', { cause: error });
  }
}
