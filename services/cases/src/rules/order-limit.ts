import { isAbove } from './places';

/** A forwarding or assignment, or the list that a case came with, and the office that it came from; a null place is not known here. */
export interface EarlierOrder {
  readonly limitOn: string | null;
  readonly by: string;
  readonly divisionCode: string | null;
}

/**
 * The limit of the last order from above the office that orders now (第二十二条: 交办 with a set period); `orders` newest first. An order whose
 * place is not known counts as one from above, unless it is the orderer's own: whoever set a limit takes it back.
 */
export function limitFromAbove(orders: readonly EarlierOrder[], { subject, divisionCode }: { subject: string; divisionCode: string | null }): string | null {
  const isFromAbove = (place: string | null): boolean => place === null || divisionCode === null || isAbove(place, divisionCode);
  return orders.find((one) => one.by !== subject && isFromAbove(one.divisionCode))?.limitOn ?? null;
}

/** While a limit from above runs it may be brought forward, not put off. */
export const putsOff = (given: string | null, above: string | null, today: string): boolean => given !== null && above !== null && above >= today && given > above;
