import { asksForWaiver, neverKept, refuse, type Refusal } from '@anjie/contracts';

export type WordsRefusalCode = 'TEXT_NOT_ACCEPTABLE' | 'TEXT_NOT_KEPT';

/** Control characters but newline and tab: they break letters and logs, and no text needs them. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

const badText = (): Refusal<WordsRefusalCode> => refuse('TEXT_NOT_ACCEPTABLE', '文字为空、过长或含控制字符。', 'A text is empty, too long or holds control characters.');
const notKept = (): Refusal<WordsRefusalCode> =>
  refuse('TEXT_NOT_KEPT', '文字中有本系统不记录的内容：不评价、不标记信访人，不要求其放弃信访。', 'The text holds what is never kept: nobody who petitions is judged or marked, or asked to stop.', '《信访工作条例》第十八条');

export interface TextLength {
  readonly least: number;
  readonly most: number;
}

/** Why a text may not be kept; null when it may. */
export function textRefusal(text: string | null | undefined, { least, most }: TextLength): Refusal<WordsRefusalCode> | null {
  const length = [...(text ?? '').trim()].length;
  if (length < least || length > most || CONTROL.test(text ?? '')) return badText();
  const plain = (text ?? '').normalize('NFKC').replace(/\s/g, '');
  // a promise not to petition, or help that hangs on one: neither is asked for, so neither is written down
  return neverKept(plain) || asksForWaiver(plain) ? notKept() : null;
}

/** The first objection to any of several texts. */
export const textsRefusal = (texts: readonly (readonly [string | null | undefined, TextLength])[]): Refusal<WordsRefusalCode> | null =>
  texts.map(([text, length]) => textRefusal(text, length)).find((refusal) => refusal !== null) ?? null;

/** The text without blanks at its ends; null when nothing is left. */
export const tidy = (text: string | null | undefined): string | null => text?.trim() || null;
