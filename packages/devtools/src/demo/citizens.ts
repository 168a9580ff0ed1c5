import { cityCodeOf, CITIES, county } from './divisions';
import { citizenName } from './person-names';
import type { Random } from './random';

export interface Citizen {
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly address: string | null;
}

/** In Ningxia, but of no county: GB/T 2260 has never given out 640099, so the numbers are nobody's. */
export const UNASSIGNED_COUNTY = '640099';
/** No operator has been given 154. */
const PHONE_START = '1540000';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** The last character that GB 11643-1999 asks for after 17 digits. */
export const checkMark = (digits: string): string => CHECKS[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11] ?? '';

function idNumber(serial: number, random: Random): string {
  const birth = `${random.int(1946, 1998)}${two(random.int(1, 12))}${two(random.int(1, 28))}`;
  const digits = `${UNASSIGNED_COUNTY}${birth}${String(serial % 1_000).padStart(3, '0')}`;
  return digits + checkMark(digits);
}

const two = (number: number): string => String(number).padStart(2, '0');

export interface CitizenPlace {
  readonly countyCode: string;
  readonly township: string;
  readonly home: string;
}

/** An invented petitioner; each `serial` has its own telephone number. A few left no ID number (第二十三条 allows it). */
export function inventCitizen(serial: number, place: CitizenPlace, random: Random): Citizen {
  const city = CITIES.find((one) => one.code === cityCodeOf(place.countyCode));
  const home = place.home.includes('村') ? `${random.int(1, 120)}号` : `${random.int(1, 30)}号楼${random.int(1, 4)}单元${random.int(1, 18)}0${random.int(1, 4)}室`;
  const citizen = {
    name: citizenName(random),
    idNumber: idNumber(serial, random),
    phone: `${PHONE_START}${String((serial * 37) % 10_000).padStart(4, '0')}`,
    address: `宁夏${city?.name ?? ''}${county(place.countyCode).name}${place.township}${place.home}${home}`,
  };
  return random.chance(5) ? { ...citizen, idNumber: null } : citizen;
}
