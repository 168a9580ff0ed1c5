/** Amounts are text with two decimals; between two of them there are whole cents, never a float. */
export const toCents = (amount: string): bigint => BigInt(amount.replace('.', ''));

export function fromCents(cents: bigint): string {
  const text = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

export const addAmounts = (...amounts: readonly string[]): string => fromCents(amounts.reduce((sum, amount) => sum + toCents(amount), 0n));
export const subtractAmount = (from: string, amount: string): string => fromCents(toCents(from) - toCents(amount));
export const isMoreThan = (a: string, b: string): boolean => toCents(a) > toCents(b);
