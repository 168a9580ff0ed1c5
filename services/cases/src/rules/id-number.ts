const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';

/** 居民身份证号码 in the one form that is stored: NFKC, no spaces, upper X. */
export const normaliseIdNumber = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

/** GB 11643: 18 characters, a real birth date not after `today`, a right check digit. The county code is not looked up, codes are retired. */
export function isIdNumber(text: string, today = '9999-12-31'): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14))];
  const birth = new Date(Date.UTC(year, month - 1, day));
  if (year < 1850 || birth.toISOString().slice(0, 10) > today || birth.getUTCMonth() !== month - 1 || birth.getUTCDate() !== day) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return CHECKS[sum % 11] === text[17];
}

/** Mobile or fixed number in the one form that is stored: digits, no country code. */
export const normalisePhone = (text: string): string => text.normalize('NFKC').replace(/[\s()-]/g, '').replace(/^(\+?86|0086)(?=1\d{10}$)/, '');

export const isPhone = (text: string): boolean => /^1\d{10}$/.test(text) || /^0\d{9,11}$/.test(text) || /^[2-9]\d{6,7}$/.test(text);
