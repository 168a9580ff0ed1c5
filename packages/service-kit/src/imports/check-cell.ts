import type { Cell } from '@anjie/workbook';
import type { ImportColumn, ImportColumnType, ImportValue } from './definition';
import { isIdNumber, isRealDay } from '@anjie/contracts';
import { isMasked } from './mask';

export interface CellFault {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export type CheckedCell = { readonly value: ImportValue } | { readonly fault: CellFault };

const fault = (code: string, zh: string, en: string): CheckedCell => ({ fault: { code, zh, en } });

// line breaks and tabs are how people write in a cell; the rest hides text or turns it around
// oxlint-disable-next-line eslint/no-control-regex -- they are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u;

/** Checks one cell against its column. Pure; `today` bounds days of birth. */
export function checkCell(cell: Cell, column: ImportColumn, today: string): CheckedCell {
  if (cell.kind === 'EMPTY') return column.required ? fault('REQUIRED', `“${column.header}”为必填项`, `"${column.header}" is required`) : { value: null };
  if (cell.problem) return faultOfCell(cell, column);
  if (FORBIDDEN.test(cell.text)) return fault('CONTROL_CHARACTER', '含有不可见的控制字符', 'The cell holds control characters');
  if (column.sensitive && isMasked(cell.text)) return fault('MASKED_VALUE', '内容已脱敏，请填写完整原文', 'The value is masked; fill in the whole value');
  const checked = READERS[column.type](cell, column, today);
  if ('fault' in checked || column.maxLength === undefined || [...String(checked.value)].length <= column.maxLength) return checked;
  return fault('TOO_LONG', `超过 ${column.maxLength} 个字符`, `Longer than ${column.maxLength} characters`);
}

/** The reader's own words may quote the cell, which must not happen to identity data. */
function faultOfCell({ problem }: Cell, column: ImportColumn): CheckedCell {
  const code = problem?.code ?? 'VALUE_INVALID';
  const isQuoted = code !== 'NUMBER_TOO_LONG' && code !== 'FORMULA_WITHOUT_VALUE';
  if (!problem || (column.sensitive && isQuoted)) return fault(code, '单元格内容无法识别', 'The cell cannot be understood');
  return fault(code, problem.text.zh, problem.text.en);
}

type Reader = (cell: Cell, column: ImportColumn, today: string) => CheckedCell;

const READERS: Readonly<Record<ImportColumnType, Reader>> = {
  text: (cell) => ({ value: cell.text }),
  date: readDay,
  integer: readInteger,
  decimal: readDecimal,
  choice: readChoice,
  idNumber: readIdNumber,
  phone: readPhone,
};

const plain = (cell: Cell): string => cell.text.normalize('NFKC').trim();

function readDay(cell: Cell): CheckedCell {
  const text = plain(cell);
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const day = match ? `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}` : '';
  const isDay = day >= '1900-01-01' && day <= '2200-12-31' && isRealDay(day);
  return isDay ? { value: day } : fault('DATE_INVALID', '不是有效日期，请按 2024-01-31 填写', 'Not a real date; write it as 2024-01-31');
}

const withoutThousands = (text: string): string => (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text);

function readInteger(cell: Cell): CheckedCell {
  const text = withoutThousands(plain(cell));
  const isInteger = /^[+-]?\d{1,15}(\.0+)?$/.test(text);
  return isInteger ? { value: Number(text) } : fault('INTEGER_INVALID', '不是整数', 'Not a whole number');
}

function readDecimal(cell: Cell): CheckedCell {
  const text = withoutThousands(plain(cell));
  const isDecimal = /^-?\d{1,15}(\.\d{1,6})?$/.test(text);
  return isDecimal ? { value: text } : fault('DECIMAL_INVALID', '不是数字，或小数超过 6 位', 'Not a number, or more than 6 decimals');
}

function readChoice(cell: Cell, column: ImportColumn): CheckedCell {
  const text = plain(cell);
  const choices = column.choices ?? [];
  const found = choices.find((choice) => choice.label.normalize('NFKC') === text || choice.value === text);
  if (found) return { value: found.value };
  const list = choices.slice(0, 10).map((choice) => choice.label).join('、') + (choices.length > 10 ? '…' : '');
  return fault('CHOICE_UNKNOWN', `不是可选值；可选：${list}`, `Not one of: ${list}`);
}

function readIdNumber(cell: Cell, _column: ImportColumn, today: string): CheckedCell {
  const text = plain(cell).replace(/\s/g, '').toUpperCase();
  return isIdNumber(text, today) ? { value: text } : fault('ID_NUMBER_INVALID', '身份证号码位数、出生日期或校验码有误', 'The length, date of birth or check character of the ID number is wrong');
}

/** Mobile, landline with its area code, 400/800, or a local number. */
const PHONE = /^(?:1[3-9]\d{9}|0\d{9,11}|[48]00\d{7}|[2-9]\d{6,7})$/;

function readPhone(cell: Cell): CheckedCell {
  const text = plain(cell).replace(/[\s()-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '');
  return PHONE.test(text) ? { value: text } : fault('PHONE_INVALID', '电话号码有误', 'Not a telephone number');
}
