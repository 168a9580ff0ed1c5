import { divisionPrefix } from '@anjie/contracts';
import { divisionLine } from './back-trace';

/** WAITING for a meeting, ON_AGENDA of one, SETTLED by its decision, AGREED by the units themselves. */
export type CandidateState = 'WAITING' | 'ON_AGENDA' | 'SETTLED' | 'AGREED';

export const COORDINATION_DUTY = 'DISPUTE_COORDINATION';

/** The lowest division that holds both (第二十四条第一款: 共同的上一级); null when they lie in two provinces. */
export function commonDivision(one: string, other: string): string | null {
  const prefix = divisionPrefix(other);
  return divisionLine(one).find((code) => prefix.startsWith(divisionPrefix(code))) ?? null;
}

export interface DisputeTold {
  readonly state: 'OPEN' | 'SETTLED';
}

/** What a told dispute makes of a candidate: what a meeting has decided stays decided; null: nothing changes. */
export function candidateAfter(known: CandidateState | null, told: DisputeTold['state']): CandidateState | null {
  if (told === 'OPEN') return known === null ? 'WAITING' : null;
  return known === null || known === 'WAITING' || known === 'ON_AGENDA' ? 'AGREED' : null;
}
