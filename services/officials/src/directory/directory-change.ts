import { isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { canonicalJson, write, type Actor, type Sql } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import type { RowProblem } from '../rules/directory';

/** A change of the directory in somebody's transaction. */
export interface DirectoryChange {
  readonly tx: Sql;
  readonly outbox: Outbox;
  readonly actor: Actor;
  /** Legal day of the change. */
  readonly today: string;
}

export type DirectoryRefusalCode = 'NOT_PERMITTED' | 'NOT_FOUND' | 'TOO_MANY_ROWS' | 'ROW_NOT_FIT' | 'REFERENCE_UNKNOWN' | 'TREE_LOOP' | 'NOT_NOW' | 'REASON_MISSING';
export type DirectoryRefusal = Refusal<DirectoryRefusalCode>;

export interface PutCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}
export type PutAnswer = PutCounts | DirectoryRefusal;
export const isPutRefusal = (answer: PutAnswer): answer is DirectoryRefusal => isRefusal(answer);

/** Holds the directory until commit: two changes of the unit tree must not cross. */
export const holdDirectory = (tx: Sql): Promise<number> => write(tx, 'UPDATE directory_edits SET edits = edits + 1 WHERE id = 1');

interface RowChecks<Row> {
  /** Left out when several rows of one key are allowed. */
  readonly keyOf?: (row: Row) => string;
  readonly problemOf: (row: Row) => RowProblem | null;
}

/** The first row that is not fit, or comes twice, by its place in the batch. */
export function rowRefusal<Row>(rows: readonly Row[], { keyOf, problemOf }: RowChecks<Row>): Refusal<'ROW_NOT_FIT'> | null {
  const seen = new Set<string>();
  for (const [i, row] of rows.entries()) {
    const problem = problemOf(row);
    if (problem) return refuse('ROW_NOT_FIT', `第 ${i + 1} 行：${problem.zh}。`, `Row ${i + 1}: ${problem.en}.`);
    const key = keyOf?.(row);
    if (key !== undefined && seen.has(key)) return refuse('ROW_NOT_FIT', `第 ${i + 1} 行：重复。`, `Row ${i + 1} comes twice.`);
    if (key !== undefined) seen.add(key);
  }
  return null;
}

/** Sorts wanted rows by what is stored: equal but for the version is unchanged. */
export function sortedByState<Stored extends { readonly version: number }>(pairs: readonly (readonly [Stored, Stored | undefined])[]) {
  const isEqual = (a: Stored, b: Stored): boolean => canonicalJson({ ...a, version: 0 }) === canonicalJson({ ...b, version: 0 });
  const created = pairs.filter(([, known]) => known === undefined).map(([wanted]) => wanted);
  const changed = pairs.filter(([wanted, known]) => known !== undefined && !isEqual(wanted, known)).map(([wanted]) => wanted);
  const counts: PutCounts = { created: created.length, changed: changed.length, unchanged: pairs.length - created.length - changed.length };
  return { created, changed, counts };
}
