const DECIMAL = /^-?\d{1,11}(\.\d{1,2})?$/;

/** Whole and at most two decimals, as text: no float stands in between. */
export const isDecimalText = (text: string): boolean => DECIMAL.test(text);

/** Hundredths, to compare by. The text is a decimal. */
export function hundredths(text: string): number {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const size = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return text.startsWith('-') ? -size : size;
}
