import type { EntityManager } from 'typeorm';
import type { Actor, Sql } from '../database';

export type ImportColumnType = 'text' | 'date' | 'integer' | 'decimal' | 'choice' | 'idNumber' | 'phone';
export type Sensitivity = 'NAME' | 'ID_NUMBER' | 'PHONE' | 'ADDRESS';

export interface ImportChoice {
  readonly value: string;
  readonly label: string;
}

export interface ImportColumn {
  /** Chinese, exactly as in the template; at most 64 characters. */
  readonly header: string;
  readonly aliases?: readonly string[];
  readonly key: string;
  readonly required: boolean;
  readonly type: ImportColumnType;
  /** In characters, as the database counts them. */
  readonly maxLength?: number;
  readonly choices?: readonly ImportChoice[];
  /** What the cell says about a person: it is masked wherever it is handed back. */
  readonly sensitive?: Sensitivity;
  readonly note: { readonly zh: string; readonly en: string };
  /**
   * The file may have this column, and nothing of it is kept: its cells are neither checked nor read, reach no definition
   * and no workbook of problems. FORBIDDEN is told for each row, NOT_KEPT in the summary only.
   */
  readonly dropped?: 'FORBIDDEN' | 'NOT_KEPT';
}

/** date: YYYY-MM-DD; decimal: its digits as text; choice: the choice's value; integer: number; empty: null. */
export type ImportValue = string | number | null;

/** A row whose cells passed the checks of their columns. */
export interface ReadRow {
  readonly rowNumber: number;
  /** By column key; a column that the file lacks is null. */
  readonly values: Readonly<Record<string, ImportValue>>;
  text(key: string): string | null;
  integer(key: string): number | null;
}

/** What is wrong with a row. The words go into the database and the workbook: never quote identity data in them. */
export interface RowProblem {
  /** The column's key when one cell is to blame. */
  readonly key?: string;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** FAULT: the row is not imported. NOTICE: it is, and the problem is told. Left out: FAULT from `readRow`, NOTICE from `findDuplicates`. */
  readonly severity?: 'FAULT' | 'NOTICE';
}

export interface ImportRun {
  readonly id: string;
  readonly kind: string;
  readonly fileId: string;
  readonly isDryRun: boolean;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
}

export type RowReading<Draft> = { readonly draft: Draft; readonly notices?: readonly RowProblem[] } | { readonly problems: readonly RowProblem[] };

/** All that one kind of import is; the engine does the rest. */
export interface ImportDefinition<Draft, Lookup> {
  /** UPPER_SNAKE; also the scope of the row keys. */
  readonly kind: string;
  /** The sheet to read; left out, the first visible one. */
  readonly sheet?: string;
  readonly columns: readonly ImportColumn[];
  /** Columns that a file may have; left out, as many as the workbook reader allows. */
  readonly maxColumns?: number;
  /** Raise it when a check changes: files checked before must be checked again. */
  readonly version: number;
  /** Reads once per run what `readRow` looks up. */
  prepare(sql: Sql, run: ImportRun): Promise<Lookup>;
  /** Pure: the same row gives the same answer, because a resumed run reads rows again. */
  readRow(row: ReadRow, lookup: Lookup): RowReading<Draft>;
  /** The natural key: a row with the same key is imported once for ever. Stored only as an HMAC. */
  keyOf(draft: Draft, run: ImportRun): string;
  /** One answer per draft, in order. */
  findDuplicates?(sql: Sql, drafts: readonly Draft[], run: ImportRun): Promise<readonly (RowProblem | undefined)[]>;
  /** Writes all drafts in the chunk's transaction, in bulk. May be run again when the transaction is. */
  commit(tx: EntityManager, drafts: readonly Draft[], run: ImportRun): Promise<void>;
}

export type AnyImportDefinition = ImportDefinition<unknown, unknown>;

/** Lets a definition with its own types stand in the engine's list. */
export const defineImport = <Draft, Lookup>(definition: ImportDefinition<Draft, Lookup>): AnyImportDefinition => definition;
