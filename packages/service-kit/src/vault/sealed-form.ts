import { SealBroken } from './suites';

/**
 * A sealed value: format, key id (4 bytes), suite (format 2 only), then nonce, ciphertext and tag. The key id stands in the
 * same place in both formats, so that SQL can look for a key's values.
 */
export const FORMAT = 2;
/** AES-256-GCM with the tag before the ciphertext, and no table in the associated data: what was sealed before there were suites. */
export const OLD_FORMAT = 1;
const HEAD = { [OLD_FORMAT]: 5, [FORMAT]: 6 } as const;

export interface SealedHead {
  readonly format: typeof FORMAT | typeof OLD_FORMAT;
  readonly keyId: number;
  readonly suiteId: number;
}

export function writeHead(keyId: number, suiteId: number): Buffer {
  const head = Buffer.alloc(HEAD[FORMAT]);
  head.writeUInt8(FORMAT, 0);
  head.writeUInt32BE(keyId, 1);
  head.writeUInt8(suiteId, 5);
  return head;
}

/** @throws SealBroken */
export function readHead(sealed: Buffer): SealedHead {
  const format = sealed[0];
  if ((format !== FORMAT && format !== OLD_FORMAT) || sealed.length < HEAD[format]) throw new SealBroken('this is no sealed value');
  return { format, keyId: sealed.readUInt32BE(1), suiteId: format === FORMAT ? sealed.readUInt8(5) : 1 };
}

export const bodyAfterHead = (sealed: Buffer, { format }: SealedHead): Buffer => sealed.subarray(HEAD[format]);

/** Where a value belongs. Moved to another table, column, row or key it does not open. */
export interface SealedWhere {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
}

export const aadOf = ({ table, column, rowId }: SealedWhere, { keyId, suiteId }: { keyId: number; suiteId: number }): Buffer =>
  Buffer.from(JSON.stringify([FORMAT, suiteId, keyId, table, column, rowId]));
