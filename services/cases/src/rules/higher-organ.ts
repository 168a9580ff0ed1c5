import { divisionPrefix } from '@anjie/contracts';

export interface Organ {
  readonly id: string;
  readonly divisionCode: string;
  /** Ancestors in the unit tree, itself excluded. */
  readonly ancestorIds: readonly string[];
}

/**
 * 上一级机关、单位 (第三十五条、第三十六条): above in the unit tree, or an organ of a wider division that holds the other's.
 * The same unit, one below it, or one of another place is never "higher".
 */
export function isHigherOrgan(organ: Organ, than: Organ): boolean {
  if (organ.id === than.id || organ.ancestorIds.includes(than.id)) return false;
  if (than.ancestorIds.includes(organ.id)) return true;
  const wide = divisionPrefix(organ.divisionCode);
  const narrow = divisionPrefix(than.divisionCode);
  return wide.length < narrow.length && narrow.startsWith(wide);
}
