import { isRefusal, refuse } from '@anjie/contracts';
import type {
  AcceptReferralInput, CompleteReferralInput, ConsentToReferralReturnInput, RefuseReferralReturnInput, RequestReferralReturnInput, SignReferralInput,
  WithdrawReferralInput,
} from '../generated/graphql';
import { RETURN_BASIS } from '../rules/referral-lifecycle';
import { refusesLateReturn } from '../rules/referral-terms';
import { requiredText } from '../rules/texts';
import type { Move } from './referral-move-service';

export const signing = (input: SignReferralInput): Move => ({
  operation: 'signReferral', action: 'SIGN', input, plan: (_referral, today) => ({ set: { signed_on: today }, note: null }),
});

export const accepting = (input: AcceptReferralInput): Move => ({
  operation: 'acceptReferral', action: 'ACCEPT', input,
  plan: (_referral, today) => {
    const { completeBy } = input;
    if (completeBy && completeBy < today) return refuse('DATE_IN_PAST', '承诺办结日期不得早于今天。', 'The promised day lies in the past.');
    return { set: { accepted_on: today, complete_by: completeBy ?? null }, note: null, ...(completeBy ? { promisedOn: completeBy } : {}) };
  },
});

export const requestingReturn = (input: RequestReferralReturnInput): Move => ({
  operation: 'requestReferralReturn', action: 'REQUEST_RETURN', input,
  plan: ({ signDueOn }, today) => {
    const late = refusesLateReturn({ today, signDueOn: signDueOn ?? today });
    if (late) return late;
    const reason = requiredText(input.reason, { field: 'reason', max: 1000, basis: RETURN_BASIS });
    return isRefusal(reason) ? reason : { set: { return_reason: reason, return_refusal_reason: null }, note: reason };
  },
});

export const consentingToReturn = (input: ConsentToReferralReturnInput): Move => ({
  operation: 'consentToReferralReturn', action: 'CONSENT_TO_RETURN', input, plan: () => ({ set: {}, note: null }),
});

export const refusingReturn = (input: RefuseReferralReturnInput): Move => ({
  operation: 'refuseReferralReturn', action: 'REFUSE_RETURN', input,
  plan: () => {
    const reason = requiredText(input.reason, { field: 'reason', max: 1000, basis: RETURN_BASIS });
    return isRefusal(reason) ? reason : { set: { return_refusal_reason: reason }, note: reason };
  },
});

export const completing = (input: CompleteReferralInput): Move => ({
  operation: 'completeReferral', action: 'COMPLETE', input,
  plan: (_referral, today) => {
    const outcome = requiredText(input.outcome, { field: 'outcome', max: 2000 });
    return isRefusal(outcome) ? outcome : { set: { completed_on: today, outcome }, note: outcome };
  },
});

export const withdrawing = (input: WithdrawReferralInput): Move => ({
  operation: 'withdrawReferral', action: 'WITHDRAW', input, plan: () => ({ set: {}, note: null }),
});
