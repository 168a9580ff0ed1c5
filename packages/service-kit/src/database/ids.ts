import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** Public ids: random, so that they tell neither time nor volume. */
export const newId = (): string => randomUUID();

/** Message ids: UUIDv7, in order of time, never met again after a restore. */
export function newMessageId(nowMs: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return asUuid(bytes);
}

/** Lower bound of the message ids of an instant: `id > firstMessageIdAt(ms)` are those made at it or later. */
export function firstMessageIdAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/**
 * The same id for the same words, in every service: for things that are named by a code. SHA-256 in the form of a
 * UUIDv5, because MariaDB's uuid type refuses version 8 ("Incorrect uuid value").
 */
export function idFromName(kind: string, name: string): string {
  const bytes = createHash('sha256').update(`${kind}\u0000${name}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return asUuid(bytes);
}

function asUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isId = (text: unknown): text is string => typeof text === 'string' && UUID.test(text);
