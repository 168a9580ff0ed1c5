import { DIVISION_CODE } from '@anjie/contracts';

/** What may be shown of a text: a code, an id, a day or moment, a division, a hash. A name or a sentence is none of these. */
const SHOWN: readonly RegExp[] = [
  /^[A-Z][A-Z0-9_]{0,63}$/,
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^\d{4}-\d\d-\d\d(T[\d:.]{5,12}Z)?$/,
  DIVISION_CODE,
  /^[0-9a-f]{64}$/,
];

/** The detail of an entry for somebody who reads the audit: reasons, keys of clients and other free words could name a person. */
export const shownDetail = (detail: string): string =>
  JSON.stringify(parse(detail), (_key, value: unknown) => (typeof value === 'string' && !SHOWN.some((form) => form.test(value)) ? '…' : value));

function parse(detail: string): unknown {
  try {
    return JSON.parse(detail);
  } catch {
    return {};
  }
}
