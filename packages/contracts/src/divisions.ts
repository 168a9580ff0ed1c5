/** GB/T 2260 code: 6 digits to the county, 9 with township, 12 with village. */
export const DIVISION_CODE = /^[1-9]\d{5}(\d{3}(\d{3})?)?$/;

export type DivisionLevel = 'PROVINCE' | 'CITY' | 'COUNTY' | 'TOWNSHIP' | 'VILLAGE';

/**
 * The digits that every code inside the division's subtree starts with: 640000 → 64, 640100 → 6401.
 * @throws RangeError when the text is not a division code, so that no pattern can be smuggled into SQL.
 */
export function divisionPrefix(code: string): string {
  if (!DIVISION_CODE.test(code)) throw new RangeError(`not a division code: ${code.slice(0, 20)}`);
  if (code.length > 6) return code;
  return code.endsWith('0000') ? code.slice(0, 2) : code.endsWith('00') ? code.slice(0, 4) : code;
}

export function divisionLevel(code: string): DivisionLevel {
  const length = divisionPrefix(code).length;
  if (length === 2) return 'PROVINCE';
  if (length === 4) return 'CITY';
  if (length === 6) return 'COUNTY';
  return length === 9 ? 'TOWNSHIP' : 'VILLAGE';
}

/** True when `inner` is `outer` or lies in its subtree. */
export const isInDivision = (inner: string, outer: string): boolean => inner.startsWith(divisionPrefix(outer));
