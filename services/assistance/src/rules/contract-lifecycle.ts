import { refuse, type Refusal } from '@anjie/contracts';

export const CONTRACT_BASIS = '《个人信息保护法》第二十一条';

export interface ContractTerms {
  readonly fromOn: string;
  readonly toOn: string;
  readonly confidentialityOn: string | null;
  readonly today: string;
}

/** A provider works only after it undertook to keep what it learns (PIPL Art. 21), and for a time that has an end. */
export function refusesContract({ fromOn, toOn, confidentialityOn, today }: ContractTerms): Refusal<'CONFIDENTIALITY_MISSING' | 'DATE_INVALID'> | null {
  if (confidentialityOn === null || confidentialityOn > fromOn || confidentialityOn > today) {
    return refuse('CONFIDENTIALITY_MISSING', '服务开始前，提供方须已签署保密承诺。', 'The provider signs its undertaking of confidentiality before the work begins.', CONTRACT_BASIS);
  }
  return fromOn <= toOn ? null : refuse('DATE_INVALID', '截止日期不得早于起始日期。', 'The last day is not before the first.');
}

/** Each result to deliver is due within the contract. */
export const refusesDeliverables = (dueDays: readonly string[], { fromOn, toOn }: { fromOn: string; toOn: string }): Refusal<'DATE_INVALID'> | null =>
  dueDays.every((dueOn) => fromOn <= dueOn && dueOn <= toOn) ? null : refuse('DATE_INVALID', '交付日期须在合同期内。', 'What is delivered is due within the contract.');

export interface Deliverable {
  readonly deliveredOn: string | null;
  readonly acceptedOn: string | null;
}

/** Delivered once, then accepted or sent back by the unit that supervises. */
export const refusesDelivery = ({ deliveredOn }: Deliverable, { on, fromOn, today }: { on: string; fromOn: string; today: string }): Refusal<'ILLEGAL_STATE' | 'DATE_INVALID'> | null =>
  deliveredOn !== null ? refuse('ILLEGAL_STATE', '该项成果已交付。', 'This was delivered already.')
  : on < fromOn || on > today ? refuse('DATE_INVALID', '交付日期须在合同开始之后、不晚于今天。', 'It was delivered between the start of the contract and today.')
  : null;

export const refusesAcceptance = ({ deliveredOn, acceptedOn }: Deliverable): Refusal<'ILLEGAL_STATE'> | null =>
  deliveredOn === null || acceptedOn !== null ? refuse('ILLEGAL_STATE', '该项成果尚未交付，或者已验收。', 'It was not delivered yet, or is accepted already.') : null;
