import { createHash, randomBytes } from 'node:crypto';

/** By which a scanner of repositories and logs finds a key that got out: `anjie_pck_[0-9A-Za-z]{49}`. */
const PREFIX = 'anjie_pck_';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Digits that 256 random bits need. */
const RANDOM_DIGITS = 43;
const CHECK_DIGITS = 6;
const FORM = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_DIGITS + CHECK_DIGITS}}$`);

function written(value: bigint, digits: number): string {
  let [rest, text] = [value, ''];
  for (let place = 0; place < digits; place += 1) {
    text = (DIGITS[Number(rest % 62n)] ?? '') + text;
    rest /= 62n;
  }
  return text;
}

/** Tells a key from a text that only looks like one, without asking anybody. */
const checkOf = (body: string): string => written(BigInt(`0x${createHash('sha256').update(body).digest('hex').slice(0, 10)}`), CHECK_DIGITS);

/** A fresh key of a portal client: prefix, 256 random bits, checksum. */
export function newClientKey(): string {
  const body = PREFIX + written(BigInt(`0x${randomBytes(32).toString('hex')}`), RANDOM_DIGITS);
  return body + checkOf(body);
}

export const isClientKey = (text: string): boolean => FORM.test(text) && checkOf(text.slice(0, -CHECK_DIGITS)) === text.slice(-CHECK_DIGITS);

/** How it is stored and looked up, hex. Unsalted and fast is enough: nobody tries 2^256 keys. */
export const clientKeyHash = (key: string): string => createHash('sha256').update(key).digest('hex');

/** By which a person tells keys apart; too short to help a thief. */
export const clientKeyHint = (key: string): string => `…${key.slice(-CHECK_DIGITS)}`;
