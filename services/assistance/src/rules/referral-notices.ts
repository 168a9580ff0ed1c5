import type { NoticeKind } from '@anjie/contracts';
import type { ReferralAction, ReferralState } from './referral-lifecycle';

interface NoticeRow {
  readonly kind: NoticeKind;
  readonly to: 'SENDER' | 'RECEIVER' | 'BOTH';
}

/** Which of the two units must act after a step, or wants to know of it. */
const NOTICES: Readonly<Record<ReferralAction, NoticeRow>> = {
  DELIVER: { kind: 'REFERRAL_DELIVERED', to: 'RECEIVER' },
  SIGN: { kind: 'REFERRAL_SIGNED', to: 'SENDER' },
  ACCEPT: { kind: 'REFERRAL_ACCEPTED', to: 'SENDER' },
  COMPLETE: { kind: 'REFERRAL_COMPLETED', to: 'SENDER' },
  REQUEST_RETURN: { kind: 'REFERRAL_RETURN_REQUESTED', to: 'SENDER' },
  CONSENT_TO_RETURN: { kind: 'REFERRAL_RETURNED', to: 'RECEIVER' },
  REFUSE_RETURN: { kind: 'REFERRAL_RETURN_REFUSED', to: 'RECEIVER' },
  WITHDRAW: { kind: 'REFERRAL_WITHDRAWN', to: 'RECEIVER' },
  RULE_STAY: { kind: 'REFERRAL_DISPUTE_DECIDED', to: 'BOTH' },
  RULE_BACK: { kind: 'REFERRAL_DISPUTE_DECIDED', to: 'BOTH' },
};

export interface SteppedReferral {
  readonly state: ReferralState;
  readonly fromUnitId: string;
  readonly toUnitId: string;
}

/** What is told after a step from `state`; a unit that never got the referral does not hear of its withdrawal. */
export function noticesAfter(action: ReferralAction, { state, fromUnitId, toUnitId }: SteppedReferral): readonly { readonly kind: NoticeKind; readonly unitId: string }[] {
  if (action === 'WITHDRAW' && state === 'SENT') return [];
  const { kind, to } = NOTICES[action];
  const units = to === 'BOTH' ? [fromUnitId, toUnitId] : [to === 'SENDER' ? fromUnitId : toUnitId];
  return units.map((unitId) => ({ kind, unitId }));
}
