export type ColumnType = 'text' | 'number' | 'date' | 'boolean';

/** null and undefined are empty cells; a date is 'YYYY-MM-DD'; a number may be given as text to keep its digits. */
export type CellValue = string | number | boolean | null | undefined;

/** A cell that differs from its column: highlighted, or of another type. */
export interface SpecialCell {
  readonly value: CellValue;
  readonly isFaulty?: boolean;
  readonly type?: ColumnType;
}

export type CellInput = CellValue | SpecialCell;

export interface Column {
  readonly header: string;
  readonly type: ColumnType;
  /** in characters of the default font; 16 when left out */
  readonly width?: number;
  /** shown beside the cell when it is selected, and on the 填写说明 sheet */
  readonly note?: string;
  /** values offered in a drop-down list; others are refused by the spreadsheet program */
  readonly choices?: readonly string[];
}

/** Cells stand in the order of `columns`; rows may be shorter, never longer. */
export type RowsInput = Iterable<readonly CellInput[]> | AsyncIterable<readonly CellInput[]>;

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: RowsInput;
}

export interface Sheet extends Table {
  /** ≤ 31 characters, none of [ ] : * ? / \ */
  readonly name: string;
}

export interface Book {
  readonly sheets: readonly Sheet[];
}

/** Where the bytes go: a file (written beside it first, then renamed over it) or memory. */
export type FileTarget = { readonly path: string };
export type BufferTarget = { readonly buffer: true };

export function toSpecialCell(input: CellInput): SpecialCell {
  return typeof input === 'object' && input !== null ? input : { value: input };
}
