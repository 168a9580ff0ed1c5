import { refuse, type Refusal } from '@anjie/contracts';

export const REFERRAL_STATES = ['SENT', 'DELIVERED', 'SIGNED', 'ACCEPTED', 'COMPLETED', 'RETURN_REQUESTED', 'RETURNED', 'WITHDRAWN'] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

export const REFERRAL_ACTIONS = ['DELIVER', 'SIGN', 'ACCEPT', 'COMPLETE', 'REQUEST_RETURN', 'CONSENT_TO_RETURN', 'REFUSE_RETURN', 'WITHDRAW', 'RULE_STAY', 'RULE_BACK'] as const;
export type ReferralAction = (typeof REFERRAL_ACTIONS)[number];

interface Transition {
  readonly action: ReferralAction;
  readonly from: ReferralState;
  readonly to: ReferralState;
}

/** Every legal step of a referral; what is not here is refused. */
export const REFERRAL_TRANSITIONS: readonly Transition[] = [
  { action: 'DELIVER', from: 'SENT', to: 'DELIVERED' },
  { action: 'SIGN', from: 'DELIVERED', to: 'SIGNED' },
  { action: 'ACCEPT', from: 'SIGNED', to: 'ACCEPTED' },
  { action: 'COMPLETE', from: 'ACCEPTED', to: 'COMPLETED' },
  { action: 'REQUEST_RETURN', from: 'DELIVERED', to: 'RETURN_REQUESTED' },
  { action: 'REQUEST_RETURN', from: 'SIGNED', to: 'RETURN_REQUESTED' },
  { action: 'CONSENT_TO_RETURN', from: 'RETURN_REQUESTED', to: 'RETURNED' },
  { action: 'REFUSE_RETURN', from: 'RETURN_REQUESTED', to: 'DELIVERED' },
  { action: 'REFUSE_RETURN', from: 'RETURN_REQUESTED', to: 'SIGNED' },
  { action: 'WITHDRAW', from: 'SENT', to: 'WITHDRAWN' },
  { action: 'WITHDRAW', from: 'DELIVERED', to: 'WITHDRAWN' },
  { action: 'WITHDRAW', from: 'SIGNED', to: 'WITHDRAWN' },
  // what the joint conference decides about a dispute (第二十四条第一款)
  { action: 'RULE_STAY', from: 'RETURN_REQUESTED', to: 'DELIVERED' },
  { action: 'RULE_STAY', from: 'RETURN_REQUESTED', to: 'SIGNED' },
  { action: 'RULE_STAY', from: 'DELIVERED', to: 'DELIVERED' },
  { action: 'RULE_STAY', from: 'SIGNED', to: 'SIGNED' },
  { action: 'RULE_BACK', from: 'RETURN_REQUESTED', to: 'RETURNED' },
  { action: 'RULE_BACK', from: 'DELIVERED', to: 'RETURNED' },
  { action: 'RULE_BACK', from: 'SIGNED', to: 'RETURNED' },
];

export const ENDED_REFERRAL_STATES: readonly ReferralState[] = ['COMPLETED', 'RETURNED', 'WITHDRAWN'];
export const isEnded = (state: ReferralState): boolean => ENDED_REFERRAL_STATES.includes(state);

export const LIFECYCLE_BASIS = '地方做法，参照《信访工作条例》第二十三条第三款';
/** 《信访工作条例》第二十三条第三款: an objection needs the consent of whoever forwarded. */
export const RETURN_BASIS = '《信访工作条例》第二十三条第三款（类推适用）';

/** What of a referral decides its next state. */
export interface Standing {
  readonly state: ReferralState;
  readonly signedOn: string | null;
}

/** The state after the action; a refused return goes back to where the referral was. */
export function nextState(referral: Standing, action: ReferralAction): ReferralState | Refusal<'ILLEGAL_STATE'> {
  const open = REFERRAL_TRANSITIONS.filter((t) => t.action === action && t.from === referral.state);
  const back = referral.signedOn ? 'SIGNED' : 'DELIVERED';
  const to = open.length > 1 ? open.find((t) => t.to === back)?.to : open[0]?.to;
  if (to) return to;
  const isReturn = action === 'REQUEST_RETURN' || action === 'CONSENT_TO_RETURN' || action === 'REFUSE_RETURN';
  return refuse(
    'ILLEGAL_STATE',
    `转办处于${STATE_NAMES[referral.state]}状态，不能${ACTION_NAMES[action]}。`,
    `The referral is ${referral.state}; ${action} is not open from there.`,
    isReturn ? RETURN_BASIS : LIFECYCLE_BASIS,
  );
}

/** May a referral go from one state to another at all? */
export const canMove = (from: ReferralState, to: ReferralState): boolean => REFERRAL_TRANSITIONS.some((t) => t.from === from && t.to === to);

const STATE_NAMES: Readonly<Record<ReferralState, string>> = {
  SENT: '已发出', DELIVERED: '已送达', SIGNED: '已签收', ACCEPTED: '已接办', COMPLETED: '已办结',
  RETURN_REQUESTED: '申请退回', RETURNED: '已退回', WITHDRAWN: '已撤回',
};

const ACTION_NAMES: Readonly<Record<ReferralAction, string>> = {
  DELIVER: '送达', SIGN: '签收', ACCEPT: '接办', COMPLETE: '办结', REQUEST_RETURN: '申请退回',
  CONSENT_TO_RETURN: '同意退回', REFUSE_RETURN: '拒绝退回', WITHDRAW: '撤回', RULE_STAY: '决定由接收单位办理', RULE_BACK: '决定退回',
};
