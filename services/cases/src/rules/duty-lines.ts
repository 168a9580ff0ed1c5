import { asksForWaiver, type PartyRole } from '@anjie/contracts';
import { wordOfThePerson } from './marks';
import { isWords } from './words';

/** “三到位”, 《信访工作条例》第二十七条. The fourth, 行为违法依法处理, is the competent organ's own matter and no line here. */
export const DUTY_LINES = ['SETTLE', 'EXPLAIN', 'ASSIST'] as const;
export type DutyLineKind = (typeof DUTY_LINES)[number];
export const DUTY_LINE_BASIS = '《信访工作条例》第二十七条';

/** Parts by which a unit may owe a line: whoever handles or helps, not whoever only registered or reviews. */
const OWING: readonly PartyRole[] = ['LEAD', 'SUPPORT', 'ASSIST', 'COOPERATE', 'REFERRED'];
export const canOwe = (parts: readonly PartyRole[]): boolean => parts.some((part) => OWING.includes(part));

/** What somebody promises in writing is no part of what a unit owes. */
const PROMISE_IN_WRITING = /承诺书|保证书/;

export type DutyLineFault = 'TEXT_LENGTH' | 'ABOUT_A_PERSON';

export function wordsFault(text: string, { least, most }: { readonly least: number; readonly most: number }): DutyLineFault | undefined {
  if (!isWords(text, least, most)) return 'TEXT_LENGTH';
  // help and settlement are owed; nothing is asked for them in return
  return wordOfThePerson(text) || asksForWaiver(text) || PROMISE_IN_WRITING.test(text.normalize('NFKC').replace(/\s/g, '')) ? 'ABOUT_A_PERSON' : undefined;
}

export const isDueInRange = (dueOn: string, { today, latest }: { readonly today: string; readonly latest: string }): boolean => dueOn >= today && dueOn <= latest;
