import { createHash } from 'node:crypto';

/** The same uuid (shaped like v4) for the same code, so that tokens and bookmarks outlive a reset. */
export function stableId(kind: string, code: string): string {
  const bytes = createHash('sha256').update(`anjie-demo\u0000${kind}\u0000${code}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** An idempotency key that follows from what is sent: a second load repeats the first one's answers. */
export const keyOf = (operation: string, input: unknown): string =>
  `demo-${createHash('sha256').update(`${operation}\u0000${JSON.stringify(input)}`).digest('hex').slice(0, 40)}`;
