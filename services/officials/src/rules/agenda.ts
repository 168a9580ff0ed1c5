import { addDays } from '@anjie/calendar';
import { caseIsSealed, refuse, type Refusal } from '@anjie/contracts';
import { textRefusal, type WordsRefusalCode } from './words';

export type AgendaItemRefusalCode = WordsRefusalCode | 'NOT_FOUND' | 'NOT_PERMITTED' | 'DATE_OUT_OF_RANGE' | 'ALREADY_DECIDED' | 'CASE_SEALED';
export type AgendaItemRefusal = Refusal<AgendaItemRefusalCode>;
export type ResourceRefusalCode = WordsRefusalCode | 'NOT_FOUND' | 'NOT_PERMITTED' | 'YEAR_OUT_OF_RANGE' | 'AMOUNT_NOT_FIT';
export type ResourceRefusal = Refusal<ResourceRefusalCode>;

export const agendaRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  forbidden: () => refuse('NOT_PERMITTED', '仅本单位人员，或者辖区包含该单位的信访联席办可办理。', 'Only staff of the unit, or the joint office above, may do this.'),
  sealed: caseIsSealed,
  dateOutOfRange: () => refuse('DATE_OUT_OF_RANGE', '日期在允许的范围之外。', 'The day lies outside what is possible.'),
  alreadyDecided: () => refuse('ALREADY_DECIDED', '该事项已经记录结果。', 'What became of it was recorded.'),
};
export const resourceRefusals = {
  notFound: agendaRefusals.notFound,
  forbidden: agendaRefusals.forbidden,
  yearOutOfRange: () => refuse('YEAR_OUT_OF_RANGE', '年度须在今年前后五年之内。', 'The year lies within five years of today.'),
  amountNotFit: () => refuse('AMOUNT_NOT_FIT', '计划须大于零；人力、物力为整数。', 'A plan is more than 0; persons and pieces are whole.'),
};

const TWO_YEARS = 732;

export const agendaDayObjection = (on: string, today: string): AgendaItemRefusal | null =>
  on >= addDays(today, -TWO_YEARS) && on <= addDays(today, TWO_YEARS) ? null : agendaRefusals.dateOutOfRange();

/** A decision has words; that there was none needs none. */
export function agendaDecisionObjection({ outcome, on }: { outcome: string; on: string }, { isDecided, decision, today }: { isDecided: boolean; decision: string | null; today: string }): AgendaItemRefusal | null {
  if (outcome !== 'PENDING') return agendaRefusals.alreadyDecided();
  if (on > today) return agendaRefusals.dateOutOfRange();
  return textRefusal(decision, { least: isDecided ? 1 : 0, most: 2_000 });
}

/** Decimal text without a float in between. */
const isAboveZero = (amount: string): boolean => /[1-9]/.test(amount);
const isWhole = (amount: string): boolean => /\.0*$/.test(amount) || !amount.includes('.');

export function amountObjection(kind: 'PEOPLE' | 'MONEY' | 'EQUIPMENT', amount: string, { isPlan }: { isPlan: boolean }): ResourceRefusal | null {
  const isFit = (!isPlan || isAboveZero(amount)) && (kind === 'MONEY' || isWhole(amount));
  return isFit ? null : resourceRefusals.amountNotFit();
}

export const yearObjection = (year: number, today: string): ResourceRefusal | null =>
  Math.abs(year - Number(today.slice(0, 4))) <= 5 ? null : resourceRefusals.yearOutOfRange();
