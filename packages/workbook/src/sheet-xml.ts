import { cellAddress, columnName, excelRows } from './address';
import { toSpecialCell, type CellInput, type Column, type ColumnType, type Sheet } from './book';
import { serialOfDate } from './dates';
import { defaultLimits } from './limits';
import { refuse } from './problem';
import { styleIndex } from './book-xml';
import { escapeText, mainNamespace, xmlHead } from './xml-text';

/** Range of the hidden sheet that holds a column's choices, e.g. `'_choices'!$A$1:$A$3`, by 1-based column. */
export type ChoiceRanges = ReadonlyMap<number, string>;

const plainNumber = /^-?\d{1,15}(?:\.\d+)?$/;

/** The XML of one worksheet, row by row. Throws CELL_TOO_LONG, ROW_TOO_WIDE, TOO_MANY_ROWS. */
export async function* sheetXml(sheet: Sheet, ranges: ChoiceRanges): AsyncGenerator<string> {
  yield `${xmlHead}<worksheet xmlns="${mainNamespace}">`;
  yield '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  if (sheet.columns.length > 0) yield `<cols>${sheet.columns.map(columnXml).join('')}</cols>`;
  yield `<sheetData>${headerXml(sheet.columns)}`;
  let row = 1;
  for await (const cells of sheet.rows) {
    row += 1;
    if (row > excelRows) throw refuse('TOO_MANY_ROWS', { limit: excelRows });
    if (cells.length > sheet.columns.length) throw refuse('ROW_TOO_WIDE', { limit: sheet.columns.length, address: cellAddress(1, row) });
    yield rowXml(cells, row, sheet.columns);
  }
  yield `</sheetData>${validationsXml(sheet.columns, ranges)}</worksheet>`;
}

function columnXml(column: Column, index: number): string {
  const style = styleIndex(column.type, false);
  return `<col min="${index + 1}" max="${index + 1}" width="${column.width ?? 16}" style="${style}" customWidth="1"/>`;
}

function headerXml(columns: readonly Column[]): string {
  const cells = columns.map((column, index) => textXml(column.header, { address: cellAddress(index + 1, 1), style: styleIndex('header', false) }));
  return `<row r="1">${cells.join('')}</row>`;
}

function rowXml(inputs: readonly CellInput[], row: number, columns: readonly Column[]): string {
  let cells = '';
  inputs.forEach((input, index) => {
    cells += cellXml(input, cellAddress(index + 1, row), columns[index]?.type ?? 'text');
  });
  return `<row r="${row}">${cells}</row>`;
}

/** A value that does not fit its type is written as text, never lost. */
function cellXml(input: CellInput, address: string, columnType: ColumnType): string {
  const { value, isFaulty = false, type = columnType } = toSpecialCell(input);
  const style = styleIndex(type, isFaulty);
  if (value === null || value === undefined || value === '') return isFaulty ? `<c r="${address}" s="${style}"/>` : '';
  const number = type === 'number' && plainNumber.test(String(value)) ? String(value) : undefined;
  if (number !== undefined) return `<c r="${address}" s="${style}"><v>${number}</v></c>`;
  if (typeof value === 'boolean') return `<c r="${address}" s="${style}" t="b"><v>${value ? 1 : 0}</v></c>`;
  const serial = type === 'date' ? serialOfDate(String(value)) : undefined;
  if (serial !== undefined) return `<c r="${address}" s="${style}"><v>${serial}</v></c>`;
  return textXml(String(value), { address, style: styleIndex('text', isFaulty) });
}

/** Always a string cell in text format: "=1+1" stays four harmless characters, also after editing. */
function textXml(text: string, cell: { address: string; style: number }): string {
  if (text.length > defaultLimits.cellChars) throw refuse('CELL_TOO_LONG', { limit: defaultLimits.cellChars, address: cell.address });
  return `<c r="${cell.address}" s="${cell.style}" t="inlineStr"><is><t xml:space="preserve">${escapeText(text)}</t></is></c>`;
}

function validationsXml(columns: readonly Column[], ranges: ChoiceRanges): string {
  const rules: string[] = [];
  columns.forEach((column, index) => {
    const letter = columnName(index + 1);
    const range = ranges.get(index + 1);
    const prompt = column.note ? ` showInputMessage="1" prompt="${escapeText(column.note.slice(0, 250))}"` : '';
    if (!range && !prompt) return;
    const list = range ? ' type="list" showErrorMessage="1"' : '';
    const formula = range ? `<formula1>${range}</formula1>` : '';
    rules.push(`<dataValidation${list} allowBlank="1"${prompt} sqref="${letter}2:${letter}${excelRows}">${formula}</dataValidation>`);
  });
  return rules.length === 0 ? '' : `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`;
}
