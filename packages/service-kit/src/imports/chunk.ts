import type { EntityManager } from 'typeorm';
import { select, write } from '../database';
import type { AnyImportDefinition, RowProblem } from './definition';
import { addDroppedFields } from './dropped-fields';
import { addProblems } from './problem-repository';
import type { PlacedProblem } from './read-row';
import { addProgress, holdRun, type ClaimedRun } from './run-repository';

/** A row as read, before the database is asked. */
export interface PendingRow {
  readonly rowNumber: number;
  readonly problems: readonly PlacedProblem[];
  /** Keys of columns whose content was dropped. */
  readonly dropped: readonly string[];
  readonly draft?: { readonly value: unknown; readonly key: Buffer };
  /** An earlier row of the same file with the same key. */
  readonly sameAs?: number;
  readonly place: (problem: RowProblem, severity: 'FAULT' | 'NOTICE') => PlacedProblem;
}

interface KeyedRow extends PendingRow {
  readonly draft: { readonly value: unknown; readonly key: Buffer };
}

export interface Chunk {
  readonly run: ClaimedRun;
  readonly definition: AnyImportDefinition;
  readonly rows: readonly PendingRow[];
  /** Problems of the header, with the first chunk. */
  readonly headerProblems: readonly PlacedProblem[];
}

const isKeyed = (row: PendingRow): row is KeyedRow => row.draft !== undefined;
const hex = (row: KeyedRow): string => row.draft.key.toString('hex');

/** One chunk, one transaction: row keys, effect, problems, counts and resume point stand or fall together. */
export async function applyChunk(tx: EntityManager, chunk: Chunk): Promise<void> {
  const { run, rows } = chunk;
  await holdRun(tx, run);
  const keyed = rows.filter(isKeyed);
  const known = await keysOfOthers(tx, run, keyed);
  const unseen = keyed.filter((row) => !known.has(hex(row)));
  const twice = unseen.filter((row) => row.sameAs !== undefined);
  const fresh = unseen.filter((row) => row.sameAs === undefined);
  const duplicates = await findDuplicates(tx, chunk, fresh);
  const good = fresh.filter((row) => duplicates.get(row)?.isNotice !== false);
  const imported = run.isDryRun ? good : await commitRows(tx, chunk, good);
  const byRow = (a: PlacedProblem, b: PlacedProblem) => a.rowNumber - b.rowNumber;
  await addProblems(tx, run.id, [
    ...chunk.headerProblems, ...[...rows.flatMap((row) => row.problems), ...twice.map(sameRow), ...duplicates.values()].sort(byRow),
  ]);
  await addDroppedFields(tx, run.id, { columns: chunk.definition.columns, keys: rows.flatMap((row) => row.dropped) });
  await addProgress(tx, run, {
    read: rows.length, valid: imported.length, faulty: rows.length - keyed.length, duplicate: twice.length + duplicates.size,
    committed: run.isDryRun ? 0 : imported.length, repeated: keyed.length - unseen.length + (good.length - imported.length),
    lastRow: rows.at(-1)?.rowNumber ?? run.lastRow,
  });
}

/** Keys that another run has imported. */
async function keysOfOthers(tx: EntityManager, run: ClaimedRun, rows: readonly KeyedRow[]): Promise<ReadonlySet<string>> {
  const found = await selectKeys(tx, run, rows);
  return new Set(found.filter((key) => key.runId !== run.id).map((key) => key.rowKey.toString('hex')));
}

const selectKeys = async (tx: EntityManager, run: ClaimedRun, rows: readonly KeyedRow[]): Promise<{ rowKey: Buffer; runId: string }[]> =>
  rows.length === 0 ? [] : select(
    tx, 'SELECT row_key AS rowKey, run_id AS runId FROM import_row_keys WHERE scope = ? AND row_key IN (?)', [run.kind, rows.map((row) => row.draft.key)],
  );

async function findDuplicates(tx: EntityManager, { definition, run }: Chunk, rows: readonly KeyedRow[]): Promise<Map<KeyedRow, PlacedProblem>> {
  const answers = rows.length === 0 ? [] : ((await definition.findDuplicates?.(tx, rows.map((row) => row.draft.value), run)) ?? []);
  const found = new Map<KeyedRow, PlacedProblem>();
  rows.forEach((row, index) => {
    const problem = answers[index];
    if (problem) found.set(row, row.place(problem, 'NOTICE'));
  });
  return found;
}

/** Whoever inserts a key first imports the row; the loser of a race sees it as repeated. */
async function commitRows(tx: EntityManager, { definition, run }: Chunk, rows: readonly KeyedRow[]): Promise<readonly KeyedRow[]> {
  if (rows.length === 0) return [];
  // one order for everybody, so that two runs over the same rows wait for each other instead of deadlocking
  const inOrder = [...rows].sort((a, b) => a.draft.key.compare(b.draft.key));
  const [clock] = await select<{ now: Date }>(tx, 'SELECT UTC_TIMESTAMP(3) AS now');
  await write(
    tx, 'INSERT INTO import_row_keys (scope, row_key, run_id, created_at) VALUES ? ON DUPLICATE KEY UPDATE run_id = run_id',
    [inOrder.map((row) => [run.kind, row.draft.key, run.id, clock?.now ?? null])],
  );
  const own = new Set((await selectKeys(tx, run, rows)).filter((key) => key.runId === run.id).map((key) => key.rowKey.toString('hex')));
  const won = rows.filter((row) => own.has(hex(row)));
  if (won.length > 0) await definition.commit(tx, won.map((row) => row.draft.value), run);
  return won;
}

const sameRow = (row: KeyedRow): PlacedProblem =>
  row.place({ code: 'DUPLICATE_IN_FILE', zh: `与第 ${row.sameAs} 行重复，未导入`, en: `The same as row ${row.sameAs}; not imported` }, 'FAULT');
