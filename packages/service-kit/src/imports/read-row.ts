import type { Row } from '@anjie/workbook';
import { checkCell } from './check-cell';
import type { AnyImportDefinition, ImportColumn, ImportValue, ReadRow, RowProblem, RowReading } from './definition';
import type { HeaderMap } from './headers';

/** A problem with its place in the sheet. */
export interface PlacedProblem {
  readonly rowNumber: number;
  readonly address: string | null;
  readonly header: string | null;
  readonly code: string;
  readonly isNotice: boolean;
  readonly zh: string;
  readonly en: string;
}

export interface RowReader {
  readonly definition: AnyImportDefinition;
  readonly headers: HeaderMap;
  readonly lookup: unknown;
  readonly today: string;
}

export interface RowResult {
  readonly draft?: unknown;
  readonly problems: readonly PlacedProblem[];
  /** Keys of columns whose content was dropped. */
  readonly dropped: readonly string[];
}

/** Checks the cells, then lets the definition read them. Pure. */
export function readRow(row: Row, reader: RowReader): RowResult {
  const values: Record<string, ImportValue> = {};
  const dropped = droppedColumns(row, reader);
  const problems: PlacedProblem[] = [...strayCells(row), ...droppedNotice(row, dropped)];
  const keys = dropped.map((column) => column.key);
  let isFaulty = false;
  for (const column of reader.definition.columns) {
    if (column.dropped) continue;
    const header = reader.headers.byKey.get(column.key);
    const cell = header === undefined ? undefined : row.cells[header];
    const checked = cell ? checkCell(cell, column, reader.today) : { value: null };
    values[column.key] = 'value' in checked ? checked.value : null;
    if (!('fault' in checked)) continue;
    isFaulty = true;
    problems.push(place({ key: column.key, ...checked.fault }, { row, reader, severity: 'FAULT' }));
  }
  if (isFaulty) return { problems, dropped: keys };
  const reading: RowReading<unknown> = reader.definition.readRow(toReadRow(row.rowNumber, values), reader.lookup);
  const told = 'draft' in reading ? (reading.notices ?? []) : reading.problems;
  const severity = 'draft' in reading ? 'NOTICE' : 'FAULT';
  problems.push(...told.map((problem) => place(problem, { row, reader, severity })));
  return { ...('draft' in reading ? { draft: reading.draft } : {}), problems, dropped: keys };
}

function droppedColumns(row: Row, { definition, headers }: RowReader): ImportColumn[] {
  return definition.columns.filter((column) => {
    const cell = column.dropped && row.cells[headers.byKey.get(column.key) ?? ''];
    return cell !== undefined && cell.kind !== 'EMPTY';
  });
}

/** One sentence a row: what was in it, never what it said. */
function droppedNotice(row: Row, dropped: readonly ImportColumn[]): PlacedProblem[] {
  const names = dropped.filter((column) => column.dropped === 'FORBIDDEN').map((column) => column.header).join('、');
  if (names === '') return [];
  return [{
    rowNumber: row.rowNumber, address: null, header: null, code: 'FIELD_DROPPED', isNotice: true,
    zh: `不予保存，已舍弃：${names}`, en: `Not to be kept, dropped: ${names}`,
  }];
}

const toReadRow = (rowNumber: number, values: Readonly<Record<string, ImportValue>>): ReadRow => ({
  rowNumber,
  values,
  text: (key) => (values[key] === null || values[key] === undefined ? null : String(values[key])),
  integer: (key) => (typeof values[key] === 'number' ? values[key] : null),
});

/** Content beside the table would be lost silently. */
const strayCells = (row: Row): PlacedProblem[] =>
  row.problems.filter((problem) => problem.code === 'VALUE_WITHOUT_HEADER').map((problem) => ({
    rowNumber: row.rowNumber, address: problem.address ?? null, header: null, code: problem.code, isNotice: true, ...problem.text,
  }));

interface Place {
  readonly row: Row;
  readonly reader: RowReader;
  /** When the problem itself does not say. */
  readonly severity: 'FAULT' | 'NOTICE';
}

export function place(problem: RowProblem, { row, reader, severity }: Place): PlacedProblem {
  const column: ImportColumn | undefined = reader.definition.columns.find((c) => c.key === problem.key);
  const header = column && reader.headers.byKey.get(column.key);
  return {
    rowNumber: row.rowNumber,
    address: header === undefined ? null : row.address(header),
    header: column?.header ?? null,
    code: problem.code,
    isNotice: (problem.severity ?? severity) === 'NOTICE',
    zh: problem.zh,
    en: problem.en,
  };
}

/** Headers that no column of the template has: told once, at the header's row. */
export const strangeHeaders = (row: Row, headers: HeaderMap): PlacedProblem[] =>
  headers.unknown.map((header) => ({
    rowNumber: row.headerRow,
    address: row.address(header).replace(/\d+$/, String(row.headerRow)),
    header: [...header].slice(0, 60).join(''),
    code: 'HEADER_UNKNOWN',
    isNotice: true,
    zh: '模板中没有此列，已忽略',
    en: 'The template has no such column; it is ignored',
  }));
