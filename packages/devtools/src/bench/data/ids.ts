import { createHash } from 'node:crypto';

export type IdKind =
  | 'assignment' | 'campaign' | 'case' | 'claim' | 'deadline' | 'ledger-entry' | 'letter' | 'milestone' | 'obligation' | 'official' | 'petition'
  | 'plan' | 'post' | 'referral' | 'sponsorship' | 'task-force' | 'task-force-member' | 'unit' | 'visit';

/** Scattered like random ids, so that indexes meet the order they meet in service, and yet the same in every run. */
export function idOf(kind: IdKind, n: number): string {
  const hex = createHash('md5').update(`${kind}-${n}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The same id in SQL; `n` is an integer expression. */
export function sqlId(kind: IdKind, n: string): string {
  const hex = `MD5(CONCAT('${kind}-', ${n}))`;
  return `CONCAT(LEFT(${hex}, 8), '-', SUBSTR(${hex}, 9, 4), '-4', SUBSTR(${hex}, 14, 3), '-8', SUBSTR(${hex}, 18, 3), '-', SUBSTR(${hex}, 21))`;
}
