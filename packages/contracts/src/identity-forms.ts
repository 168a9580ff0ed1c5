const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';

/** 居民身份证号码 in the one form that is stored: NFKC, no spaces, upper X. */
export const normaliseIdNumber = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

/** GB 11643: 18 characters, a real day of birth not after `today`, a right last character. The county is not looked up, codes are retired. */
export function isIdNumber(text: string, today = '9999-12-31'): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return false;
  const born = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  if (born < '1850-01-01' || born > today || !isRealDay(born)) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return CHECKS[sum % 11] === text[17];
}

/** A day that the calendar has, `YYYY-MM-DD`. */
export function isRealDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** Mobile or fixed number in the one form that is stored: digits, no country code. */
export const normalisePhone = (text: string): string => text.normalize('NFKC').replace(/[\s()-]/g, '').replace(/^(\+?86|0086)(?=1\d{10}$)/, '');

export const isPhone = (text: string): boolean => /^1\d{10}$/.test(text) || /^0\d{9,11}$/.test(text) || /^[2-9]\d{6,7}$/.test(text);
