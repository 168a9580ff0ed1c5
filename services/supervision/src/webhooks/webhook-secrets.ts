import { createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { keysOfFiles, openAt, readHead, sealAt, suiteNamed, type SuiteName } from '@anjie/service-kit/vault';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const PREFIX = 'whsec_';

/** A fresh secret, as Standard Webhooks writes it: `whsec_` and 32 random bytes, base64. */
export const newWebhookSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64')}`;

const bytesOf = (secret: string): Buffer => Buffer.from(secret.slice(PREFIX.length), 'base64');

export interface SecretKeys {
  /** The message key that seals, and the one before or after it while it is being changed. Base64. */
  readonly current: string;
  readonly other?: string | undefined;
  readonly suite?: SuiteName | undefined;
}

const USE = 'webhook-secrets';
const OLD_BYTES = IV_BYTES + 32 + TAG_BYTES;

/**
 * Keeps secrets at rest, sealed under a key that is derived from the message key for this use alone; a ciphertext that is
 * copied to another endpoint does not open. A secret may move to the column of the old one, so the column is not bound in.
 */
export function createSecretBox({ current, other, suite = 'AES-256-GCM' }: SecretKeys) {
  const keys = keysOfFiles({ current, other, use: USE, suite: suiteNamed(suite) });
  const messageKeys = [current, ...(other === undefined ? [] : [other])];
  const whereOf = (endpointId: string) => ({ table: 'webhook_endpoints', column: 'secret', rowId: endpointId });
  return {
    seal: (secret: string, endpointId: string): Buffer => sealAt(keys, USE, { plain: bytesOf(secret), where: whereOf(endpointId) }),
    isSealed(sealed: Buffer, { endpointId, secret }: { readonly endpointId: string; readonly secret: string }): boolean {
      return this.open(sealed, endpointId)?.equals(bytesOf(secret)) ?? false;
    },
    /** @returns the bytes that sign; undefined when the message key is another one than at sealing */
    open(sealed: Buffer, endpointId: string): Buffer | undefined {
      try {
        return sealed.length === OLD_BYTES ? openOld(messageKeys, sealed, endpointId) : (openAt(keys, sealed, whereOf(endpointId)) ?? undefined);
      } catch {
        return undefined;
      }
    },
    /** Sealed with the key that seals now; otherwise the same secret sealed anew, or undefined when it does not open. */
    renewed(sealed: Buffer, endpointId: string): Buffer | undefined {
      if (sealed.length !== OLD_BYTES && readHead(sealed).keyId === keys.current(USE).id) return sealed;
      const plain = this.open(sealed, endpointId);
      return plain && sealAt(keys, USE, { plain, where: whereOf(endpointId) });
    },
  };
}

/** Of earlier versions: iv, ciphertext, tag. */
function openOld(messageKeys: readonly string[], sealed: Buffer, endpointId: string): Buffer | undefined {
  for (const messageKey of messageKeys) {
    try {
      const key = Buffer.from(hkdfSync('sha256', Buffer.from(messageKey, 'base64'), Buffer.alloc(0), 'anjie/webhook-secrets', 32));
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES }).setAAD(Buffer.from(endpointId)).setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch {
      // sealed with the other one
    }
  }
  return undefined;
}
export type SecretBox = ReturnType<typeof createSecretBox>;

export interface Signed {
  readonly id: string;
  readonly timestamp: number;
  readonly body: string;
}

/** Headers of Standard Webhooks: during a rotation one signature for each secret. */
export const webhookHeaders = ({ id, timestamp, body }: Signed, secrets: readonly Buffer[]): Readonly<Record<string, string>> => ({
  'webhook-id': id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': secrets.map((secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`).join(' '),
});
