import { refuse, type Refusal } from '@anjie/contracts';

/** 抓早抓小抓苗头: reported, handed to a unit, settled there; or it becomes a matter of its own by registration. */
export const EARLY_DISPUTE_STATES = ['REPORTED', 'HANDED', 'SETTLED', 'NO_DISPUTE', 'REGISTERED'] as const;
export type EarlyDisputeState = (typeof EARLY_DISPUTE_STATES)[number];
export type EarlyDisputeAction = 'HAND_OFF' | 'SETTLE' | 'FIND_NONE' | 'REGISTER';

const NEXT: Readonly<Record<EarlyDisputeAction, { readonly from: readonly EarlyDisputeState[]; readonly to: EarlyDisputeState }>> = {
  // to another unit, when the first one was the wrong one
  HAND_OFF: { from: ['REPORTED', 'HANDED'], to: 'HANDED' },
  SETTLE: { from: ['HANDED'], to: 'SETTLED' },
  FIND_NONE: { from: ['HANDED'], to: 'NO_DISPUTE' },
  // somebody petitioned about it: nothing that was noted here keeps a petition away
  REGISTER: { from: ['REPORTED', 'HANDED', 'SETTLED', 'NO_DISPUTE'], to: 'REGISTERED' },
};

export function nextEarlyDisputeState(state: EarlyDisputeState, action: EarlyDisputeAction): EarlyDisputeState | Refusal<'ILLEGAL_STATE'> {
  const { from, to } = NEXT[action];
  return from.includes(state) ? to : refuse('ILLEGAL_STATE', '该事项的当前状态不能进行此操作。', `The issue is ${state}; ${action} is not open from there.`, '地方做法（网格排查上报）');
}

/** The unit that had it in hand said what came of it. */
export const isAnswered = (state: EarlyDisputeState): boolean => state === 'SETTLED' || state === 'NO_DISPUTE';

export const isOpenEarlyDispute = (state: EarlyDisputeState): boolean => state === 'REPORTED' || state === 'HANDED';
