import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const PREFIX = 'whsec_';

/** A fresh secret, as Standard Webhooks writes it: `whsec_` and 32 random bytes, base64. */
export const newWebhookSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64')}`;

/**
 * Keeps secrets at rest: AES-256-GCM under a key that is derived from the message key for this use alone; a ciphertext
 * that is copied to another endpoint does not open.
 */
export function createSecretBox(messageKeyBase64: string) {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(messageKeyBase64, 'base64'), Buffer.alloc(0), 'anjie/webhook-secrets', 32));
  return {
    seal(secret: string, endpointId: string): Buffer {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(endpointId));
      return Buffer.concat([iv, cipher.update(secret.slice(PREFIX.length), 'base64'), cipher.final(), cipher.getAuthTag()]);
    },
    /** @returns the bytes that sign; undefined when the message key is another one than at sealing */
    open(sealed: Buffer, endpointId: string): Buffer | undefined {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES)).setAAD(Buffer.from(endpointId));
        decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch {
        return undefined;
      }
    },
  };
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
