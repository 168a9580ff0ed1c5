import { DIVISION_CODE, divisionLevel, divisionPrefix, isInDivision } from '@anjie/contracts';

const CODE_LENGTHS = [12, 9, 6, 4, 2] as const;

/** The division itself and each above it, lowest first: 640104100 → 640104100, 640104, 640100, 640000. */
export function divisionsUpwards(code: string): string[] {
  const prefix = divisionPrefix(code);
  return CODE_LENGTHS.filter((length) => length <= prefix.length).map((length) => prefix.slice(0, length).padEnd(6, '0'));
}

/**
 * The lowest division that holds all of these: where the common superior sits (《信访工作条例》第二十四条第一款).
 * Null when no division of this system holds them all, which is so for two provinces, or when none is given.
 */
export function commonSuperior(divisions: readonly string[]): string | null {
  const [first, ...others] = divisions;
  if (first === undefined || divisions.some((code) => !DIVISION_CODE.test(code))) return null;
  return divisionsUpwards(first).find((above) => others.every((code) => isInDivision(code, above))) ?? null;
}

/** Does one division hold all these places? */
export const holdsAll = (division: string | null, places: readonly string[]): boolean =>
  division !== null && DIVISION_CODE.test(division) && places.every((code) => isInDivision(code, division));

/** 行政村 and 社区 hand matters to their township: they are no organ that can decide (第二十二条: 有权处理的机关、单位). */
export const decidingPlace = (code: string): string => (divisionLevel(code) === 'VILLAGE' ? code.slice(0, 9) : code);

/** Does `place` lie strictly above the office's own division? */
export const isAbove = (place: string, own: string): boolean => place !== own && holdsAll(place, [own]);

/**
 * Whom an office may charge with a case: units of its own division, and those of a place above the case, as a city's bureau leads a
 * county's case or guides it (第二十二条: 属地管理、分级负责). Not a neighbour's: that is for the office above both (第二十四条).
 */
export const mayCharge = (unitPlace: string, { own, casePlace }: { own: string | null; casePlace: string }): boolean =>
  holdsAll(own, [unitPlace]) || holdsAll(unitPlace, [casePlace]);
