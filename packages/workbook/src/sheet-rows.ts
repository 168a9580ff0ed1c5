import { cellAddress, excelColumns, excelRows, parseAddress } from './address';
import { booleanCell, dateCell, emptyCell, numberCell, problemCell, serialCell, textCell, type Cell } from './cell';
import { isoDay } from './dates';
import type { WorkbookLimits } from './limits';
import { describeProblem, refuse } from './problem';
import type { RawRow } from './rows';
import { createTextCollector, tooLong } from './text-table';
import { scanXml, unescapeText, type XmlHandlers } from './xml-scan';

export interface SheetContext {
  readonly texts: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly is1904: boolean;
  readonly limits: WorkbookLimits;
}

/** What stood between `<c>` and `</c>`. `value` is undefined without `<v>`. */
interface RawCell {
  readonly type: string;
  readonly style: number;
  readonly address: string;
  readonly column: number;
  value?: string;
  inline?: string;
  hasFormula: boolean;
}

/** Streams the rows of one worksheet; never more than one inflated chunk of rows is held. Throws MALFORMED_XLSX, CELL_TOO_LONG. */
export async function* readSheetRows(part: AsyncIterable<Buffer>, context: SheetContext): AsyncGenerator<RawRow> {
  const ready: RawRow[] = [];
  for await (const _pause of scanXml(part, createSheetHandlers(context, (row) => ready.push(row)))) {
    yield* ready.splice(0);
  }
  yield* ready;
}

function createSheetHandlers(context: SheetContext, emit: (row: RawRow) => void): XmlHandlers {
  const state = { inData: false, row: 0, column: 0 };
  let cells = new Map<number, Cell>();
  let cell: RawCell | undefined;
  const content = createContentHandlers(context.limits, () => cell);
  const closeInCell = (current: RawCell, name: string) => {
    if (name !== 'c') return content.close(name);
    const read = interpret(current, context);
    if (read.kind !== 'EMPTY') cells.set(current.column, read);
    cell = undefined;
  };
  return {
    open: (name, attributes) => {
      if (name === 'sheetData') state.inData = true;
      if (!state.inData) return;
      if (cell) return content.open(name);
      if (name === 'row') { state.row = nextRow(state.row, attributes['r']); state.column = 0; cells = new Map(); }
      if (name === 'c') { cell = startCell(attributes, state); state.column = cell.column; }
    },
    close: (name) => {
      if (!state.inData) return;
      if (cell) return closeInCell(cell, name);
      if (name === 'sheetData') state.inData = false;
      if (name === 'row' && cells.size > 0) emit({ rowNumber: state.row, cells });
    },
    text: (text) => content.text(text),
  };
}

/** What happens between `<c>` and `</c>`: the value, the inline string, the mere presence of a formula. */
function createContentHandlers(limits: WorkbookLimits, current: () => RawCell | undefined) {
  const state = { inValue: false, inString: false };
  const collector = createTextCollector(limits, () => current()?.address);
  return {
    open: (name: string) => {
      const cell = current();
      if (name === 'f' && cell) cell.hasFormula = true;
      if (name === 'v' && cell) { state.inValue = true; cell.value ??= ''; }
      if (name === 'is') { state.inString = true; collector.start(); }
      if (state.inString) collector.open(name);
    },
    close: (name: string) => {
      const cell = current();
      if (name === 'v') state.inValue = false;
      if (name === 'is' && cell) { state.inString = false; cell.inline = collector.take(); }
      if (state.inString) collector.close(name);
    },
    text: (text: string) => {
      const cell = current();
      if (state.inString) return collector.add(text);
      if (!state.inValue || !cell) return;
      cell.value = (cell.value ?? '') + text;
      if (cell.value.length > limits.cellChars * 7) throw tooLong(limits, cell.address);
    },
  };
}

/** Rows may leave their number out, but never go backwards. */
function nextRow(last: number, declared: string | undefined): number {
  const row = declared === undefined ? last + 1 : Number(declared);
  if (!Number.isInteger(row) || row <= last || row > excelRows) throw refuse('MALFORMED_XLSX', { detail: `row ${declared ?? row}` });
  return row;
}

function startCell(attributes: Readonly<Record<string, string>>, at: { row: number; column: number }): RawCell {
  const declared = attributes['r'];
  const place = declared === undefined ? { row: at.row, column: at.column + 1 } : parseAddress(declared);
  if (!place || place.row !== at.row || place.column <= at.column || place.column > excelColumns) {
    throw refuse('MALFORMED_XLSX', { detail: `cell ${declared ?? ''}` });
  }
  const style = Number(attributes['s'] ?? 0);
  return { type: attributes['t'] ?? 'n', style, column: place.column, address: cellAddress(place.column, place.row), hasFormula: false };
}

// oxlint-disable-next-line eslint/complexity -- one arm per cell type of the format
function interpret(raw: RawCell, context: SheetContext): Cell {
  if (raw.type === 'inlineStr') return textCell(raw.inline ?? '');
  const { value, address } = raw;
  if (value === undefined || value === '') {
    const broken = raw.hasFormula && raw.type !== 'str';
    return broken ? problemCell('', describeProblem('FORMULA_WITHOUT_VALUE', { address })) : emptyCell;
  }
  const invalid = () => problemCell(value, describeProblem('VALUE_INVALID', { address, value }));
  switch (raw.type) {
    case 's': {
      const text = /^\s*\d+\s*$/.test(value) ? context.texts[Number(value)] : undefined;
      return text === undefined ? invalid() : textCell(text);
    }
    case 'str': return shortText(value, address, context.limits);
    case 'b': return /^[01]$/.test(value.trim()) ? booleanCell(value.trim() === '1') : invalid();
    case 'e': return problemCell(value, describeProblem('CELL_ERROR', { address, value }));
    case 'd': {
      const day = isoDay(value.trim());
      return day === undefined ? problemCell(value, describeProblem('DATE_INVALID', { address, value })) : dateCell(day);
    }
    case 'n': return context.dateStyles[raw.style] ? serialCell(value, context.is1904, address) : numberCell(value, address);
    default: return invalid();
  }
}

function shortText(value: string, address: string, limits: WorkbookLimits): Cell {
  const text = unescapeText(value);
  if (text.length > limits.cellChars) throw tooLong(limits, address);
  return textCell(text);
}
