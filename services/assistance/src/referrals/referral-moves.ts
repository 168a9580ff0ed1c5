import { localDateOf } from '@anjie/calendar';
import { isRefusal, refuse, type Refusal } from '@anjie/contracts';
import type {
  AcceptReferralInput, CompleteReferralInput, ConsentToReferralReturnInput, DecideReferralDisputeInput, RefuseReferralReturnInput, RequestReferralReturnInput, SignReferralInput,
  WithdrawReferralInput,
} from '../generated/graphql';
import { ruleFor, termOf } from '../rules/law-books';
import { DISPUTE_BASIS, isDisputed } from '../rules/referral-disputes';
import { laneDay, lanePromise } from '../rules/referral-lanes';
import { RETURN_BASIS } from '../rules/referral-lifecycle';
import { refusesLateReturn } from '../rules/referral-terms';
import { requiredText } from '../rules/texts';
import type { Move, MoveFacts } from './referral-move-service';
import type { ReferralRow } from './referral-repository';

export const signing = (input: SignReferralInput): Move => ({
  operation: 'signReferral', action: 'SIGN', input, plan: (_referral, { today }) => ({ set: { signed_on: today }, note: null }),
});

export const accepting = (input: AcceptReferralInput): Move => ({
  operation: 'acceptReferral', action: 'ACCEPT', input, officialId: input.officialId,
  plan: (referral, facts) => {
    const { completeBy } = input;
    const { today, actorId } = facts;
    if (completeBy && completeBy < today) return refuse('DATE_IN_PAST', '承诺办结日期不得早于今天。', 'The promised day lies in the past.');
    const promised = facts.lane ? lanePromise({ lastOn: lastDayInLane(referral, facts), promisedOn: completeBy ?? null, today }) : (completeBy ?? null);
    if (isRefusal(promised)) return promised as Refusal<'LANE_TOO_LATE'>;
    const assigned = input.officialId ?? referral.assignedOfficialId ?? actorId;
    return { set: { accepted_on: today, complete_by: promised, assigned_official_id: assigned }, note: null, ...(promised ? { promisedOn: promised } : {}) };
  },
});

const deliveredOn = ({ deliveredAt, sentOn }: ReferralRow): string => (deliveredAt ? localDateOf(deliveredAt) : sentOn);

function lastDayInLane(referral: ReferralRow, { books, jurisdictionCode, lane, today }: MoveFacts): string {
  const rule = ruleFor(books, { ruleCode: 'REFERRAL_COMPLETE', startOn: today, jurisdictionCode });
  return laneDay(books, rule, { startOn: deliveredOn(referral), days: lane?.completeDays ?? 1, unit: lane?.unit ?? 'WORKING_DAY' }).on;
}

/** A lane shortens the time to sign, never the time to object: 《信访工作条例》第二十三条第三款. */
const objectionDueOn = (referral: ReferralRow, { books, jurisdictionCode, lane, today }: MoveFacts): string =>
  lane ? termOf(books, { ruleCode: 'REFERRAL_SIGN', startOn: deliveredOn(referral), jurisdictionCode }).dueOn : (referral.signDueOn ?? today);

export const requestingReturn = (input: RequestReferralReturnInput): Move => ({
  operation: 'requestReferralReturn', action: 'REQUEST_RETURN', input,
  plan: (referral, facts) => {
    if (referral.disputeDecision === 'STAY') return refuse('ILLEGAL_STATE', '争议已决定由本单位办理，不能再次申请退回。', 'It was decided that your unit handles it.', DISPUTE_BASIS);
    const late = refusesLateReturn({ today: facts.today, signDueOn: objectionDueOn(referral, facts) });
    if (late) return late;
    const reason = requiredText(input.reason, { field: 'reason', max: 1000, basis: RETURN_BASIS });
    if (isRefusal(reason)) return reason;
    const { dueOn } = termOf(facts.books, { ruleCode: 'RETURN_ANSWER', startOn: facts.today, jurisdictionCode: facts.jurisdictionCode });
    return { set: { return_reason: reason, return_refusal_reason: null, return_answer_due_on: dueOn }, note: reason };
  },
});

export const consentingToReturn = (input: ConsentToReferralReturnInput): Move => ({
  operation: 'consentToReferralReturn', action: 'CONSENT_TO_RETURN', input, plan: () => ({ set: { return_answer_due_on: null }, note: null }),
});

export const refusingReturn = (input: RefuseReferralReturnInput): Move => ({
  operation: 'refuseReferralReturn', action: 'REFUSE_RETURN', input,
  plan: () => {
    const reason = requiredText(input.reason, { field: 'reason', max: 1000, basis: RETURN_BASIS });
    return isRefusal(reason) ? reason : { set: { return_refusal_reason: reason, return_answer_due_on: null }, note: reason };
  },
});

/** 《信访工作条例》第二十四条第一款: what the joint conference decides. */
export const decidingDispute = (input: DecideReferralDisputeInput): Move => ({
  operation: 'decideReferralDispute', action: input.decision === 'RECEIVER_HANDLES' ? 'RULE_STAY' : 'RULE_BACK', input,
  plan: (referral) => {
    if (!isDisputed(referral)) return refuse('NOT_DISPUTED', '该转办没有待决定的争议。', 'There is no open dispute about this referral.', DISPUTE_BASIS);
    const reason = requiredText(input.reason, { field: 'reason', max: 1000, basis: DISPUTE_BASIS });
    return isRefusal(reason) ? reason : { set: { return_answer_due_on: null }, note: reason };
  },
});

export const completing = (input: CompleteReferralInput): Move => ({
  operation: 'completeReferral', action: 'COMPLETE', input,
  plan: (_referral, { today }) => {
    const outcome = requiredText(input.outcome, { field: 'outcome', max: 2000 });
    return isRefusal(outcome) ? outcome : { set: { completed_on: today, outcome }, note: outcome };
  },
});

export const withdrawing = (input: WithdrawReferralInput): Move => ({
  operation: 'withdrawReferral', action: 'WITHDRAW', input, plan: () => ({ set: {}, note: null }),
});
