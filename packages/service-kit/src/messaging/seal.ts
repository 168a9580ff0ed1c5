import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is sealed: changing any of it breaks the seal. */
export interface SealedParts {
  readonly id: string;
  readonly topic: string;
  readonly aggregateId: string;
  readonly version: string;
  readonly payload: string;
}

/**
 * HMAC-SHA-256 over a message; its hex travels through Redis, its content does not. While the key is changed the other one,
 * which comes or goes, is believed too; nothing is sealed with it.
 */
export function createSeal(keyBase64: string, otherBase64?: string) {
  const [key = Buffer.alloc(0), ...others] = [keyBase64, ...(otherBase64 === undefined ? [] : [otherBase64])].map(keyOf);
  const macUnder = (by: Buffer, parts: readonly string[]): Buffer => createHmac('sha256', by).update(JSON.stringify(parts)).digest();
  const fits = (parts: readonly string[], mac: Buffer): boolean => [key, ...others].some((by) => isEqual(macUnder(by, parts), mac));
  return {
    ofMessage: (m: SealedParts): Buffer => macUnder(key, messageParts(m)),
    fitsMessage: (m: SealedParts, mac: Buffer): boolean => fits(messageParts(m), mac),
    ofAck: (source: string, messageId: string, result: string): Buffer => macUnder(key, ['ack', source, messageId, result]),
    fitsAck: (ack: { source: string; messageId: string; result: string }, mac: Buffer): boolean => fits(['ack', ack.source, ack.messageId, ack.result], mac),
  };
}
export type Seal = ReturnType<typeof createSeal>;

function keyOf(base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length < 32) throw new Error('ANJIE_MESSAGE_KEY_FILE must hold at least 32 random bytes, base64');
  return key;
}
const messageParts = (m: SealedParts): readonly string[] => ['message', m.id, m.topic, m.aggregateId, m.version, m.payload];
const isEqual = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
