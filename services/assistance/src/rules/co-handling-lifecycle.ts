import { refuse, type Refusal } from '@anjie/contracts';

/** 协办: a further unit with a part of its own in a referral. */
export const CO_HANDLING_STATES = ['ASKED', 'SIGNED', 'DONE', 'RELEASED'] as const;
export type CoHandlingState = (typeof CO_HANDLING_STATES)[number];
export type CoHandlingAction = 'CO_SIGN' | 'CO_COMPLETE' | 'CO_RELEASE';

const NEXT: Readonly<Record<CoHandlingAction, { readonly from: readonly CoHandlingState[]; readonly to: CoHandlingState }>> = {
  CO_SIGN: { from: ['ASKED'], to: 'SIGNED' },
  CO_COMPLETE: { from: ['SIGNED'], to: 'DONE' },
  CO_RELEASE: { from: ['ASKED', 'SIGNED'], to: 'RELEASED' },
};

export function nextCoHandlingState(state: CoHandlingState, action: CoHandlingAction): CoHandlingState | Refusal<'ILLEGAL_STATE'> {
  const { from, to } = NEXT[action];
  return from.includes(state) ? to : refuse('ILLEGAL_STATE', '协办的当前状态不能进行此操作。', `The part is ${state}; ${action} is not open from there.`, '地方做法（牵头单位及配合单位）');
}

/** What an action does to the further unit's duties. */
export const coDutyEndFor = (action: CoHandlingAction): readonly { readonly dutyCode: 'REFERRAL_CO_SIGN' | 'REFERRAL_CO_COMPLETE'; readonly state: 'MET' | 'CANCELLED' }[] =>
  action === 'CO_SIGN' ? [{ dutyCode: 'REFERRAL_CO_SIGN', state: 'MET' }]
  : action === 'CO_COMPLETE' ? [{ dutyCode: 'REFERRAL_CO_COMPLETE', state: 'MET' }]
  : [{ dutyCode: 'REFERRAL_CO_SIGN', state: 'CANCELLED' }, { dutyCode: 'REFERRAL_CO_COMPLETE', state: 'CANCELLED' }];
