import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is sealed: changing any of it breaks the seal. */
export interface SealedParts {
  readonly id: string;
  readonly topic: string;
  readonly aggregateId: string;
  readonly version: string;
  readonly payload: string;
}

/** HMAC-SHA-256 over a message; its hex travels through Redis, its content does not. */
export function createSeal(keyBase64: string) {
  const key = Buffer.from(keyBase64, 'base64');
  if (key.length < 32) throw new Error('ANJIE_MESSAGE_KEY_FILE must hold at least 32 random bytes, base64');
  const mac = (...parts: string[]): Buffer => createHmac('sha256', key).update(JSON.stringify(parts)).digest();
  const equal = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
  return {
    ofMessage: (m: SealedParts): Buffer => mac('message', m.id, m.topic, m.aggregateId, m.version, m.payload),
    ofAck: (source: string, messageId: string, result: string): Buffer => mac('ack', source, messageId, result),
    equal,
  };
}
export type Seal = ReturnType<typeof createSeal>;
