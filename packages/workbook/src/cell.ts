import { dateOfSerial } from './dates';
import { describeProblem, type WorkbookProblem } from './problem';

export type CellKind = 'EMPTY' | 'TEXT' | 'NUMBER' | 'DATE' | 'BOOLEAN' | 'PROBLEM';

/**
 * One cell. `text` is always there: '' when empty; trimmed NFC text; a plain decimal number ("110101", "0.5");
 * 'YYYY-MM-DD'; 'TRUE' / 'FALSE'; for a PROBLEM the raw content. `problem` is set when kind is PROBLEM.
 */
export interface Cell {
  readonly kind: CellKind;
  readonly text: string;
  readonly problem?: WorkbookProblem;
}

export const emptyCell: Cell = { kind: 'EMPTY', text: '' };

/** Trims (Unicode white space included) and composes (NFC); full-width digits stay as they were typed. */
export function textCell(raw: string): Cell {
  const text = raw.normalize('NFC').trim();
  return text === '' ? emptyCell : { kind: 'TEXT', text };
}

export function booleanCell(value: boolean): Cell {
  return { kind: 'BOOLEAN', text: value ? 'TRUE' : 'FALSE' };
}

export function dateCell(day: string): Cell {
  return { kind: 'DATE', text: day };
}

/** An Excel serial in a date format: DATE, or PROBLEM DATE_INVALID. */
export function serialCell(raw: string, is1904: boolean, address: string): Cell {
  const day = /^\s*$/.test(raw) ? undefined : dateOfSerial(Number(raw), is1904);
  return day === undefined ? problemCell(raw, describeProblem('DATE_INVALID', { address, value: raw })) : dateCell(day);
}

export function problemCell(text: string, problem: WorkbookProblem): Cell {
  return { kind: 'PROBLEM', text, problem };
}

/**
 * A number as stored in the sheet. Up to 15 digits the text is kept as it is (exponents written out); fractions with
 * more digits are binary noise and are rounded to 15, as Excel shows them; whole numbers beyond 15 digits have lost
 * their last digits for good and become PROBLEM NUMBER_TOO_LONG.
 */
export function numberCell(raw: string, address: string): Cell {
  const text = raw.trim();
  const value = Number(text);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || !Number.isFinite(value)) {
    return problemCell(text, describeProblem('VALUE_INVALID', { address, value: text }));
  }
  if (Math.abs(value) >= 1e15) return problemCell(text, describeProblem('NUMBER_TOO_LONG', { address }));
  const digits = text.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '').length;
  const kept = digits <= 15 ? text : String(Number(value.toPrecision(15)));
  return { kind: 'NUMBER', text: writeOut(kept) };
}

/** "1.5E-3" → "0.0015"; a text without an exponent is returned untouched. */
function writeOut(number: string): string {
  const match = /^([+-]?)(\d*)\.?(\d*)e([+-]?\d+)$/i.exec(number);
  if (!match) return number;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (!/[1-9]/.test(whole + fraction)) return '0';
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padStart(whole.length + fraction.length + Math.max(0, 1 - point), '0');
  const at = Math.max(point, 1);
  const left = digits.slice(0, at).padEnd(at, '0').replace(/^0+(?=\d)/, '');
  const right = digits.slice(at).replace(/0+$/, '');
  return (sign === '-' ? '-' : '') + left + (right === '' ? '' : `.${right}`);
}

const lostInCsv = /^[+-]?\d(?:\.\d+)?E\+(?:1[1-9]|[2-9]\d|\d{3})$/i;
const guarded = /^'(?=[=+\-@\t\r\n＝＋－＠])/;

/** A CSV field: text as it stands; only what Excel itself wrote as 1.10101E+17 is reported as NUMBER_TOO_LONG. */
export function fieldCell(raw: string, address: string): Cell {
  const cell = textCell(raw.replace(guarded, ''));
  return lostInCsv.test(cell.text) ? problemCell(cell.text, describeProblem('NUMBER_TOO_LONG', { address })) : cell;
}
