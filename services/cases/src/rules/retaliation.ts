import { divisionPrefix } from '@anjie/contracts';

/** A province: there is no office above it in the system. */
const TOP_LENGTH = 2;

/**
 * Which offices are above the unit complained of: those whose division holds this prefix and is wider. The wider one of the
 * unit's and the case's division counts, so that no office at the level of either reads what is written about its own.
 */
export const barOf = (divisionCodes: readonly string[]): string =>
  divisionCodes.map(divisionPrefix).reduce((widest, prefix) => (prefix.length < widest.length ? prefix : widest));

/**
 * 第十八条第四款, 第四十六条第六项: strictly above. A province has nobody above it here; a complaint about one of its units goes to
 * its joint office, which the caller still keeps from a viewer of the unit itself.
 */
export function isAboveBar(officeDivision: string, bar: string): boolean {
  const office = divisionPrefix(officeDivision);
  return bar.startsWith(office) && (office.length < bar.length || bar.length === TOP_LENGTH);
}
