import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

export const SUITE_NAMES = ['AES-256-GCM', 'SM4-CTR-HMAC-SM3'] as const;
export type SuiteName = (typeof SUITE_NAMES)[number];

/** Seals in pieces; what it gives out in order is nonce, ciphertext, tag. */
export interface Sealer {
  readonly nonce: Buffer;
  update(chunk: Buffer): Buffer;
  /** The rest of the ciphertext and the tag. */
  end(): Buffer;
}

/** A way of sealing. Keys have 32 bytes in every suite; associated data is bound in and not stored. */
export interface CryptoSuite {
  /** Stands in each sealed value: never given to another suite. */
  readonly id: number;
  readonly name: SuiteName;
  sealer(key: Buffer, aad: Buffer): Sealer;
  /** @throws SealBroken when anything is not as it was sealed; nothing is given out before the tag was checked */
  open(key: Buffer, body: Buffer, aad: Buffer): Buffer;
  /** Keyed fingerprint of 32 bytes. */
  mac(key: Buffer, text: string | Buffer): Buffer;
}

/** The value was changed, cut, moved to another place, or sealed with another key. It is not said which. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

const GCM = { iv: 12, tag: 16 } as const;

const aes256Gcm: CryptoSuite = {
  id: 1,
  name: 'AES-256-GCM',
  sealer(key, aad) {
    const nonce = randomBytes(GCM.iv);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
    return { nonce, update: (chunk) => cipher.update(chunk), end: () => Buffer.concat([cipher.final(), cipher.getAuthTag()]) };
  },
  open(key, body, aad) {
    if (body.length < GCM.iv + GCM.tag) throw new SealBroken('too short to be sealed');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, GCM.iv), { authTagLength: GCM.tag }).setAAD(aad).setAuthTag(body.subarray(-GCM.tag));
      return Buffer.concat([decipher.update(body.subarray(GCM.iv, -GCM.tag)), decipher.final()]);
    } catch (error) {
      throw new SealBroken('the seal does not fit', { cause: error });
    }
  },
  mac: (key, text) => createHmac('sha256', key).update(text).digest(),
};

const SM = { iv: 16, tag: 32 } as const;

/** GB/T 32907 and GB/T 32905, encrypt-then-MAC: Node's OpenSSL has no SM4-GCM. The two keys are derived from the data key. */
const sm4CtrHmacSm3: CryptoSuite = {
  id: 2,
  name: 'SM4-CTR-HMAC-SM3',
  sealer(key, aad) {
    const nonce = randomBytes(SM.iv);
    const { cipherKey, macKey } = sm4Keys(key);
    const cipher = createCipheriv('sm4-ctr', cipherKey, nonce);
    const mac = createHmac('sm3', macKey).update(lengthOf(aad)).update(aad).update(nonce);
    const taken = (piece: Buffer): Buffer => (mac.update(piece), piece);
    return { nonce, update: (chunk) => taken(cipher.update(chunk)), end: () => Buffer.concat([taken(cipher.final()), mac.digest()]) };
  },
  open(key, body, aad) {
    if (body.length < SM.iv + SM.tag) throw new SealBroken('too short to be sealed');
    const { cipherKey, macKey } = sm4Keys(key);
    const tag = createHmac('sm3', macKey).update(lengthOf(aad)).update(aad).update(body.subarray(0, -SM.tag)).digest();
    if (!timingSafeEqual(tag, body.subarray(-SM.tag))) throw new SealBroken('the seal does not fit');
    const decipher = createDecipheriv('sm4-ctr', cipherKey, body.subarray(0, SM.iv));
    return Buffer.concat([decipher.update(body.subarray(SM.iv, -SM.tag)), decipher.final()]);
  },
  mac: (key, text) => createHmac('sm3', key).update(text).digest(),
};

/** So that no piece of the associated data can be taken for ciphertext. */
function lengthOf(aad: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(aad.length);
  return length;
}

interface Sm4Keys {
  readonly cipherKey: Buffer;
  readonly macKey: Buffer;
}
const known = new WeakMap<Buffer, Sm4Keys>();

function sm4Keys(key: Buffer): Sm4Keys {
  const derive = (use: string, length: number): Buffer => Buffer.from(hkdfSync('sm3', key, Buffer.alloc(0), `anjie/${use}`, length));
  const keys = known.get(key) ?? { cipherKey: derive('sm4-ctr', 16), macKey: derive('hmac-sm3', 32) };
  known.set(key, keys);
  return keys;
}

const SUITES: readonly CryptoSuite[] = [aes256Gcm, sm4CtrHmacSm3];

export const suiteNamed = (name: string): CryptoSuite => SUITES.find((suite) => suite.name === name) ?? unknown(name);
export const suiteWithId = (id: number): CryptoSuite => SUITES.find((suite) => suite.id === id) ?? unknown(id);

function unknown(suite: string | number): never {
  throw new SealBroken(`there is no cipher suite ${suite}`);
}

export function sealWhole(suite: CryptoSuite, key: Buffer, { plain, aad }: { plain: Buffer; aad: Buffer }): Buffer {
  const { nonce, update, end } = suite.sealer(key, aad);
  return Buffer.concat([nonce, update(plain), end()]);
}
