import { select, write, type Sql } from '../database';
import type { ImportColumn } from './definition';

/** How many rows had content in a column of which nothing is kept. */
export interface DroppedField {
  readonly header: string;
  /** 1: it must not be kept; 0: there is nothing to keep. */
  readonly isForbidden: number;
  readonly rows: number;
}

/** Adds a chunk's counts, in the chunk's transaction. */
export async function addDroppedFields(tx: Sql, runId: string, { columns, keys }: { columns: readonly ImportColumn[]; keys: readonly string[] }): Promise<void> {
  if (keys.length === 0) return;
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const rows = columns.filter((column) => counts.has(column.key)).map((column) => [runId, column.key, column.header, column.dropped === 'FORBIDDEN' ? 1 : 0, counts.get(column.key)]);
  await write(
    tx, 'INSERT INTO import_dropped_fields (run_id, column_key, header, is_forbidden, row_count) VALUES ? ON DUPLICATE KEY UPDATE row_count = row_count + VALUES(row_count)', [rows],
  );
}

export const removeDroppedFields = (tx: Sql, runId: string): Promise<number> => write(tx, 'DELETE FROM import_dropped_fields WHERE run_id = ?', [runId]);

/** Of a run that the caller has already checked to be visible; what must not be kept first. */
export const droppedFields = (sql: Sql, runId: string): Promise<DroppedField[]> =>
  select<DroppedField>(
    sql, 'SELECT header, is_forbidden AS isForbidden, row_count AS `rows` FROM import_dropped_fields WHERE run_id = ? ORDER BY is_forbidden DESC, row_count DESC, column_key', [runId],
  );
