import type { ReferralAction } from './referral-lifecycle';

/** 《信访工作条例》第二十四条第一款: who does not agree whose the work is has it decided by the common superior, or by the joint conference. */
export const DISPUTE_BASIS = '《信访工作条例》第二十四条第一款（类推适用）';

export interface DisputeStanding {
  readonly disputedOn: string | null;
  readonly disputeSettledOn: string | null;
}

export const isDisputed = ({ disputedOn, disputeSettledOn }: DisputeStanding): boolean => disputedOn !== null && disputeSettledOn === null;

/** Steps after which nobody disputes any more: consented, taken on, taken back, decided. Signing is notice and no consent. */
const SETTLING: readonly ReferralAction[] = ['CONSENT_TO_RETURN', 'ACCEPT', 'WITHDRAW', 'RULE_STAY', 'RULE_BACK'];

/** What a step does to the dispute about a referral: a refused return opens one. */
export function disputeAfter(action: ReferralAction, standing: DisputeStanding): 'OPEN' | 'SETTLE' | null {
  if (action === 'REFUSE_RETURN') return isDisputed(standing) ? null : 'OPEN';
  return SETTLING.includes(action) && isDisputed(standing) ? 'SETTLE' : null;
}

export interface Waiting extends DisputeStanding {
  readonly state: string;
  readonly returnAnswerDueOn: string | null;
}

/** Has a request to return waited for its answer beyond the last day? */
export const isUnansweredReturn = ({ state, returnAnswerDueOn, ...standing }: Waiting, today: string): boolean =>
  state === 'RETURN_REQUESTED' && returnAnswerDueOn !== null && returnAnswerDueOn < today && !isDisputed(standing);
