/** How often code and secret may be tried. A lock is on the code, known or not, and on the account that asks. */
export const FAILURES_TO_LOCK = 5;
export const FAILURES_PER_HOUR = 60;
const FIRST_LOCK_MINUTES = 15;
const LONGEST_LOCK_MINUTES = 24 * 60;

export interface Attempts {
  /** Wrong attempts since the last lock or success. */
  readonly failures: number;
  /** Locks since the last success. */
  readonly locks: number;
}

/** The fifth failure locks the code for 15 minutes, each further five twice as long, a day at most. */
export function afterFailure({ failures, locks }: Attempts): Attempts & { readonly lockMinutes: number } {
  if (failures + 1 < FAILURES_TO_LOCK) return { failures: failures + 1, locks, lockMinutes: 0 };
  return { failures: 0, locks: locks + 1, lockMinutes: Math.min(FIRST_LOCK_MINUTES * 2 ** locks, LONGEST_LOCK_MINUTES) };
}
