/** 查询码, 查询密码: Crockford's base 32, which has no I, L, O and U, so that a code can be read out over the telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 60 bits: cannot be guessed, and never met twice. */
export const QUERY_CODE_LENGTH = 12;
/** 50 bits: out of reach of anybody who has five attempts in a quarter of an hour. */
export const SECRET_LENGTH = 10;
const LONGEST_TYPED = 64;

/** The first `length` digits of the bytes, five bits each. @throws RangeError when there are too few bytes */
export function base32(bytes: Uint8Array, length: number): string {
  if (bytes.length * 8 < length * 5) throw new RangeError(`${bytes.length} bytes are too few for ${length} digits`);
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length }, (_unused, i) => ALPHABET[Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2)]).join('');
}

/** What a person typed, in the one form that is compared: any case, with or without separators, O for 0, I or L for 1. */
export const readTyped = (typed: string): string =>
  typed.slice(0, LONGEST_TYPED).normalize('NFKC').toUpperCase().replace(/[\s\-–—·]/gu, '').replaceAll('O', '0').replace(/[IL]/g, '1');

/** In groups, as it is printed: ABCD-EFGH-JKMN. */
export const inGroups = (code: string, size: number): string => code.match(new RegExp(`.{1,${size}}`, 'g'))?.join('-') ?? code;
