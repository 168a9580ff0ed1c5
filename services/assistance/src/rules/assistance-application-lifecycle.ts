import { refuse, type Refusal } from '@anjie/contracts';

export const APPLICATION_STATES = ['SUBMITTED', 'APPROVED', 'DECLINED', 'PAID'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

const NEXT: Readonly<Record<ApplicationState, readonly ApplicationState[]>> = {
  SUBMITTED: ['APPROVED', 'DECLINED'],
  APPROVED: ['PAID'],
  DECLINED: [],
  PAID: [],
};
export const AID_BASIS = '《信访工作条例》第三十七条';

/** The refusal of an illegal step, or null. */
export const refusesApplicationMove = (from: ApplicationState, to: ApplicationState): Refusal<'ILLEGAL_STATE'> | null =>
  NEXT[from].includes(to) ? null : refuse('ILLEGAL_STATE', '申请的当前状态不能进行此操作。', `The application is ${from}; it cannot become ${to}.`, AID_BASIS);

export interface Decision {
  readonly isApproved: boolean;
  readonly amount: string | null;
}

/** An amount above 0 goes with an approval and only with it. */
export function refusesAmount({ isApproved, amount }: Decision): Refusal<'AMOUNT_INVALID'> | null {
  const isRight = isApproved ? amount !== null && isAboveZero(amount) : amount === null;
  return isRight ? null : refuse('AMOUNT_INVALID', '批准时须有大于零的金额，不批准时不得有金额。', 'An amount above 0 goes with an approval and only with it.', AID_BASIS);
}

/** Decimal text without a float in between. */
export const isAboveZero = (amount: string): boolean => /[1-9]/.test(amount);

export const refusesPaymentDay = (days: { decidedOn: string; paidOn: string; today: string }): Refusal<'DATE_INVALID'> | null =>
  days.decidedOn <= days.paidOn && days.paidOn <= days.today
    ? null
    : refuse('DATE_INVALID', '发放日期须在决定日期之后、今天之前（均含当日）。', 'The payment lies between the decision and today, both included.');
