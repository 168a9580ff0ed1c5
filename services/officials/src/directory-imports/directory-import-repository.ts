import type { Viewer } from '@anjie/access';
import { importRunViews, type ImportRunView } from '@anjie/service-kit/imports';
import { BUSINESS_NOW, select, selectIn, write, type Actor, type Sql } from '@anjie/service-kit/database';

export interface DirectoryImportRow {
  readonly id: string;
  readonly requestedBy: Viewer;
  readonly requestId: string;
  /** Divisions, units, officials: the order in which they are committed. */
  readonly runIds: readonly [string, string, string];
  readonly isCommitRequested: boolean;
}

interface Stored {
  readonly id: string;
  readonly requestedBy: string;
  readonly requestId: string;
  readonly divisionRunId: string;
  readonly unitRunId: string;
  readonly officialRunId: string;
  readonly isCommitRequested: number;
}

const COLUMNS = `i.id, i.requested_by AS requestedBy, i.request_id AS requestId, i.division_run_id AS divisionRunId, i.unit_run_id AS unitRunId,
  i.official_run_id AS officialRunId, i.is_commit_requested AS isCommitRequested`;

const typed = (rows: readonly Stored[]): DirectoryImportRow[] => rows.map((row) => ({
  id: row.id, requestedBy: JSON.parse(row.requestedBy) as Viewer, requestId: row.requestId,
  runIds: [row.divisionRunId, row.unitRunId, row.officialRunId], isCommitRequested: Number(row.isCommitRequested) === 1,
}));

/** Imports that the viewer asked for. */
export const directoryImportsByIds = async (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<DirectoryImportRow[]> =>
  typed(await selectIn<Stored>(sql, `SELECT ${COLUMNS} FROM directory_imports i WHERE i.id IN (?) AND i.requester = ?`, ids, [viewer.subject]));

/** An import held for this transaction; undefined when it is gone or somebody else holds it. */
export const holdDirectoryImport = async (tx: Sql, id: string): Promise<DirectoryImportRow | undefined> =>
  typed(await select<Stored>(tx, `SELECT ${COLUMNS} FROM directory_imports i WHERE i.id = ? FOR UPDATE SKIP LOCKED`, [id]))[0];

export const committingImportIds = async (sql: Sql): Promise<string[]> =>
  (await select<{ id: string }>(sql, 'SELECT id FROM directory_imports WHERE is_committing = 1 ORDER BY created_at LIMIT 20')).map((row) => row.id);

export const insertDirectoryImport = (tx: Sql, actor: Actor, { id, runIds }: { id: string; runIds: readonly string[] }): Promise<number> =>
  write(
    tx,
    `INSERT INTO directory_imports (id, requester, requested_by, request_id, division_run_id, unit_run_id, official_run_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ${BUSINESS_NOW})`,
    [id, actor.viewer.subject, JSON.stringify(actor.viewer), actor.requestId, ...runIds],
  );

export const markCommitting = (tx: Sql, id: string, isCommitting: boolean): Promise<number> =>
  write(tx, 'UPDATE directory_imports SET is_committing = ?, is_commit_requested = 1 WHERE id = ?', [isCommitting, id]);

/** The runs of an import, in their order. */
export async function runsOf(sql: Sql, row: DirectoryImportRow): Promise<ImportRunView[]> {
  const runs = new Map((await importRunViews(sql, row.requestedBy, row.runIds)).map((run) => [run.id, run]));
  return row.runIds.flatMap((id) => runs.get(id) ?? []);
}
