import type { Book, CellInput, Column, ColumnType, RowsInput } from './book';
import type { Cell, CellKind } from './cell';
import type { Row } from './rows';

export const guideSheetName = '填写说明';
export const errorHeader = '错误';

const typeNames: Readonly<Record<ColumnType, string>> = { text: '文本', number: '数字', date: '日期（如 2024-01-31）', boolean: '是 / 否' };

export interface Form {
  readonly sheet: string;
  readonly columns: readonly Column[];
  readonly examples?: RowsInput;
}

/** Empty sheets to fill in, and one 填写说明 sheet for all of them. */
export function templateBook(...forms: readonly Form[]): Book {
  const rows = forms.flatMap((form) => form.columns.map((column) => [form.sheet, column.header, typeNames[column.type], column.choices?.join('、'), column.note]));
  const columns: Column[] = [
    { header: '工作表', type: 'text', width: 16 },
    { header: '列名', type: 'text', width: 20 },
    { header: '格式', type: 'text', width: 22 },
    { header: '可选值', type: 'text', width: 40 },
    { header: '说明', type: 'text', width: 60 },
  ];
  return { sheets: [...forms.map((form) => ({ name: form.sheet, columns: form.columns, rows: form.examples ?? [] })), { name: guideSheetName, columns, rows }] };
}

/** One message about a row; with a header it also highlights that cell. */
export interface Fault {
  readonly header?: string;
  readonly message: string;
}

export interface FaultyRow {
  readonly row: Row;
  readonly faults: readonly Fault[];
}

/** The rows as they were sent, plus a last column 错误; an 错误 column of an earlier round is replaced. */
export function errorBook(report: {
  readonly sheet: string;
  readonly headers: readonly string[];
  readonly rows: Iterable<FaultyRow> | AsyncIterable<FaultyRow>;
}): Book {
  const headers = report.headers.filter((header) => header !== errorHeader);
  const columns: Column[] = [...headers.map((header) => ({ header, type: 'text' as const })), { header: errorHeader, type: 'text', width: 50 }];
  return { sheets: [{ name: report.sheet, columns, rows: errorRows(report.rows, headers) }] };
}

async function* errorRows(rows: Iterable<FaultyRow> | AsyncIterable<FaultyRow>, headers: readonly string[]): AsyncGenerator<CellInput[]> {
  for await (const { row, faults } of rows) {
    const faulty = new Set(faults.map((fault) => fault.header));
    const cells = headers.map((header) => copyCell(row.cells[header], faulty.has(header)));
    yield [...cells, faults.map((fault) => fault.message).join('\n')];
  }
}

const typeOfKind: Readonly<Record<CellKind, ColumnType>> = {
  EMPTY: 'text', TEXT: 'text', NUMBER: 'number', DATE: 'date', BOOLEAN: 'boolean', PROBLEM: 'text',
};

function copyCell(cell: Cell | undefined, isFaulty: boolean): CellInput {
  if (cell === undefined) return { value: null, isFaulty };
  const value = cell.kind === 'BOOLEAN' ? cell.text === 'TRUE' : cell.text;
  return { value, isFaulty, type: typeOfKind[cell.kind] };
}
