/** Control characters but newline and tab: they break letters and logs, and no petition needs them. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;
/** Characters that turn the direction of reading or do not show: a name or a title that looks like another one. */
const DECEPTIVE = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\p{Surrogate}]/u;

/** True when the text holds nothing that hides or turns what a reader sees. */
export const isCleanText = (text: string | null | undefined): boolean => !CONTROL.test(text ?? '') && !DECEPTIVE.test(text ?? '');

/** In code points, as the database counts, without the blanks around. */
export const lengthOf = (text: string | null | undefined): number => [...(text ?? '').trim()].length;
export const isBetween = (text: string | null | undefined, least: number, most: number): boolean => lengthOf(text) >= least && lengthOf(text) <= most;

/** A line or a word: clean, and of a length. */
export const isFitText = (text: string | null | undefined, least: number, most: number): boolean => isBetween(text, least, most) && isCleanText(text);

/** Dots between the parts of a name as they come from keyboards and old systems; one of them is stored. */
const NAME_DOTS = /\s*[·•‧∙・･．]\s*/gu;

/** A name in the one form that is stored: NFC, one blank, one middle dot, full-width Latin made plain. Rare characters stay. */
export const nameForm = (text: string): string =>
  text.normalize('NFC').replace(NAME_DOTS, '·').replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(/[\s\u3000]+/g, ' ').trim();

/** A name holds letters of any script; digits only where a unit signs (某某村3组). Emoji, tags and marks of formulas are none. */
const NAME = /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}·'’().（）\-— ]*$/u;

/** True for a name of 1 to 100 characters in its stored form; organisations petition too (第十七条). */
export const isName = (text: string): boolean => isFitText(text, 1, 100) && isFitText(nameForm(text), 1, 100) && NAME.test(nameForm(text));
