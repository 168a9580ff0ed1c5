import { hkdfSync } from 'node:crypto';
import type { DataKey, KeySource } from './keyring';
import type { CryptoSuite } from './suites';

export interface FileKeys {
  /** Base64, as the files hold them: the one that seals, and one that is still, or already, opened with. */
  readonly current: string;
  readonly other?: string | undefined;
  /** What the derived key is for, so that no two uses share one. */
  readonly use: string;
  readonly suite: CryptoSuite;
}

/** Keys derived from a key file alone, for services that keep little and not for long: no table, one key for all classes. */
export function keysOfFiles({ current, other, use, suite }: FileKeys): KeySource {
  const seals = derivedKey(current, use, suite);
  const keys = [seals, ...(other === undefined ? [] : [derivedKey(other, use, suite)])];
  return { current: () => seals, byId: (id) => keys.find((key) => key.id === id), isDestroyed: () => false };
}

function derivedKey(base64: string, use: string, suite: CryptoSuite): DataKey {
  const derive = (what: string): Buffer => Buffer.from(hkdfSync('sha256', Buffer.from(base64, 'base64'), Buffer.alloc(0), `anjie/${use}/${what}`, 32));
  return { id: derive('id').readUInt32BE(0), keyClass: '', period: '', suite, key: derive('key'), usableFrom: 0, isRetiring: false };
}
