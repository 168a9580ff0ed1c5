import { insertRows, selectIn, type Sql } from '@anjie/service-kit/database';

export interface EntryRow {
  readonly id: string;
  readonly title: string;
}

/** Entries belong to no case, so every viewer sees them. Rows of a case join the visibility predicate: docs/adding-a-subgraph.md. */
export const entriesByIds = (sql: Sql, ids: readonly string[]): Promise<EntryRow[]> =>
  selectIn<EntryRow>(sql, 'SELECT id, title FROM sample_entries WHERE id IN (?)', ids);

export const addEntry = (sql: Sql, { id, title }: EntryRow): Promise<void> => insertRows(sql, 'sample_entries', [{ id, title }]);
