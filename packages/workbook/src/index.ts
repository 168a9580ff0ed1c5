export { openRows, type OpenRowsOptions } from './open-rows';
export type { Row } from './rows';
export type { Cell, CellKind } from './cell';
export { defaultLimits, type WorkbookLimits } from './limits';
export { WorkbookError, type WorkbookProblem, type WorkbookProblemCode } from './problem';
export { writeWorkbook } from './write-workbook';
export { writeCsv } from './write-csv';
export { errorBook, errorHeader, guideSheetName, templateBook, type Fault, type FaultyRow } from './prepared-books';
export type { Book, BufferTarget, CellInput, CellValue, Column, ColumnType, FileTarget, RowsInput, Sheet, SpecialCell, Table } from './book';
