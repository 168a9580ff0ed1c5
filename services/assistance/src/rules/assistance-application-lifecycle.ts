import { refuse, type Refusal } from '@anjie/contracts';
import { isMoreThan, subtractAmount } from './money';
import { stateAfter, type ServiceLife } from './service-life';

export const APPLICATION_STATES = ['SUBMITTED', 'APPROVED', 'DECLINED', 'PAID', 'OFFERED', 'ACCEPTED', 'NOT_TAKEN'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];
/** PAY and COUNTER may leave it where it is: the balance decides. */
export type ApplicationAct = 'APPROVE' | 'DECLINE' | 'PAY_PART' | 'PAY_REST' | 'COUNTER' | 'ACCEPT' | 'NOT_TAKE';

export const AID_BASIS = '《信访工作条例》第三十七条';
const PUBLICITY_BASIS = '《社会救助暂行办法》第四十八条';

/** A decided aid is paid in one or several payments and never taken back because of a petition; an offer is accepted or not, and that is all. */
export const APPLICATION_LIFE: ServiceLife<ApplicationState, ApplicationAct> = {
  states: APPLICATION_STATES,
  basis: AID_BASIS,
  acts: {
    APPROVE: { from: ['SUBMITTED'], to: 'APPROVED' },
    DECLINE: { from: ['SUBMITTED'], to: 'DECLINED' },
    PAY_PART: { from: ['APPROVED'], to: 'APPROVED' },
    PAY_REST: { from: ['APPROVED'], to: 'PAID' },
    COUNTER: { from: ['APPROVED', 'PAID'], to: 'APPROVED' },
    ACCEPT: { from: ['OFFERED'], to: 'ACCEPTED' },
    NOT_TAKE: { from: ['OFFERED'], to: 'NOT_TAKEN' },
  },
};

/** The state after the act, or the refusal of an illegal step. */
export const applicationAfter = (act: ApplicationAct, from: ApplicationState): ApplicationState | Refusal<'ILLEGAL_STATE'> => stateAfter(APPLICATION_LIFE, act, from);

/** What a kind of relief says. */
export interface ReliefRules {
  readonly hasAmount: boolean;
  readonly isOfferOnly: boolean;
  readonly decidingUnitKinds: readonly string[];
  readonly needsPublicity: boolean;
}

export interface Decision {
  readonly isApproved: boolean;
  readonly amount: string | null;
}

/** An amount above 0 goes with the approval of money, and with nothing else. */
export function refusesAmount({ isApproved, amount }: Decision, { hasAmount }: Pick<ReliefRules, 'hasAmount'>): Refusal<'AMOUNT_INVALID'> | null {
  const isRight = isApproved && hasAmount ? amount !== null && isAboveZero(amount) : amount === null || (isApproved && !isAboveZero(amount));
  return isRight ? null : refuse('AMOUNT_INVALID', '批准资金救助时须有大于零的金额；不批准或者非资金帮扶时不得有金额。', 'An amount above 0 goes with the approval of money and with nothing else.', AID_BASIS);
}

/** Decimal text without a float in between. */
export const isAboveZero = (amount: string): boolean => /[1-9]/.test(amount);

/** Who may be asked: a kind that is offered has no application, and each other kind its deciding bodies. */
export function refusesApplying(kind: ReliefRules, unitKind: string): Refusal<'ILLEGAL_STATE' | 'UNIT_NOT_COMPETENT'> | null {
  if (kind.isOfferOnly) return refuse('ILLEGAL_STATE', '该类帮助只能提供、由本人接受或者谢绝，不须申请。', 'This help is offered, and accepted or declined; nobody applies for it.', AID_BASIS);
  if (kind.decidingUnitKinds.length === 0 || kind.decidingUnitKinds.includes(unitKind)) return null;
  return refuse('UNIT_NOT_COMPETENT', '该类救助不由此类单位审批。', 'Units of this sort do not decide on this kind of aid.', AID_BASIS);
}

export interface Publicity {
  readonly submittedOn: string;
  readonly publicisedOn: string | null;
  readonly isUrgent: boolean;
  readonly today: string;
}

/** 《社会救助暂行办法》第四十八条: checked, made public, approved; the urgent case is spared. What is made public is the decision, never the hardship. */
export function refusesUnpublicised(kind: Pick<ReliefRules, 'needsPublicity'>, { submittedOn, publicisedOn, isUrgent, today }: Publicity): Refusal<'PUBLICITY_MISSING' | 'DATE_INVALID'> | null {
  if (publicisedOn !== null && (publicisedOn < submittedOn || publicisedOn > today)) return refuse('DATE_INVALID', '公示日期须在申请之后、今天之前（均含当日）。', 'It was made public between the application and today.', PUBLICITY_BASIS);
  if (!kind.needsPublicity || publicisedOn !== null || isUrgent) return null;
  return refuse('PUBLICITY_MISSING', '该类救助经审核、公示后审批；情况紧急的，可以简化手续。', 'This aid is approved after it was checked and made public; the urgent case is spared.', PUBLICITY_BASIS);
}

export const refusesPaymentDay = (days: { decidedOn: string; paidOn: string; today: string }): Refusal<'DATE_INVALID'> | null =>
  days.decidedOn <= days.paidOn && days.paidOn <= days.today
    ? null
    : refuse('DATE_INVALID', '发放日期须在决定日期之后、今天之前（均含当日）。', 'The payment lies between the decision and today, both included.');

export interface Balance {
  readonly decided: string;
  /** Payments less counter-entries. */
  readonly paid: string;
}

/** decided = paid + open, at all times. */
export const openAmount = ({ decided, paid }: Balance): string => subtractAmount(decided, paid);

/** No payment beyond what was decided, and none of nothing. */
export function refusesPayment(balance: Balance, amount: string): Refusal<'AMOUNT_INVALID' | 'OVERPAID'> | null {
  if (isMoreThan(amount, openAmount(balance))) return refuse('OVERPAID', `发放金额超过未发放余额${openAmount(balance)}元。`, `The payment is more than what is open: ${openAmount(balance)} yuan.`, AID_BASIS);
  const isOfMoney = isAboveZero(balance.decided);
  return !isOfMoney || isAboveZero(amount) ? null : refuse('AMOUNT_INVALID', '发放金额须大于零。', 'A payment is of more than 0.', AID_BASIS);
}

/** A counter-entry takes back no more than the payment booked, less what was taken back before. */
export function refusesCounter({ booked, countered, isCountered }: { booked: string; countered: string; isCountered: boolean }, amount: string): Refusal<'AMOUNT_INVALID'> | null {
  const isOfMoney = isAboveZero(booked);
  const isRight = isOfMoney ? isAboveZero(amount) && !isMoreThan(amount, subtractAmount(booked, countered)) : !isCountered && !isAboveZero(amount);
  return isRight ? null : refuse('AMOUNT_INVALID', '冲正金额须大于零，且不得超过该笔发放尚未冲正的金额。', 'A counter-entry is of more than 0 and of no more than what the payment still stands for.');
}
